/**
 * Whether any file of a RAR archive has a password. Headers stand before each file, from the beginning on; where they are encrypted
 * themselves, the first says so.
 * @see https://www.rarlab.com/technote.htm (RAR 5; what RAR 4 writes is in the text that came with it, technote.txt)
 */
import type { SlicedFile } from './sliced-file';

const SIGN_4 = Buffer.from('Rar!\x1a\x07\0', 'latin1');
const SIGN_5 = Buffer.from('Rar!\x1a\x07\x01\0', 'latin1');
/** As many files as GuardDuty scans, and what else stands between them. */
const MOST_HEADERS = 20_000;
/** So much is had at a time: a header is rarely longer, and small files lie behind one another. */
const WINDOW = 65_536;

/** Whether one has, and where the next header begins. */
interface Header {
  readonly locked: boolean;
  readonly next: number;
}

/** Whether it has. A damaged archive ends the search. */
export async function isLockedRar({ bytes, slice }: SlicedFile): Promise<boolean> {
  let window = Buffer.from(await slice(0, Math.min(WINDOW, bytes)));
  let start = 0;
  const is5 = window.subarray(0, SIGN_5.length).equals(SIGN_5);
  let at = is5 ? SIGN_5.length : SIGN_4.length;
  if (!is5 && !window.subarray(0, SIGN_4.length).equals(SIGN_4)) return false;
  for (let n = 0; n < MOST_HEADERS && at < bytes; n++) {
    if (at + HEADER_ROOM > start + window.length && start + window.length < bytes) {
      start = at;
      window = Buffer.from(await slice(at, Math.min(bytes, at + WINDOW)));
    }
    const header = (is5 ? header5 : header4)(window.subarray(at - start));
    if (!header || header.next <= 0) return false;
    if (header.locked) return true;
    at += header.next;
  }
  return false;
}

/** A header of RAR 5 takes 2 MB at most; those of files are as long as their names. */
const HEADER_ROOM = 4_096;

/** RAR 4: the sum, the kind, flags and how long it is; of a file, how long it is packed. */
function header4(bytes: Buffer): Header | undefined {
  const ALL_LOCKED = 0x80;
  const FILE_LOCKED = 4;
  const LARGE = 0x100;
  const HAS_MORE = 0x8000;
  if (bytes.length < 7) return undefined;
  const kind = bytes[2];
  const flags = bytes.readUInt16LE(3);
  const isFile = kind === 0x74 || kind === 0x7a;
  const has = (flags & HAS_MORE) !== 0 || isFile;
  if (has && bytes.length < 36) return undefined;
  const packed = has
    ? bytes.readUInt32LE(7) + (isFile && flags & LARGE ? bytes.readUInt32LE(32) * 2 ** 32 : 0)
    : 0;
  const locked =
    (kind === 0x73 && (flags & ALL_LOCKED) !== 0) || (kind === 0x74 && (flags & FILE_LOCKED) !== 0);
  return { locked, next: bytes.readUInt16LE(5) + packed };
}

/** RAR 5: the sum, how long it is, the kind and flags, how long its records and its data are; records say what is encrypted. */
function header5(bytes: Buffer): Header | undefined {
  const [FILE, ENCRYPTION] = [2, 4];
  const [HAS_RECORDS, HAS_DATA] = [1, 2];
  const ENCRYPTED_FILE = 1;
  const reader = new Numbers(bytes, 4);
  const length = reader.next();
  const begin = reader.at;
  const kind = reader.next();
  const flags = reader.next();
  const records = flags & HAS_RECORDS ? reader.next() : 0;
  const data = flags & HAS_DATA ? reader.next() : 0;
  if (reader.over) return undefined;
  const next = begin + length + data;
  if (kind === ENCRYPTION) return { locked: true, next };
  let locked = false;
  if (kind === FILE && begin + length <= bytes.length) {
    const area = new Numbers(bytes.subarray(0, begin + length), begin + length - records);
    while (!area.over && area.at < begin + length) {
      const size = area.next();
      const from = area.at;
      locked ||= area.next() === ENCRYPTED_FILE && !area.over;
      area.at = from + Math.max(1, size);
    }
  }
  return { locked, next };
}

/** Numbers of seven bits a byte, the lowest first; the top bit says that there is more. */
class Numbers {
  over = false;
  constructor(
    private readonly bytes: Buffer,
    public at: number,
  ) {}

  next(): number {
    let value = 0;
    for (let n = 0; n < 8; n++) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) break;
      value += (byte & 0x7f) * 2 ** (7 * n);
      if (byte < 0x80) return value;
    }
    this.over = true;
    return value;
  }
}
