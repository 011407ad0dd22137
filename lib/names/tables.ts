/**
 * The tables of the zone, with the names of their keys and indexes: the one place that the construct makes them by, the
 * policies name them by, and the functions ask them by.
 */
import { NOTICES_TABLE, STAGING_TABLE, TRANSFERS_TABLE } from './zone-names';

/** Entries that are still to be sealed, and that were. The index holds those that no published checkpoint holds yet. */
export const STAGING = {
  name: STAGING_TABLE,
  partition: 'eventId',
  unsealed: { name: 'unsealed', partition: 'unsealed', sort: 'arrival' },
} as const;

/**
 * The life of each transfer, as marks of its object, and notes under names that no object has. The index holds transfers
 * that are not over, by when to look at them; `expires` is when DynamoDB may remove an item.
 */
export const TRANSFERS = {
  name: TRANSFERS_TABLE,
  partition: 'object',
  sort: 'mark',
  expires: 'expires',
  due: { name: 'due', partition: 'open', sort: 'due' },
} as const;

/** Each notice, by its reference. The index holds those that are not sent yet, by when they came about. */
export const NOTICES = {
  name: NOTICES_TABLE,
  partition: 'reference',
  expires: 'expires',
  unsent: { name: 'unsent', partition: 'unsent', sort: 'due' },
} as const;
