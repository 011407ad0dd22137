/** That documents with a password are known: of Word, Excel and PowerPoint from before 2007, and of OpenDocument. Made by their specifications. */
import { deflateRawSync } from 'node:zlib';
import { lockedFile } from '../../../lib/contracts';

const lockOf = (bytes: Uint8Array) =>
  lockedFile({ bytes: bytes.length, slice: async (from, to) => bytes.slice(from, to) });

/** A compound file with one stream beside the root: of 4,096 bytes and more in sectors of its own, else in the root’s. */
function compoundOf(name: string, content: Buffer): Buffer {
  const SECTOR = 512;
  const END = 0xfffffffe;
  const short = content.length < 4_096;
  const data = Math.ceil(content.length / SECTOR);
  // Sector 0 the table, 1 the directory, 2 the table of short sectors, and then the content.
  const file = Buffer.alloc((1 + 3 + data) * SECTOR);
  const at = (sector: number) => (1 + sector) * SECTOR;
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(file);
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(1, 48);
  file.writeUInt32LE(4_096, 56);
  file.writeUInt32LE(2, 60);
  file.writeUInt32LE(END, 68);
  file.writeUInt32LE(0, 76);
  for (let n = 1; n < 109; n++) file.writeUInt32LE(0xffffffff, 76 + 4 * n);
  const next = [
    0xfffffffd,
    END,
    END,
    ...Array.from({ length: data }, (_, n) => (n + 1 < data ? 4 + n : END)),
  ];
  for (let n = 0; n < SECTOR / 4; n++) file.writeUInt32LE(next[n] ?? 0xffffffff, at(0) + 4 * n);
  const entry = (n: number, called: string, kind: number, start: number, bytes: number) => {
    const from = at(1) + 128 * n;
    file.write(called, from, 'utf16le');
    file.writeUInt16LE(2 * called.length + 2, from + 64);
    file[from + 66] = kind;
    file.writeUInt32LE(start, from + 116);
    file.writeUInt32LE(bytes, from + 120);
  };
  entry(0, 'Root Entry', 5, short ? 3 : END, short ? data * SECTOR : 0);
  entry(1, name, 2, short ? 0 : 3, content.length);
  content.copy(file, at(3));
  return file;
}

function wordOf(encrypted: boolean): Buffer {
  const content = Buffer.alloc(6_000);
  content.writeUInt16LE(0xa5ec, 0);
  content.writeUInt16LE(0x0200 | (encrypted ? 0x0100 : 0), 10);
  return compoundOf('WordDocument', content);
}

/** Records of a workbook, each by its number and its bytes. */
function excelOf(encrypted: boolean, name = 'Workbook'): Buffer {
  const record = (number: number, bytes: number) => {
    const made = Buffer.alloc(4 + bytes);
    made.writeUInt16LE(number);
    made.writeUInt16LE(bytes, 2);
    return made;
  };
  const content = Buffer.alloc(5_000);
  Buffer.concat([
    record(0x809, 16),
    // Write protection, which hides nothing.
    record(0x86, 0),
    ...(encrypted ? [record(0x2f, 54)] : []),
    record(0x42, 2),
    record(0x85, 14),
    // Behind the first sheet it would be of something else.
    record(0x2f, 54),
  ]).copy(content);
  return compoundOf(name, content);
}

function powerPointOf(encrypted: boolean): Buffer {
  const content = Buffer.alloc(60);
  content.writeUInt32LE(encrypted ? 0xf3d1c4df : 0xe391c05f, 12);
  return compoundOf('Current User', content);
}

it.each([
  ['Word', wordOf],
  ['Excel', excelOf],
  ['Excel 95', (encrypted: boolean) => excelOf(encrypted, 'Book')],
  ['PowerPoint', powerPointOf],
])('an older document of %s is locked where it says that it is encrypted', async (_, make) => {
  expect(await lockOf(make(true))).toBe('office');
  expect(await lockOf(make(false))).toBeUndefined();
  const whole = make(false);
  for (let end = 8; end < whole.length; end += 101)
    expect(await lockOf(whole.subarray(0, end))).toBeUndefined();
});

it.each(['EncryptionInfo', 'EncryptedPackage', '\tDRMContent'])(
  'a document with %s is locked',
  async (name) => {
    expect(await lockOf(compoundOf(name, Buffer.alloc(100)))).toBe('office');
  },
);

/** A document with its manifest, stored or packed. */
function openDocumentOf(manifest: string, packed: boolean): Buffer {
  const files = [
    ['mimetype', 'application/vnd.oasis.opendocument.spreadsheet', false],
    ['content.xml', '<encryption-data>', false],
    ['META-INF/manifest.xml', manifest, packed],
  ] as const;
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const [name, text, isPacked] of files) {
    const content = isPacked ? deflateRawSync(text) : Buffer.from(text);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50);
    local.writeUInt16LE(isPacked ? 8 : 0, 8);
    local.writeUInt32LE(content.length, 18);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50);
    entry.writeUInt16LE(isPacked ? 8 : 0, 10);
    entry.writeUInt32LE(content.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    locals.push(local, Buffer.from(name), content);
    entries.push(entry, Buffer.from(name));
    at += 30 + name.length + content.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

it.each([false, true])(
  'a document of OpenDocument is locked where its manifest says so (packed: %s)',
  async (packed) => {
    const file = (inner: string) =>
      `<manifest:manifest><manifest:file-entry manifest:full-path="content.xml">${inner}</manifest:file-entry></manifest:manifest>`;
    const encrypted = file('<manifest:encryption-data manifest:checksum="abc"/>');
    expect(await lockOf(openDocumentOf(encrypted, packed))).toBe('opendocument');
    expect(await lockOf(openDocumentOf(file(''), packed))).toBeUndefined();
    const whole = openDocumentOf(encrypted, packed);
    for (let end = 4; end < whole.length; end += 17)
      expect(await lockOf(whole.subarray(0, end))).toBeUndefined();
  },
);
