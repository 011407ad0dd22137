/** What was loaded of one direction: the messages, and what of them is not known, or not yet. */
import type { Correspondence } from '../../../delivery';
import type { Session } from '../session/session';

/** Questions under way at once. */
export const LANES = 6;
/** In milliseconds. */
export const DAY = 86_400_000;
/** Days that are looked at first. */
export const DAYS_AT_FIRST = 60;
/** More than any message is kept. */
export const ALL_DAYS = 3_650;

/** Something that is not known: it is being looked up, or it could not be found out. */
export type NotKnown = 'being looked up' | 'not found out';

/** When a message was opened, in milliseconds since 1970, by the record; `never` where the record does not tell of it. */
export type Opening = number | 'never' | NotKnown;

/** What could not be asked, and why. */
export interface Missing {
  readonly correspondence: Correspondence;
  readonly error: unknown;
}

/** What was loaded of one direction. */
export interface Loaded<T> {
  /** The newest first. */
  readonly lines: readonly T[];
  readonly missing: readonly Missing[];
  /** Of what these messages came to, some is being looked up: another look at them follows. */
  readonly isLookingUp: boolean;
  /** Why how they stand could not be found out; nothing where it was, or is being looked up. */
  readonly notFoundOut: readonly unknown[];
}

/** Asks of each correspondence of a person. One that cannot be asked takes nothing from the others. */
export async function ofEach<T>(
  { correspondences }: Session,
  ask: (of: Correspondence) => Promise<readonly T[]>,
): Promise<{ readonly found: readonly T[]; readonly missing: readonly Missing[] }> {
  const answers = await Promise.allSettled(correspondences.map(ask));
  const found = answers.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
  const missing = correspondences.flatMap((correspondence, index) => {
    const answer = answers[index];
    return answer?.status === 'rejected' ? [{ correspondence, error: answer.reason as unknown }] : [];
  });
  return { found, missing };
}

/** The newest first. */
export function newestFirst<T extends { readonly line: { readonly deposited: number } }>(
  lines: readonly T[],
): readonly T[] {
  return [...lines].sort((a, b) => b.line.deposited - a.line.deposited);
}
