/** What a tab that is loaded anew after a sign-out has to say: it remembers nothing else of who was there, nor of what they read. */
import { drop, keep, kept } from './kept';

/** A sign-out. */
export interface SignedOut {
  /** Whether the person asked for it in this tab. */
  readonly where: 'here' | 'elsewhere';
  /** Whether a message was on its way in this tab, and was not sent. */
  readonly lost: boolean;
}

/** Has the page say so once it is loaded anew. */
export function tellOnceLoaded(signedOut: SignedOut): void {
  keep('signed-out', signedOut);
}

/** The sign-out after which the page was loaded anew, once; nothing where there was none. */
export function justSignedOut(): SignedOut | undefined {
  const { where, lost } = (kept('signed-out') ?? {}) as { readonly where?: unknown; readonly lost?: unknown };
  drop('signed-out');
  return where === 'here' || where === 'elsewhere' ? { where, lost: lost === true } : undefined;
}
