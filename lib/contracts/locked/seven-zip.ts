/**
 * Whether a 7-Zip archive has a password: the list of its files, which is packed or encrypted itself, names the methods by which
 * each of them is.
 * @see https://py7zr.readthedocs.io/en/latest/archive_format.html
 */
import { unpackLzma } from './lzma';
import type { SlicedFile } from './sliced-file';

const START_BYTES = 32;
/** Far more than the list of as many files as GuardDuty scans. */
const MOST_LIST_BYTES = 16_000_000;
const MOST_FOLDERS = 100_000;
/** Programs do it once. */
const MOST_TIMES_PACKED = 4;
/** Parts of a list, and methods, by their numbers. */
const PART = {
  end: 0,
  header: 1,
  additional: 3,
  main: 4,
  pack: 6,
  unpack: 7,
  size: 9,
  digests: 10,
  folder: 11,
  sizes: 12,
};
const PACKED_LIST = 0x17;
const METHOD = { copy: '00', lzma: '030101', lzma2: '21', aes: '06f10701' };

/** How a run of files is packed: by which methods, with their properties. */
type Folder = readonly { readonly method: string; readonly properties: Uint8Array }[];

/** Whether it has. A list that cannot be read is taken for one of a damaged archive, which says nothing. */
export async function isLockedSevenZip({ bytes, slice }: SlicedFile): Promise<boolean> {
  if (bytes < START_BYTES) return false;
  const start = Buffer.from(await slice(0, START_BYTES));
  let from = START_BYTES + Number(start.readBigUInt64LE(12));
  let size = Number(start.readBigUInt64LE(20));
  if (size === 0 || size > MOST_LIST_BYTES || from + size > bytes) return false;
  let list: Uint8Array | undefined = await slice(from, from + size);
  for (let times = 0; times < MOST_TIMES_PACKED && list; times++) {
    const { folders, packed }: List = readList(list) ?? { folders: [] };
    if (folders.some(isEncrypted)) return true;
    if (!packed || !folders[0]) return false;
    from = START_BYTES + packed.from;
    size = packed.size;
    if (size > MOST_LIST_BYTES || from + size > bytes) return false;
    list = unpacked(await slice(from, from + size), folders[0], packed.unpackedSize);
  }
  return false;
}

function isEncrypted(folder: Folder): boolean {
  return folder.some(({ method }) => method === METHOD.aes);
}

function unpacked(bytes: Uint8Array, folder: Folder, size: number): Uint8Array | undefined {
  const [coder] = folder;
  if (folder.length !== 1 || !coder || size > MOST_LIST_BYTES) return undefined;
  if (coder.method === METHOD.copy) return bytes;
  if (coder.method === METHOD.lzma) return unpackLzma(bytes, coder.properties[0] ?? 255, size);
  return coder.method === METHOD.lzma2 ? unpackLzma2(bytes, size) : undefined;
}

/** A list takes one piece of LZMA2, of up to 2 MB, or one that is not packed. @see https://github.com/tukaani-project/xz (lzma2) */
function unpackLzma2(bytes: Uint8Array, size: number): Uint8Array | undefined {
  const [control = 0, high = 0, low = 0, packedHigh = 0, packedLow = 0, properties = 255] = bytes;
  if (control === 1) return bytes.subarray(3, 3 + high * 256 + low + 1);
  if (control < 0xe0 || (control & 0x1f) * 65_536 + high * 256 + low + 1 !== size) return undefined;
  return unpackLzma(bytes.subarray(6, 6 + packedHigh * 256 + packedLow + 1), properties, size);
}

interface List {
  readonly folders: readonly Folder[];
  /** Where the list itself lies, if this only tells that. */
  readonly packed?: { readonly from: number; readonly size: number; readonly unpackedSize: number };
}

/** What a list says of methods, or nothing where it cannot be read. */
function readList(bytes: Uint8Array): List | undefined {
  try {
    const list = new ListReader(bytes);
    const first = list.byte();
    if (first === PACKED_LIST) return list.streams(true);
    if (first !== PART.header) return undefined;
    let part = list.byte();
    // Properties of the archive come first, and are not in use; streams beside the main one hold its comments.
    const before = part === PART.additional ? list.streams(false).folders : [];
    if (part === PART.additional) part = list.byte();
    return { folders: [...before, ...(part === PART.main ? list.streams(false).folders : [])] };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

class ListReader {
  private at = 0;
  constructor(private readonly bytes: Uint8Array) {}

  byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new RangeError('the list ends too early');
    return byte;
  }

  take(count: number): Uint8Array {
    if (this.at + count > this.bytes.length) throw new RangeError('the list ends too early');
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  /** The ones at the top of the first byte say how many further bytes there are, the lowest first. */
  number(): number {
    const first = this.byte();
    let mask = 0x80;
    let value = 0;
    for (let n = 0; n < 8; n++, mask >>= 1) {
      if ((first & mask) === 0) return value + (first & (mask - 1)) * 2 ** (8 * n);
      value += this.byte() * 2 ** (8 * n);
    }
    return value;
  }

  /** Where streams lie and by what they are packed. @param own whether they are the list itself, whose place is wanted */
  streams(own: boolean): List {
    let part = this.byte();
    let packed = { from: 0, size: 0, unpackedSize: 0 };
    if (part === PART.pack) {
      const from = this.number();
      const count = this.number();
      if (count > MOST_FOLDERS) throw new RangeError('the list is beyond what is read');
      let size = 0;
      for (part = this.byte(); part !== PART.end; part = this.byte()) {
        if (part === PART.digests) this.digests(count);
        else if (part !== PART.size) throw new RangeError('the list has a part that is not known');
        else {
          size = this.number();
          for (let n = 1; n < count; n++) this.number();
        }
      }
      packed = { ...packed, from, size };
      part = this.byte();
    }
    if (part !== PART.unpack || this.byte() !== PART.folder) return { folders: [] };
    const count = this.number();
    if (count > MOST_FOLDERS || this.byte() !== 0) throw new RangeError('the list is beyond what is read');
    const folders = Array.from({ length: count }, () => this.folder());
    if (!own) return { folders };
    if (this.byte() !== PART.sizes) throw new RangeError('the list does not tell how long it is');
    return { folders, packed: { ...packed, unpackedSize: this.number() } };
  }

  private digests(count: number): void {
    const all = this.byte() !== 0;
    let defined = count;
    if (!all) {
      defined = 0;
      for (const byte of this.take(Math.ceil(count / 8)))
        for (let bit = 0; bit < 8; bit++) defined += (byte >> bit) & 1;
    }
    this.take(4 * defined);
  }

  private folder(): Folder {
    const coders = this.number();
    if (coders > 32) throw new RangeError('there are more methods than any program takes');
    let [ins, outs] = [0, 0];
    const folder = Array.from({ length: coders }, () => {
      const flags = this.byte();
      const method = Buffer.from(this.take(flags & 15)).toString('hex');
      const [numberIn, numberOut] = flags & 0x10 ? [this.number(), this.number()] : [1, 1];
      ins += numberIn;
      outs += numberOut;
      return { method, properties: flags & 0x20 ? this.take(this.number()) : new Uint8Array() };
    });
    if (ins > 64 || outs > 64) throw new RangeError('there are more streams than any program makes');
    // Which of them leads into which, and which are the packed ones.
    for (let n = 0; n < outs - 1; n++) [this.number(), this.number()];
    const packedStreams = ins - (outs - 1);
    if (packedStreams > 1) for (let n = 0; n < packedStreams; n++) this.number();
    return folder;
  }
}
