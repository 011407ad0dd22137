/** A receipt: what one sealing put into the ledger that concerns one organisation, each entry with its proof. */
import canonicalize from 'canonicalize';
import { base64, bytesOf, fromBase64, sameBytes, utf8 } from './bytes';
import { LedgerFormatError } from './errors';
import { headOfProof, parseProof, type TlogProof } from './tlog-proof';

const FORMAT = 'concordat-receipt/v1';
const COMMA = 0x2c;
/** So many bytes of parts lie together. */
const PIECE = 256 * 1024;
const encoder = new TextEncoder();
const NAME = /^receipts\/([a-z0-9-]+)\/(\d{16})\.json$/;

/** An entry with the proof that it is in the log. */
export interface ReceiptEntry {
  readonly entry: Uint8Array;
  readonly proof: TlogProof;
}

/** A receipt, taken apart. */
export interface Receipt {
  readonly organisation: string;
  /** The size of the tree after that sealing. */
  readonly size: number;
  /** By their index in the log. */
  readonly entries: readonly ReceiptEntry[];
}

/**
 * What stands in the receipts of one sealing: a part of each entry, which is the same in the receipt of each organisation that
 * it concerns. Parts are kept as bytes, many to a piece of memory: as texts, a claim’s worth of them is what a collector of
 * garbage spends most of its time on.
 */
export class ReceiptParts {
  private readonly rest: Uint8Array;
  /** Most hashes of a path are those of its neighbours’ paths. */
  private readonly texts = new Map<Uint8Array, string>();
  private piece = new Uint8Array();
  private used = 0;

  /** @param note the checkpoint to which the proofs lead */
  constructor(note: string) {
    this.rest = bytesOf(`${JSON.stringify(note).slice(1)}}`);
  }

  /** The part of an entry, as JSON. */
  of(index: number, entry: Uint8Array, hashes: readonly Uint8Array[]): Uint8Array {
    let proof = headOfProof(index);
    for (const hash of hashes) proof += `\n${this.textOf(hash)}`;
    // All of it is ASCII, and only line ends are written otherwise in JSON.
    const text = `{"entry":"${base64(entry)}","proof":"${proof.replaceAll('\n', '\\n')}\\n\\n`;
    const room = this.room(text.length + this.rest.length);
    const { written } = encoder.encodeInto(text, room);
    room.set(this.rest, written);
    return room;
  }

  private textOf(hash: Uint8Array): string {
    const known = this.texts.get(hash);
    if (known !== undefined) return known;
    const text = base64(hash);
    this.texts.set(hash, text);
    return text;
  }

  private room(bytes: number): Uint8Array {
    if (this.used + bytes > this.piece.length) {
      this.piece = new Uint8Array(Math.max(PIECE, bytes));
      this.used = 0;
    }
    this.used += bytes;
    return this.piece.subarray(this.used - bytes, this.used);
  }
}

/**
 * Writes a receipt, as canonical JSON (RFC 8785): names in their order, and text as JSON.stringify writes it.
 * @param parts of one `ReceiptParts`, by index
 */
export function receiptOf(organisation: string, size: number, parts: readonly Uint8Array[]): Uint8Array {
  const about = JSON.stringify({ format: FORMAT, organisation, size }).slice(1);
  const before = bytesOf('{"entries":[');
  const after = bytesOf(`],${about}`);
  const between = Math.max(0, parts.length - 1);
  const receipt = new Uint8Array(
    parts.reduce((sum, { length }) => sum + length, before.length + between + after.length),
  );
  receipt.set(before);
  let at = before.length;
  for (const [n, part] of parts.entries()) {
    if (n > 0) receipt[at++] = COMMA;
    receipt.set(part, at);
    at += part.length;
  }
  receipt.set(after, at);
  return receipt;
}

/** Writes a receipt from its entries, as text. */
export function formatReceipt(
  organisation: string,
  size: number,
  entries: Parameters<typeof receiptFrom>[2],
  note: string,
): string {
  return utf8(receiptFrom(organisation, size, entries, note), 'the receipt');
}

function receiptFrom(
  organisation: string,
  size: number,
  entries: readonly {
    readonly index: number;
    readonly entry: Uint8Array;
    readonly hashes: readonly Uint8Array[];
  }[],
  note: string,
): Uint8Array {
  const parts = new ReceiptParts(note);
  return receiptOf(
    organisation,
    size,
    entries.map(({ index, entry, hashes }) => parts.of(index, entry, hashes)),
  );
}

/** Reads a receipt and holds it against its path. Proofs are read, not verified. @throws LedgerFormatError */
export function parseReceipt(bytes: Uint8Array, path: string): Receipt {
  const [, organisation, size] = NAME.exec(path) ?? [];
  if (organisation === undefined)
    throw new LedgerFormatError(`${path} is not named receipts/<organisation>/<size>.json`);
  const text = utf8(bytes, path);
  const { entries, ...rest } = objectOf(text, path);
  const expected = { format: FORMAT, organisation, size: Number(size) };
  if (canonicalize(rest) !== canonicalize(expected) || !Array.isArray(entries) || entries.length === 0)
    throw new LedgerFormatError(`${path} is not a receipt of ${organisation} at ${Number(size)}`);
  const read: ReceiptEntry[] = [];
  for (const [at, each] of entries.entries()) {
    const { entry, proof } = (each ?? {}) as { entry?: unknown; proof?: unknown };
    if (typeof entry !== 'string' || typeof proof !== 'string')
      throw new LedgerFormatError(`${path}: its entry ${at} lacks its bytes or its proof`);
    const written = fromBase64(entry, `${path}: its entry ${at}`);
    read.push({ entry: written, proof: parseProof(proof, read.at(-1)?.proof) });
  }
  const receipt = { organisation, size: Number(size), entries: read };
  const again = receiptFrom(
    organisation,
    receipt.size,
    read.map(({ entry, proof }) => ({ index: proof.index, entry, hashes: proof.hashes })),
    read[0]?.proof.note ?? '',
  );
  if (!sameBytes(again, bytes))
    throw new LedgerFormatError(`${path} is not written as receipts are: something was added or moved`);
  for (const [at, { proof }] of read.entries()) {
    if (proof.checkpoint.size !== receipt.size)
      throw new LedgerFormatError(
        `${path}: the checkpoint of its entry ${at} is of the size ${proof.checkpoint.size}`,
      );
    if (proof.index <= (read[at - 1]?.proof.index ?? -1))
      throw new LedgerFormatError(`${path}: its entries are out of order or there twice`);
  }
  return receipt;
}

function objectOf(text: string, path: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new LedgerFormatError(`${path} is not a JSON object`);
}
