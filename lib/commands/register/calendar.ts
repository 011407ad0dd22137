/** `concordat calendar`: what starts, ends or is due in the next months, and what is overdue. */
import { type Entry, entriesBetween, overdueOn, type Register } from '../../register';
import { addDays, dayWords, type IsoDate, inWords } from '../../register/calendar';
import { columns, plural } from '../../words';
import { command } from '../command';
import { text, UsageError } from '../option';
import { loadOrExplain, registerInput } from '../register-input';
import { EXIT } from '../terminal';
import { JSON_OPTION, REGISTER_OPTIONS } from '../vocabulary';
import { type Awaiting, awaitingIn, awaitingWords } from './awaiting';
import { entryWords } from './calendar-words';

const USUAL_MONTHS = 12;
const MOST_MONTHS = 120;

/** Needs neither network nor AWS. Exits 0, or 3 where the register is faulty. */
export const calendar = command({
  name: 'calendar',
  words: {},
  options: {
    months: text(
      'NUMBER',
      `how many months to look ahead, up to ${MOST_MONTHS}; ${USUAL_MONTHS} if not given`,
    ),
    ...REGISTER_OPTIONS,
    ...JSON_OPTION,
  },
  example: 'npx concordat calendar --months 6',
  run: (values, terminal) => {
    const months = monthsFrom(values.months);
    const input = registerInput(values, terminal);
    const register = loadOrExplain(input, terminal);
    if (register === undefined) return EXIT.faultyInput;
    const last = addDays(input.asOf, Math.round(months * 30.44));
    const overdue = overdueOn(register, input.asOf);
    const coming = entriesBetween(register, input.asOf, last);
    const awaiting = awaitingIn(register, input.asOf);
    if (values.json) terminal.out(json(input.asOf, last, { overdue, coming, awaiting }));
    else
      terminal.out(
        `${[...section('Overdue', overdue, register), ...section('Coming up', coming, register)].join('\n')}\n`,
      );
    for (const each of awaiting) terminal.err(`\n${awaitingWords(each)}.\n`);
    terminal.err(
      `\n${overdue.length === 0 ? 'Nothing' : plural(overdue.length, 'thing')} overdue on ${inWords(input.asOf)}; ${plural(coming.length, 'day')} to come until ${inWords(last)}.\n`,
    );
    return EXIT.clean;
  },
});

/** @throws UsageError if it is no such number */
function monthsFrom(given: string | undefined): number {
  if (given === undefined) return USUAL_MONTHS;
  const months = Number(given);
  if (/^\d{1,3}$/.test(given) && months >= 1 && months <= MOST_MONTHS) return months;
  throw new UsageError(`--months is '${given}': give a whole number from 1 to ${MOST_MONTHS}`);
}

function section(heading: string, entries: readonly Entry[], register: Register): string[] {
  if (entries.length === 0) return [];
  const rows = entries.map((entry) => [`  ${dayWords(entry.on)}`, entryWords(entry, register)]);
  return [heading, ...columns(rows), ''];
}

interface Told {
  readonly overdue: readonly Entry[];
  readonly coming: readonly Entry[];
  readonly awaiting: readonly Awaiting[];
}

function json(asOf: IsoDate, last: IsoDate, { overdue, coming, awaiting }: Told): string {
  const waits = awaiting.map(({ agreement, parties }) => ({
    agreement,
    organisations: parties.map(({ organisation }) => organisation),
  }));
  return `${JSON.stringify({ schema: 'concordat-calendar/v1', asOf, until: last, overdue, coming, awaiting: waits }, null, 2)}\n`;
}
