/** `concordat succeed`: councils merge, split, take over a part, or are renamed. No share passes by itself. */
import type { IsoDate } from '../../register/calendar';
import { succeeding } from '../../register/changes';
import { command } from '../command';
import { changeByQuestions } from '../interview/by-questions';
import { CHANGE_OPTIONS, type ChangeValues } from '../interview/change-register';
import { day, list, text, UsageError } from '../option';
import { registerFlag } from '../places';
import { registerInput } from '../register-input';
import type { Terminal } from '../terminal';
import { DECISION_OPTIONS, type Deciding, decisionsGiven, novatedTo } from './decide';

/** Needs neither network nor AWS. Exits 0, 1 where something is to be settled first, 3 where the register is faulty. */
export const succeed = command({
  name: 'succeed',
  words: {},
  options: {
    from: list('the organisations that are succeeded: a,b; where each has its own successors: a=x,b=x+y'),
    to: list('the organisations that take over from each that names none of its own: x,y'),
    on: day('the first day of the successors, or of the new name'),
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
  forms: [
    '--from LIST --to LIST --on DATE [OPTIONS]',
    '--from ID --rename NAME --on DATE [OPTIONS]',
    '[OPTIONS], which asks for what is not given',
  ],
  example:
    'npx concordat succeed --from camden --to leeds --on 2027-04-01 --end benefit-rates,blue-badge-eligibility --dry-run',
  run: (values, terminal) => {
    if (values.rename === undefined)
      refuse(values, values.part === undefined ? ['codes', 'keep'] : ['codes']);
    else refuse(values, ['to', 'novate', 'end', 'keep', 'part', 'no-agreement', 'decisions', 'wind-up']);
    demandForm(values, terminal);
    return changeByQuestions(
      {
        name: 'succeed',
        enquiry: (files, asOf) =>
          succeeding(files, asOf, decisionsGiven(values, terminal), novatedTo, values['no-agreement']),
      },
      { ...values, ...happens(values, terminal) },
      terminal,
    );
  },
});

/** What is asked of a succession, in any of its forms. */
interface Asked extends Deciding, ChangeValues {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly on: IsoDate | undefined;
  readonly rename: string | undefined;
  readonly part: string | undefined;
  readonly 'no-agreement': readonly string[];
  readonly codes: readonly string[];
  readonly 'wind-up': IsoDate | undefined;
  readonly 'no-input': boolean;
}

/** What the options say that happens; where somebody can be asked and they say nothing of it, it is a question. */
function happens({ rename, part, to, from, 'no-input': noInput }: Asked, { ask }: Terminal) {
  if (rename !== undefined) return { happens: 'new-name' };
  if (part !== undefined) return { happens: 'part-passes' };
  const isAll = to.length > 0 || from.some((each) => each.includes('='));
  return isAll || ask === undefined || noInput ? { happens: 'all-passes' } : {};
}

/**
 * @throws UsageError if an organisation is named twice, nobody takes over from one where nobody can be asked who, or a code has
 * no scheme
 */
function demandForm(values: Asked, terminal: Terminal): void {
  const { from, to, on, rename, codes, 'no-input': noInput } = values;
  const { ask } = terminal;
  const ids = from.map((each) => each.split('=')[0] ?? '');
  const twice = ids.find((each, index) => ids.indexOf(each) < index);
  if (twice !== undefined) throw new UsageError(`--from names ${twice} twice`);
  if (rename !== undefined && from.length > 1)
    throw new UsageError('--rename takes one organisation at a time: --from ID');
  const alone = from.find((each) => (each.includes('=') ? /=\+*$/.test(each) : to.length === 0));
  if (rename === undefined && alone !== undefined && on !== undefined && (ask === undefined || noInput))
    throw new UsageError(
      `nobody takes over from ${alone.split('=')[0]}: name who with --to; npx concordat leave${registerFlag(registerInput(values, terminal).folder, terminal)} is for the rest`,
    );
  const bare = codes.find((each) => !/^[^:]+:[^:]/.test(each));
  if (bare !== undefined)
    throw new UsageError(`--codes takes scheme:code, such as gss:E06000099, not '${bare}'`);
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
