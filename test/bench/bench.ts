/**
 * `npm run bench`: measures the commands at several sizes, beside a bare CDK app and a bare YAML parse; then every part
 * that has a bench of its own.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateRegister, type Shape } from './generate-register';
import { MEASURES, type MeasureName, type Place, placeIn, takeShape } from './measures';
import { runParts } from './parts';
import { jsonReport, textReport } from './report';
import { medians, type Result, targets, zoneLabel } from './results';
import { run, type Usage } from './run';

const USAGE = `npm run bench -- [--runs N] [--smoke] [--json] [--assert]

  --runs N   measure the commands N times and give the medians; 3 if not given
  --smoke    one run, with 1 and 10 organisations only, and the parts at small sizes
  --json     write the results as JSON
  --assert   exit 1 if a target is missed
`;

interface Case {
  readonly label: string;
  readonly shape: Shape;
  readonly measures: readonly MeasureName[];
}

const EVERY_MEASURE = Object.keys(MEASURES) as MeasureName[];

function cases(smoke: boolean): Case[] {
  const zones = (smoke ? [1, 10] : [1, 10, 100, 400]).map(
    (organisations): Case => ({
      label: zoneLabel(organisations),
      shape: { kind: 'zone', organisations },
      // CDK’s validation takes the same at any small size, so that once is enough for a smoke run.
      measures: smoke && organisations > 1 ? EVERY_MEASURE.filter((each) => each !== 'all') : EVERY_MEASURE,
    }),
  );
  if (smoke) return zones;
  const department = (agreements: 'one' | 'each'): Case => ({
    label: `1 department, 382 councils, ${agreements === 'one' ? 'one agreement' : 'an agreement each'}`,
    shape: { kind: 'department', councils: 382, agreements },
    measures: ['check', 'bare', 'synth', 'all', 'read', 'prove'],
  });
  return [...zones, department('one'), department('each')];
}

interface Prepared extends Case {
  readonly place: Place;
  readonly agreements: number;
  readonly organisations: number;
  readonly usages: Map<MeasureName, Usage[]>;
}

/** Writes the register and synthesises it once, unmeasured: the loader’s cache is warm and the shape known. */
async function prepare(each: Case, folder: string): Promise<Prepared> {
  const place = placeIn(folder);
  mkdirSync(folder);
  const counts = generateRegister(place.register, each.shape);
  await run(MEASURES.check.program(place), place.usage);
  await run(MEASURES.synth.program(place), place.usage);
  await run(takeShape(place), place.usage);
  return { ...each, ...counts, place, usages: new Map(each.measures.map((measure) => [measure, []])) };
}

/** Measures in rounds, so that what else the machine does falls on all measures alike. */
async function measure(prepared: readonly Prepared[], runs: number): Promise<void> {
  for (let round = 1; round <= runs; round++) {
    for (const { label, place, usages } of prepared) {
      process.stderr.write(`round ${round} of ${runs}: ${label}\n`);
      for (const [name, list] of usages) list.push(await run(MEASURES[name].program(place), place.usage));
    }
  }
}

async function bench(runs: number, smoke: boolean): Promise<Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-bench-'));
  try {
    const prepared: Prepared[] = [];
    for (const [index, each] of cases(smoke).entries()) {
      prepared.push(await prepare(each, join(folder, String(index))));
    }
    await measure(prepared, runs);
    return prepared.flatMap(({ label, organisations, agreements, usages }) =>
      [...usages].map(([name, list]) => ({
        register: label,
        organisations,
        agreements,
        measure: name,
        runs,
        ...medians(list),
      })),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '3' },
      smoke: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      assert: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || !/^[1-9]\d?$/.test(values.runs)) {
    process.stderr.write(USAGE);
    return values.help ? 0 : 2;
  }
  const results = await bench(values.smoke ? 1 : Number(values.runs), values.smoke);
  const parts = await runParts(values.smoke);
  process.stdout.write(values.json ? jsonReport(results, parts) : textReport(results, parts));
  return values.assert && [...targets(results), ...parts].some((each) => !each.met) ? 1 : 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 4;
  },
);
