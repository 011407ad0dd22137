/** The results, and what follows from them: medians, ratios, growth and targets. */
import { MEASURE_NAMES, MEASURES, type MeasureName } from './measures';
import type { Usage } from './run';
import { SIZES, zoneLabel } from './sizes';

/** The medians of one measure of one register. */
export interface Result extends Usage {
  /** What the register is: `400 organisations`. */
  readonly register: string;
  readonly organisations: number;
  readonly agreements: number;
  readonly measure: MeasureName;
  readonly runs: number;
}

/** How a target was met. */
export interface Target {
  readonly what: string;
  readonly measured: string;
  readonly met: boolean;
}

/** How the time for each further organisation grows: 1 is linear. */
export interface Growth {
  readonly measure: MeasureName;
  /** The organisations of three sizes, one after the other. */
  readonly sizes: readonly [number, number, number];
  /** Milliseconds of processor time for each organisation, from the first to the second, and from there to the third. */
  readonly small: number;
  readonly large: number;
  readonly ratio: number;
}

/** The median of each figure by itself. */
export function medians(usages: readonly Usage[]): Usage {
  return {
    wall: median(usages.map((each) => each.wall)),
    cpu: median(usages.map((each) => each.cpu)),
    megabytes: median(usages.map((each) => each.megabytes)),
    together: median(usages.map((each) => each.together)),
  };
}

/** The median, between the middle two of an even number. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

/** How many times the processor time of its baseline a measure took, if it has one. */
export function ratio(results: readonly Result[], { register, measure, cpu }: Result): number | undefined {
  const { against } = MEASURES[measure];
  const baseline = results.find((each) => each.register === register && each.measure === against);
  return baseline && cpu / baseline.cpu;
}

/** The growth of each measure that was taken of three generated zones or more, over each three that follow one another. */
export function growth(results: readonly Result[]): Growth[] {
  return MEASURE_NAMES.flatMap((measure) => {
    const zones = results
      .filter((each) => each.measure === measure && each.register === zoneLabel(each.organisations))
      .sort((a, b) => a.organisations - b.organisations);
    return zones.flatMap((first, index): Growth[] => {
      const [second, third] = zones.slice(index + 1);
      if (second === undefined || third === undefined) return [];
      const [small, large] = [slope(first, second), slope(second, third)];
      const sizes = [first.organisations, second.organisations, third.organisations] as const;
      return [{ measure, sizes, small, large, ratio: large / small }];
    });
  });
}

function slope(from: Result, to: Result): number {
  return ((to.cpu - from.cpu) / (to.organisations - from.organisations)) * 1000;
}

/** The targets that these results can speak to. */
export function targets(results: readonly Result[]): Target[] {
  const at = (size: number, measure: MeasureName) => find(results, size, measure);
  const times = (result: Result | undefined) => result && ratio(results, result);
  const [check, synth, packs, all, start, prove] = (
    ['check', 'synth', 'packs', 'all', 'start', 'prove'] as const
  ).map((measure) => at(400, measure));
  const large = at(1000, 'start');
  return [
    ...under(check?.wall, 2, 's', '400 organisations: check'),
    ...under(times(check), 1.3, 'times', '400 organisations: check, of parsing the YAML alone'),
    ...under(times(synth), 1.4, 'times', '400 organisations: synth alone, of a bare CDK app'),
    ...under(packs?.wall, 30, 's', '400 organisations: synth with both packs'),
    ...under(packs?.together, 1024, 'MB', '400 organisations: memory of synth with both packs'),
    ...under(all?.wall, 60, 's', '400 organisations: synth with packs and validation'),
    ...under(start?.together, 700, 'MB', '400 organisations: memory of npm start'),
    ...under(prove?.wall, 30, 's', '400 organisations: prove, every ordered pair'),
    ...under(prove?.together, 1024, 'MB', '400 organisations: memory of prove'),
    ...under(large?.together, 1536, 'MB', '1,000 organisations: memory of npm start'),
    ...under(
      large && start && (large.cpu / start.cpu) * (start.agreements / large.agreements),
      1,
      'times',
      '1,000 organisations: npm start for each agreement, of what it is at 400',
    ),
    ...results
      .filter((each) => each.measure === 'start' && each.register === SIZES.department.label)
      .flatMap(({ register, wall }) => under(wall, 30, 's', `${register}: npm start`)),
  ];
}

function under(value: number | undefined, most: number, unit: string, what: string): Target[] {
  if (value === undefined) return [];
  const digits = unit === 'MB' ? 0 : 2;
  return [
    {
      what: `${what}, under ${most} ${unit}`,
      measured: `${value.toFixed(digits)} ${unit}`,
      met: value < most,
    },
  ];
}

function find(results: readonly Result[], size: number, measure: MeasureName): Result | undefined {
  return results.find((each) => each.register === zoneLabel(size) && each.measure === measure);
}
