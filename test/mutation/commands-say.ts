/** What `prove`, `evidence` and `custody` find of a changed assembly, beside what they find of the one that it was. */
import { type Assembly, type World, worldOf } from '../../lib/assembly';
import { judgeAll } from '../../lib/compliance/checks';
import { judgedOf } from '../../lib/compliance/judged';
import { custodyStatement } from '../../lib/custody/statement';
import { baselineProof } from '../../lib/proof/baseline/baseline';
import { guardrailsProof } from '../../lib/proof/guardrails/guardrails';
import { lettingInFindings } from '../../lib/proof/rights/letting-in';
import { retiringFindings } from '../../lib/proof/rights/retiring';
import { rightFindings } from '../../lib/proof/rights/rights';
import { settingFindings } from '../../lib/proof/settings/settings';
import { bundleDigests } from '../../lib/start/bundles';

/** What is found first, in a word or two; undefined if nothing. */
export type Found = string | undefined;

/** Asks the commands about changes of one assembly. */
export class CommandsSay {
  readonly bundles = bundleDigests();
  #failures: ReadonlyMap<string, number> | undefined;
  #attention: number | undefined;
  #world: World | undefined;

  constructor(private readonly source: Assembly) {}

  /** What `prove` finds without asking about access: it takes milliseconds. @param account all accounts if not given */
  atOnce(changed: Assembly, account: string | undefined): Found {
    if (account === undefined) return this.besidesAccess(worldOf(changed), undefined);
    this.#world ??= worldOf(this.source);
    const stacks = changed.stacks.filter(
      (each) => each.account === account || each.name.startsWith('Baseline'),
    );
    const near = worldOf({ ...changed, stacks });
    const far = <T extends { readonly account: string }>(all: readonly T[]) =>
      all.filter((each) => each.account !== account);
    const { buckets, keys, roles, tables } = this.#world;
    const whole = {
      ...near,
      buckets: [...near.buckets, ...far(buckets)],
      keys: [...near.keys, ...far(keys)],
      roles: [...near.roles, ...far(roles)],
      tables: [...near.tables, ...far(tables)],
    };
    const management = near.register.zone.accounts.management;
    const isSame = (name: RegExp) =>
      changed.stacks.every((each) => !name.test(each.name) || this.source.stacks.includes(each));
    return (
      this.#ofAccount(whole, new Set([account])) ??
      (account === management
        ? ((isSame(/^Guardrails/) ? undefined : ofGuardrails(whole)) ??
          (isSame(/^Baseline/)
            ? undefined
            : // What caps roles of every account is read anew for all of them.
              (ofBaseline(whole) ?? this.#ofAccount(worldOf(changed), undefined))))
        : undefined)
    );
  }

  /** The same of a world that was read. */
  besidesAccess(world: World, only: ReadonlySet<string> | undefined): Found {
    const isManagement = only?.has(world.register.zone.accounts.management) !== false;
    return (
      this.#ofAccount(world, only) ?? (isManagement ? (ofGuardrails(world) ?? ofBaseline(world)) : undefined)
    );
  }

  #ofAccount(world: World, only: ReadonlySet<string> | undefined): Found {
    if (world.notUnderstood.length > 0) return 'prove: not understood';
    const [setting] = settingFindings(world, only, this.bundles);
    if (setting !== undefined) return `prove: ${setting.what}`;
    const [right] = [
      ...rightFindings(world, only),
      ...lettingInFindings(world, only),
      ...retiringFindings(world, only),
    ];
    return right && `prove: right ${right.what}`;
  }

  /** What a check fails that held before. */
  evidence(changed: Assembly): Found {
    this.#failures ??= failuresOf(this.source);
    for (const [check, count] of failuresOf(changed))
      if (count > (this.#failures.get(check) ?? 0)) return `evidence: ${check}`;
    return undefined;
  }

  custody(changed: Assembly): Found {
    this.#attention ??= attentionIn(this.source);
    return attentionIn(changed) > this.#attention ? 'custody: something to look at twice' : undefined;
  }
}

function ofGuardrails(world: World): Found {
  const [guardrail] = guardrailsProof(world).findings;
  return guardrail && `prove: guardrail ${guardrail.what}`;
}

function ofBaseline(world: World): Found {
  const { answers, rights, settings } = baselineProof(world);
  const [answer] = answers;
  if (answer !== undefined) return `prove: baseline ${answer.kind}`;
  const [other] = [...rights, ...settings];
  return other && `prove: baseline ${other.what}`;
}

function failuresOf(assembly: Assembly): Map<string, number> {
  return new Map(
    judgeAll(judgedOf(assembly)).map(({ check, judgements }) => [
      check.id,
      judgements.filter(({ outcome }) => outcome === 'fail').length,
    ]),
  );
}

function attentionIn(assembly: Assembly): number {
  const { keys, attention } = custodyStatement(assembly);
  return keys.reduce((sum, each) => sum + each.attention.length, attention.length);
}
