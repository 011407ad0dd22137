/** A receipt: what one sealing put into the ledger that concerns one organisation, each entry with its proof. */
import canonicalize from 'canonicalize';
import { base64, fromBase64, utf8 } from './bytes';
import { LedgerFormatError } from './errors';
import { formatProof, parseProof, type TlogProof } from './tlog-proof';

const FORMAT = 'concordat-receipt/v1';
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

/** What stands in a receipt of one entry, as JSON; the same in the receipt of each organisation that it concerns. */
export function receiptPart(
  index: number,
  entry: Uint8Array,
  hashes: readonly Uint8Array[],
  note: string,
): string {
  return `{"entry":"${base64(entry)}","proof":${JSON.stringify(formatProof(index, hashes, note))}}`;
}

/**
 * Writes a receipt, as canonical JSON (RFC 8785): names in their order, and text as JSON.stringify writes it.
 * @param parts what `receiptPart` gives, by index
 */
export function receiptOf(organisation: string, size: number, parts: readonly string[]): string {
  const about = JSON.stringify({ format: FORMAT, organisation, size }).slice(1);
  return `{"entries":[${parts.join()}],${about}`;
}

/** Writes a receipt from its entries. */
export function formatReceipt(
  organisation: string,
  size: number,
  entries: readonly {
    readonly index: number;
    readonly entry: Uint8Array;
    readonly hashes: readonly Uint8Array[];
  }[],
  note: string,
): string {
  const parts = entries.map(({ index, entry, hashes }) => receiptPart(index, entry, hashes, note));
  return receiptOf(organisation, size, parts);
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
    const bytes = fromBase64(entry, `${path}: its entry ${at}`);
    read.push({ entry: bytes, proof: parseProof(proof, read.at(-1)?.proof) });
  }
  const receipt = { organisation, size: Number(size), entries: read };
  const again = formatReceipt(
    organisation,
    receipt.size,
    read.map(({ entry, proof }) => ({ index: proof.index, entry, hashes: proof.hashes })),
    read[0]?.proof.note ?? '',
  );
  if (again !== text)
    throw new LedgerFormatError(`${path} is not written as receipts are: something was added or moved`);
  for (const [at, { proof }] of read.entries()) {
    if (proof.checkpoint.size !== receipt.size)
      throw new LedgerFormatError(
        `${path}: the checkpoint of its entry ${at} has ${proof.checkpoint.size} entries`,
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
