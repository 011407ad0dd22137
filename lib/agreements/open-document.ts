/** A document as an OpenDocument text: a zip archive whose first file says what it is, in clear. */
import { strToU8, type Zippable, zipSync } from 'fflate';
import { type Document, documentOdf } from '../words';

/** Archives say when their files were written. One moment for all, or the same document would be other bytes each time. */
const WRITTEN = new Date(2000, 0, 1);

/**
 * The file. The same document gives the same bytes.
 * @see https://docs.oasis-open.org/office/OpenDocument/v1.3/os/part2-packages/OpenDocument-v1.3-os-part2-packages.html
 */
export function openDocumentText(title: string, page: Document): Uint8Array {
  const files: Zippable = {};
  for (const { path, text } of documentOdf(title, page))
    files[path] = [strToU8(text), { level: path === 'mimetype' ? 0 : 9, mtime: WRITTEN }];
  return zipSync(files);
}
