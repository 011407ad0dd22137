/** Findings that say the same of several things, told once: a right that is taken from a role it lacks on each of them. */
import { linesOf, type ProofFinding } from '../../proof';
import { plural } from '../../words';

/** A finding with the command that explains it. */
export interface Explained {
  readonly finding: ProofFinding;
  readonly command: string;
}

/** Findings that differ in what they are on, and in nothing else that is said. */
export interface ToldTogether {
  readonly lines: readonly string[];
  readonly count: number;
}

const ON = '  on ';
/** So many things are named. */
const MOST_NAMED = 3;

/** In the order of the first of each; the command is that of the first. */
export function toldTogether(findings: readonly Explained[]): ToldTogether[] {
  const groups = new Map<string, { readonly first: Explained; readonly on: string[]; count: number }>();
  for (const each of findings) {
    const lines = linesOf(each.finding);
    const on = lines.filter((line) => line.startsWith(ON)).map((line) => line.slice(ON.length));
    const key = JSON.stringify(lines.filter((line) => !line.startsWith(ON)));
    const group = groups.get(key) ?? { first: each, on: [], count: 0 };
    group.on.push(...on);
    group.count += 1;
    groups.set(key, group);
  }
  return [...groups.values()].map(({ first, on, count }) => ({
    lines: [...withAll(linesOf(first.finding), on), `  ${first.command}`],
    count,
  }));
}

/** The lines of the first, with what all are on in the place of what it is on. */
function withAll(lines: readonly string[], on: readonly string[]): string[] {
  const named = on.slice(0, MOST_NAMED).map((each, n) => `${n === 0 ? ON : '  and on '}${each}`);
  const more = on.length - named.length;
  const all = more === 0 ? named : [...named, `  and on ${plural(more, 'other')}`];
  return lines.flatMap((line) => (line.startsWith(ON) ? all : line));
}
