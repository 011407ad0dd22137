/** That a RAR archive with a password is known by the headers of its files, or by that of all. Made by their specification. */
import { lockedFile } from '../../../lib/contracts';

const lockOf = (bytes: Uint8Array) =>
  lockedFile({ bytes: bytes.length, slice: async (from, to) => bytes.slice(from, to) });
const bytes = (...parts: (string | readonly number[] | Buffer)[]) =>
  Buffer.concat(
    parts.map((each) => (typeof each === 'string' ? Buffer.from(each, 'latin1') : Buffer.from(each))),
  );
const u16 = (n: number) => [n & 255, n >> 8];
const u32 = (n: number) => [...u16(n & 0xffff), ...u16(n >>> 16)];

/** Of a file: whether it has a password, and how long it is packed. */
type File = readonly [locked: boolean, packed: number];

function rar4(files: readonly File[], allLocked = false): Buffer {
  const main = bytes([0, 0, 0x73], u16(allLocked ? 0x80 : 0), u16(13), Array(6).fill(0));
  const parts = files.flatMap(([locked, packed]) => {
    const name = 'awards.csv';
    const head = bytes(
      [0, 0, 0x74],
      u16(0x8000 | (locked ? 4 : 0)),
      u16(32 + name.length),
      u32(packed),
      Array(21).fill(0),
      name,
    );
    return [head, Buffer.alloc(packed, 0xaa)];
  });
  return bytes('Rar!\x1a\x07\0', main, ...parts, [0, 0, 0x7b, 0, 0x40, 7, 0]);
}

const vint = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...vint(n >> 7)]);
/** The sum, how long it is, and the header itself. */
const header5 = (...parts: (string | readonly number[])[]) => {
  const body = bytes(...parts);
  return bytes([1, 2, 3, 4], vint(body.length), body);
};

function rar5(files: readonly File[], allLocked = false): Buffer {
  const parts = files.flatMap(([locked, packed]) => {
    const time = [2, 3, 0];
    const encryption = [34, 1, ...Array(33).fill(7)];
    const records = locked ? [...time, ...encryption] : time;
    const about = bytes(vint(0), vint(packed), vint(0), vint(0), vint(0), vint(10), 'awards.csv');
    return [
      header5(vint(2), vint(3), vint(records.length), vint(packed), [...about], records),
      Buffer.alloc(packed, 0xaa),
    ];
  });
  return bytes(
    'Rar!\x1a\x07\x01\0',
    ...(allLocked ? [header5(vint(4), vint(0), vint(0), vint(0), [15], Array(16).fill(9))] : []),
    header5(vint(1), vint(0), vint(0)),
    ...parts,
    header5(vint(5), vint(0), vint(0)),
  );
}

describe.each([
  ['4', rar4],
  ['5', rar5],
])('RAR %s', (_, make) => {
  const open: File[] = Array.from({ length: 40 }, (__, n) => [false, n * 5_000]);

  it('is open where no file has a password', async () => {
    expect(await lockOf(make([]))).toBeUndefined();
    expect(await lockOf(make(open))).toBeUndefined();
  });

  it('is locked where any has, the first or the last, or all together', async () => {
    expect(await lockOf(make([[true, 12]]))).toBe('rar');
    expect(await lockOf(make([...open, [true, 12]]))).toBe('rar');
    expect(await lockOf(make([], true))).toBe('rar');
  });

  it('says nothing more where it is cut off', async () => {
    const whole = make([...open.slice(0, 5), [true, 12]]);
    const head = whole.length - 80;
    for (let end = 6; end < head; end += 991) expect(await lockOf(whole.subarray(0, end))).toBeUndefined();
  });
});
