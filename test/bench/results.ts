/** The results, and what follows from them: medians, ratios, growth and targets. */
import { MEASURES, type MeasureName } from './measures';
import type { Usage } from './run';

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
  /** Milliseconds of processor time for each organisation, from 10 to 100 and from 100 to 400. */
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

/** The growth of each measure that was taken at 10, 100 and 400 organisations. */
export function growth(results: readonly Result[]): Growth[] {
  return (Object.keys(MEASURES) as MeasureName[]).flatMap((measure) => {
    const [at10, at100, at400] = [10, 100, 400].map((size) => find(results, size, measure)?.cpu);
    if (at10 === undefined || at100 === undefined || at400 === undefined) return [];
    const small = ((at100 - at10) / 90) * 1000;
    const large = ((at400 - at100) / 300) * 1000;
    return [{ measure, small, large, ratio: large / small }];
  });
}

/** The targets that these results can speak to. */
export function targets(results: readonly Result[]): Target[] {
  const [check, synth, packs, all, prove] = (['check', 'synth', 'packs', 'all', 'prove'] as const).map(
    (measure) => find(results, 400, measure),
  );
  const times = synth && ratio(results, synth);
  return [
    ...under(check?.wall, 2, 's', '400 organisations: check'),
    ...under(times, 2, 'times', '400 organisations: synth alone, of a bare CDK app'),
    ...under(packs?.wall, 30, 's', '400 organisations: synth with both packs'),
    ...under(packs?.megabytes, 1024, 'MB', '400 organisations: memory of synth with both packs'),
    ...under(all?.wall, 60, 's', '400 organisations: synth with packs and validation'),
    ...under(prove?.wall, 30, 's', '400 organisations: prove, every ordered pair'),
    ...under(prove?.megabytes, 1024, 'MB', '400 organisations: memory of prove'),
    ...results
      .filter((each) => each.measure === 'all' && each.register.startsWith('1 department'))
      .flatMap(({ register, wall }) => under(wall, 60, 's', `${register}: synthesises`)),
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

/** What a zone of so many organisations is called in results. */
export function zoneLabel(organisations: number): string {
  return `${organisations} ${organisations === 1 ? 'organisation' : 'organisations'}`;
}
