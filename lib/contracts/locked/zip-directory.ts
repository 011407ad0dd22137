/**
 * The files of a zip archive by its directory, which stands at its end, and says of each whether it has a password.
 * @see https://pkwaredownloads.blob.core.windows.net/pem/APPNOTE.txt
 */
import type { SlicedFile } from './sliced-file';

const END_BYTES = 22;
const MOST_COMMENT_BYTES = 65_535;
const LOCATOR_BYTES = 20;
const LARGE_END_BYTES = 56;
const ENTRY_BYTES = 46;
const END_SIGN = Buffer.from('PK\x05\x06', 'latin1');
const LOCATOR_SIGN = 0x07064b50;
const LARGE_END_SIGN = 0x06064b50;
const ENTRY_SIGN = 0x02014b50;
/** More than the directory of as many files as GuardDuty scans. */
const MOST_DIRECTORY_BYTES = 32_000_000;
/** What a field says where another has the number. */
const ELSEWHERE = 0xffffffff;
const ENCRYPTED = 1;

/** A file of an archive, as its directory has it. */
export interface ZipEntry {
  readonly name: string;
  readonly locked: boolean;
  readonly method: number;
  /** How many bytes it is packed. */
  readonly packed: number;
  /** Where its header begins. */
  readonly from: number;
}

/** The files of an archive, as far as its directory can be read: without one, none. */
export async function entriesOf(file: SlicedFile): Promise<readonly ZipEntry[]> {
  const directory = await directoryOf(file);
  const entries: ZipEntry[] = [];
  for (let at = 0; at + ENTRY_BYTES <= directory.length; ) {
    if (directory.readUInt32LE(at) !== ENTRY_SIGN) break;
    const name = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + name),
      locked: (directory.readUInt16LE(at + 8) & ENCRYPTED) !== 0,
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      from: directory.readUInt32LE(at + 42),
    });
    at += ENTRY_BYTES + name + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

async function directoryOf({ bytes, slice }: SlicedFile): Promise<Buffer> {
  const start = Math.max(0, bytes - END_BYTES - MOST_COMMENT_BYTES - LOCATOR_BYTES);
  const tail = Buffer.from(await slice(start, bytes));
  const end = tail.lastIndexOf(END_SIGN);
  if (end < 0 || end + END_BYTES > tail.length) return Buffer.alloc(0);
  let size = tail.readUInt32LE(end + 12);
  let from = tail.readUInt32LE(end + 16);
  const locator = end - LOCATOR_BYTES;
  if (
    (size === ELSEWHERE || from === ELSEWHERE) &&
    locator >= 0 &&
    tail.readUInt32LE(locator) === LOCATOR_SIGN
  ) {
    const at = Number(tail.readBigUInt64LE(locator + 8));
    if (at + LARGE_END_BYTES > bytes) return Buffer.alloc(0);
    const large = Buffer.from(await slice(at, at + LARGE_END_BYTES));
    if (large.readUInt32LE(0) !== LARGE_END_SIGN) return Buffer.alloc(0);
    size = Number(large.readBigUInt64LE(40));
    from = Number(large.readBigUInt64LE(48));
  }
  if (size > MOST_DIRECTORY_BYTES || from + size > bytes) return Buffer.alloc(0);
  return Buffer.from(await slice(from, from + size));
}
