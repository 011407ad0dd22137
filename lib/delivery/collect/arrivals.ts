/**
 * What lies for a recipient under an agreement, and how each stands. The collect role lists names, and looks at and reads what
 * was released; it sees neither tags nor other versions. So of what it may not read it cannot know whether it waits for the
 * malware scan or the gate, was rejected, or is held otherwise: the owner can, and the ledger tells in the end.
 */

import type { Lanes } from '../../runtime';
import type { Collects } from '../agreement';
import { mayBeSince } from '../listed-since';
import type { ListedObject } from '../store';
import type { Notes } from './notes';
import type { Looked, Noted, Shelf } from './ports';

const DAY = 86_400_000;
/** Up to so many bytes a second call would cost more than the bytes. */
const SMALL = 1 << 18;
/** What shows as a folder holds at most so many bytes, and is no transfer: the audit has it so too. */
const FOLDER_BYTES = 1_024;

/** One object that was deposited for us: its current version. */
export interface Arrival {
  readonly agreement: string;
  readonly listed: ListedObject;
  /** The key without the agreement’s prefix. */
  readonly rest: string;
  /** When the owner is told that it was not collected, in milliseconds since 1970. It can be collected later all the same. */
  readonly collectBy: number;
  /** Where it was collected before. */
  readonly collected: Noted | undefined;
}

/** How it stands. */
export type ArrivalState =
  | { readonly state: 'collected'; readonly noted: Noted }
  | { readonly state: 'ready'; readonly looked: Extract<Looked, { answer: 'readable' }> }
  /** Not released, or not any more. */
  | { readonly state: 'held' }
  /** It went between two questions. */
  | { readonly state: 'gone' };

/** What lies there, what came first first. @param since only what was deposited from then on, in milliseconds since 1970 */
export async function arrivalsOf(
  shelf: Shelf,
  { agreement, prefix, collectWithinDays }: Collects,
  notes: Notes,
  since = Number.NEGATIVE_INFINITY,
): Promise<Arrival[]> {
  const arrivals: Arrival[] = [];
  for await (const listed of shelf.list(prefix)) {
    const { key, modified } = listed;
    if (!key.startsWith(prefix) || isFolder(listed) || !mayBeSince(listed, since)) continue;
    arrivals.push({
      agreement,
      listed,
      rest: key.slice(prefix.length),
      collectBy: modified + collectWithinDays * DAY,
      collected: notes.ofListed(agreement, listed),
    });
  }
  return arrivals.sort((a, b) => a.listed.modified - b.listed.modified);
}

/**
 * How one stands: by looking, unless it was collected before.
 * @param how `taking` where it is to be collected: a small one is read at once
 */
export async function stateOf(
  shelf: Shelf,
  { listed, collected }: Arrival,
  lanes: Lanes,
  how: 'looking' | 'taking' = 'looking',
): Promise<ArrivalState> {
  if (collected !== undefined) return { state: 'collected', noted: collected };
  const { key, etag, bytes } = listed;
  const looked = await lanes.run(() =>
    how === 'taking' && bytes > 0 && bytes <= SMALL ? shelf.take(key, etag) : shelf.look(key),
  );
  if (looked.answer === 'refused') return { state: 'held' };
  // What was there a moment ago as another one is collected with the next listing.
  if (looked.answer === 'gone' || looked.etag !== listed.etag) return { state: 'gone' };
  return { state: 'ready', looked };
}

/** What shows as a folder, and is no transfer. */
export function isFolder({ key, bytes }: ListedObject): boolean {
  return (key.endsWith('/') || key.endsWith('_$folder$')) && bytes <= FOLDER_BYTES;
}
