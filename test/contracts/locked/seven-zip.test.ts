/** That a 7-Zip archive with a password is known by its list of files, however that is packed, and an open one or a damaged one is not. */
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { lockedFile } from '../../../lib/contracts';
import { unpackLzma } from '../../../lib/contracts/locked/lzma';
import { BY_LZMA, LOCKED, OPEN, TEXT } from './seven-zips';

const fromBase64 = (text = '') => Buffer.from(text, 'base64');
const lockOf = (bytes: Uint8Array) =>
  lockedFile({ bytes: bytes.length, slice: async (from, to) => bytes.slice(from, to) });

it.each(Object.keys(LOCKED))('is locked where its list, packed by %s, says so', async (by) => {
  expect(await lockOf(fromBase64(LOCKED[by]))).toBe('7-zip');
});

it.each(Object.keys(OPEN))('is open where its list, packed by %s, does not', async (by) => {
  expect(await lockOf(fromBase64(OPEN[by]))).toBeUndefined();
});

it('says nothing where it is cut off, or what is in it is not what it says', async () => {
  for (const archive of [...Object.values(OPEN), ...Object.values(LOCKED)].map(fromBase64)) {
    for (let end = 6; end < archive.length; end += 7)
      expect(await lockOf(archive.subarray(0, end))).toBeUndefined();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), { minLength: 1 }),
        async (changes) => {
          const changed = Buffer.from(archive);
          for (const [at, byte] of changes) if (at >= 6) changed[at] = byte;
          expect(['7-zip', undefined]).toContain(await lockOf(changed));
        },
      ),
      { numRuns: 60 },
    );
  }
});

describe('LZMA', () => {
  const text = inflateSync(fromBase64(TEXT));

  it.each(Object.keys(BY_LZMA))('is unpacked as liblzma packed it: %s', (properties) => {
    const packed = fromBase64(BY_LZMA[Number(properties)]);
    expect(Buffer.from(unpackLzma(packed, Number(properties), text.length) ?? []).equals(text)).toBe(true);
  });

  it('comes to nothing or to wrong bytes where it is damaged, and to an end', () => {
    const [[properties = '', packed] = []] = Object.entries(BY_LZMA);
    fc.assert(
      fc.property(fc.nat(600), fc.nat(255), fc.nat(5_000), (at, byte, size) => {
        const changed = fromBase64(packed);
        changed[at] = byte;
        const unpacked = unpackLzma(changed, Number(properties), size);
        expect([undefined, size]).toContain(unpacked?.length);
      }),
      { numRuns: 300 },
    );
    expect(unpackLzma(fromBase64(packed), 225, 10)).toBeUndefined();
  });
});
