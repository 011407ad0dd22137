/** Lists as people write them. */
import { joined, partsOf, type Sentence, type Words } from './sentence';

/** `a`, `a and b`, `a, b and c`; nothing for an empty list. Of strings a string, of sentences a sentence. */
export function andList(words: readonly string[]): string;
export function andList(words: readonly Words[]): Sentence;
export function andList(words: readonly Words[]): Words {
  return series(words, ' and ');
}

/** `a`, `a or b`, `a, b or c`; nothing for an empty list. */
export function orList(words: readonly string[]): string;
export function orList(words: readonly Words[]): Sentence;
export function orList(words: readonly Words[]): Words {
  return series(words, ' or ');
}

function series(words: readonly Words[], before: string): Words {
  const last = words.at(-1) ?? '';
  const all = words.length < 2 ? [last] : [commas(words.slice(0, -1)), before, last];
  const plain = all.filter((each) => typeof each === 'string');
  return plain.length === all.length ? plain.join('') : joined(all);
}

function commas(words: readonly Words[]): Words {
  const plain = words.filter((each) => typeof each === 'string');
  return plain.length === words.length ? plain.join(', ') : joined(words, ', ');
}

/** A list whose words say something of their own where it is empty. */
export function listedOr(none: string, words: readonly string[]): string {
  return words.length === 0 ? none : andList(words);
}

/** The same without what was said before, in the order of what is left. */
export function once(words: readonly Words[]): readonly Words[] {
  const said = new Map<string, Words>();
  for (const each of words) {
    const key = JSON.stringify(partsOf(each));
    if (!said.has(key)) said.set(key, each);
  }
  return [...said.values()];
}
