/**
 * How many decisions the engine makes in a second on one core, beside iam-simulate on the same scenarios in the same run;
 * then, if a number is given, that many random scenarios on which the two are compared.
 * `tsx test/bench/iam.ts [scenarios to compare [seed]]`
 */
import fc from 'fast-check';
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

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Requests are prepared anew for each decision; policies were compiled before. */
function ours(scenarios: readonly Scenario[], rounds: number): number {
  const prepared = scenarios.map((each) => ({ request: each.request, environment: environmentIn(each) }));
  let allowed = 0;
  const run = (times: number) => {
    for (let round = 0; round < times; round++)
      for (const { request, environment } of prepared)
        if (decide(requestOf(request), environment).verdict === 'allowed') allowed++;
  };
  run(20);
  const before = cpuSeconds();
  run(rounds);
  const perSecond = (rounds * scenarios.length) / (cpuSeconds() - before);
  if (allowed === 0) throw new Error('nothing was allowed: the scenarios say nothing');
  return perSecond;
}

async function theirs(scenarios: readonly Scenario[]): Promise<number> {
  const ask = simulator();
  const simulations = scenarios.map(simulationOf);
  for (const each of simulations) await ask(each);
  const before = cpuSeconds();
  for (const each of simulations) await ask(each);
  return scenarios.length / (cpuSeconds() - before);
}

async function main(): Promise<void> {
  const scenarios = fc
    .sample(scenario, { seed: 1, numRuns: SCENARIOS * 2 })
    .filter(({ request }) => request.accessPoint === undefined)
    .slice(0, SCENARIOS);
  const perSecond = ours(scenarios, 400);
  const perSecondOfTheirs = await theirs(scenarios);
  console.log(
    `${scenarios.length} scenarios: ${Math.round(perSecond)} decisions a second of CPU, at least ${LEAST_PER_SECOND}; ` +
      `iam-simulate ${Math.round(perSecondOfTheirs)} (${Math.round(perSecond / perSecondOfTheirs)} times as many)`,
  );
  if (perSecond < LEAST_PER_SECOND) process.exitCode = 1;
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
