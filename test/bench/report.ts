/** Writes the results as Markdown, in aligned columns, or as JSON. It names neither the machine nor a folder of it. */
import { availableParallelism } from 'node:os';
import { type Comparison, ratiosOf } from './compare';
import { MEASURES } from './measures';
import type { PartResult } from './parts';
import { type Growth, growth, medians, type Result, ratio, type Target, targets } from './results';

const WHAT_FIGURES_ARE =
  'Medians. Processor time is that of a command with its child processes; memory is the most that its largest process held, ' +
  'and the most that all were seen to hold together.';

/** The results as a table, with growth and targets below it, and what the benches of the parts said. */
export function textReport(results: readonly Result[], parts: readonly PartResult[]): string {
  return [
    `Node ${process.versions.node}, ${availableParallelism()} cores. ${WHAT_FIGURES_ARE} Ratios are of processor time.`,
    '',
    ...table([
      [
        'register',
        'agreements',
        'measure',
        'runs',
        'wall s',
        'processor s',
        'peak MB',
        'together MB',
        'ratio',
      ],
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

/** Two builds as a table: what each took, and what this one took as a share of the other. */
export function comparisonText(comparisons: readonly Comparison[], against: string): string {
  return [
    `Node ${process.versions.node}, ${availableParallelism()} cores. ${WHAT_FIGURES_ARE}`,
    `Before is ${against}, run in turn with this build. Ratios are of this build to ${against}, pair by pair: the median, and from the least to the most.`,
    '',
    ...table([
      [
        ...['register', 'agreements', 'measure', 'pairs', 'processor s before', 'processor s now'],
        ...['processor', 'least to most', 'wall s before', 'wall s now', 'wall'],
        ...['peak MB before', 'peak MB now', 'together MB before', 'together MB now'],
      ],
      ...comparisons.map((each, index) => comparisonRow(comparisons, each, index)),
    ]),
    ...comparisons.flatMap(({ register, measure, failure }) =>
      failure === undefined ? [] : ['', `${register}, ${MEASURES[measure].label}: ${failure}`],
    ),
    '',
  ].join('\n');
}

/** Two builds as JSON, with every pair. */
export function comparisonJson(comparisons: readonly Comparison[], against: string): string {
  const report = {
    form: 'concordat-bench-comparison/v1',
    node: process.versions.node,
    cores: availableParallelism(),
    against,
    comparisons: comparisons.map((each) => ({
      ...each,
      ratios: { cpu: ratiosOf(each.pairs, 'cpu'), wall: ratiosOf(each.pairs, 'wall') },
    })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function row(results: readonly Result[], result: Result, index: number): string[] {
  const { measure, runs, wall, cpu, megabytes, together } = result;
  const { label, against } = MEASURES[measure];
  const times = ratio(results, result);
  return [
    ...registerCells(results, result, index),
    label,
    String(runs),
    wall.toFixed(2),
    cpu.toFixed(2),
    megabytes.toFixed(0),
    together.toFixed(0),
    against && times !== undefined ? `${times.toFixed(2)} x ${MEASURES[against].label}` : '',
  ];
}

function comparisonRow(list: readonly Comparison[], comparison: Comparison, index: number): string[] {
  const { measure, pairs } = comparison;
  const before = medians(pairs.map((each) => each.before));
  const now = medians(pairs.map((each) => each.now));
  const [processor, wall] = [ratiosOf(pairs, 'cpu'), ratiosOf(pairs, 'wall')];
  const figure = (value: number | undefined, digits: number) =>
    value === undefined || Number.isNaN(value) ? '' : value.toFixed(digits);
  return [
    ...registerCells(list, comparison, index),
    MEASURES[measure].label,
    String(pairs.length),
    figure(before.cpu, 2),
    figure(now.cpu, 2),
    figure(processor?.median, 2),
    processor === undefined ? '' : `${figure(processor.least, 2)} to ${figure(processor.most, 2)}`,
    figure(before.wall, 2),
    figure(now.wall, 2),
    figure(wall?.median, 2),
    ...[before.megabytes, now.megabytes, before.together, now.together].map((each) => figure(each, 0)),
  ];
}

/** The register and its agreements, in the first of its rows. */
function registerCells(
  list: readonly { readonly register: string }[],
  { register, agreements }: { readonly register: string; readonly agreements: number },
  index: number,
): string[] {
  return list[index - 1]?.register === register ? ['', ''] : [register, agreements.toLocaleString('en-GB')];
}

function growthLines(list: readonly Growth[]): string[] {
  if (list.length === 0) return [];
  return [
    '',
    'Growth: ms of processor time for each further organisation (a ratio of 1 is linear)',
    '',
    ...table([
      ['measure', 'organisations', 'to the second', 'to the third', 'ratio'],
      ...list.map(({ measure, sizes, small, large, ratio: times }) => [
        MEASURES[measure].label,
        sizes.map((each) => each.toLocaleString('en-GB')).join(' to '),
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
    '',
    ...table([
      ['', 'target', 'measured'],
      ...list.map(({ what, measured, met }) => [met ? 'PASS' : 'over', what, measured]),
    ]),
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

/** A table of Markdown that can be read as it is too: numbers to the right, words to the left. The first row is its head. */
function table(rows: readonly (readonly string[])[]): string[] {
  const [head = [], ...body] = rows;
  const columns = head.map((_, column) => ({
    width: Math.max(4, ...rows.map((each) => each[column]?.length ?? 0)),
    numeric: body.every((each) => /^[\d.,]*$/.test(each[column] ?? '')),
  }));
  const line = (cells: readonly string[]) =>
    `| ${columns
      .map(({ width, numeric }, column) => {
        const cell = cells[column] ?? '';
        return numeric ? cell.padStart(width) : cell.padEnd(width);
      })
      .join(' | ')} |`;
  const rule = columns.map(({ width, numeric }) =>
    numeric ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [line(head), line(rule), ...body.map(line)];
}
