/** What lies for an organisation, and how each stands: for those who only ask. To ask is no read. */

import type { Lanes } from '../../runtime';
import type { Collects } from '../agreement';
import { type Arrival, arrivalsOf, stateOf } from './arrivals';
import type { Notes } from './notes';
import type { Shelf } from './ports';

/** What the listing tells of one transfer, before it was asked how it stands. */
export interface ListedLine {
  readonly agreement: string;
  readonly key: string;
  /** The key without the agreement’s prefix. */
  readonly rest: string;
  readonly bytes: number;
  /** All times in milliseconds since 1970. */
  readonly deposited: number;
  readonly collectBy: number;
}

/** One transfer, as its recipient sees it. */
export interface InboxLine extends ListedLine {
  readonly state: 'ready' | 'held' | 'collected';
  /** Nothing of what is held: who may not read it is not told its version. */
  readonly version: string | undefined;
  readonly collected: { readonly at: number; readonly names: readonly string[] } | undefined;
}

/** The transfers under one agreement, what came first first. @throws StoreFailure */
export async function inboxOf(
  shelf: Shelf,
  terms: Collects,
  notes: Notes,
  lanes: Lanes,
  since?: number,
): Promise<InboxLine[]> {
  const arrivals = await arrivalsOf(shelf, terms, notes, since);
  const lines = await Promise.all(arrivals.map((arrival) => inboxLine(shelf, arrival, lanes)));
  return lines.filter((line) => line !== undefined);
}

/** What is known of one once it was listed. */
export function listedLine({ agreement, rest, collectBy, listed }: Arrival): ListedLine {
  const { key, bytes, modified } = listed;
  return { agreement, key, rest, bytes, deposited: modified, collectBy };
}

/** How one stands; nothing where it went since it was listed. @throws StoreFailure */
export async function inboxLine(
  shelf: Shelf,
  arrival: Arrival,
  lanes: Lanes,
): Promise<InboxLine | undefined> {
  const found = await stateOf(shelf, arrival, lanes);
  if (found.state === 'gone') return undefined;
  const line = { ...listedLine(arrival), state: found.state };
  switch (found.state) {
    case 'collected': {
      const { version, at, names } = found.noted;
      return { ...line, version, collected: { at, names } };
    }
    case 'ready':
      return { ...line, version: found.looked.version, collected: undefined };
    case 'held':
      return { ...line, version: undefined, collected: undefined };
  }
}
