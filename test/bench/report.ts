/** Writes the results as text, in aligned columns, or as JSON. It names neither the machine nor a folder of it. */
import { availableParallelism } from 'node:os';
import { MEASURES } from './measures';
import type { PartResult } from './parts';
import { type Growth, growth, type Result, ratio, type Target, targets } from './results';

/** The results as a table, with growth and targets below it, and what the benches of the parts said. */
export function textReport(results: readonly Result[], parts: readonly PartResult[]): string {
  return [
    `Node ${process.versions.node}, ${availableParallelism()} cores. Medians; ratios are of processor time.`,
    '',
    ...table([
      ['register', 'agreements', 'measure', 'wall s', 'cpu s', 'peak MB', 'ratio'],
      ...results.map((each, index) => row(results, each, index)),
    ]),
    ...growthLines(growth(results)),
    ...targetLines(targets(results)),
    ...partLines(parts),
    '',
  ].join('\n');
}

/** The results as JSON. */
export function jsonReport(results: readonly Result[], parts: readonly PartResult[]): string {
  const report = {
    form: 'concordat-bench/v1',
    node: process.versions.node,
    cores: availableParallelism(),
    results: results.map((each) => ({ ...each, ratio: ratio(results, each) })),
    growth: growth(results),
    targets: targets(results),
    parts,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function row(results: readonly Result[], result: Result, index: number): string[] {
  const { register, agreements, measure, wall, cpu, megabytes } = result;
  const first = results[index - 1]?.register !== register;
  const { label, against } = MEASURES[measure];
  const times = ratio(results, result);
  return [
    first ? register : '',
    first ? agreements.toLocaleString('en-GB') : '',
    label,
    wall.toFixed(2),
    cpu.toFixed(2),
    megabytes.toFixed(0),
    against && times !== undefined ? `${times.toFixed(2)} x ${MEASURES[against].label}` : '',
  ];
}

function growthLines(list: readonly Growth[]): string[] {
  if (list.length === 0) return [];
  return [
    '',
    'Growth: ms of processor time for each further organisation (a ratio of 1 is linear)',
    ...table([
      ['measure', '10 to 100', '100 to 400', 'ratio'],
      ...list.map(({ measure, small, large, ratio: times }) => [
        MEASURES[measure].label,
        small.toFixed(1),
        large.toFixed(1),
        times.toFixed(2),
      ]),
    ]),
  ];
}

function targetLines(list: readonly Target[]): string[] {
  if (list.length === 0) return ['', 'Targets: none is set for these sizes.'];
  return [
    '',
    'Targets',
    ...table(list.map(({ what, measured, met }) => [met ? 'PASS' : 'over', what, measured])),
  ];
}

function partLines(parts: readonly PartResult[]): string[] {
  if (parts.length === 0) return [];
  const linesOf = ({ part, said, met }: PartResult) => [
    `${part}: ${met ? 'within its limits' : 'over a limit of its own'}`,
    ...said.map((line) => `  ${line}`),
  ];
  return ['', 'Parts, each by its own bench', ...parts.flatMap(linesOf)];
}

/** Aligns columns: numbers to the right, words to the left. */
function table(rows: readonly (readonly string[])[]): string[] {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((each) => each[column]?.length ?? 0)));
  const numeric = head.map((_, column) =>
    rows.slice(1).every((each) => /^[\d.,]*$/.test(each[column] ?? '')),
  );
  return rows.map((each) =>
    each
      .map((cell, column) =>
        numeric[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
