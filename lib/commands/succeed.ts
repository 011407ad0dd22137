/** `concordat succeed`: councils merge, split, take over a part, or are renamed. No share passes by itself. */
import { addDays, type IsoDate } from '../register/calendar';
import { departed, renamed } from '../register/changes';
import { CHANGE_OPTIONS, type ChangeValues, changeRegister } from './change-register';
import { command } from './command';
import { DECISION_OPTIONS, type Deciding, decisionsFor, type Undecided } from './decide';
import { day, list, needed, text, UsageError } from './option';
import type { ExitCode, Terminal } from './terminal';

/** Needs neither network nor AWS. Exits 0, 1 where something is to be settled first, 3 where the register is faulty. */
export const succeed = command({
  name: 'succeed',
  words: {},
  options: {
    from: needed(
      list('the organisations that are succeeded: a,b; where each has its own successors: a=x,b=x+y'),
    ),
    to: list('the organisations that take over from each that names none of its own: x,y'),
    on: needed(day('the first day of the successors')),
    novate: list('agreements that pass on, each with its successor: a=x,b=x,b=y'),
    keep: list('with --part: agreements that stay as they are: a,b'),
    part: text(
      'TEXT',
      'what passes where the organisation itself stays, such as an area; else all of it passes, and it leaves',
    ),
    'no-agreement': list('successors that begin without any agreement'),
    rename: text('NAME', 'the new official name; id and everything in AWS stay'),
    codes: list('with --rename: its new codes: gss:E06000099'),
    ...DECISION_OPTIONS,
    ...CHANGE_OPTIONS,
  },
  forms: ['--from LIST --to LIST --on DATE [OPTIONS]', '--from ID --rename NAME --on DATE [OPTIONS]'],
  example:
    'npx concordat succeed --from camden --to leeds --on 2027-04-01 --end benefit-rates,blue-badge-eligibility --dry-run',
  run: (values, terminal) =>
    values.rename === undefined ? succession(values, terminal) : renaming(values, values.rename, terminal),
});

/** What is asked of a succession, in any of its forms. */
interface Asked extends Deciding, ChangeValues {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly on: IsoDate;
  readonly part: string | undefined;
  readonly 'no-agreement': readonly string[];
  readonly codes: readonly string[];
  readonly 'wind-up': IsoDate | undefined;
}

function succession(values: Asked, terminal: Terminal): Promise<ExitCode> {
  refuse(values, values.part === undefined ? ['codes', 'keep'] : ['codes']);
  const departure: Undecided = {
    heirs: heirsIn(values),
    lastDay: addDays(values.on, -1),
    windsUp: values['wind-up'],
    handsOver: values.part,
    emptyHanded: values['no-agreement'],
  };
  return changeRegister(values, terminal, async (files, asOf) => {
    const decisions = await decisionsFor(values, terminal, files, departure, asOf);
    return departed(files, { ...departure, decisions }, asOf);
  });
}

/** @throws UsageError if an organisation is named twice, or nobody takes over from it */
function heirsIn({ from, to: ofAll }: Asked): Map<string, string[]> {
  const heirs = new Map<string, string[]>();
  for (const each of from) {
    const [id = '', own] = each.split('=');
    const to = own === undefined ? [...ofAll] : own.split('+').filter((one) => one !== '');
    if (heirs.has(id)) throw new UsageError(`--from names ${id} twice`);
    if (to.length === 0)
      throw new UsageError(
        `nobody takes over from ${id}: name who with --to; npx concordat leave is for the rest`,
      );
    heirs.set(id, to);
  }
  return heirs;
}

function renaming(values: Asked, name: string, terminal: Terminal): Promise<ExitCode> {
  refuse(values, ['to', 'novate', 'end', 'keep', 'part', 'no-agreement', 'decisions', 'wind-up']);
  const [id = '', ...more] = values.from;
  if (more.length > 0) throw new UsageError('--rename takes one organisation at a time: --from ID');
  const codes = values.codes.map((each) => {
    const [scheme = '', value = ''] = each.split(':');
    if (value === '') throw new UsageError(`--codes takes scheme:code, such as gss:E06000099, not '${each}'`);
    return { scheme, value };
  });
  return changeRegister(values, terminal, (files, asOf) =>
    renamed(files, { id, name, on: values.on, codes }, asOf),
  );
}

/** Refuses options that mean nothing in this form. @throws UsageError naming them */
function refuse(values: Asked, names: readonly (keyof Asked)[]): void {
  const found = names.filter((each) => {
    const value = values[each];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  });
  if (found.length > 0)
    throw new UsageError(
      `${found.map((each) => `--${each}`).join(' and ')} ${found.length === 1 ? 'does' : 'do'} not go with what else was asked for`,
    );
}
