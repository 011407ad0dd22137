/**
 * Whether a PDF is encrypted: the dictionary by which a reader begins, at the end of the file or where its last line but one points,
 * then names what it is encrypted by. That is so for a password to open it and for one that forbids to print alike.
 * @see https://pdfa.org/resource/iso-32000-2/ (ISO 32000-2, sections 7.5.5, 7.5.8 and 7.6)
 */
import type { SlicedFile } from './sliced-file';

/** Readers look for the end in so many last bytes, and more. */
const TAIL = 4_096;
/** A dictionary is shorter. */
const DICTIONARY = 16_384;
/** A table of cross-references has 20 bytes for each object. */
const ENTRY_BYTES = 20;
const MOST_SECTIONS = 1_000;
const ENCRYPT = /\/Encrypt(?=[\s</])/;

/** Whether it is. */
export async function isEncryptedPdf(file: SlicedFile): Promise<boolean> {
  const { bytes } = file;
  const tail = await textOf(file, Math.max(0, bytes - TAIL));
  const [, place] =
    /startxref\s+(\d{1,15})\s+%%EOF\s*$/.exec(tail.slice(tail.lastIndexOf('startxref'))) ?? [];
  const start = Number(place ?? bytes);
  // Of a file whose end is damaged, the last such dictionary: so do readers.
  if (start >= bytes) return ENCRYPT.test(tail.slice(Math.max(0, tail.lastIndexOf('trailer'))));
  const there = await textOf(file, start);
  // A stream of cross-references begins with its dictionary; a table has it behind.
  if (!there.startsWith('xref')) return ENCRYPT.test(there.split('stream')[0] ?? '');
  const behind = await behindTable(file, start + 'xref'.length);
  return ENCRYPT.test(behind.split('startxref')[0] ?? '');
}

/** What stands behind a table: each of its sections says how many entries it has. */
async function behindTable(file: SlicedFile, from: number): Promise<string> {
  let at = from;
  for (let n = 0; n < MOST_SECTIONS && at < file.bytes; n++) {
    const text = await textOf(file, at);
    const section = /^\s*\d+\s+(\d{1,9})[ \t]*\r?\n?/.exec(text);
    if (!section) return text;
    at += section[0].length + ENTRY_BYTES * Number(section[1]);
  }
  return '';
}

async function textOf({ bytes, slice }: SlicedFile, from: number): Promise<string> {
  return Buffer.from(await slice(from, Math.min(bytes, from + DICTIONARY))).toString('latin1');
}
