/** Looking at the entries of one bundle of them: their leaves, and whether each is what an entry must be. */
import { concat, utf8 } from '../core/bytes';
import { parseCanonical } from '../core/canonical-json';
import { LedgerFormatError } from '../core/errors';
import { leafHash } from '../core/hash';
import { entriesOf } from '../core/tile';
import type { EntryFormat } from './entry-format';

/** What was seen. */
export interface Examined {
  /** The hashes of the entries, one after another. */
  readonly leaves: Uint8Array;
  /** What is wrong with an entry, by its place in the bundle. */
  readonly faults: readonly (readonly [at: number, message: string])[];
  /** The organisations that an entry names, by its place in the bundle. */
  readonly named: readonly (readonly [at: number, organisations: readonly string[]])[];
  /** Which of the texts looked for stand in an entry. */
  readonly mentions: readonly string[];
}

/** What to look out for. */
export interface ExamineOrder {
  readonly format: Pick<EntryFormat, 'read'> | undefined;
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
  const faults: [number, string][] = [];
  const named: [number, readonly string[]][] = [];
  const mentions = new Set<string>();
  for (const [at, entry] of entries.entries()) {
    try {
      const text = utf8(entry, 'it');
      const value = parseCanonical(text);
      const reading = format?.read(value) ?? { organisations: undefined };
      if ('fault' in reading) throw new LedgerFormatError(reading.fault);
      if (reading.organisations) named.push([at, reading.organisations]);
      for (const each of lookFor) if (text.includes(each)) mentions.add(each);
    } catch (error) {
      if (!(error instanceof LedgerFormatError)) throw error;
      faults.push([at, error.message]);
    }
  }
  return { leaves: concat(...entries.map(leafHash)), faults, named, mentions: [...mentions] };
}
