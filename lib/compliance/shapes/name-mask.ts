/**
 * The names that stand in a text: ids, accounts and mailboxes of the register, and what tells itself by its form. Whatever else
 * stands there is no name.
 */
import { type EvidentKind, evidentAt, holdsEvident } from './evident-names';

/** What a name is a name of. All names of one kind are written by one grammar. */
export type NameKind = 'organisation' | 'agreement' | 'role' | 'sid' | 'words' | 'account' | EvidentKind;

/** The names that may stand in a template, with their kinds. Whatever else stands there belongs to its shape. */
export type Names = ReadonlyMap<string, NameKind>;

/** Words that hyphens join, of which ids consist, alone or with an account among them. */
const HYPHENATED = /^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$/;

/** What the name of an organisation’s stack begins with, before its id. */
const STACK = 'Organisation-';

/** An account within words that hyphens join. */
const ACCOUNT = /(?<![A-Za-z0-9])\d{12}(?![A-Za-z0-9])/g;
const ACCOUNT_LENGTH = 12;

/** Takes names out of texts. */
export class NameMask {
  /** Names that are not words joined by hyphens, such as ARNs: few texts hold one. */
  readonly #others: readonly (readonly [name: string, kind: NameKind])[];

  /** @param names those that may stand in the texts */
  constructor(private readonly names: Names) {
    // The longest first: a name that begins with another is not that other.
    this.#others = [...names]
      .filter(([name]) => !HYPHENATED.test(name))
      .sort(([a], [b]) => b.length - a.length);
  }

  /** The text with each name replaced by what `mask` gives for it. */
  replace(text: string, mask: Masking): string {
    return joined(this.split(text), mask);
  }

  /** The text in pieces: its names, with what each is a name of, and what stands between them. */
  split(text: string): readonly Piece[] {
    const pieces: Piece[] = [];
    let end = 0;
    const add = (name: string, kind: NameKind, at: number) => {
      if (at > end) pieces.push(text.slice(end, at));
      pieces.push({ name, kind });
      end = at + name.length;
    };
    const others = this.#othersIn(text);
    for (let at = 0; at < text.length; ) {
      const run = endOfRun(text, at);
      const named = others.get(at) ?? (run > at ? evidentAt(text, at, run - at) : undefined);
      if (named !== undefined) {
        add(named.name, named.kind, at);
        at = end;
      } else if (run === at) at += 1;
      else {
        const word = endOfWord(text, run);
        this.#eachIn(text.slice(at, word), (name, kind, within) => add(name, kind, at + within));
        at = word;
      }
    }
    if (end < text.length) pieces.push(text.slice(end));
    return pieces;
  }

  /** The names that are not words joined by hyphens, by where they stand by themselves. */
  #othersIn(text: string): ReadonlyMap<number, Named> {
    const found = new Map<number, Named>();
    for (const [name, kind] of this.#others)
      for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
        if (!found.has(at) && !isInRun(text, at - 1) && !isInRun(text, at + name.length))
          found.set(at, { name, kind });
    return found;
  }

  /** The names in words that hyphens join: all of them, an organisation’s in that of its stack, or accounts. */
  #eachIn(word: string, each: (name: string, kind: NameKind, within: number) => void): void {
    const kind = this.names.get(word);
    if (kind !== undefined) each(word, kind, 0);
    else if (word.startsWith(STACK) && this.names.get(word.slice(STACK.length)) === 'organisation')
      each(word.slice(STACK.length), 'organisation', STACK.length);
    else if (word.length >= ACCOUNT_LENGTH)
      for (const { 0: account, index } of word.matchAll(ACCOUNT))
        if (this.names.get(account) === 'account') each(account, 'account', index);
  }
}

/** Whether a letter or digit stands there. No name begins or ends between two. */
function isInRun(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

/** Where the letters and digits end that stand in a row from a place on. */
function endOfRun(text: string, at: number): number {
  let end = at;
  while (isInRun(text, end)) end += 1;
  return end;
}

/** Where words that hyphens join end, the first of which ends at a place. */
function endOfWord(text: string, at: number): number {
  let end = at;
  while (text[end] === '-' && isInRun(text, end + 1)) end = endOfRun(text, end + 1);
  return end;
}

/** Letters and digits in a row. */
const RUN = /[A-Za-z0-9]+/g;

/**
 * Tells texts in which no name of any template stands. Most texts of a template are of this kind, and stand in others too; to take a
 * text for one that may hold a name costs a closer look and no more.
 */
export class Nameless {
  /** The longest run of each name: where the name stands, so does this by itself. */
  readonly #runs = new Set<string>();
  /** Whether each name has a run. */
  #areTold = true;

  /** @param all the names of each template */
  constructor(all: Iterable<Names>) {
    // Most names stand in the templates of several accounts.
    const different = new Set<string>();
    for (const names of all) for (const name of names.keys()) different.add(name);
    for (const name of different) {
      const runs = name.match(RUN);
      if (runs === null) this.#areTold = false;
      else this.#runs.add(runs.reduce((longest, run) => (run.length > longest.length ? run : longest)));
    }
  }

  /** Whether a text is surely one of them. */
  has(text: string): boolean {
    if (!this.#areTold || holdsEvident(text)) return false;
    return text.match(RUN)?.some((run) => this.#runs.has(run)) !== true;
  }
}

/** A name in a text. */
export interface Named {
  readonly name: string;
  readonly kind: NameKind;
}

/** A name in a text, or what stands between names. */
export type Piece = string | Named;

/** What stands for a name. */
type Masking = (name: string, kind: NameKind) => string;

/** The text of pieces, with each name replaced by what `mask` gives for it. */
function joined(pieces: readonly Piece[], mask: Masking): string {
  let text = '';
  for (const piece of pieces) text += typeof piece === 'string' ? piece : mask(piece.name, piece.kind);
  return text;
}
