/**
 * Asks somebody at a terminal one question after the other: each answer is checked at once, what can be chosen is listed,
 * a question can be explained or taken back, and before anything is written all answers are shown to be checked.
 */
import { type Answers, ChangeRefused, type Enquiry, faultWords, type Question } from '../../register/changes';
import { nearest } from '../../words';
import { UsageError } from '../option';
import type { Terminal } from '../terminal';
import type { KeptAnswers } from './kept-answers';
import { talker } from './talk';

/** Longer lists are not numbered line by line. */
const MOST_LISTED = 16;

const HOW = [
  'Each answer is checked at once. Type ? to have a question explained, and < to go back to the one before.',
  'Ctrl-D stops: your answers are kept, and nothing else is written until you have checked them all.',
];

/** What an interview is held with. */
export interface Interview {
  readonly drafting: Enquiry;
  /** What options have answered already. */
  readonly given: Answers;
  /** Where answers wait for the next time. */
  readonly kept: KeptAnswers;
  /** What comes now, where there are several interviews; how to answer is said in the first. */
  readonly heading?: { readonly words: string; readonly first: boolean };
  /** What is asked at the end: `Write agreements/x.yaml?` */
  readonly confirm: (answers: Answers) => string;
  /** What the answers come to, where it is not what was typed: shown before that is asked. */
  readonly comesTo?: (answers: Answers) => readonly string[];
}

/**
 * Every answer, once the person has checked them.
 * @throws ChangeRefused where they stop before; UsageError where an option answers a question that does not come up
 */
export async function interviewed(
  { drafting, given, kept, confirm, comesTo, heading }: Interview,
  terminal: Terminal & Required<Pick<Terminal, 'ask'>>,
): Promise<Answers> {
  const talk = talker(terminal);
  const before = kept.read();
  let answers: Record<string, string> = { ...stillRight(drafting, before), ...given };
  // Where options answer everything, nobody was asked, and there is nothing to check.
  if (drafting.missing(given).every(({ optional }) => optional)) return given;
  if (heading) terminal.err(`\n${heading.words}\n\n`);
  if (heading?.first !== false) for (const each of HOW) talk(each);
  const again = Object.keys(answers).length - Object.keys(given).length;
  if (again > 0)
    talk(`You answered ${again} of the questions before, in ${kept.path}: they are not asked again.`);
  const order: string[] = Object.keys(answers).filter((name) => given[name] === undefined);
  const stop = (at: string): never => {
    throw new ChangeRefused('stopped before everything was answered', [
      `${at} and what comes after it: run the same command again, and it goes on from there`,
    ]);
  };
  for (;;) {
    const [next] = drafting.missing(answers);
    demandFitting(drafting, given, answers, next);
    if (next === undefined) {
      // An answer that was changed may have made others wrong.
      const right = { ...stillRight(drafting, answers), ...given };
      if (drafting.missing(right).length > 0) {
        talk('Some of what you answered before no longer fits, and is asked again.');
        answers = right;
        continue;
      }
      const asks = { comesTo: comesTo?.(answers) ?? [], confirm: confirm(answers) };
      const change = await checked(drafting, answers, given, asks, terminal);
      if (change === 'write') return answers;
      if (change === undefined) return stop('checking your answers');
      answers = without(answers, change.name);
      kept.write(answers);
      continue;
    }
    const answer = await asked(next, drafting, answers, terminal);
    if (answer === undefined) return stop(next.name);
    if (answer === 'back') {
      const last = order.pop();
      if (last === undefined) talk('This is the first question.');
      else answers = without(answers, last);
    } else {
      answers = { ...answers, [next.name]: answer.answer };
      order.push(next.name);
    }
    kept.write(answers);
  }
}

/** An answer that is right, or what was asked for instead. @param now what an empty answer comes to, where there is an answer already */
export async function asked(
  question: Question,
  drafting: Enquiry,
  answers: Answers,
  terminal: Terminal & Required<Pick<Terminal, 'ask'>>,
  now?: string,
): Promise<{ readonly answer: string } | 'back' | undefined> {
  const talk = talker(terminal);
  const offers = question.offers(answers, drafting.around);
  const usual = now ?? question.usual(answers, drafting.around);
  terminal.err('\n');
  talk(question.asks);
  const listed = offers.length <= MOST_LISTED;
  if (listed)
    offers.forEach(({ answer, means }, index) => {
      const number = `${String(index + 1).padStart(3)}  `;
      talk(means ? `${answer}: ${means}` : answer, number, ' '.repeat(number.length));
    });
  for (;;) {
    const typed = await terminal.ask(`${question.name}${usual === undefined ? '' : ` [${usual}]`}: `);
    if (typed === undefined) return undefined;
    if (typed === '<') return 'back';
    if (typed === '?') {
      talk(question.asks);
      if (question.more !== '') talk(question.more);
      if (!listed)
        for (const { answer, means } of offers) talk(means ? `${answer}: ${means}` : answer, '  ', '    ');
      continue;
    }
    const answer = typed === '' && usual !== undefined ? usual : chosen(typed, offers, question);
    if (answer === '') {
      talk('Please answer, or type ? to have the question explained.', '  ', '  ');
      continue;
    }
    const wrong = drafting
      .faults({ ...answers, [question.name]: answer })
      .filter((fault) => fault.question.name === question.name);
    if (wrong.length === 0) return { answer };
    for (const each of wrong) talk(faultWords(each), '  ', '  ');
  }
}

