/** Looking at the entries of one bundle of them: their leaves, and whether each is what an entry must be. */
import { concat, utf8 } from '../core/bytes';
import { parseCanonicalFields } from '../core/canonical-json';
import { type Field, fieldsAt } from '../core/canonical-scan';
import { LedgerFormatError } from '../core/errors';
import { leafHash } from '../core/hash';
import { entriesOf } from '../core/tile';
import type { EntryFormat } from './entry-format';

/** What was seen. */
export interface Examined {
  /** The hashes of the entries, one after another. */
  readonly leaves: Uint8Array<ArrayBuffer>;
  /** What is wrong with an entry, by its place in the bundle. */
  readonly faults: readonly (readonly [at: number, message: string])[];
  /** The organisations that entries name: each list once, since many name the same, and lists are long to send. */
  readonly lists: readonly (readonly string[])[];
  /** Which of the lists an entry has, by its place in the bundle, counted from 1; 0 if it names none. */
  readonly named: Uint16Array<ArrayBuffer>;
  /** Which of the texts looked for stand in an entry. */
  readonly mentions: readonly string[];
}

/** What to look out for. */
export interface ExamineOrder {
  readonly format: Pick<EntryFormat, 'read' | 'fields'> | undefined;
  readonly lookFor: readonly string[];
}

/** @throws LedgerFormatError if the bundle can’t be taken apart */
export function examine(
  bundle: Uint8Array,
  width: number,
  path: string,
  { format, lookFor }: ExamineOrder,
): Examined {
  const entries = entriesOf(bundle, width, path);
  const fields = format ? fieldsOfFormat(format) : [];
  const faults: [number, string][] = [];
  const lists: (readonly string[])[] = [];
  const named = new Uint16Array(entries.length);
  const mentions = new Set<string>();
  for (const [at, entry] of entries.entries()) {
    try {
      const text = utf8(entry, 'it');
      const value = parseCanonicalFields(entry, text, fields);
      const reading = format?.read(value) ?? { organisations: undefined };
      if ('fault' in reading) throw new LedgerFormatError(reading.fault);
      if (reading.organisations) named[at] = placeOf(reading.organisations, lists);
      for (const each of lookFor) if (text.includes(each)) mentions.add(each);
    } catch (error) {
      if (!(error instanceof LedgerFormatError)) throw error;
      faults.push([at, error.message]);
    }
  }
  return { leaves: concat(...entries.map(leafHash)), faults, lists, named, mentions: [...mentions] };
}

/** The place of a list, counted from 1, after it was added if it is new. */
function placeOf(list: readonly string[], lists: (readonly string[])[]): number {
  for (let at = 0; at < lists.length; at++) {
    const each = lists[at];
    if (each === list || (each?.length === list.length && each.every((text, n) => text === list[n])))
      return at + 1;
  }
  return lists.push(list);
}

const known = new WeakMap<readonly string[], readonly Field[]>();

/** Taken apart once for each format. */
function fieldsOfFormat({ fields: paths }: Pick<EntryFormat, 'fields'>): readonly Field[] {
  const fields = known.get(paths) ?? fieldsAt(paths);
  known.set(paths, fields);
  return fields;
}
