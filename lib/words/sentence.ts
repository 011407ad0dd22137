/**
 * Text for people, as a value that can be shown but not read back. A sentence is no string: nothing in code can search it,
 * cut it or compare it, so no decision can hang on how something is worded. What code needs to know travels as typed facts.
 */

/** A piece of a sentence. `break` begins a new line where the form allows it. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis' | 'inserted' | 'deleted'; readonly content: readonly Inline[] }
  | { readonly kind: 'link'; readonly content: readonly Inline[]; readonly to: string }
  | { readonly kind: 'break' };

/** The pieces of a sentence as they are put together: texts in a row become one, and what says nothing is left out. */
class Joining {
  readonly #parts: Inline[] = [];
  #text = '';

  words(words: Words): void {
    if (typeof words === 'string') this.#text += words;
    else this.pieces(words.parts);
  }

  pieces(parts: readonly Inline[]): this {
    for (const part of parts)
      if (part.kind === 'text') this.#text += part.text;
      else if (!('text' in part) || part.text !== '') {
        this.#endText();
        this.#parts.push(part);
      }
    return this;
  }

  /** All of them; nothing may be put to them afterwards. */
  whole(): readonly Inline[] {
    this.#endText();
    return this.#parts;
  }

  #endText(): void {
    if (this.#text === '') return;
    this.#parts.push({ kind: 'text', text: this.#text });
    this.#text = '';
  }
}

/** Text for people. Make one with `say`; the renderers for text, Markdown and HTML show it. */
export class Sentence {
  /** For the renderers alone. */
  readonly parts: readonly Inline[];

  /** @param parts its pieces; two texts in a row become one */
  constructor(parts: readonly Inline[] | Joining) {
    this.parts = parts instanceof Joining ? parts.whole() : new Joining().pieces(parts).whole();
  }

  /** Whether it says nothing at all. */
  get empty(): boolean {
    return this.parts.length === 0;
  }

  /** Never: a sentence in a plain template would lose its code. @throws Error always */
  toString(): never {
    throw new Error('a sentence is made part of another by say, and shown by a renderer');
  }
}

/** Plain text, in which no character has a meaning of its own, or a sentence. */
export type Words = string | Sentence;

/** What may stand in a template of `say`; undefined says nothing. */
export type Said = Words | number | undefined;

/** A sentence. What is put in as a string is plain text, whatever characters it has. */
export function say(strings: TemplateStringsArray, ...said: readonly Said[]): Sentence {
  const parts = new Joining();
  for (let at = 0; at < strings.length; at++) {
    if (at > 0) parts.words(wordsOf(said[at - 1]));
    parts.words(strings[at] ?? '');
  }
  return new Sentence(parts);
}

/** What a reader would type or copy, such as a name in AWS. */
export function code(text: string): Sentence {
  return new Sentence([{ kind: 'code', text }]);
}

/** What must not be missed. */
export function strong(words: Words): Sentence {
  return new Sentence([{ kind: 'strong', content: partsOf(words) }]);
}

/** What is stressed, or a title. @internal Only tests import it. */
export function emphasis(words: Words): Sentence {
  return new Sentence([{ kind: 'emphasis', content: partsOf(words) }]);
}

/** What a later state of a text has and the earlier has not. */
export function inserted(words: Words): Sentence {
  return new Sentence([{ kind: 'inserted', content: partsOf(words) }]);
}

/** What an earlier state of a text had and the later has not. */
export function deleted(words: Words): Sentence {
  return new Sentence([{ kind: 'deleted', content: partsOf(words) }]);
}

/** Words that lead somewhere. @param to an https address, a path relative to the page, or `#` and a place on it */
export function link(words: Words, to: string): Sentence {
  return new Sentence([{ kind: 'link', content: partsOf(words), to }]);
}

/** Several sentences as one, with what stands between them. */
export function joined(words: readonly Words[], between: Words = ''): Sentence {
  const parts = new Joining();
  for (let at = 0; at < words.length; at++) {
    if (at > 0) parts.words(between);
    parts.words(words[at] ?? '');
  }
  return new Sentence(parts);
}

/** Lines that belong together, such as in a cell of a table. */
export function lines(words: readonly Words[]): Sentence {
  return joined(words, new Sentence([{ kind: 'break' }]));
}

/** Several things as one value: a list where the form has lists, and else a line for each, with a dash. */
class Listed extends Sentence {
  constructor(readonly items: readonly Words[]) {
    super(lines(items.map((each) => say`– ${each}`)).parts);
  }
}

/** Things of which there may be several, as a value beside a label or in a cell; one stands there by itself. */
export function listed(items: readonly Words[]): Words {
  return items.length === 1 ? (items[0] ?? '') : new Listed(items);
}

/** The things that a value lists; undefined where it is none, or became a part of another sentence. */
export function itemsOf(words: Words): readonly Words[] | undefined {
  return words instanceof Listed ? words.items : undefined;
}

/** The same with a capital at its start; code keeps its case. */
export function capital(words: Words): Sentence {
  const [first, ...rest] = partsOf(words);
  if (first?.kind !== 'text') return new Sentence(partsOf(words));
  const [initial = ''] = first.text;
  const capitalised = `${initial.toUpperCase()}${first.text.slice(initial.length)}`;
  return new Sentence([{ kind: 'text', text: capitalised }, ...rest]);
}

/**
 * A sentence from a text that marks code by backticks. For texts that are written in the source, never for what comes from
 * a file: a backtick in a name would end the code.
 */
export function marked(text: string): Sentence {
  return new Sentence(
    text.split('`').map((part, index): Inline => ({ kind: index % 2 === 1 ? 'code' : 'text', text: part })),
  );
}

/** The pieces of words. */
export function partsOf(words: Words): readonly Inline[] {
  return typeof words === 'string' ? [{ kind: 'text', text: words }] : words.parts;
}

function wordsOf(said: Said): Words {
  if (said === undefined) return '';
  return typeof said === 'number' ? said.toLocaleString('en-GB') : said;
}
