/** What a tab that is loaded anew after a sign-out has to say: it remembers nothing else of who was there, nor of what they read. */
import { drop, keep, kept } from './kept';
import type { Unfinished } from './other-tabs';

/** A sign-out. */
export interface SignedOut {
  /** Whether the person asked for it in this tab. */
  readonly where: 'here' | 'elsewhere';
  /** What of a message is lost in this tab without anybody having been asked in it: that it was on its way, or begun. */
  readonly lost?: Unfinished['what'] | undefined;
}

/** Has the page say so once it is loaded anew. */
export function tellOnceLoaded(signedOut: SignedOut): void {
  keep('signed-out', signedOut);
}

/** The sign-out after which the page was loaded anew, once; nothing where there was none. */
export function justSignedOut(): SignedOut | undefined {
  const { where, lost } = (kept('signed-out') ?? {}) as { readonly where?: unknown; readonly lost?: unknown };
  drop('signed-out');
  if (where !== 'here' && where !== 'elsewhere') return undefined;
  return { where, ...((lost === 'sending' || lost === 'writing') && { lost }) };
}
