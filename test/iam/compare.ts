/**
 * Holds the engine against iam-simulate on random scenarios inside what both model. A disagreement must have one of the
 * causes in differences.json, each settled by a page of AWS; and without the cause, the two must agree.
 */
import fc from 'fast-check';
import { decide } from '../../lib/iam/decide';
import { scenario } from './arbitrary';
import differences from './differences.json';
import { environmentIn, requestIn, type Scenario } from './scenario';
import { type Simulated, type Simulation, simulationOf } from './simulate';

/** What came of a comparison. */
export interface Comparison {
  readonly seed: number;
  asked: number;
  readonly verdicts: Record<string, number>;
  /** How many disagreements each cause explains. */
  readonly explained: Record<string, number>;
  /** Those that nothing explains, with the two verdicts. */
  readonly unexplained: { readonly verdicts: string; readonly scenario: Scenario }[];
}

type Ask = (simulation: Simulation) => Promise<Simulated | 'refused'>;

/** Only where the request is denied either way. */
const NEGATED = 'negated comparison of another form';
/** What a negated operator compares, by how it begins. */
const FORMS: readonly (readonly [begins: string, fits: (text: string) => boolean])[] = [
  ['ArnNot', (text) => text.split(':').length >= 6],
  ['NumericNot', (text) => /^-?\d+(?:\.\d+)?$/.test(text)],
  ['DateNot', (text) => !Number.isNaN(Date.parse(text))],
];

/** The scenario without the cause; undefined if it does not have it. */
const WITHOUT: Readonly<Record<string, (scenario: Scenario) => Scenario | undefined>> = {
  'root user': ({ request, policies }) =>
    request.caller.type === 'root'
      ? {
          request: {
            ...request,
            caller: { type: 'user', arn: request.caller.arn.replace(/root$/, 'user/team/ann') },
          },
          policies: { ...policies, boundary: undefined, identity: [ALL] },
        }
      : undefined,
  'session policy': ({ request, policies }) =>
    request.caller.type === 'role' && policies.session !== undefined
      ? { request, policies: { ...policies, session: undefined } }
      : undefined,
  [NEGATED]: ({ request, policies }) => {
    const context = new Map(
      Object.entries(request.context ?? {}).map(([key, value]) => [key.toLowerCase(), [value].flat()]),
    );
    let found = false;
    const without = JSON.parse(JSON.stringify(policies), (name, value: unknown) => {
      if (name !== 'Condition') return value;
      const entries = Object.entries(value as Readonly<Record<string, Readonly<Record<string, unknown>>>>);
      const kept = entries.filter(([operator, keys]) => {
        const fits = FORMS.find(([begins]) => operator.includes(begins))?.[1];
        const unfit = Object.entries(keys).some(([key, values]) =>
          [values, context.get(key.toLowerCase()) ?? []].flat().some((each) => !fits?.(String(each))),
        );
        return fits === undefined || !unfit;
      });
      found ||= kept.length < entries.length;
      return Object.fromEntries(kept);
    }) as Scenario['policies'];
    return found ? { request, policies: without } : undefined;
  },
  'empty text in a set': ({ request, policies }) => {
    const isEmpty = (value: unknown) =>
      Array.isArray(value) && value.length > 0 && value.every((each) => each === '');
    const entries = Object.entries(request.context ?? {});
    if (!entries.some(([, value]) => isEmpty(value))) return undefined;
    const context = Object.fromEntries(entries.filter(([, value]) => !isEmpty(value)));
    return { request: { ...request, context }, policies };
  },
};

const ALL = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** Compares until so many scenarios were asked, or so many milliseconds have passed. */
export async function compare(
  ask: Ask,
  {
    seed,
    most,
    milliseconds,
  }: { readonly seed: number; readonly most: number; readonly milliseconds: number },
): Promise<Comparison> {
  const found: Comparison = { seed, asked: 0, verdicts: {}, explained: {}, unexplained: [] };
  const until = Date.now() + milliseconds;
  for (let chunk = 0; found.asked < most && Date.now() < until; chunk++) {
    for (const each of fc.sample(scenario, { seed: seed + chunk, numRuns: 500 })) {
      if (!modelledByBoth(each)) continue;
      found.asked++;
      const ours = verdictOf(each);
      const theirs = await ask(simulationOf(each));
      const verdicts = `${ours} / ${theirs}`;
      found.verdicts[verdicts] = (found.verdicts[verdicts] ?? 0) + 1;
      if (ours === theirs || ours === 'not judged') continue;
      const cause = await causeOf(each, verdicts, ask);
      if (cause === undefined) found.unexplained.push({ verdicts, scenario: each });
      else found.explained[cause] = (found.explained[cause] ?? 0) + 1;
      if (found.asked >= most) break;
    }
  }
  return found;
}

/** It knows no access points, and no condition key that is binary. */
function modelledByBoth(each: Scenario): boolean {
  return each.request.accessPoint === undefined && !JSON.stringify(each.policies).includes('BinaryEquals');
}

function verdictOf(each: Scenario) {
  return decide(requestIn(each), environmentIn(each)).verdict;
}

/** One cause, or several at once, without which the two agree. */
async function causeOf(each: Scenario, verdicts: string, ask: Ask): Promise<string | undefined> {
  let rest = each;
  const taken: string[] = [];
  for (const { name } of differences) {
    if (name === NEGATED && verdicts !== 'implicitly denied / explicitly denied') continue;
    const without = WITHOUT[name]?.(rest);
    if (without === undefined) continue;
    rest = without;
    taken.push(name);
    const ours = verdictOf(rest);
    if (ours === 'not judged' || ours === (await ask(simulationOf(rest)))) return taken.join(' and ');
  }
  return undefined;
}
