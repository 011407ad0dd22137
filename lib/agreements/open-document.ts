/** A document as an OpenDocument text: a zip archive whose first file says what it is, in clear. */
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import { DIGEST_TO_COME, hasItsDigest, withDigest } from '../disk';
import { type Document, documentOdf } from '../words';

/** Archives say when their files were written. One moment for all, or the same document would be other bytes each time. */
const WRITTEN = new Date(2000, 0, 1);
const META = 'meta.xml';
/** Stands in no text of XML. */
const BETWEEN = '\0';
/** The document of the longest agreement that the register takes is well below it. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * The file, which holds a digest of itself. The same document gives the same bytes.
 * @see https://docs.oasis-open.org/office/OpenDocument/v1.3/os/part2-packages/OpenDocument-v1.3-os-part2-packages.html
 */
export function openDocumentText(title: string, page: Document): Uint8Array {
  const parts = documentOdf(title, page);
  const paths = parts.map(({ path }) => path);
  const texts = new Map(parts.map(({ path, text }) => [path, text]));
  texts.set(
    META,
    (texts.get(META) ?? '').replace(
      '</office:meta>',
      `<meta:user-defined meta:name="As written">${DIGEST_TO_COME}</meta:user-defined></office:meta>`,
    ),
  );
  const [meta = ''] = withDigest(asOne(paths, texts)).split(BETWEEN);
  texts.set(META, meta);
  const files: Zippable = {};
  for (const [path, text] of texts)
    files[path] = [strToU8(text), { level: path === 'mimetype' ? 0 : 9, mtime: WRITTEN }];
  return zipSync(files);
}

/** Whether a file is as `openDocumentText` wrote it: a word processor writes other parts, or other text into them. */
export function isOpenDocumentAsWritten(held: Uint8Array): boolean {
  try {
    const files = unzipSync(held, { filter: ({ originalSize }) => originalSize <= MOST_BYTES });
    const paths = Object.keys(files);
    const texts = new Map(paths.map((path) => [path, strFromU8(files[path] ?? new Uint8Array())]));
    return texts.has(META) && hasItsDigest(asOne(paths, texts));
  } catch {
    return false;
  }
}

/** The properties come first: the digest is the first there, whatever the document says. */
function asOne(paths: readonly string[], texts: ReadonlyMap<string, string>): string {
  return [META, ...paths.filter((path) => path !== META)]
    .flatMap((path) => [texts.get(path) ?? '', path])
    .join(BETWEEN);
}
