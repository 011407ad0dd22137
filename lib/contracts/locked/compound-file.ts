/**
 * The names in the directory of a compound file, in which older programs of Office keep documents, and newer ones those that have a
 * password. Sectors of the directory are found by the allocation table.
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

/** The names, as far as the directory can be read. @param beginning at least 512 bytes, where there are as many */
export async function directoryOf({ bytes, slice }: SlicedFile, beginning: Uint8Array): Promise<string[]> {
  if (beginning.length < HEADER_BYTES) return [];
  const header = Buffer.from(beginning.buffer, beginning.byteOffset, HEADER_BYTES);
  const shift = header.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) return [];
  const size = 2 ** shift;
  const numbers = size / 4;
  const sector = async (number: number): Promise<Buffer | undefined> => {
    const from = (number + 1) * size;
    return number >= NO_SECTOR || from + size > bytes
      ? undefined
      : Buffer.from(await slice(from, from + size));
  };
  /** The sector of the allocation table that tells of some, by its number among them. */
  const tableSector = async (number: number): Promise<number> => {
    if (number < IN_HEADER) return header.readUInt32LE(76 + 4 * number);
    let list = header.readUInt32LE(68);
    for (let left = number - IN_HEADER, n = 0; n < MOST_SECTORS; n++, left -= numbers - 1) {
      const further = await sector(list);
      if (!further) return NO_SECTOR;
      if (left < numbers - 1) return further.readUInt32LE(4 * left);
      list = further.readUInt32LE(size - 4);
    }
    return NO_SECTOR;
  };
  const names: string[] = [];
  let next = header.readUInt32LE(48);
  for (let n = 0; n < MOST_SECTORS; n++) {
    const directory = await sector(next);
    if (!directory) break;
    for (let at = 0; at < size; at += ENTRY_BYTES) {
      const length = directory.readUInt16LE(at + 64);
      if (length >= 2 && length <= 64) names.push(directory.toString('utf16le', at, at + length - 2));
    }
    const table = await sector(await tableSector(Math.floor(next / numbers)));
    if (!table) break;
    next = table.readUInt32LE(4 * (next % numbers));
  }
  return names;
}
