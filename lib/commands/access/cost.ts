/** `concordat cost`: what a zone, or one organisation of it, costs a month, in dollars or in pounds. */
import {
  type Bill,
  billRows,
  type Costs,
  costsOf,
  moneyBy,
  moneyInWords,
  noPrices,
  type Rate,
} from '../../plan';
import { dateOf } from '../../register/calendar';
import { columns, nearest } from '../../words';
import { command } from '../command';
import { optionalWord, UsageError } from '../option';
import { RATE_OPTIONS, rateFrom } from '../rate';
import { EXIT } from '../terminal';
import { ASSEMBLY_OPTION, JSON_OPTION } from '../vocabulary';
import { answered } from './question';

/** Needs neither network nor AWS. Exits 0, 1 where the Region has no prices here, 3 where the assembly is faulty. */
export const cost = command({
  name: 'cost',
  words: {
    organisation: optionalWord(
      'the organisation whose bill it is, line by line, or zone; all of them if not given',
    ),
  },
  options: {
    ...RATE_OPTIONS,
    ...ASSEMBLY_OPTION,
    ...JSON_OPTION,
  },
  example: 'npx concordat cost leeds',
  run: (values, terminal) => {
    const rate = rateFrom(values.rate, values['rate-on']);
    return answered(values.assembly, terminal, ({ stacks }) => {
      const costs = costsOf(stacks);
      if (!costs.priced) {
        terminal.err(`It is ${noPrices(costs)}.\n`);
        return EXIT.findings;
      }
      const bill = values.organisation === undefined ? undefined : billCalled(costs, values.organisation);
      if (values.json) terminal.out(json(costs, bill, rate));
      else terminal.out(`${columns(bill ? lines(bill, rate) : sums(costs, rate)).join('\n')}\n`);
      terminal.err(`\n${explained(costs, rate)}\n`);
      return EXIT.clean;
    });
  },
});

/** @throws UsageError if nobody is called so, or has no stack */
function billCalled({ zone, organisations }: Costs, id: string): Bill {
  const found = [zone, ...organisations].find((each) => each.id === id);
  if (found !== undefined) return found;
  const like = nearest(
    id,
    organisations.map((each) => each.id),
  );
  throw new UsageError(
    `no stack of this assembly is of '${id}'${like === undefined ? ', so it costs nothing here' : `: did you mean ${like.word}?`}`,
  );
}

/** What each pays. */
function sums({ usd, zone, organisations }: Costs, rate: Rate | undefined): string[][] {
  const money = moneyBy(rate);
  return [...[zone, ...organisations].map((each) => [each.id, money(each.usd)]), ['together', money(usd)]];
}

/** What one pays, for what. */
function lines(bill: Bill, rate: Rate | undefined): string[][] {
  return [...billRows(bill, moneyBy(rate)), ['together', '', '', moneyBy(rate)(bill.usd)]];
}

function explained(costs: Costs, rate: Rate | undefined): string {
  return [
    `A month, in ${moneyInWords(rate, dateOf(costs.prices))}. Assumed:`,
    ...costs.assumptions.map((each) => `- ${each}`),
    'Not included:',
    ...costs.notIncluded.map((each) => `- ${each}`),
    ...(costs.notPriced.length === 0 ? [] : [`Not priced: ${costs.notPriced.join(', ')}.`]),
  ].join('\n');
}

function json(costs: Costs, bill: Bill | undefined, rate: Rate | undefined): string {
  const pounds = rate && { poundsForOneDollar: rate.pounds, on: rate.on };
  const found =
    bill === undefined ? costs : { ...costs, usd: bill.usd, zone: undefined, organisations: undefined, bill };
  return `${JSON.stringify({ ...found, ...(pounds && { rate: pounds }) }, null, 2)}\n`;
}
