/** Writes over files that were written before and nobody has changed since: what somebody put into one is theirs. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeWithThoseAbove } from './folder-to-be';
import { writeAllWhole } from './whole-file';

/** Something stands where a file is to go, and it is not as it was written. Who is told knows which option named the place. */
export class ChangedFileError extends Error {
  override readonly name = 'ChangedFileError';
  /** The name of the file in its folder. */
  readonly file: string;

  constructor(file: string) {
    super(`${file} was changed since it was written, or is something else, and would be lost`);
    this.file = file;
  }
}

/** A file that tells whether anybody has changed it. */
export interface OwnFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Whether what stands there is as it was written. */
  readonly isAsWritten: (held: Uint8Array) => boolean;
}

/**
 * Writes files into a folder, all of them or none. The folder is made if it is not there.
 * @throws ChangedFileError with the first that somebody has changed, or what the file system says; then nothing has changed
 */
export function writeOwnFiles(folder: string, files: readonly OwnFile[]): void {
  demandAsWritten(folder, files);
  makeWithThoseAbove(folder);
  writeAllWhole(files.map(({ name, content }) => [join(folder, name), content]));
}

/**
 * Says before work that takes long what would keep files from being written after it.
 * @throws ChangedFileError with the first that somebody has changed, or what the file system says of one that is there
 */
export function demandAsWritten(
  folder: string,
  files: readonly Pick<OwnFile, 'name' | 'isAsWritten'>[],
): void {
  for (const { name, isAsWritten } of files) {
    const held = heldAt(join(folder, name));
    if (held !== undefined && !isAsWritten(held)) throw new ChangedFileError(name);
  }
}

function heldAt(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A page, as a file that tells whether anybody has changed it. @param page in HTML, with a head */
export function ownPage(name: string, page: string): OwnFile {
  const marked = page.replace(
    '</head>',
    () => `<meta name="as-written" content="${DIGEST_TO_COME}">\n</head>`,
  );
  return {
    name,
    content: withDigest(marked),
    isAsWritten: (held) => hasItsDigest(Buffer.from(held).toString('utf8')),
  };
}

/** Stands for the digest of a text in that text while it is taken. */
export const DIGEST_TO_COME = `sha256-${'0'.repeat(64)}`;
const MARK = /\bsha256-[0-9a-f]{64}\b/;

/** Fills in the digest of a text where it is to come. */
export function withDigest(text: string): string {
  return text.replace(DIGEST_TO_COME, digestOf(text));
}

/** Whether the first digest in a text is its own; of a text whose lines Git or a mail program ended as Windows does, too. */
export function hasItsDigest(text: string): boolean {
  const [digest] = MARK.exec(text) ?? [];
  if (digest === undefined) return false;
  const blank = text.replace(MARK, DIGEST_TO_COME);
  return [blank, blank.replaceAll('\r\n', '\n')].some((each) => digestOf(each) === digest);
}

function digestOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('hex')}`;
}
