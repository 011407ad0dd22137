/** The options and words of command lines: each says what it takes, and gives a value of its own type. */
import { dateOf, type IsoDate, isDate } from '../register/calendar';
import { nearest } from '../words';
import type { Places } from './places';

/** The caller asked for something that the command does not do. The message says what, and what to do instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What was given cannot be taken as it is. The message is the whole report of it. */
export class FaultyInput extends Error {
  override readonly name = 'FaultyInput';
}

/** One option of a command, with what help says of it and how its value is read. */
export interface Option<T> {
  /** How help shows the value: `DIR`. A switch takes none. */
  readonly takes?: string;
  readonly help: string;
  /** Whether a command line must have it. */
  readonly required?: true;
  /** Whether it may be given more than once. */
  readonly repeated?: true;
  /** How it was spelt in earlier versions. Such a spelling is refused, and the refusal names this option. */
  readonly formerly?: readonly string[];
  /**
   * The value, from what was typed: nothing where the option was not given.
   * @param name the option as it is spelt, for messages
   * @param places the folders that are meant where none is named
   * @throws UsageError if that is no such value
   */
  read(typed: readonly string[], name: string, places: () => Places): T;
}

/** The options of a command by their names, as they are spelt after `--`. */
export type Options = Readonly<Record<string, Option<unknown>>>;

/** A word of the command line that is no option, such as the id of an agreement. */
interface Word {
  readonly help: string;
  readonly required: boolean;
  /** Whether it takes all that follows: the last word alone, and at least one. */
  readonly many?: true;
}

/** The words of a command by their names, in their order; the optional ones last. Help shows the names in capitals. */
export type Words = Readonly<Record<string, Word>>;

/** What a command is given: the value of each word and of each option, under its name. */
export type Values<W extends Words, O extends Options> = {
  readonly [N in keyof W]: W[N] extends { readonly many: true }
    ? readonly string[]
    : W[N] extends { readonly required: true }
      ? string
      : string | undefined;
} & { readonly [N in keyof O]: O[N] extends Option<infer T> ? T : never };

/** The values of some options by themselves. */
export type ValuesOf<O extends Options> = Values<Record<never, never>, O>;

/** A word that must be there. */
export function word(help: string) {
  return { help, required: true } as const;
}

/** A word of which there is at least one, and may be more: what is typed last. */
export function severalWords(help: string) {
  return { help, required: true, many: true } as const;
}

/** A word of which there may be any number: what is typed last. */
export function severalWordsOrNone(help: string) {
  return { help, required: false, many: true } as const;
}

/** A word that may be left out. */
export function optionalWord(help: string) {
  return { help, required: false } as const;
}

/** An option that is there or not. */
export function toggle(help: string): Option<boolean> {
  return { help, read: (typed) => typed.length > 0 };
}

/** An option that takes some text. */
export function text(takes: string, help: string): Option<string | undefined> {
  return { takes, help, read: ([given]) => given };
}

/** An option that takes some text, and has a value of its own where it is not given. Help says which. */
export function textOr(takes: string, help: string, fallback: string): Option<string> {
  return { takes, help: `${help}; ${fallback} if not given`, read: ([given]) => given ?? fallback };
}

/** An option that takes a folder, and means one of the zone’s own where it is not given. Help says what it is called there. */
export function placeOr(place: Exclude<keyof Places, 'own'>, help: string, usual: string): Option<string> {
  return {
    takes: 'DIR',
    help: `${help}; ${usual} if not given`,
    read: ([given], _name, places) => given ?? places()[place],
  };
}

/** An option that takes a day. */
export function day(help: string): Option<IsoDate | undefined> {
  return {
    takes: 'DATE',
    help,
    read: ([given], name) => (given === undefined ? undefined : dayFrom(given, `--${name}`)),
  };
}

/** An option that takes a list, `a,b`, and may be given several times; empty where it is not given. */
export function list(help: string, takes = 'LIST'): Option<readonly string[]> {
  return {
    takes,
    help,
    repeated: true,
    read: (typed) => typed.flatMap((each) => each.split(',')).flatMap((each) => each.trim() || []),
  };
}

/** An option that takes one of a few words. */
export function choice<const C extends string>(choices: readonly C[], help: string): Option<C | undefined> {
  return {
    takes: choices.join('|'),
    help,
    read: ([given], name) => {
      if (given === undefined) return undefined;
      const found = choices.find((each) => each === given);
      if (found !== undefined) return found;
      const near = nearest(given, choices);
      throw new UsageError(
        `there is no ${name} '${given}': choose one of ${choices.join(', ')}${near ? ` (did you mean ${near.word}?)` : ''}`,
      );
    },
  };
}

/** The same option, where a command cannot do without. */
export function needed<T>(option: Option<T | undefined>): Option<T> {
  return {
    ...option,
    required: true,
    read: (typed, name, places) => {
      const value = option.read(typed, name, places);
      if (value === undefined) throw new UsageError(`--${name} is missing: ${option.help}`);
      return value;
    },
  };
}

/** The same option, with what it was called before. */
export function renamed<T>(option: Option<T>, ...formerly: readonly string[]): Option<T> {
  return { ...option, formerly };
}

/** A day that a setting gives. @throws UsageError if it is no day of the calendar */
export function dayFrom(given: string, setting: string): IsoDate {
  if (!isDate(given))
    throw new UsageError(`'${given}' is not a day: ${setting} takes a day, such as 2027-04-01`);
  return dateOf(given);
}
