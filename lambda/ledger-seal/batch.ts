/** Choosing what is claimed next. */

import { described } from '../../lib/runtime';
import { readStagedItem, type StagedEntry } from '../../lib/wire';
import type { Item, Staging } from './ports';

/** How much one claim takes. */
export interface BatchLimits {
  readonly entries: number;
  readonly bytes: number;
}

/** What one claim takes: it is written, read and integrated within seconds. */
export const BATCH_LIMITS: BatchLimits = { entries: 2_000, bytes: 8 * 1024 * 1024 };

/** Called for an item that can’t be sealed. It stays where it is, and does not hold up the others. */
export type OnUnusable = (eventId: string, error: string) => void;

const PAGE = 100;

/**
 * The oldest entries that are not sealed. The index only proposes: it lags behind. What counts is the table itself, read
 * consistently, here and after every earlier claim has been finished, so that nothing sealed is taken again. A table that
 * was restored from a backup, or made anew, has forgotten what was sealed: call with `{ "again": true }`, which writes it again,
 * before anything is staged a second time.
 */
export async function nextBatch(
  staging: Staging,
  limits: BatchLimits,
  onUnusable: OnUnusable,
): Promise<StagedEntry[]> {
  const batch = new Map<string, StagedEntry>();
  let bytes = 0;
  let from: object | undefined;
  do {
    const page = await staging.unsealed(from);
    const ids = page.eventIds.filter((id) => !batch.has(id));
    const items = new Map<string, Item>();
    for (let at = 0; at < ids.length; at += PAGE)
      for (const item of await staging.read(ids.slice(at, at + PAGE))) items.set(item.eventId?.S ?? '', item);
    for (const id of ids) {
      const item = items.get(id);
      if (item?.unsealed === undefined) continue;
      const staged = usable(item, onUnusable);
      if (!staged) continue;
      bytes += staged.entry.length;
      if (batch.size === limits.entries || (batch.size > 0 && bytes > limits.bytes))
        return [...batch.values()];
      batch.set(id, staged);
    }
    from = page.next;
  } while (from !== undefined);
  return [...batch.values()];
}

function usable(item: Item, onUnusable: OnUnusable): StagedEntry | undefined {
  try {
    return readStagedItem(item);
  } catch (error) {
    onUnusable(item.eventId?.S ?? '', described(error));
    return undefined;
  }
}
