/**
 * The first minute of the owner’s first deployment: what IAM was just told is on its way, and the grant broker is refused what
 * it may do. It has to ask again, or the deployment fails.
 */
import { roleArnIn } from '../../names';
import type { Heard } from '../gateway/gateway';
import type { Stage } from './stage';

/** Plays a deployment in which the broker’s rights come late, and has a step of its own for it. */
export async function withLateRights(stage: Stage, deploy: () => Promise<boolean>): Promise<boolean> {
  const { gateway, cast } = stage.props;
  const broker = roleArnIn(cast.owner.account, 'grant-broker');
  const before = gateway.heard.length;
  gateway.lateRights.delay(broker);
  let deployed: boolean;
  try {
    deployed = await deploy();
  } finally {
    gateway.lateRights.arrive(broker);
  }
  const heard = gateway.heard.slice(before).filter(({ actor }) => actor.name === broker);
  await stage.step(
    {
      step: `The rights of ${cast.owner.id}’s grant broker were late, and it asked again`,
      expected: 'refused at first, then allowed',
      decidedBy: 'the function',
      played: 'IAM’s eventual consistency',
    },
    async () => afterLateRights(heard, deployed),
  );
  return deployed;
}

/**
 * Whether each request that came before the rights was made again, and allowed. Where the deployment failed, what
 * came later was asked to take it back.
 * @internal Only tests import it.
 */
export function afterLateRights(heard: readonly Heard[], deployed: boolean) {
  const late = heard.filter(({ ruling }) => ruling.late);
  const askedAgain = late.filter((first) =>
    heard
      .slice(heard.indexOf(first) + 1)
      .some(({ asked, ruling }) => asked.operation === first.asked.operation && ruling.allowed),
  );
  const why = late.map(({ asked }) => `${asked.operation} was refused once`);
  if (late.length === 0) return { seen: 'nothing was asked', passed: false, why };
  if (!deployed)
    return { seen: `refused ${late.length} times, and the deployment failed`, passed: false, why };
  return askedAgain.length === late.length
    ? { seen: `refused ${late.length} times, then allowed`, passed: true, why }
    : {
        seen: `refused ${late.length} times, and allowed after ${askedAgain.length} of them`,
        passed: false,
        why,
      };
}
