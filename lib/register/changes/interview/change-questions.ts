/** The kinds of questions of changes: who or what of the register, a day, some words. */
import { nearest } from '../../../words';
import { isDate } from '../../calendar';
import type { Register } from '../../register';
import type { CheckedQuestion } from './enquiry';
import { type Answers, NONE, type Offer, type Question } from './question';

/** The answer that says that something has no last day. */
export const OPEN = 'open';

/** What a question of a change may say besides its name and its words. */
interface Besides
  extends Partial<Pick<Question, 'takes' | 'when' | 'offers' | 'usual' | 'more' | 'optional' | 'path'>> {
  readonly meanwhile: Question['meanwhile'];
}

function plain<const N extends string>(
  name: N,
  takes: string,
  asks: string,
  check: CheckedQuestion['check'],
  {
    when = () => true,
    offers = () => [],
    usual = () => undefined,
    more = '',
    path = [name],
    ...rest
  }: Besides,
): CheckedQuestion<N> {
  return { name, takes, asks, help: asks, check, when, offers, usual, more, path, ...rest };
}

/** A question about a day. @param instead an answer that says that there is none: `open` */
export function dayQuestion<const N extends string>(
  name: N,
  asks: string,
  besides: Besides,
  instead?: string,
): CheckedQuestion<N> {
  const forms = `a day, such as 2027-04-01${instead === undefined ? '' : `, or ${instead}`}`;
  return plain(
    name,
    'DATE',
    asks,
    (answer) =>
      isDate(answer) || answer === instead
        ? undefined
        : { message: `‘${answer}’ is not a day`, fix: `write ${forms}` },
    { more: `It takes ${forms}.`, ...besides },
  );
}

/** A question about words for people. */
export function wordsQuestion<const N extends string>(
  name: N,
  asks: string,
  besides: Partial<Besides> = {},
): CheckedQuestion<N> {
  return plain(name, 'TEXT', asks, () => undefined, { meanwhile: () => 'A reason', ...besides });
}

/** A question that takes one of what it offers. */
export function choiceQuestion<const N extends string>(
  name: N,
  takes: string,
  asks: string,
  offers: (register: Register, answers: Answers) => readonly Offer[],
  besides: Partial<Besides> = {},
): CheckedQuestion<N> {
  const all: Question['offers'] = (answers, { register }) =>
    register === undefined ? [] : offers(register, answers);
  return plain(
    name,
    takes,
    asks,
    (answer, around, answers) => {
      const known = all(answers, around).map((each) => each.answer);
      if (known.includes(answer)) return undefined;
      const near = nearest(answer, known);
      return {
        message: `‘${answer}’ is none of what can be chosen`,
        ...(near && { suggestion: near.word }),
        fix:
          known.length > 0
            ? 'choose from the list; ? shows it'
            : 'there is nothing to choose: stop with Ctrl-D',
      };
    },
    {
      meanwhile: (answers, around) => all(answers, around)[0]?.answer ?? NONE,
      offers: all,
      ...besides,
    },
  );
}

/** A question that takes several of what it offers, with commas. @param cut what of an item is looked up */
export function severalQuestion<const N extends string>(
  name: N,
  asks: string,
  offers: (register: Register, answers: Answers) => readonly Offer[],
  besides: Partial<Besides> = {},
  cut: (item: string) => readonly string[] = (item) => [item],
): CheckedQuestion<N> {
  const one = choiceQuestion(name, 'LIST', asks, offers);
  return {
    ...one,
    more: 'Separate several with commas.',
    between: ',',
    check: (answer, around, answers) => {
      const items = listed(answer);
      const twice = items.find((each, index) => items.indexOf(each) < index);
      if (twice !== undefined) return { message: `${twice} is named twice`, fix: 'name it once' };
      return items
        .flatMap(cut)
        .map((each) => one.check(each, around, answers))
        .find((each) => each !== undefined);
    },
    ...besides,
  };
}

/** The items of an answer with commas. */
export function listed(answer: string | undefined): string[] {
  return (answer === undefined || answer === NONE ? '' : answer)
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
