/**
 * Files as one archive that every system opens: a receipt is several files, and a browser hands over one.
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06
 */

const BLOCK = 512;

/**
 * The archive.
 * @param files by their paths: ASCII, of at most 100 characters
 * @param modified in milliseconds since 1970
 * @throws RangeError for a path that does not fit
 */
export function tarOf(files: ReadonlyMap<string, Uint8Array>, modified: number): Uint8Array<ArrayBuffer> {
  const blocks = [...files.values()].reduce((sum, { length }) => sum + 1 + Math.ceil(length / BLOCK), 2);
  const all = new Uint8Array(blocks * BLOCK);
  let at = 0;
  for (const [path, bytes] of files) {
    all.set(headOf(path, bytes.length, modified), at);
    all.set(bytes, at + BLOCK);
    at += (1 + Math.ceil(bytes.length / BLOCK)) * BLOCK;
  }
  return all;
}

function headOf(path: string, bytes: number, modified: number): Uint8Array {
  if (!/^[\x21-\x7e]{1,100}$/.test(path)) throw new RangeError(`${path} does not fit into an archive`);
  const head = new Uint8Array(BLOCK);
  const write = (offset: number, text: string) => head.set(new TextEncoder().encode(text), offset);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  write(0, path);
  write(100, octal(0o644, 7));
  write(108, octal(0, 7));
  write(116, octal(0, 7));
  write(124, octal(bytes, 11));
  write(136, octal(Math.floor(modified / 1000), 11));
  write(148, ' '.repeat(8));
  write(156, '0');
  write(257, 'ustar\0' + '00');
  write(
    148,
    `${octal(
      head.reduce((sum, byte) => sum + byte, 0),
      6,
    )} `,
  );
  return head;
}
