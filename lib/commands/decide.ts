/** What was decided on each agreement: by flags, in a file, or asked for one by one. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { partiesInWords, type RegisterFile } from '../register';
import type { IsoDate } from '../register/calendar';
import {
  ChangeRefused,
  type Decision,
  type Departure,
  decisionsIn,
  type Heirs,
  type Matter,
  mattersOf,
  type Novation,
  novationTo,
  soundRegister,
} from '../register/changes';
import { day, list, type Options, text, UsageError, type ValuesOf } from './option';
import type { Terminal } from './terminal';

/** The options by which decisions are given. */
export const DECISION_OPTIONS = {
  decisions: text('FILE', 'what becomes of each agreement, in a YAML file; docs/joining.md shows one'),
  end: list('agreements that end: a,b'),
  'wind-up': day('until when what it had shared may still be collected; the last day if not given'),
} as const satisfies Options;

/** What of a command line decides, and whether anything may be asked. */
export interface Deciding extends ValuesOf<Pick<typeof DECISION_OPTIONS, 'decisions' | 'end'>> {
  /** Agreements that pass on, as `agreement=successor`. */
  readonly novate: readonly string[];
  /** Agreements that stay as they are. */
  readonly keep: readonly string[];
  readonly 'no-input': boolean;
}

/** A departure of which decisions are still to be gathered. */
export type Undecided = Omit<Departure, 'decisions'>;

/** Gathers decisions from the options, and asks for what is missing if there is anybody to ask. */
export async function decisionsFor(
  values: Deciding,
  terminal: Terminal,
  files: readonly RegisterFile[],
  departure: Undecided,
  asOf: IsoDate,
): Promise<Decision[]> {
  const matters = mattersOf(
    soundRegister(files, asOf, 'the register is faulty'),
    [...departure.heirs.keys()],
    departure.lastDay,
  );
  const given = [...fromFile(values, terminal), ...fromFlags(values, matters, departure.heirs)];
  const twice = given.find(
    (each, index) => given.findIndex((one) => one.agreement === each.agreement) < index,
  );
  if (twice) throw new UsageError(`${twice.agreement} is decided on twice: say one thing of it`);
  const open = matters.filter(({ agreement }) => !given.some((each) => each.agreement === agreement.id));
  if (terminal.ask === undefined || values['no-input']) return given;
  const answers: Decision[] = [];
  for (const matter of open) answers.push(await asked(matter, departure, terminal.ask));
  return [...given, ...answers];
}

function fromFile({ decisions: path }: Deciding, { cwd }: Terminal): Decision[] {
  if (path === undefined) return [];
  try {
    return decisionsIn({ path, bytes: readFileSync(resolve(cwd, path)) });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError(`${path} cannot be read (${code}): name a file of decisions`, { cause: error });
  }
}

function fromFlags(values: Deciding, matters: readonly Matter[], heirs: Heirs): Decision[] {
  const novate = new Map<string, Novation[]>();
  for (const each of values.novate) {
    const [id = '', to] = each.split('=');
    if (to === undefined || to === '')
      throw new UsageError(`--novate takes agreement=successor: '${each}' names no successor`);
    const earlier = novate.get(id) ?? [];
    novate.set(id, [...earlier, ...novationOf(matters, id, to, heirs, earlier.length === 0)]);
  }
  const simply = (name: 'end' | 'keep') =>
    values[name].map((id) => ({ agreement: id, decision: name }) as Decision);
  return [
    ...simply('end'),
    ...simply('keep'),
    ...[...novate].map(([id, into]) => ({ agreement: id, decision: 'novate', into }) as Decision),
  ];
}

/** @param isFirst of several that follow one agreement, the first has the recipients that stay */
function novationOf(
  matters: readonly Matter[],
  id: string,
  to: string,
  heirs: Heirs,
  isFirst: boolean,
): Novation[] {
  const matter = matters.find(({ agreement }) => agreement.id === id);
  // One that needs no decision is told of with everything else that is to be settled.
  if (matter === undefined) return [{ id } as Novation];
  const novation = novationTo(matter, to, heirs, isFirst);
  if (novation === undefined)
    throw new UsageError(
      `nothing of ${id} can pass to ${to}, which succeeds none of its parties or only both: end it, or name another`,
    );
  if (novation.id.length > 48)
    throw new UsageError(
      `${novation.id} is longer than 48 characters: choose an id for it in a file, with --decisions`,
    );
  return [novation as Novation];
}

async function asked(
  matter: Matter,
  { heirs: all, handsOver }: Undecided,
  ask: NonNullable<Terminal['ask']>,
): Promise<Decision> {
  const { id, title, ends } = matter.agreement;
  const heirs = [...new Set([...all.values()].flat())].filter(
    (each) => novationTo(matter, each, all, true) !== undefined,
  );
  const ways = ['end', ...heirs, ...(handsOver === undefined ? [] : ['keep'])];
  let question = `\n${id}: ${title}\n  ${partiesInWords(matter.agreement)}, until ${ends}\n  ${ways.join(', ')}${heirs.length > 1 ? ' (or several: a,b)' : ''}? `;
  for (;;) {
    const answer = await ask(question);
    if (answer === undefined)
      throw new ChangeRefused('stopped before everything was decided', [`${id} and what comes after it`]);
    if (answer === 'end' || (answer === 'keep' && handsOver !== undefined))
      return { agreement: id, decision: answer };
    const named = answer.split(',').map((each) => each.trim());
    if (named.every((each) => heirs.includes(each)))
      return {
        agreement: id,
        decision: 'novate',
        into: named.flatMap((each, index) => novationOf([matter], id, each, all, index === 0)),
      };
    question = `  Answer with one of ${ways.join(', ')}: `;
  }
}
