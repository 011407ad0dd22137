/**
 * Whether a document of OpenDocument has a password: its manifest then says of its files how each is encrypted. To zip they are
 * files like any other.
 * @see https://docs.oasis-open.org/office/OpenDocument/v1.3/os/part2-packages/OpenDocument-v1.3-os-part2-packages.html#__RefHeading__752855_826425813
 */
import { inflateRawSync } from 'node:zlib';
import type { SlicedFile } from './sliced-file';
import type { ZipEntry } from './zip-directory';

const MANIFEST = 'META-INF/manifest.xml';
const HEADER_BYTES = 30;
/** Far more than a document’s manifest has. */
const MOST_BYTES = 16_000_000;
const [STORED, DEFLATED] = [0, 8];

/** Whether it has. A manifest that cannot be read says nothing. */
export async function isLockedOpenDocument(
  { bytes, slice }: SlicedFile,
  entries: readonly ZipEntry[],
): Promise<boolean> {
  const manifest = entries.find(({ name }) => name === MANIFEST);
  if (!manifest || manifest.packed > MOST_BYTES || manifest.from + HEADER_BYTES > bytes) return false;
  const header = Buffer.from(await slice(manifest.from, manifest.from + HEADER_BYTES));
  const from = manifest.from + HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (from + manifest.packed > bytes) return false;
  const text = textOf(Buffer.from(await slice(from, from + manifest.packed)), manifest.method);
  return /<(?:[\w.-]+:)?encryption-data[\s>]/.test(text);
}

function textOf(bytes: Buffer, method: number): string {
  if (method === STORED) return bytes.toString('utf8');
  if (method !== DEFLATED) return '';
  try {
    return inflateRawSync(bytes, { maxOutputLength: MOST_BYTES }).toString('utf8');
  } catch {
    return '';
  }
}
