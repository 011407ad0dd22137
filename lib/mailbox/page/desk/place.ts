/** What the parts of a desk share: the frame in which they show, the person’s session and mail, and ways from one screen to another. */
import type { Frame } from '../app';
import type { Child } from '../dom';
import { type Mail, NotReadable } from '../letters/mail';
import type { Session } from '../session/session';

/** Whether the screen that asked is still the one that is wanted: a late answer does not take the place of a later screen. */
export type IsWanted = () => boolean;

/** What each part is given. */
export interface DeskPlace {
  readonly frame: Frame;
  readonly session: Session;
  readonly mail: Mail;
  /** Goes to a screen, by what stands behind the # of its address. */
  readonly to: (where: string) => void;
  /** Shows the screen of the address anew. */
  readonly again: () => void;
  /** Begins something in place of whatever was asked for before. */
  readonly begins: () => IsWanted;
  /** Shows a notice about what was done just now: on the screen of that address alone, or on the one that is shown. */
  readonly tells: (where: string, ...words: readonly Child[]) => void;
}

/** Nothing in place of what cannot be opened. @throws whatever else was in the way */
export function notReadable(error: unknown): undefined {
  if (error instanceof NotReadable) return undefined;
  throw error;
}
