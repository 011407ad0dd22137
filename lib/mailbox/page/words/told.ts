/** A failure that says itself what happened: the page, whose classes are others, knows it by its words. */
import type { RefusalWords } from './refusals';

/** It is thrown to the page, which shows its words. */
export class Told extends Error {
  override readonly name = 'Told';
  constructor(
    readonly words: RefusalWords,
    options?: ErrorOptions,
  ) {
    super(words.code, options);
  }
}

/** The words of a failure that has some; else that it did not work, with the name of what was thrown. */
export function wordsOf(error: unknown): RefusalWords {
  if (error instanceof Told) return error.words;
  return {
    happened: 'Something went wrong in this page.',
    mend: 'Tell your IT help desk, with the code below.',
    code: error instanceof Error ? error.name : 'unknown',
  };
}
