/**
 * Reads a file once before it is sent: against its contract, by the engine of the release gate, and for the checksums that S3 is
 * held to. What is then sent is what was looked at: S3 refuses any other bytes.
 */
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import {
  bareMediaType,
  checkPacked,
  FolderSpill,
  formOfMediaType,
  gssLookup,
  lockedFile,
  type Source,
} from '../contracts';
import {
  type DepositItem,
  type FileFault,
  type LocalFile,
  nameOf,
  planOfParts,
  type Running,
  type Survey,
} from '../delivery';
import { checksumsHere } from '../runtime';
import type { ContractPlan } from '../wire/contracts';
import { isUnchanged } from './local-files';

const checksums = checksumsHere();
/** Up to so many bytes a file is kept while it is looked at. */
const SMALL = 1 << 18;

/** How a survey is made. */
export interface SurveySetting {
  /** The contract; nothing where the agreement has none. */
  readonly plan: ContractPlan | undefined;
  /** The most bytes of a file, unpacked. */
  readonly largest: number;
  readonly signal?: AbortSignal | undefined;
  /** Told of bytes that were read. */
  readonly read?: ((bytes: number) => void) | undefined;
}

/** What came of looking at a file. */
export type Surveyed = { readonly survey: Survey } | { readonly fault: FileFault };

/** Surveys one file. */
export async function survey(item: DepositItem, setting: SurveySetting): Promise<Surveyed> {
  const { file, mediaType } = item;
  const { plan, largest, signal } = setting;
  const hashed = new Hashed(file, setting);
  const as = await lockedFile(hashed);
  if (as !== undefined) return { fault: { why: 'locked', as } };
  if (plan !== undefined) {
    const bare = bareMediaType(mediaType) ?? '';
    const form = formOfMediaType(bare);
    if (form === undefined) return { fault: { why: 'unreadable-form', found: bare } };
    const name = nameOf(item);
    const spill = new FolderSpill(tmpdir());
    try {
      const checked = await checkPacked(plan, form, hashed, {
        largest,
        name: name.slice(name.lastIndexOf('/') + 1),
        gss: gssLookup,
        spill,
        ...(signal && { signal }),
      });
      if (checked.kind === 'done' && checked.outcome.result === 'failed')
        return { fault: { why: 'contract', outcome: checked.outcome } };
    } finally {
      await spill.remove();
    }
  }
  const found = await hashed.sums();
  if (found === undefined || !isUnchanged(file)) return { fault: { why: 'changed' } };
  return { survey: { ...found, ...(plan && { contract: plan.contract.digest }) } };
}

/** A file that keeps its checksums as it is read: whoever reads all of it in one go does so for both. */
class Hashed implements Source {
  readonly bytes: number;
  #sums: Survey | undefined;
  /** All of a small file: it is looked at several times, and read once. */
  #small: Promise<Uint8Array> | undefined;

  constructor(
    private readonly file: LocalFile,
    private readonly setting: SurveySetting,
  ) {
    this.bytes = file.bytes;
  }

  async *read(from: number): AsyncIterable<Uint8Array> {
    const { signal, read } = this.setting;
    const sums = from === 0 && this.#sums === undefined ? new Sums(this.bytes) : undefined;
    const pieces =
      this.#small === undefined ? this.file.read(from, this.bytes) : [(await this.#small).subarray(from)];
    for await (const piece of pieces) {
      signal?.throwIfAborted();
      if (sums !== undefined) {
        await sums.add(piece);
        read?.(piece.length);
      }
      // Whoever reads for a contract keeps pieces; a file’s own are good until the next one.
      yield this.setting.plan === undefined ? piece : Buffer.from(piece);
    }
    this.#sums ??= await sums?.end();
  }

  async slice(from: number, to: number): Promise<Uint8Array> {
    if (this.bytes > SMALL) return this.#read(from, to);
    this.#small ??= this.#read(0, this.bytes);
    return (await this.#small).subarray(from, to);
  }

  async #read(from: number, to: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(Math.max(0, Math.min(to, this.bytes) - from));
    let filled = 0;
    for await (const piece of this.file.read(from, to)) {
      bytes.set(piece.subarray(0, bytes.length - filled), filled);
      filled += piece.length;
      if (filled > bytes.length) break;
    }
    return filled < bytes.length ? bytes.subarray(0, filled) : bytes;
  }

  /** The checksums of all of it; nothing where the file became shorter meanwhile. */
  async sums(): Promise<Survey | undefined> {
    if (this.#sums === undefined) for await (const _ of this.read(0));
    return this.#sums;
  }
}

/** The checksums of one reading: SHA-256 of the whole, CRC-64/NVME of each part. */
export class Sums {
  readonly #whole = createHash('sha256');
  readonly #parts: string[] = [];
  readonly #partBytes: number;
  #part: Running | undefined;
  #at = 0;

  constructor(private readonly bytes: number) {
    this.#partBytes = planOfParts(bytes)?.partBytes ?? Math.max(1, bytes);
  }

  async add(piece: Uint8Array): Promise<void> {
    this.#whole.update(piece);
    for (let rest = piece; rest.length > 0; ) {
      const room = this.#partBytes - (this.#at % this.#partBytes);
      this.#part ??= await checksums('CRC64NVME');
      this.#part.update(rest.subarray(0, room));
      this.#at += Math.min(room, rest.length);
      if (this.#at % this.#partBytes === 0) this.#endPart();
      rest = rest.subarray(room);
    }
  }

  /** Nothing where there were more bytes, or fewer, than the file had. */
  async end(): Promise<Survey | undefined> {
    if (this.#at === 0) this.#part = await checksums('CRC64NVME');
    if (this.#part !== undefined) this.#endPart();
    if (this.#at !== this.bytes) return undefined;
    return {
      bytes: this.bytes,
      sha256: this.#whole.digest('hex'),
      partBytes: this.#partBytes,
      crc64nvme: this.#parts,
    };
  }

  #endPart(): void {
    this.#parts.push(Buffer.from(this.#part?.digest() ?? []).toString('base64'));
    this.#part = undefined;
  }
}
