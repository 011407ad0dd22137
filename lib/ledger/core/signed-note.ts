/** Text with signature lines below it. @see https://c2sp.org/signed-note */
import { base64, concat, fromBase64, fromHex, hex, utf8 } from './bytes';
import { LedgerFormatError } from './errors';

/** One signature line. */
export interface NoteSignature {
  readonly name: string;
  /** 8 hex digits. */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** A note, taken apart. Its text means nothing until a signature by a key that one trusts has been verified. */
export interface SignedNote {
  /** Ends with a newline, which is part of what is signed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** More than any note here has; the specification asks for at least 16. */
const MOST_SIGNATURES = 64;
const LINE = /^— (\S+) (\S+)$/u;

/** Writes a note. @throws LedgerFormatError if the text or a name does not fit the format */
export function formatNote({ text, signatures }: SignedNote): string {
  checkText(text);
  const lines = signatures.map(({ name, keyId, signature }) => {
    checkKeyName(name);
    return `— ${name} ${base64(concat(fromHex(keyId), signature))}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/** Reads a note. @throws LedgerFormatError that says what is wrong */
export function parseNote(bytes: Uint8Array | string): SignedNote {
  const note = typeof bytes === 'string' ? bytes : utf8(bytes, 'the note');
  const end = note.lastIndexOf('\n\n');
  if (end < 0) throw new LedgerFormatError('the note has no empty line between text and signatures');
  const text = note.slice(0, end + 1);
  checkText(text);
  const lines = note.slice(end + 2).split('\n');
  if (lines.pop() !== '' || lines.length === 0)
    throw new LedgerFormatError('the note does not end with a signature line');
  if (lines.length > MOST_SIGNATURES)
    throw new LedgerFormatError(`the note has over ${MOST_SIGNATURES} signatures`);
  return { text, signatures: lines.map(parseLine) };
}

/** Refuses what can’t be a key’s name. @throws LedgerFormatError */
export function checkKeyName(name: string): void {
  if (name === '' || /[\s+\p{Cc}]/u.test(name))
    throw new LedgerFormatError(`'${name}' can’t be the name of a key`);
}

function parseLine(line: string): NoteSignature {
  const [, name, encoded] = LINE.exec(line) ?? [];
  if (name === undefined || encoded === undefined)
    throw new LedgerFormatError(`'${line.slice(0, 60)}' is not a signature line`);
  checkKeyName(name);
  const bytes = fromBase64(encoded, `the signature of ${name}`);
  if (bytes.length <= 4) throw new LedgerFormatError(`the signature of ${name} is empty`);
  return { name, keyId: hex(bytes.subarray(0, 4)), signature: bytes.subarray(4) };
}

function checkText(text: string): void {
  if (!text.endsWith('\n')) throw new LedgerFormatError('the text of a note must end with a newline');
  if (/[^\P{Cc}\n\u007f-\u009f]/u.test(text))
    throw new LedgerFormatError('the text of a note has a control character');
}
