/**
 * Whether a file is locked, also where its beginning does not show it: an archive says it at its end, Parquet and PDF as well, and
 * files of Office within a directory that may lie anywhere. A file that is damaged is not looked through: another check tells.
 */
import { lockedAs } from './locked';
import { isLockedOffice } from './locked/office';
import { isLockedOpenDocument } from './locked/open-document';
import { isEncryptedPdf } from './locked/pdf';
import { isLockedRar } from './locked/rar';
import { isLockedSevenZip } from './locked/seven-zip';
import type { SlicedFile } from './locked/sliced-file';
import { entriesOf } from './locked/zip-directory';
import { decoders } from './parquet/decoders';
import { ParquetError } from './parquet/fault';
import { readFooter } from './parquet/footer';

/** How many bytes at the beginning are looked at first. */
const BEGINNING = 4_096;

/** How a file is locked, or nothing where it is not, or nothing shows it. @throws what the file cannot be read for */
export async function lockedFile(given: SlicedFile): Promise<string | undefined> {
  // Functions of their own, which can be passed on.
  const file: SlicedFile = { bytes: given.bytes, slice: (from, to) => given.slice(from, to) };
  const beginning = await file.slice(0, Math.min(BEGINNING, file.bytes));
  const as = lockedAs(beginning);
  if (as !== undefined) return as;
  const sign = Buffer.from(beginning).toString('latin1');
  if (sign.startsWith('PK\x03\x04')) return lockedZip(file);
  if (sign.startsWith('7z\xbc\xaf\x27\x1c')) return (await isLockedSevenZip(file)) ? '7-zip' : undefined;
  if (sign.startsWith('Rar!\x1a\x07')) return (await isLockedRar(file)) ? 'rar' : undefined;
  if (sign.startsWith('PAR1')) return (await isEncryptedParquet(file)) ? 'parquet' : undefined;
  if (sign.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'))
    return (await isLockedOffice(file, beginning)) ? 'office' : undefined;
  // Readers take a file for PDF that says so somewhere in its first 1,024 bytes.
  if (sign.slice(0, 1_024).includes('%PDF-')) return (await isEncryptedPdf(file)) ? 'pdf' : undefined;
  return undefined;
}

async function lockedZip(file: SlicedFile): Promise<string | undefined> {
  const entries = await entriesOf(file);
  if (entries.some(({ locked }) => locked)) return 'zip';
  return (await isLockedOpenDocument(file, entries)) ? 'opendocument' : undefined;
}

async function isEncryptedParquet({ slice, bytes }: SlicedFile): Promise<boolean> {
  try {
    await readFooter(slice, bytes, await decoders());
    return false;
  } catch (error) {
    if (!(error instanceof ParquetError)) throw error;
    return error.fault === 'locked';
  }
}
