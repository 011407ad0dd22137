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
  givePaths(assembly, kept.made);
  return kept.made.map((each) =>
    each.check.afterSynth ? { check: each.check, judgements: each.check.judge(judged) } : each,
  );
}

/**
 * Gives the places of judgements the paths of their constructs, which were not written when they were made. In place: of 400
 * organisations there are 118,000 judgements, and nobody else has these any more.
 */
function givePaths(assembly: Assembly, made: readonly Judged[]): void {
  const paths = new Map(assembly.stacks.map((stack) => [stack.file, constructPathsOf(assembly, stack)]));
  for (const { judgements } of made)
    for (const { file, resource } of judgements) {
      const path = resource && paths.get(file)?.get(resource.logicalId);
      if (path !== undefined) (resource as Writable<JudgedPlace>).constructPath = path;
    }
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };
