/** `concordat succeed`: councils merge, split, take over a part, or are renamed. No share passes by itself. */
import { addDays, type IsoDate } from '../register/calendar';
import { departed } from '../register/changes/depart';
import { renamed } from '../register/changes/rename';
import { CHANGE_OPTIONS, changeRegister, dayOf, listOf } from './change-register';
import { type Command, textOf, UsageError, type Values } from './command';
import { DECISION_OPTIONS, decisionsFor, type Undecided } from './decide';
import type { ExitCode, Terminal } from './terminal';

/** Needs neither network nor AWS. Exits 0, 1 where something is to be settled first, 3 where the register is faulty. */
export const succeed: Command = {
  name: 'succeed',
  summary: 'have bodies succeed others, or take over a part, or take a new name',
  usage:
    '--from LIST --to LIST --on DATE [--novate LIST] [--end LIST] [--decisions FILE] | --from ID --rename NAME --on DATE',
  options: {
    from: {
      type: 'string',
      value: 'LIST',
      help: 'the bodies that are succeeded: a,b; where each has its own successors: a=x,b=x+y',
    },
    to: {
      type: 'string',
      value: 'LIST',
      help: 'the bodies that take over from each that names none of its own: x,y',
    },
    on: { type: 'string', value: 'DATE', help: 'the first day of the successors' },
    novate: {
      type: 'string',
      value: 'LIST',
      help: 'agreements that pass on, each with its successor: a=x,b=x,b=y',
    },
    keep: { type: 'string', value: 'LIST', help: 'with --part: agreements that stay as they are: a,b' },
    part: {
      type: 'string',
      value: 'TEXT',
      help: 'what passes where the body itself stays, such as an area; else all of it passes, and the body leaves',
    },
    'no-agreement': { type: 'string', value: 'LIST', help: 'successors that begin without any agreement' },
    rename: { type: 'string', value: 'NAME', help: 'the new official name; id and everything in AWS stay' },
    codes: { type: 'string', value: 'LIST', help: 'with --rename: its new codes: gss:E06000099' },
    ...DECISION_OPTIONS,
    ...CHANGE_OPTIONS,
  },
  example:
    'npx concordat succeed --from camden --to leeds --on 2027-04-01 --end benefit-rates,housing-benefit-awards --dry-run',
  run: (values, terminal) =>
    textOf(values, 'rename') === undefined ? succession(values, terminal) : renaming(values, terminal),
};

function succession(values: Values, terminal: Terminal): Promise<ExitCode> {
  const on = dayOf(values, 'on');
  demand(values, ['from', 'on']);
  refuse(values, textOf(values, 'part') === undefined ? ['codes', 'keep'] : ['codes']);
  const handsOver = textOf(values, 'part');
  const departure: Undecided = {
    heirs: heirsIn(values),
    lastDay: addDays(on as IsoDate, -1),
    windsUp: dayOf(values, 'wind-up'),
    handsOver,
    emptyHanded: listOf(values, 'no-agreement'),
  };
  return changeRegister(values, terminal, async (files, asOf) => {
    const decisions = await decisionsFor(values, terminal, files, departure, asOf);
    return departed(files, { ...departure, decisions }, asOf);
  });
}

/** @throws UsageError if a body is named twice, or has nobody to take over */
function heirsIn(values: Values): Map<string, string[]> {
  const heirs = new Map<string, string[]>();
  for (const each of listOf(values, 'from')) {
    const [id = '', own] = each.split('=');
    const to = own === undefined ? listOf(values, 'to') : own.split('+').filter((one) => one !== '');
    if (heirs.has(id)) throw new UsageError(`--from names ${id} twice`);
    if (to.length === 0)
      throw new UsageError(
        `nobody takes over from ${id}: name who with --to; npx concordat leave is for the rest`,
      );
    heirs.set(id, to);
  }
  return heirs;
}

function renaming(values: Values, terminal: Terminal): Promise<ExitCode> {
  demand(values, ['from', 'on']);
  refuse(values, ['to', 'novate', 'end', 'keep', 'part', 'no-agreement', 'decisions', 'wind-up']);
  const [id = '', ...more] = listOf(values, 'from');
  if (more.length > 0) throw new UsageError('--rename takes one body at a time: --from ID');
  const codes = listOf(values, 'codes').map((each) => {
    const [scheme = '', value = ''] = each.split(':');
    if (value === '') throw new UsageError(`--codes takes scheme:code, such as gss:E06000099, not '${each}'`);
    return { scheme, value };
  });
  const name = textOf(values, 'rename') ?? '';
  return changeRegister(values, terminal, (files, asOf) =>
    renamed(files, { id, name, on: dayOf(values, 'on') as IsoDate, codes }, asOf),
  );
}

function demand(values: Values, names: readonly string[]): void {
  const missing = names.filter((each) => textOf(values, each) === undefined);
  if (missing.length > 0)
    throw new UsageError(`succeed needs ${missing.map((each) => `--${each}`).join(' and ')}`);
}

function refuse(values: Values, names: readonly string[]): void {
  const found = names.filter((each) => textOf(values, each) !== undefined);
  if (found.length > 0)
    throw new UsageError(
      `${found.map((each) => `--${each}`).join(' and ')} ${found.length === 1 ? 'does' : 'do'} not go with what else was asked for`,
    );
}
