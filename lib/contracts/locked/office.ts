/**
 * Whether a document in a compound file has a password. Newer programs keep the whole document in a stream for it; those of
 * before 2007 encrypt its parts, and say so where the document begins.
 */
import { type CompoundStream, streamsOf } from './compound-file';
import type { SlicedFile } from './sliced-file';

/** What tells it by being there: a password, of whatever year, and rights that a server gives. */
const TELLING = [
  // https://learn.microsoft.com/en-us/openspecs/office_file_formats/ms-offcrypto/b60c8b35-2db2-4409-8710-59d88a793f83
  'EncryptedPackage',
  'EncryptionInfo',
  'EncryptedSummary',
  '\tDRMContent',
];

/** How the first bytes of a document tell it. */
const DOCUMENTS: Readonly<Record<string, (first: Buffer) => boolean>> = {
  WordDocument: isLockedWord,
  Workbook: isLockedExcel,
  Book: isLockedExcel,
  'Current User': isLockedPowerPoint,
};
const FIRST = 4_096;

/** Whether it has. @param beginning as `streamsOf` takes it */
export async function isLockedOffice(file: SlicedFile, beginning: Uint8Array): Promise<boolean> {
  const streams = await streamsOf(file, beginning);
  if (streams.some(({ name }) => TELLING.includes(name))) return true;
  for (const stream of streams) if (await isLocked(stream)) return true;
  return false;
}

async function isLocked({ name, first }: CompoundStream): Promise<boolean> {
  const tells = Object.hasOwn(DOCUMENTS, name) ? DOCUMENTS[name] : undefined;
  return tells?.(await first(FIRST)) ?? false;
}

/**
 * The flag fEncrypted of the base of the file’s information block.
 * @see https://learn.microsoft.com/en-us/openspecs/office_file_formats/ms-doc/26fb6c06-4e5c-4778-ab4e-edbf26a545bb
 */
function isLockedWord(first: Buffer): boolean {
  return first.length >= 12 && (first.readUInt16LE(10) & 0x0100) !== 0;
}

/**
 * The record FilePass, which stands among the first of the workbook, before any sheet.
 * @see https://learn.microsoft.com/en-us/openspecs/office_file_formats/ms-xls/cf9ae8d5-4e8c-40a2-95f1-3b31f16b5529
 */
function isLockedExcel(first: Buffer): boolean {
  const [FILE_PASS, SHEET, END] = [0x2f, 0x85, 0x0a];
  for (let at = 0; at + 4 <= first.length; at += 4 + first.readUInt16LE(at + 2)) {
    const record = first.readUInt16LE(at);
    if (record === FILE_PASS) return true;
    if (record === SHEET || record === END) return false;
  }
  return false;
}

/** @see https://learn.microsoft.com/en-us/openspecs/office_file_formats/ms-ppt/940d5700-e4d7-4fc0-ab48-fed5dbc48bc1 */
function isLockedPowerPoint(first: Buffer): boolean {
  return first.length >= 16 && first.readUInt32LE(12) === 0xf3d1c4df;
}
