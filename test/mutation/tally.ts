/** What came of all mutants, in counts and in words. */
import { type AnyMutant, aboutOf } from './every-mutant';
import type { Outcome } from './judge';

/** A mutant, and what became of it. */
export interface Judged {
  readonly mutant: AnyMutant;
  readonly outcome: Outcome;
}

const FATES = ['killed', 'equivalent', 'survived', 'not asked'] as const;

/** Of all mutants that change an answer, how many the proof finds: from 0 to 1. */
function killRate(judged: readonly Judged[]): number {
  const killed = judged.filter(({ outcome }) => outcome.fate === 'killed').length;
  const survived = judged.filter(({ outcome }) => outcome.fate === 'survived').length;
  return killed + survived === 0 ? 1 : killed / (killed + survived);
}

/** The report. */
export function reportOf(judged: readonly Judged[]): string {
  const rate = killRate(judged);
  return [
    ...section(
      'By what is changed',
      table(judged, (mutant) => aboutOf(mutant).sort),
    ),
    ...section(
      'By kind of change',
      table(judged, ({ kind }) => kind),
    ),
    ...section('Killed, by what was found', counts(judged, 'killed')),
    ...section('Equivalent, by why', listed(judged, 'equivalent')),
    ...section('Not asked, by why', listed(judged, 'not asked')),
    ...section('Survived: these make a difference, and no command says anything of them', survivors(judged)),
    `Kill rate: ${(Math.floor(rate * 10_000) / 100).toFixed(2)}% of the mutants that make a difference.`,
    '',
  ].join('\n');
}

/** The report as data. */
export function dataOf(judged: readonly Judged[]): object {
  const number = (fate: Outcome['fate']) => judged.filter(({ outcome }) => outcome.fate === fate).length;
  return {
    mutants: judged.length,
    ...Object.fromEntries(FATES.map((fate) => [fate, number(fate)])),
    killRate: killRate(judged),
    survivors: judged.flatMap(({ mutant, outcome }) =>
      outcome.fate === 'survived'
        ? [{ place: aboutOf(mutant).place, change: mutant.how, request: outcome.request }]
        : [],
    ),
  };
}

function section(heading: string, lines: readonly string[]): string[] {
  return [heading, ...(lines.length === 0 ? ['  none'] : lines.map((each) => `  ${each}`)), ''];
}

function table(judged: readonly Judged[], by: (mutant: AnyMutant) => string): string[] {
  const rows = grouped(judged, ({ mutant }) => by(mutant));
  const cells = [...rows].map(([name, list]) => [
    name,
    String(list.length),
    ...FATES.map((fate) => String(list.filter(({ outcome }) => outcome.fate === fate).length)),
  ]);
  const total = [
    'all',
    String(judged.length),
    ...FATES.map((fate) => String(judged.filter(({ outcome }) => outcome.fate === fate).length)),
  ];
  const all = [['', 'mutants', ...FATES], ...cells, total];
  const widths = (all[0] ?? []).map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  '),
  );
}

function reasonOf(outcome: Outcome): string {
  return outcome.fate === 'killed' ? outcome.by : 'why' in outcome ? outcome.why : '';
}

function counts(judged: readonly Judged[], fate: Outcome['fate']): string[] {
  const some = judged.filter(({ outcome }) => outcome.fate === fate);
  return [...grouped(some, ({ outcome }) => reasonOf(outcome))].map(
    ([reason, list]) => `${list.length} ${reason}`,
  );
}

/** Changes that read alike in many accounts are one line. */
function listed(judged: readonly Judged[], fate: Outcome['fate']): string[] {
  const some = judged.filter(({ outcome }) => outcome.fate === fate);
  return [...grouped(some, ({ outcome }) => reasonOf(outcome))].flatMap(([reason, list]) => [
    `${list.length}: ${reason}`,
    ...[...grouped(list, ({ mutant }) => wordsOf(mutant))].map(
      ([words, same]) => `  ${words}${same.length > 1 ? ` (${same.length} times)` : ''}`,
    ),
  ]);
}

function wordsOf(mutant: AnyMutant): string {
  return `${aboutOf(mutant).sort}: ${mutant.how.replace(/\d{12}/g, 'ACCOUNT')}`;
}

function survivors(judged: readonly Judged[]): string[] {
  return judged.flatMap(({ mutant, outcome }) =>
    outcome.fate === 'survived'
      ? [`${aboutOf(mutant).place} ${mutant.how}`, ...outcome.request.split('\n').map((each) => `  ${each}`)]
      : [],
  );
}

/** The largest group first; those of one size in the order in which they came. */
function grouped<T>(list: readonly T[], by: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of list) {
    const group = groups.get(by(each));
    if (group === undefined) groups.set(by(each), [each]);
    else group.push(each);
  }
  return new Map([...groups].sort(([, a], [, b]) => b.length - a.length));
}
