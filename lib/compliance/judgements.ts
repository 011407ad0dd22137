/** What the checks make of an assembly: each is asked once, and not again for the evidence of a synth that has asked it. */
import { type Assembly, constructPathsOf, underWayOf } from '../assembly';
import type { Check, JudgedAssembly, Judgement } from './check';
import { judgeAll } from './checks';
import { filesBeside, judgedOf } from './judged';

type JudgedPlace = NonNullable<Judgement['resource']>;

/** A check with what it makes of an assembly. */
export interface Judged {
  readonly check: Check;
  readonly judgements: readonly Judgement[];
}

interface Kept {
  readonly judged: JudgedAssembly;
  readonly made: readonly Judged[];
}

const keptUnderWay = new WeakMap<Assembly, Kept>();

/**
 * Every check with its judgements. Those on an assembly under way are kept until the same assembly is asked about as it was
 * written.
 * @throws AssemblyError if a file is missing or is not JSON, or the assembly is not one of Concordat’s
 */
export function judgementsOf(assembly: Assembly): readonly Judged[] {
  const earlier = underWayOf(assembly);
  const kept = earlier && keptUnderWay.get(earlier);
  if (earlier === undefined || kept === undefined) {
    const judged = judgedOf(assembly);
    const made = judgeAll(judged);
    if (assembly.underWay) keptUnderWay.set(assembly, { judged, made });
    return made;
  }
  keptUnderWay.delete(earlier);
  const files = new Map([...kept.judged.files, ...filesBeside(assembly)]);
  const judged = { ...kept.judged, files, underWay: false };
  const withPath = pathsIn(assembly);
  return kept.made.map(({ check, judgements }) => ({
    check,
    judgements: check.afterSynth ? check.judge(judged) : judgements.map(withPath),
  }));
}

/** Gives a judgement on a resource the path of its construct, which was not written when it was made. */
function pathsIn(assembly: Assembly): (judgement: Judgement) => Judgement {
  const paths = new Map(assembly.stacks.map((stack) => [stack.file, constructPathsOf(assembly, stack)]));
  const placed = new Map<JudgedPlace, JudgedPlace>();
  return (judgement) => {
    const { file, resource } = judgement;
    if (resource === undefined) return judgement;
    let place = placed.get(resource);
    if (place === undefined) {
      const constructPath = paths.get(file)?.get(resource.logicalId);
      place = constructPath === undefined ? resource : { ...resource, constructPath };
      // Judgements on one resource share its place.
      placed.set(resource, place);
    }
    return place === resource ? judgement : { ...judgement, resource: place };
  };
}
