/** What becomes of a mutant of a whole assembly: what `prove`, `evidence` and `custody` say of it, or why none of them does. */
import { type Assembly, AssemblyError, type World, worldOf } from '../../../lib/assembly';
import { prove } from '../../../lib/proof/prove';
import { CommandsSay, type Found } from '../commands-say';
import type { Oracle, Outcome } from '../judge';
import { reasonFor } from '../reasons';
import { fateOf } from './more-or-less';
import { type WholeMutant, type WholeSort, withMutant } from './whole-mutant';

const ABOVE_ACCOUNTS: ReadonlySet<WholeSort> = new Set(['guardrail', 'baseline']);

/** Judges the mutants of one assembly. */
export class WholeJudge {
  readonly #say: CommandsSay;
  #world: World | undefined;

  get #before(): World {
    this.#world ??= worldOf(this.source);
    return this.#world;
  }

  /** @param oracle in the place of all of the commands, for a test */
  constructor(
    private readonly source: Assembly,
    private readonly oracle?: Oracle,
  ) {
    this.#say = new CommandsSay(source);
  }

  /** What becomes of the mutant. What costs least is asked first. */
  judge(mutant: WholeMutant): Outcome {
    return this.#with(mutant, (changed) => {
      const near = mutant.edit.in === 'stack' ? mutant.account : undefined;
      const found = this.#quickly(changed, near);
      if (found !== undefined) return { fate: 'killed', by: found };
      const reason = reasonFor(mutant);
      if (reason !== undefined) return reason;
      const fate = ABOVE_ACCOUNTS.has(mutant.sort) ? fateOf(this.#before, changed) : undefined;
      if (fate !== undefined && fate.fate !== 'survived') return fate;
      const world = worldOf(changed);
      const proven = this.#proven(world, new Set([mutant.account])) ?? this.#proven(world, undefined);
      if (proven === undefined && fate !== undefined) return fate;
      return proven === undefined
        ? { fate: 'survived', request: `no command says anything of ${mutant.type} ${mutant.path}` }
        : { fate: 'killed', by: proven };
    });
  }

  /** Whether the whole proof, the checks or the custody statement find it. */
  isFoundInAll(mutant: WholeMutant): boolean {
    const { fate } = this.#with(mutant, (changed) => {
      const found = this.#proven(worldOf(changed), undefined) ?? this.#byOthers(changed);
      return found === undefined ? { fate: 'survived', request: '' } : { fate: 'killed', by: found };
    });
    return fate === 'killed';
  }

  #quickly(changed: Assembly, account: string | undefined): Found {
    if (this.oracle !== undefined) return this.oracle.besides(this.#say, changed, account ?? '');
    return this.#say.atOnce(changed, account) ?? this.#byOthers(changed);
  }

  #byOthers(changed: Assembly): Found {
    return this.oracle === undefined
      ? (this.#say.evidence(changed) ?? this.#say.custody(changed))
      : undefined;
  }

  #with(mutant: WholeMutant, use: (changed: Assembly) => Outcome): Outcome {
    try {
      return withMutant(this.source, mutant, use);
    } catch (error) {
      if (error instanceof AssemblyError) return { fate: 'killed', by: 'refused' };
      throw error;
    }
  }

  #proven(world: World, only: ReadonlySet<string> | undefined): Found {
    if (this.oracle !== undefined) return this.oracle.inAll(world);
    const { withoutAccessPoint, differences, notJudged } = prove(world, only, {
      bundles: this.#say.bundles,
    });
    if (withoutAccessPoint.length > 0) return 'prove: a share without an access point';
    const [first] = [...differences, ...notJudged];
    return first === undefined ? this.#say.besidesAccess(world, only) : `prove: ${first.kind}`;
  }
}
