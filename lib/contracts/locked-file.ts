/**
 * Whether a file is locked, also where its beginning does not show it: an archive says it at its end, Parquet and PDF as well, and
 * older files of Office in a directory that may lie anywhere. A file that is damaged is not looked through: another check tells.
 */
import { lockedAs } from './locked';
import { directoryOf } from './locked/compound-file';
import { isEncryptedPdf } from './locked/pdf';
import type { SlicedFile } from './locked/sliced-file';
import { hasLockedEntry } from './locked/zip-directory';
import { decoders } from './parquet/decoders';
import { ParquetError } from './parquet/fault';
import { readFooter } from './parquet/footer';

/** How many bytes at the beginning are looked at first. */
const BEGINNING = 4_096;
/** What Office calls the stream in which it keeps a document with a password. */
const ENCRYPTED_PACKAGE = 'EncryptedPackage';

/** How a file is locked, or nothing where it is not, or nothing shows it. @throws what the file cannot be read for */
export async function lockedFile(given: SlicedFile): Promise<string | undefined> {
  // Functions of their own, which can be passed on.
  const file: SlicedFile = { bytes: given.bytes, slice: (from, to) => given.slice(from, to) };
  const beginning = await file.slice(0, Math.min(BEGINNING, file.bytes));
  const as = lockedAs(beginning);
  if (as !== undefined) return as;
  const sign = Buffer.from(beginning).toString('latin1');
  if (sign.startsWith('PK\x03\x04')) return (await hasLockedEntry(file)) ? 'zip' : undefined;
  if (sign.startsWith('PAR1')) return (await isEncryptedParquet(file)) ? 'parquet' : undefined;
  if (sign.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'))
    return (await directoryOf(file, beginning)).includes(ENCRYPTED_PACKAGE) ? 'office' : undefined;
  // Readers take a file for PDF that says so somewhere in its first 1,024 bytes.
  if (sign.slice(0, 1_024).includes('%PDF-')) return (await isEncryptedPdf(file)) ? 'pdf' : undefined;
  return undefined;
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
