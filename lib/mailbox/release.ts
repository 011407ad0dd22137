/** What tells one release of a page from every other. */
import { createHash } from 'node:crypto';

/** Files by their names. */
type Files = ReadonlyMap<string, { readonly bytes: Uint8Array }>;

/** What tells a release from every other: a line for each file, as `sha256sum` prints it, in the order of their names. */
export function releaseText(files: Files): string {
  const lines = [...files].map(
    ([name, { bytes }]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`,
  );
  return lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join('');
}

/** The digest of a release: the SHA-256 of that text, in hex. */
export function digestOfFiles(files: Files): string {
  return createHash('sha256').update(releaseText(files)).digest('hex');
}

/** The file that holds that text beside the others. It is named by its digest, so that whoever records its name records the release. */
export function releaseFile(digest: string): string {
  return `release-${digest}.txt`;
}
