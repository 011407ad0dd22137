/**
 * How many decisions the engine makes in a second on one core, beside iam-simulate in the same run: on the cases that come
 * from AWS’s documentation, and on random policies with several times as many statements. Then, if a number is given, that
 * many random scenarios on which the two are compared. `tsx test/bench/iam.ts [scenarios to compare [seed [rounds]]]`
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { callerOf } from '../../lib/iam/caller';
import { decide } from '../../lib/iam/decide';
import { requestOf } from '../../lib/iam/request';
import { scenario } from '../iam/arbitrary';
import { compare } from '../iam/compare';
import { environmentIn, type Scenario } from '../iam/scenario';
import { simulationOf, simulator } from '../iam/simulate';

const LEAST_PER_SECOND = 200_000;
const SCENARIOS = 1_000;
const most = Number(process.argv[2] ?? 0);
const seed = Number(process.argv[3] ?? 20_270_401);
const rounds = Number(process.argv[4] ?? 4_000);

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

interface Speed {
  /** Of requests that are ready. */
  readonly decisions: number;
  /** Of requests that are made ready first. */
  readonly requests: number;
}

/** Policies and callers are compiled before, as a prover does that asks many requests of few callers. */
function ours(scenarios: readonly Scenario[], rounds: number): Speed {
  const prepared = scenarios.map((each) => {
    const input = { ...each.request, caller: callerOf(each.request.caller) };
    return { input, request: requestOf(input), environment: environmentIn(each) };
  });
  let allowed = 0;
  const perSecond = (decideAll: () => void): number => {
    for (let round = 0; round < 20; round++) decideAll();
    const before = cpuSeconds();
    for (let round = 0; round < rounds; round++) decideAll();
    return (rounds * scenarios.length) / (cpuSeconds() - before);
  };
  const decisions = perSecond(() => {
    for (const { request, environment } of prepared)
      if (decide(request, environment).verdict === 'allowed') allowed++;
  });
  const requests = perSecond(() => {
    for (const { input, environment } of prepared)
      if (decide(requestOf(input), environment).verdict === 'allowed') allowed++;
  });
  if (allowed === 0) throw new Error('nothing was allowed: the scenarios say nothing');
  return { decisions, requests };
}

async function theirs(scenarios: readonly Scenario[]): Promise<number> {
  const ask = simulator();
  const simulations = scenarios.map(simulationOf);
  for (const each of simulations) await ask(each);
  const before = cpuSeconds();
  for (const each of simulations) await ask(each);
  return scenarios.length / (cpuSeconds() - before);
}

/** It knows neither grants nor access points. */
function modelledByBoth({ request, policies }: Scenario): boolean {
  return request.accessPoint === undefined && policies.grants === undefined;
}

function documented(): Scenario[] {
  const folder = join(__dirname, '../iam/cases');
  return readdirSync(folder).flatMap(
    (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Scenario[],
  );
}

async function measure(what: string, scenarios: readonly Scenario[], rounds: number): Promise<number> {
  const { decisions, requests } = ours(scenarios, rounds);
  const simulated = await theirs(scenarios);
  const round = (rate: number) => Math.round(rate).toLocaleString('en-GB');
  console.log(
    `${what}: ${round(decisions)} decisions a second of CPU, ${round(requests)} if each request is made ready first; ` +
      `iam-simulate ${round(simulated)}: ${round(decisions / simulated)} times as many`,
  );
  return decisions;
}

async function main(): Promise<void> {
  const cases = documented().filter(modelledByBoth);
  const perSecond = await measure(`${cases.length} documented cases`, cases, rounds);
  const random = fc
    .sample(scenario, { seed: 1, numRuns: SCENARIOS * 2 })
    .filter(modelledByBoth)
    .slice(0, SCENARIOS);
  await measure(`${random.length} random scenarios`, random, rounds / 20);
  if (perSecond < LEAST_PER_SECOND) {
    console.error(`at least ${LEAST_PER_SECOND} decisions a second are asked for`);
    process.exitCode = 1;
  }
  if (most === 0) return;

  const { asked, verdicts, explained, unexplained } = await compare(simulator(), {
    seed,
    most,
    milliseconds: 3_600_000,
  });
  console.log(`${asked} scenarios compared, seed ${seed} (ours / theirs):`, verdicts);
  console.log('explained, each by a page of AWS:', explained, 'unexplained:', unexplained.length);
  if (unexplained.length > 0) {
    console.error(JSON.stringify(unexplained.slice(0, 3), null, 2));
    process.exitCode = 1;
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 4;
});
