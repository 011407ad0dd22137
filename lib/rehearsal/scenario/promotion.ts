/** An account for rehearsal becomes a member’s: it is moved from the canary unit to the members’. */
import { ModelledAccount } from '../stack-sets';
import type { Stage } from './stage';

/** Moves an account, and asks that the StackSet which gave it its baseline goes on updating it. */
export async function accountIsPromoted(stage: Stage): Promise<void> {
  const { baselines, world } = stage.props;
  const { canary, members } = world.register.zone.guardrails?.units ?? {};
  await stage.step(
    {
      step: 'An account is moved from the canary unit to the members’',
      expected: 'keeps its baseline',
      decidedBy: 'decided by simulation',
      played: 'StackSets, by what AWS documents of them',
    },
    async () => {
      if (typeof canary !== 'string' || typeof members !== 'string')
        return { seen: 'the register names no such units', passed: false };
      const account = new ModelledAccount(baselines);
      account.moveTo(canary);
      const before = [...account.instances];
      const refused = account.moveTo(members);
      const why = [...refused].map(
        ([name, there]) => `${name} can’t make ${there.length} things that are there`,
      );
      const kept = before.length > 0 && before.every((name) => account.instances.has(name));
      if (!kept || refused.size > 0) return { seen: 'is left without updates', passed: false, why };
      return { seen: 'keeps its baseline', passed: true, why: before };
    },
  );
}
