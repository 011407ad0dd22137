/** What a run of the bench measures: all of it, a small part for a smoke run, or what was asked for. */
import { nearest, orList } from '../../lib/words';
import { isMeasure, MEASURE_NAMES, MEASURES, type MeasureName } from './measures';
import { isSize, SIZE_NAMES, SIZES, type SizeName } from './sizes';

/** A register to make, and what to measure of it. */
export interface Case {
  readonly size: SizeName;
  readonly measures: readonly MeasureName[];
  readonly runs: number;
}

/** What was asked for on the command line. */
export interface Choice {
  /** Measures, with commas between them. */
  readonly only?: string | undefined;
  /** Sizes, with commas between them. */
  readonly at?: string | undefined;
  readonly smoke: boolean;
  /** Whether two builds are compared: baselines, which are the same for both, are left out. */
  readonly compared: boolean;
  readonly runs: number;
}

/** A choice that cannot be measured. */
export class ChoiceError extends Error {}

/** The size at which a measure is taken that the bench as a whole leaves out. */
const USUAL_SIZE: SizeName = '400';

/**
 * The cases to measure, from small to large. A measure that was asked for is taken alone, without its baseline.
 * @throws ChoiceError if a measure or a size is not known, with the nearest, or if nothing would be measured
 */
export function chosen({ only, at, smoke, compared, runs }: Choice): Case[] {
  const measures = only === undefined ? undefined : listed(only, 'measure', MEASURE_NAMES, isMeasure);
  const sizes = at === undefined ? undefined : listed(at, 'size', SIZE_NAMES, isSize);
  const asked = measures?.filter((each) => compared && MEASURES[each].baseline) ?? [];
  if (asked[0] !== undefined)
    throw new ChoiceError(`'${asked[0]}' is a baseline, the same program for both builds: leave it out`);
  if (smoke) return smokeCases();
  return SIZE_NAMES.flatMap((size) => {
    if (sizes !== undefined && !sizes.includes(size)) return [];
    const taken = measuresAt(size, measures, sizes !== undefined).filter(
      (each) => !(compared && MEASURES[each].baseline),
    );
    return taken.length === 0 ? [] : [{ size, measures: taken, runs: SIZES[size].once ? 1 : runs }];
  });
}

/** A number to the nearest number, a word to the nearest word; undefined if none is near. */
function nearestOf(found: string, known: readonly string[]): string | undefined {
  if (!/^\d+$/.test(found)) return nearest(found, known)?.word;
  const away = (each: string) => Math.abs(Number(each) - Number(found));
  return known
    .filter((each) => /^\d+$/.test(each))
    .reduce<string | undefined>((best, each) => (best && away(best) <= away(each) ? best : each), undefined);
}

/** CDK’s validation takes the same at any small size, so that `npm start` once is enough. */
function smokeCases(): Case[] {
  const every = measuresAt('1', undefined, true);
  return [
    { size: '1', measures: every, runs: 1 },
    { size: '10', measures: every.filter((each) => each !== 'start'), runs: 1 },
  ];
}

function measuresAt(
  size: SizeName,
  measures: readonly MeasureName[] | undefined,
  sizeWasAsked: boolean,
): readonly MeasureName[] {
  const { whole } = SIZES[size];
  if (measures === undefined) return whole.length === 0 && sizeWasAsked ? SIZES[USUAL_SIZE].whole : whole;
  if (sizeWasAsked) return measures;
  const inNone = (each: MeasureName) => !SIZE_NAMES.some((name) => SIZES[name].whole.includes(each));
  return measures.filter((each) => whole.includes(each) || (size === USUAL_SIZE && inNone(each)));
}

function listed<T extends string>(
  given: string,
  what: string,
  known: readonly T[],
  isKnown: (word: string) => word is T,
): T[] {
  const words = given.split(',').map((each) => each.trim());
  const found = words.filter(isKnown);
  const unknown = words.find((each) => !isKnown(each));
  if (unknown !== undefined) {
    const near = nearestOf(unknown, known);
    throw new ChoiceError(
      `'${unknown}' is no ${what}: ${near === undefined ? `it is ${orList(known)}` : `did you mean ${near}? --help lists all`}`,
    );
  }
  // In the order in which they are run, each once.
  return known.filter((each) => found.includes(each));
}
