/** Makes registers and measures builds with them, round by round. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Build } from './builds';
import type { Case } from './choose';
import type { Comparison, Pair } from './compare';
import { generateRegister, type Shape } from './generate-register';
import { MEASURES, type MeasureName, makeAssembly, type Place, placeIn, takeShape } from './measures';
import { medians, type Result } from './results';
import { run, type Usage } from './run';
import { SIZES } from './sizes';

/** Where a bench works, and what stops it. */
export interface Bench {
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Whether to measure as soon as possible, with nothing warm: the figures are not to be kept. */
  readonly smoke: boolean;
}

interface Register {
  readonly folder: string;
  readonly register: string;
  readonly organisations: number;
  readonly agreements: number;
}

/** Measures one build. Every measure is taken in each round, so that what else the machine does falls on all alike. */
export async function measure(bench: Bench, build: Build, cases: readonly Case[]): Promise<Result[]> {
  if (!bench.smoke) await warm(bench, [build], cases);
  const prepared = [];
  for (const each of cases) {
    const register = makeRegister(bench, build, each.size, SIZES[each.size].shape);
    const place = await prepare(bench, register, build, each.measures);
    prepared.push({ ...each, register, place, usages: new Map<MeasureName, Usage[]>() });
  }
  for (let round = 1; prepared.some(({ runs }) => runs >= round); round++)
    for (const { size, measures, runs, place, usages } of prepared) {
      if (runs < round) continue;
      say(`round ${round} of ${runs}: ${SIZES[size].label}`);
      for (const name of measures)
        usages.set(name, [...(usages.get(name) ?? []), await once(bench, name, place, build)]);
    }
  return prepared.flatMap(({ size, register: { organisations, agreements }, usages }) =>
    [...usages].map(([name, list]) => ({
      ...{ register: SIZES[size].label, organisations, agreements, measure: name, runs: list.length },
      ...medians(list),
    })),
  );
}

/**
 * Measures two builds in turn, each pair straight after one another. A build that does not come to its end, at a size that is too
 * large for it, ends that measure alone.
 */
export async function compare(
  bench: Bench,
  before: Build,
  now: Build,
  cases: readonly Case[],
): Promise<Comparison[]> {
  await warm(bench, [before, now], cases);
  const comparisons: Comparison[] = [];
  for (const { size, measures, runs } of cases) {
    const { label, shape } = SIZES[size];
    const registers = {
      before: makeRegister(bench, before, size, shape),
      now: makeRegister(bench, now, size, shape),
    };
    const places = {
      before: await prepare(bench, registers.before, before, measures),
      now: await prepare(bench, registers.now, now, measures),
    };
    const taken = measures.map((name) => ({ name, pairs: [] as Pair[], failure: '' }));
    for (let round = 1; round <= runs; round++) {
      say(`round ${round} of ${runs}: ${label}`);
      for (const each of taken) {
        if (each.failure !== '') continue;
        try {
          each.pairs.push({
            before: await once(bench, each.name, places.before, before),
            now: await once(bench, each.name, places.now, now),
          });
        } catch (error) {
          if (bench.signal.aborted) throw error;
          each.failure = error instanceof Error ? error.message : String(error);
        }
      }
    }
    const { organisations, agreements } = registers.now;
    comparisons.push(
      ...taken.map(({ name, pairs, failure }) => ({
        ...{ register: label, organisations, agreements, measure: name, pairs },
        ...(failure !== '' && { failure }),
      })),
    );
  }
  return comparisons;
}

/**
 * Runs each measure once, unmeasured, with one organisation: loaders that keep what they made have it then, and a build that does
 * not know a command as it is typed fails before anything is measured.
 */
async function warm(bench: Bench, builds: readonly Build[], cases: readonly Case[]): Promise<void> {
  say('once each with 1 organisation, unmeasured');
  const measures = [...new Set(cases.flatMap((each) => each.measures))];
  for (const build of builds) {
    const register = makeRegister(bench, build, 'warm', SIZES['1'].shape);
    const place = await prepare(bench, register, build, measures);
    for (const name of measures) await once(bench, name, place, build);
  }
}

/**
 * Makes a register of a shape from the build’s own sample: an older build does not know newer settings, and a newer one may refuse
 * what an older one passed over.
 */
function makeRegister({ folder }: Bench, build: Build, name: string, shape: Shape): Register {
  const own = join(folder, build.name.replaceAll(' ', '-'), name);
  mkdirSync(own, { recursive: true });
  const register = join(own, 'register');
  return { folder: own, register, ...generateRegister(register, shape, join(build.root, 'register')) };
}

/** Makes what the measures read and do not make themselves. */
async function prepare(
  { signal }: Bench,
  { folder, register }: Register,
  build: Build,
  measures: readonly MeasureName[],
): Promise<Place> {
  const place = placeIn(folder, register);
  mkdirSync(place.usage, { recursive: true });
  const needs = measures.map((name) => MEASURES[name].needs);
  if (needs.some((each) => each !== undefined)) await run(makeAssembly(place, build), place.usage, signal);
  if (needs.includes('shape')) await run(takeShape(place), place.usage, signal);
  return place;
}

/** Takes one measure once, with nothing left of the run before it. */
async function once({ signal }: Bench, name: MeasureName, place: Place, build: Build): Promise<Usage> {
  rmSync(place.output, { recursive: true, force: true });
  mkdirSync(place.output);
  return await run(MEASURES[name].program(place, build), place.usage, signal);
}

function say(what: string): void {
  process.stderr.write(`${what}\n`);
}
