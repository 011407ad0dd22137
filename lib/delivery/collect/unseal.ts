/**
 * Opens what was fetched under a sealed agreement: into a part file of its own, which gets the name. The sealed bytes are whole by
 * then, by the checksum that S3 holds. Killed at any step, the next run opens them again.
 */
import { base64 } from '../../ledger/core';
import { SEALED_ENDING } from '../../wire';
import type { FetchedVersion } from './fetch';
import type { Checksums, Desk, ObjectChecksum } from './ports';
import { refuse } from './refusals';

/** Bytes of which any stretch can be had. */
export interface SealedBytes {
  readonly bytes: number;
  readonly read: (from: number, to: number) => AsyncIterable<Uint8Array>;
}

/** How what is sealed is opened and looked at. `lib/client` stands behind it. */
export interface Unsealing {
  /** What was sealed, in order. @throws DeliveryRefused `not-sealed`, `sealed-to-others`, `seal-damaged` */
  open(sealed: SealedBytes, key: string): AsyncIterable<Uint8Array>;
  /**
   * Looks at what was in it, as scan and gate do where they can.
   * @param path where it lies
   * @param name what it is to be called
   * @throws DeliveryRefused `opened-faulty`, `scan-found`
   */
  look(path: string, name: string, key: string): Promise<void>;
}

/** What was opened. */
export interface OpenedPart {
  /** Of the part that it lies in. */
  readonly id: string;
  readonly bytes: number;
  readonly checksum: ObjectChecksum;
}

/** Opens a version that was fetched. @throws DeliveryRefused as `Unsealing`, and `no-space`, `disk` */
export async function unsealed(
  desk: Desk,
  checksums: Checksums,
  id: string,
  wanted: FetchedVersion & { readonly rest: string },
  unsealing: Unsealing,
): Promise<OpenedPart> {
  const free = await desk.room();
  if (free !== undefined && free < wanted.bytes)
    refuse({ refused: 'no-space', folder: desk.shown, needed: wanted.bytes, free });
  const into = openedId(id);
  // What a killed run has opened in part is of no use.
  await desk.drop(into);
  try {
    const { bytes, checksum } = await pour(desk, checksums, id, wanted, unsealing);
    await unsealing.look(desk.pathOf(into), openedName(wanted.rest), wanted.key);
    return { id: into, bytes, checksum };
  } catch (error) {
    await desk.drop(into);
    throw error;
  }
}

async function pour(
  desk: Desk,
  checksums: Checksums,
  id: string,
  { key, bytes }: FetchedVersion,
  unsealing: Unsealing,
) {
  const sealed = await desk.openPart(id);
  const opened = await desk.openPart(openedId(id));
  try {
    const sum = await checksums('SHA256');
    let at = 0;
    for await (const piece of unsealing.open({ bytes, read: (from, to) => sealed.read(from, to) }, key)) {
      await opened.write(at, piece);
      sum.update(piece);
      at += piece.length;
    }
    await opened.settle();
    const checksum = { algorithm: 'SHA256', value: base64(sum.digest()), parts: undefined } as const;
    return { bytes: at, checksum };
  } finally {
    await opened.close();
    await sealed.close();
  }
}

/** The part into which a version is opened. */
export function openedId(id: string): string {
  return `${id}-opened`;
}

/** What a sealed object is called once it is opened. */
export function openedName(rest: string): string {
  const inner = rest.endsWith(SEALED_ENDING) ? rest.slice(0, -SEALED_ENDING.length) : rest;
  return inner === '' || inner.endsWith('/') ? rest : inner;
}
