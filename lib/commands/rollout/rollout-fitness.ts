/**
 * Whether a saved plan may be carried out: it is of both assemblies that are there, byte for byte, and these are what their
 * registers make.
 */
import type { Assembly } from '../../assembly';
import { departuresFrom, tellDeparture } from '../../plan';
import { thisProgram } from '../../start/program';
import type { SavedPlan } from '../../wire';
import { plainText, plural, quoted } from '../../words';
import { reproductionWithoutChecks } from '../assembly/reproduction';
import { differencePlace } from '../assembly/reproduction-report';

/** What was found of a plan’s assemblies. */
export interface RolloutFitness {
  /** Every reason against carrying the plan out; none where it may be. */
  readonly against: readonly string[];
  /** What whoever carries it out is to know. */
  readonly told: readonly string[];
}

/**
 * Looks at both assemblies of a plan. The earlier one is made again only where this program made it: what another program made
 * is held by its digests alone, and that is told.
 * @throws AssemblyError if one of the two cannot be read
 */
export function rolloutFitness(
  plan: SavedPlan,
  pair: { readonly before: Assembly; readonly after: Assembly },
  folders: { readonly before: string; readonly after: string },
): RolloutFitness {
  const departures = departuresFrom(plan, pair).map((each) => plainText(tellDeparture(each)));
  if (departures.length > 0) return { against: departures, told: [] };
  const { before, after, unfit } = plan;
  const here = thisProgram();
  const isOurs = before.program?.files === here.files && before.program.lockfile === here.lockfile;
  const edited = (side: 'before' | 'after') => editsOf(side, pair[side], folders[side]);
  return {
    against: [
      ...(isOurs && before.filesDigest !== after.filesDigest ? edited('before') : []),
      // Who approved the plan knew of it, and said why.
      ...(unfit === undefined ? edited('after') : []),
    ],
    told: [
      ...(isOurs ? [] : ['BEFORE was made by another program: it is held by its digests alone']),
      ...(unfit?.reasons.map((each) => `the plan was approved though ${each}, because: ${unfit.although}`) ??
        []),
    ],
  };
}

function editsOf(side: 'before' | 'after', assembly: Assembly, folder: string): string[] {
  const { differences } = reproductionWithoutChecks(assembly);
  const [first] = differences;
  if (first === undefined) return [];
  return [
    `${side.toUpperCase()}: it is not what its register makes: ${plural(differences.length, 'difference')}, the first at ${differencePlace(first)}. See npx concordat reproduce ${quoted(folder)}`,
  ];
}