/** What was typed, with the numbers of what is offered taken for what they stand for. */
function chosen(
  typed: string,
  offers: readonly { readonly answer: string }[],
  { between }: Question,
): string {
  const one = (word: string) => {
    const offer = /^\d{1,2}$/.test(word) ? offers[Number(word) - 1]?.answer : undefined;
    if (offer !== undefined) return offer;
    // A slip of one letter in a word of the list is what the list has.
    const near = nearest(
      word,
      offers.map(({ answer }) => answer),
    );
    return near !== undefined && near.word.toLowerCase() === word.toLowerCase() ? near.word : word;
  };
  if (offers.length === 0) return typed;
  return between === undefined
    ? one(typed)
    : typed
        .split(between)
        .map((each) => one(each.trim()))
        .join(`${between} `);
}

/** Shows all answers: a number takes one back, and yes ends it. */
async function checked(
  drafting: Enquiry,
  answers: Answers,
  given: Answers,
  { comesTo, confirm }: { readonly comesTo: readonly string[]; readonly confirm: string },
  terminal: Terminal & Required<Pick<Terminal, 'ask'>>,
): Promise<'write' | Question | undefined> {
  const talk = talker(terminal);
  const questions = drafting.asked(answers);
  terminal.err('\nCheck your answers\n\n');
  shownAnswers(
    questions,
    answers,
    () => true,
    (name) => (given[name] === undefined ? '' : ' (by an option)'),
    terminal,
  );
  terminal.err('\n');
  if (comesTo.length > 0) talk('So this is what changes:');
  for (const each of comesTo) talk(each, '  ', '    ');
  if (comesTo.length > 0) terminal.err('\n');
  talk(`${confirm} Type yes, or the number of an answer to change it.`);
  for (;;) {
    const typed = await terminal.ask('yes or a number: ');
    if (typed === undefined) return undefined;
    if (/^y(?:es)?$/i.test(typed)) return 'write';
    const question = /^\d{1,3}$/.test(typed) ? questions[Number(typed) - 1] : undefined;
    if (question !== undefined && given[question.name] === undefined) return question;
    talk(
      question === undefined
        ? `Type yes, or a number from 1 to ${questions.length}; Ctrl-D stops and keeps your answers.`
        : `--${question.name} was given as an option: stop with Ctrl-D, and give another.`,
      '  ',
      '  ',
    );
  }
}

/** Answers, each on a line of its own, with its number. @param which are shown @param note what is said after one */
export function shownAnswers(
  questions: readonly Question[],
  answers: Answers,
  which: (name: string) => boolean,
  note: (name: string) => string,
  terminal: Terminal,
): void {
  const talk = talker(terminal);
  questions.forEach(({ name }, index) => {
    if (!which(name)) return;
    const number = `${String(index + 1).padStart(3)}  `;
    talk(`${name}: ${answers[name]}${note(name)}`, number, ' '.repeat(number.length + 2));
  });
}

/**
 * Whether a question is asked, the answers before it decide: so an option to one that is not asked is refused as soon as they
 * are there. @throws UsageError
 */
function demandFitting(
  drafting: Enquiry,
  given: Answers,
  answers: Answers,
  next: Question | undefined,
): void {
  const { questions } = drafting;
  const at = next === undefined ? -1 : questions.indexOf(next);
  // One that is not among them comes up after them.
  const decided = at < 0 ? questions : questions.slice(0, at);
  const asked = drafting.asked(answers);
  const stray = decided.find((each) => given[each.name] !== undefined && !asked.includes(each));
  if (stray !== undefined)
    throw new UsageError(`--${stray.name} does not go with your other answers: leave it out`);
}

function without(answers: Answers, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(answers).filter(([each]) => each !== name));
}

/** Answers of before that are still right; what has become wrong since is asked again. */
export function stillRight(drafting: Enquiry, answers: Answers): Answers {
  const names = new Set(drafting.asked(answers).map(({ name }) => name));
  const known = Object.fromEntries(Object.entries(answers).filter(([name]) => names.has(name)));
  const wrong = new Set(drafting.faults(known).map(({ question }) => question.name));
  return Object.fromEntries(Object.entries(known).filter(([name]) => !wrong.has(name)));
}
