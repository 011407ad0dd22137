/** That a locked file is known wherever it says so, and that one which only mentions it is not taken for locked. */
import { lockedFile } from '../../../lib/contracts';
import { parquetOf, TEXT } from '../parquet/write';
import { GOOD, LOCKED, REFUSED } from '../unpack/archives';

const lockOf = (bytes: Uint8Array) =>
  lockedFile({ bytes: bytes.length, slice: async (from, to) => bytes.slice(from, to) });
const fromBase64 = (text = '') => Buffer.from(text, 'base64');

/** An archive of empty files, of which some have the flag of encryption in the directory alone, where it is meant. */
function archiveOf(locked: readonly boolean[], comment = ''): Buffer {
  const files = locked.map((flag, n) => {
    const name = Buffer.from(`f${n}`);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50);
    entry.writeUInt16LE(flag ? 1 : 0, 8);
    entry.writeUInt16LE(name.length, 28);
    return { local: Buffer.concat([local, name]), entry: Buffer.concat([entry, name]) };
  });
  const body = Buffer.concat(files.map(({ local }) => local));
  const directory = Buffer.concat(files.map(({ entry }) => entry));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(body.length, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([body, directory, end, Buffer.from(comment)]);
}

describe('an archive', () => {
  it('is locked where any of its files is, the first or the last of many', async () => {
    const many = Array.from({ length: 300 }, () => false);
    expect(await lockOf(archiveOf([...many, true]))).toBe('zip');
    expect(await lockOf(archiveOf([...many, true], 'a comment'))).toBe('zip');
    expect(await lockOf(fromBase64(LOCKED))).toBe('zip');
    expect(await lockOf(archiveOf(many))).toBeUndefined();
  });

  it.each([...Object.entries(GOOD), ...Object.entries(REFUSED)])('is open: %s', async (_, archive) => {
    const bytes = fromBase64(archive);
    expect(await lockOf(bytes)).toBeUndefined();
    for (let end = 4; end < bytes.length; end += 11)
      expect(await lockOf(bytes.subarray(0, end))).toBeUndefined();
  });
});

/** A compound file whose directory lies behind so many sectors, and tells of these streams. */
function compoundOf(names: readonly string[], before: number, shift: 9 | 12 = 9): Buffer {
  const size = 2 ** shift;
  const numbers = size / 4;
  const first = before;
  const perSector = size / 128;
  const directories = Math.ceil(names.length / perSector);
  const count = before + directories;
  const tables = Math.ceil((count + count / 64 + 8) / numbers);
  const total = count + tables;
  const lists = Math.max(0, Math.ceil((tables - 109) / (numbers - 1)));
  const file = Buffer.alloc((1 + total + lists) * size);
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(file);
  file.writeUInt16LE(shift, 30);
  file.writeUInt32LE(first, 48);
  file.writeUInt32LE(lists > 0 ? total : 0xfffffffe, 68);
  for (let n = 0; n < Math.max(109, tables); n++) {
    const number = n < tables ? count + n : 0xffffffff;
    if (n < 109) file.writeUInt32LE(number, 76 + 4 * n);
    else {
      const list = Math.floor((n - 109) / (numbers - 1));
      file.writeUInt32LE(number, (1 + total + list) * size + 4 * ((n - 109) % (numbers - 1)));
    }
  }
  for (let n = 0; n < lists; n++)
    file.writeUInt32LE(n + 1 < lists ? total + n + 1 : 0xfffffffe, (1 + total + n + 1) * size - 4);
  for (let n = 0; n < directories; n++)
    file.writeUInt32LE(
      n + 1 < directories ? first + n + 1 : 0xfffffffe,
      (1 + count) * size + 4 * (first + n),
    );
  names.forEach((name, n) => {
    const at = (1 + first) * size + 128 * n;
    file.write(name, at, 'utf16le');
    file.writeUInt16LE(2 * name.length + 2, at + 64);
  });
  return file;
}

it.each([
  ['in its second sector', 1, 9],
  ['behind 100 sectors', 100, 9],
  ['behind more sectors than the header has tables of', 15_000, 9],
  ['behind large sectors', 30, 12],
] as const)('a document of Office with a password is known by its directory %s', async (_, before, shift) => {
  const streams = Array.from({ length: 9 }, (__, n) => `Stream ${n}`);
  expect(await lockOf(compoundOf(['Root Entry', ...streams, 'EncryptedPackage'], before, shift))).toBe(
    'office',
  );
  expect(await lockOf(compoundOf(['Root Entry', ...streams, 'WordDocument'], before, shift))).toBeUndefined();
});

it('a damaged compound file ends the search', async () => {
  const file = compoundOf(['Root Entry', 'a', 'b', 'c', 'd'], 40);
  // The directory goes on where it begins.
  file.writeUInt32LE(40, (1 + 42) * 512 + 4 * 40);
  expect(await lockOf(file)).toBeUndefined();
  for (let end = 8; end < file.length; end += 501)
    expect(await lockOf(file.subarray(0, end))).toBeUndefined();
});

/** A PDF that ends by a table of cross-references, or by a stream of them. */
function pdfOf(encrypted: boolean, { objects = 3, stream = false, text = '' } = {}): Buffer {
  const head = `%PDF-1.7\n1 0 obj\n<< /Length ${text.length} >>\nstream\n${text}\nendstream\nendobj\n${' '.repeat(5_000)}\n`;
  const encrypt = encrypted ? ' /Encrypt 9 0 R' : '';
  const end = `startxref\n${head.length}\n%%EOF\n`;
  if (stream)
    return Buffer.from(
      `${head}7 0 obj\n<< /Type /XRef /Size ${objects}${encrypt} /W [1 2 1] >>\nstream\n${'x'.repeat(9_000)}\nendstream\nendobj\n${end}`,
    );
  const entries = '0000000000 65535 f \n'.repeat(objects);
  return Buffer.from(
    `${head}xref\n0 ${objects}\n${entries}trailer\n<< /Size ${objects} /Root 1 0 R${encrypt} >>\n${' '.repeat(5_000)}\n${end}`,
  );
}

it.each([
  ['a table', {}],
  ['a long table', { objects: 4_000 }],
  ['a stream', { stream: true }],
  ['content that mentions it', { text: 'trailer << /Encrypt 9 0 R >>' }],
])('a PDF with %s is locked where it names what it is encrypted by', async (_, form) => {
  expect(await lockOf(pdfOf(true, form))).toBe('pdf');
  expect(await lockOf(pdfOf(false, form))).toBeUndefined();
  const open = pdfOf(false, { ...form, text: '' });
  for (let end = 6; end < open.length; end += 997)
    expect(await lockOf(open.subarray(0, end))).toBeUndefined();
});

it('Parquet with an encrypted footer is known by its end', async () => {
  const file = parquetOf([{ name: 'a', part: TEXT, values: ['x'] }]);
  expect(await lockOf(file)).toBeUndefined();
  const locked = Buffer.from(file);
  locked.write('PARE', locked.length - 4);
  expect(await lockOf(locked)).toBe('parquet');
  for (let end = 4; end < file.length; end += 7) expect(await lockOf(file.subarray(0, end))).toBeUndefined();
});
