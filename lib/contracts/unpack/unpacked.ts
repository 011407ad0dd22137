/** Takes a file out of what it is packed in, as a source that is read as any other. */
import type { FileForm } from '../../wire/contracts';
import { CheckError } from '../errors';
import type { Source } from '../port';
import { locked, unpackable } from './fault';
import { gunzipped } from './gzip';
import { packingByName, packingOf, TELLING_BYTES } from './packing';
import { openZip } from './zip';

/** What unpacking has to know. */
export interface UnpackOptions {
  readonly form: FileForm;
  /** The most bytes that there may be, unpacked. */
  readonly largest: number;
  /** What the file is called, where it has a name: one that ends in `.gz` or `.zip` has to be that. */
  readonly name?: string | undefined;
}

/**
 * A source of a file’s bytes, unpacked. A packed file is unpacked from its beginning again by each `read`, so that going on
 * from a checkpoint costs what unpacking up to it costs.
 * @throws PackingError `locked` where it is encrypted; `compression` where it is packed in what is not read here, or by its
 *   name should be. Reading throws it too, where the file is damaged, packed twice, or unpacks to more than `largest`.
 * @throws CheckError for a zip archive in a source that cannot be read from its end
 */
export async function unpacked(source: Source, { form, largest, name = '' }: UnpackOptions): Promise<Source> {
  const packing = packingOf(await headOf(source.read(0)));
  const named = packingByName(name);
  if (packing === 'locked') locked('encrypted', 'it is encrypted');
  if (packing === 'document') unpackable('document', 'it is a document');
  if (packing === 'other') unpackable('other-packing', 'it is packed in what is not read here');
  if (named !== 'none' && named !== packing)
    unpackable('named-otherwise', 'it is not packed in what its name says');
  if (packing === 'none') return source;
  if (packing === 'parquet')
    return form === 'parquet' ? source : unpackable('is-parquet', 'it is Parquet, and is to be read as text');
  if (form === 'parquet') unpackable('parquet-packed', 'Parquet is read from its end, and is packed within');
  return packing === 'gzip' ? gzipSource(source, largest) : await zipSource(source, largest);
}

function gzipSource(source: Source, largest: number): Source {
  return { read: (from) => fromOffset(bounded(gunzipped(source), largest), from) };
}

async function zipSource(source: Source, largest: number): Promise<Source> {
  const slice = source.slice?.bind(source);
  if (!slice || source.bytes === undefined)
    throw new CheckError('a zip archive is read from its end: give it as a file');
  const file = await openZip(slice, source.bytes);
  if (file.bytes > largest) unpackable('unpacks-too-large', 'it unpacks to more than the agreement allows');
  return { bytes: file.bytes, read: (from) => fromOffset(bounded(file.read(), largest), from) };
}

/** What is unpacked, up to a most, as long as it is not packed once more. */
async function* bounded(pieces: AsyncIterable<Uint8Array>, largest: number): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | undefined = new Uint8Array(0);
  let seen = 0;
  for await (const piece of pieces) {
    seen += piece.length;
    if (seen > largest) unpackable('unpacks-too-large', 'it unpacks to more than the agreement allows');
    if (!head) {
      yield piece;
      continue;
    }
    head = Buffer.concat([head, piece]);
    if (head.length < TELLING_BYTES) continue;
    refusePacked(head);
    yield head;
    head = undefined;
  }
  if (!head) return;
  refusePacked(head);
  yield head;
}

function refusePacked(head: Uint8Array): void {
  const packing = packingOf(head);
  if (packing === 'locked') locked('encrypted', 'what is in it is encrypted');
  if (packing === 'document') unpackable('document', 'what is in it is a document');
  if (packing === 'parquet')
    unpackable('parquet-packed', 'Parquet is read from its end, and is packed within');
  if (packing !== 'none') unpackable('packed-twice', 'what is in it is packed once more');
}

/** The bytes from an offset on. */
async function* fromOffset(pieces: AsyncIterable<Uint8Array>, from: number): AsyncGenerator<Uint8Array> {
  let left = from;
  for await (const piece of pieces) {
    if (piece.length > left) yield left === 0 ? piece : piece.subarray(left);
    left = Math.max(0, left - piece.length);
  }
}

/** The first bytes of a file, as many as tell how it is packed. */
async function headOf(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const head = new Uint8Array(TELLING_BYTES);
  let length = 0;
  for await (const piece of pieces) {
    const part = piece.subarray(0, head.length - length);
    head.set(part, length);
    length += part.length;
    if (length === head.length) break;
  }
  return head.subarray(0, length);
}
