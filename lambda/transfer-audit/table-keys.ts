/**
 * The keys of the table of transfers (lib/names/tables.ts): of marks by their objects, and of notes under names that no object has.
 */
import { TRANSFERS } from '../../lib/names';
import type { Item } from './table';

/** What asks for all that is kept under one name. */
export const OF_OBJECT = { KeyConditionExpression: `#${TRANSFERS.partition} = :object` };

/** The key of an item: an object and its mark, or a note and which. */
export function keyOf(object: string, mark: string): Item {
  return { [TRANSFERS.partition]: { S: object }, [TRANSFERS.sort]: { S: mark } };
}

/** Both parts of an item’s key. */
export function nameIn(item: Item): { readonly object: string; readonly mark: string } {
  return { object: item[TRANSFERS.partition]?.S ?? '', mark: item[TRANSFERS.sort]?.S ?? '' };
}
