/** The steps of a rollout in words: what a dry run prints. */
import type { Assembly } from '../assembly';
import { type Bill, billRows, moneyBy, moneyInWords, PRICES_AS_OF, type Rate, smallMoney } from '../plan';
import { columns, count, plural } from '../words';
import { callsOf, costOf } from './calls';
import { engineCost } from './engine-cost';
import type { FleetStack } from './fleet';
import { secondsOfAll, secondsOfStep, type Tempo } from './forecast';
import type { ByHand, Step, Wave, WaveName } from './waves';

/** What a dry run is told of. */
export interface DryRun {
  readonly steps: readonly Step[];
  readonly tempo: Tempo;
  readonly after: Assembly;
  /** The name that each change set gets. */
  readonly changeSet: string;
  /** The folder of the later assembly, as the caller names it. */
  readonly folder: string;
  /** By which sums are in pounds; in dollars where there is none. */
  readonly rate?: Rate;
}

const NAMES: Readonly<Record<WaveName, string>> = {
  operator: 'the operator’s stacks',
  canary: 'canary',
  sectors: 'one organisation of each other sector',
  share: 'a share of the rest',
  late: 'what waited for a step by hand',
};

/** What a wave is for. */
export function waveWords({ name, takesAway }: Pick<Wave, 'name' | 'takesAway'>): string {
  return takesAway ? `${NAMES[name]}, taking away` : NAMES[name];
}

/** For people. Ends with a line feed. */
export function dryRunText(told: DryRun): string {
  const { steps, tempo } = told;
  const waves = steps.filter((each): each is Wave => each.kind === 'wave');
  const stacks = waves.reduce((sum, each) => sum + each.stacks.length, 0);
  return [
    ...steps.flatMap((step, index) => [...stepLines(step, index + 1, told), '']),
    waves.length === 0
      ? 'Nothing is deployed by a rollout.'
      : `${plural(stacks, 'stack')} in ${plural(waves.length, 'wave')}, at most ${plural(tempo.atOnce, 'account')} at once, ${plural(tempo.pause, 'minute')} between waves: about ${minutes(secondsOfAll(steps, tempo))} if all goes well, without what is done by hand. Uploads cost at most ${smallSum(costOfAll(told), told)}; AWS takes nothing for the rest. Nobody has measured these times here.`,
    ...(waves.length === 0 ? [] : engineLines(told)),
    '',
  ].join('\n');
}

/** For programs. Ends with a line feed. */
export function dryRunJson(told: DryRun): string {
  const { steps, tempo, after, changeSet, rate } = told;
  const result = {
    form: 'concordat-rollout-plan/v1',
    changeSet,
    tempo,
    seconds: secondsOfAll(steps, tempo),
    usd: costOfAll(told),
    prices: PRICES_AS_OF,
    ...(rate && { rate: { poundsForOneDollar: rate.pounds, on: rate.on } }),
    engine: engineCost(steps, tempo, after.stacks.length),
    steps: steps.map((step) =>
      step.kind === 'by-hand'
        ? step
        : {
            ...step,
            seconds: secondsOfStep(step, tempo),
            stacks: step.stacks.map((each) => ({ ...each, calls: callsOf(each, after, changeSet) })),
          },
    ),
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}

function stepLines(step: Step, number: number, told: DryRun): string[] {
  if (step.kind === 'wave') return waveLines(step, number, told);
  const [first = '', ...more] = byHandLines(step, told);
  return [`${number}. ${first}`, ...more];
}

function waveLines(wave: Wave, number: number, { tempo, after, changeSet }: DryRun): string[] {
  const accounts = new Set(wave.stacks.map(({ account }) => account)).size;
  const tolerated = wave.tolerated === 0 ? 'none may fail' : `${wave.tolerated} may fail`;
  const seconds = secondsOfStep(wave, tempo) ?? 0;
  return [
    `${number}. ${waveWords(wave)}: ${plural(accounts, 'account')}, ${tolerated}; about ${minutes(seconds)}`,
    ...wave.stacks.flatMap((each) => [
      `   ${each.stack} in ${each.account}, ${changeWords(each)}`,
      ...callsOf(each, after, changeSet).map(
        ({ action, of, times = 1 }) => `     ${action} ${of}${times > 1 ? ` (${count(times)} at most)` : ''}`,
      ),
    ]),
  ];
}

function changeWords({ change, resources }: FleetStack): string {
  return `${change}: ${plural(resources, 'resource')}`;
}

/** What is done by hand: a heading, and a line for each thing. */
export function byHandLines(step: ByHand, { folder }: Pick<DryRun, 'folder'>): string[] {
  const { holdsUp, stacks, asked, moved } = step;
  return [
    `by hand${holdsUp ? ', before the rollout goes on' : ', whenever all else is through'}`,
    ...asked.map(
      ({ organisation, file, key }) => `   ${organisation} sets ${folder}/${file} on its key ${key}`,
    ),
    ...stacks.map((each) => `   ${handWords(each, folder)}`),
    ...moved.map(
      ({ stack, from }) =>
        `   ${stack} is made in another place: delete the old one in ${from?.account} ${from?.region}`,
    ),
  ];
}

function handWords(
  { stack, artifact, account, by, asks, organisation, template }: FleetStack,
  folder: string,
): string {
  if (by === 'nobody') return `${stack} in ${account} is made by no template any more: delete it`;
  if (by === 'organisation')
    return `hand ${folder}/${template} to ${organisation}, which deploys it in ${account}`;
  if (by === 'left-behind')
    return `${stack} in ${account} of ${organisation}, which has left: delete it, or where it is still to be deployed: npx cdk deploy --app ${folder} --exclusively ${artifact}`;
  const told = asks.map((name) => ` --parameters ${artifact}:${name}=VALUE`).join('');
  return `${stack}, with credentials of ${account}: npx cdk deploy --app ${folder} --exclusively ${artifact}${told}`;
}

function costOfAll({ steps, after }: DryRun): number {
  return steps.reduce(
    (sum, step) =>
      step.kind === 'wave' ? sum + step.stacks.reduce((all, each) => all + costOf(each, after), 0) : sum,
    0,
  );
}

/** What it is by the engine: this rollout, and each month. */
function engineLines({ steps, tempo, after, rate }: DryRun): string[] {
  const { rollout, month } = engineCost(steps, tempo, after.stacks.length);
  const rows = (bill: Bill) => [
    ...billRows(bill, moneyBy(rate)),
    ['together', '', '', smallMoney(sumOf(bill), moneyBy(rate))],
  ];
  const table = columns([...rows(rollout), ...rows(month)]).map((line) => `   ${line}`);
  const first = rows(rollout).length;
  return [
    '',
    `By the engine of an account of its own it costs more, in ${moneyInWords(rate, PRICES_AS_OF)}:`,
    ...table.slice(0, first),
    'and each month, whether or not anything is rolled out, with the table of what each stack stands at:',
    ...table.slice(first),
  ];
}

/** Not rounded, so that a sum under a cent is not told as nothing. */
function sumOf({ lines }: Bill): number {
  return lines.reduce((sum, { usd }) => sum + usd, 0);
}

/** Sums under a cent would be nothing. */
function smallSum(usd: number, { rate }: Pick<DryRun, 'rate'>): string {
  return usd < 0.01 ? (rate ? 'a penny' : 'a cent') : moneyBy(rate)(usd);
}

/** `4 minutes`, rounded up. */
function minutes(seconds: number): string {
  return plural(Math.ceil(seconds / 60), 'minute');
}
