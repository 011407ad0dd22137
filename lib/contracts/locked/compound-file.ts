/**
 * The streams of a compound file, in which older programs of Office keep documents, and newer ones those that have a password.
 * Sectors of the directory, and of each stream, are found by the allocation table.
 * @see https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-cfb/53989ce4-7b05-4f8d-829b-d08d6148375b
 */
import type { SlicedFile } from './sliced-file';

const HEADER_BYTES = 512;
const ENTRY_BYTES = 128;
/** The sectors of the allocation table that the header names; more are named in sectors of their own. */
const IN_HEADER = 109;
/** Sectors from here on are none. */
const NO_SECTOR = 0xfffffffa;
/** Far more than the directory of a document has. */
const MOST_SECTORS = 2_048;
/** Shorter streams lie together in that of the root. */
const SHORT = 4_096;
const SHORT_SECTOR = 64;
const ROOT = 5;

/** A stream of a compound file. */
export interface CompoundStream {
  readonly name: string;
  /** Its first bytes, as many as asked for where it has them in one piece; fewer, or none, where it is damaged. */
  first(count: number): Promise<Buffer>;
}

/** The streams, as far as the directory can be read. @param beginning at least 512 bytes, where there are as many */
export async function streamsOf(file: SlicedFile, beginning: Uint8Array): Promise<readonly CompoundStream[]> {
  if (beginning.length < HEADER_BYTES) return [];
  const header = Buffer.from(beginning.buffer, beginning.byteOffset, HEADER_BYTES);
  const shift = header.readUInt16LE(30);
  return shift === 9 || shift === 12 ? new CompoundFile(file, header, 2 ** shift).streams() : [];
}

class CompoundFile {
  constructor(
    private readonly file: SlicedFile,
    private readonly header: Buffer,
    private readonly size: number,
  ) {}

  async streams(): Promise<readonly CompoundStream[]> {
    const entries: { name: string; kind: number; start: number; bytes: number }[] = [];
    for await (const directory of this.chain(this.header.readUInt32LE(48), MOST_SECTORS)) {
      for (let at = 0; at < this.size; at += ENTRY_BYTES) {
        const length = directory.readUInt16LE(at + 64);
        if (length < 2 || length > 64) continue;
        const name = directory.toString('utf16le', at, at + length - 2);
        const [start, bytes] = [directory.readUInt32LE(at + 116), directory.readUInt32LE(at + 120)];
        entries.push({ name, kind: directory[at + 66] ?? 0, start, bytes });
      }
    }
    const root = entries.find(({ kind }) => kind === ROOT);
    return entries.map(({ name, start, bytes }) => ({
      name,
      first: async (count) =>
        bytes >= SHORT
          ? this.from(start, 0, Math.min(count, bytes))
          : this.short(root, start, Math.min(count, bytes)),
    }));
  }

  /** Of a short stream, the first sector alone. */
  private short(root: { start: number } | undefined, start: number, count: number): Promise<Buffer> {
    const at = start * SHORT_SECTOR;
    return root && start < NO_SECTOR
      ? this.from(root.start, at, at + Math.min(count, SHORT_SECTOR))
      : Promise.resolve(Buffer.alloc(0));
  }

  /** Bytes of the stream that begins at a sector. */
  private async from(start: number, from: number, to: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.chain(start, Math.min(MOST_SECTORS, Math.ceil(to / this.size))))
      parts.push(part);
    return Buffer.concat(parts).subarray(from, to);
  }

  /** Sectors one after another, from the first on. */
  private async *chain(first: number, most: number): AsyncGenerator<Buffer> {
    let next = first;
    for (let n = 0; n < most; n++) {
      const found = await this.sector(next);
      if (!found) return;
      yield found;
      const perTable = this.size / 4;
      const table = await this.sector(await this.tableSector(Math.floor(next / perTable)));
      if (!table) return;
      next = table.readUInt32LE(4 * (next % perTable));
    }
  }

  private async sector(number: number): Promise<Buffer | undefined> {
    const from = (number + 1) * this.size;
    return number >= NO_SECTOR || from + this.size > this.file.bytes
      ? undefined
      : Buffer.from(await this.file.slice(from, from + this.size));
  }

  /** The sector of the allocation table that tells of some, by its number among them. */
  private async tableSector(number: number): Promise<number> {
    if (number < IN_HEADER) return this.header.readUInt32LE(76 + 4 * number);
    const perList = this.size / 4 - 1;
    let list = this.header.readUInt32LE(68);
    for (let left = number - IN_HEADER, n = 0; n < MOST_SECTORS; n++, left -= perList) {
      const further = await this.sector(list);
      if (!further) return NO_SECTOR;
      if (left < perList) return further.readUInt32LE(4 * left);
      list = further.readUInt32LE(this.size - 4);
    }
    return NO_SECTOR;
  }
}
