/** That objects of every size are divided as S3 takes them, and that their checksum comes of those of the parts. */
import fc from 'fast-check';
import { joinedCrc64 } from '../../lib/delivery/crc64';
import { planOfParts, rangeOfPart, S3_PARTS } from '../../lib/delivery/parts';
import { crc64 } from './memory-store';

const MIB = 1_048_576;
const GIB = 1024 * MIB;

test.each([
  [0, undefined],
  [16 * MIB, undefined],
  [16 * MIB + 1, { partBytes: 16 * MIB, count: 2 }],
  [5_000_000_000, { partBytes: 16 * MIB, count: 299 }],
  // The largest that the usual parts hold, and one byte more.
  [10_000 * 16 * MIB, { partBytes: 16 * MIB, count: 10_000 }],
  [10_000 * 16 * MIB + 1, { partBytes: 17 * MIB, count: 9_412 }],
  [5_000_000_000_000, { partBytes: 477 * MIB, count: 9_997 }],
  // The largest object of S3: AWS calls it 50 TB and 48.8 TiB.
  [53_687_091_200_000, { partBytes: 5 * GIB, count: 10_000 }],
])('%d bytes', (bytes, plan) => {
  expect(planOfParts(bytes)).toEqual(plan && { bytes, ...plan });
});

test('more than S3 holds has no plan', () => {
  expect(() => planOfParts(53_687_091_200_001)).toThrow(RangeError);
  expect(S3_PARTS.largestObject).toBe(53_687_091_200_000);
});

test('parts cover each byte once, in their order, and keep to the limits of S3', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: S3_PARTS.largestObject }), (bytes) => {
      const plan = planOfParts(bytes);
      if (plan === undefined) return expect(bytes).toBeLessThanOrEqual(S3_PARTS.largestPut);
      expect(plan.count).toBeLessThanOrEqual(S3_PARTS.most);
      expect(plan.partBytes).toBeLessThanOrEqual(S3_PARTS.largest);
      expect(plan.partBytes).toBeGreaterThanOrEqual(S3_PARTS.smallest);
      expect(rangeOfPart(plan, 1).from).toBe(0);
      expect(rangeOfPart(plan, plan.count).to).toBe(bytes);
      const middle = Math.ceil(plan.count / 2);
      if (middle < plan.count) expect(rangeOfPart(plan, middle).to).toBe(rangeOfPart(plan, middle + 1).from);
      const last = rangeOfPart(plan, plan.count);
      expect(last.to - last.from).toBeGreaterThan(0);
    }),
  );
});

test('the checksum of a whole comes of those of its parts, however it is divided', () => {
  // The check value of the catalogue.
  expect(crc64(Buffer.from('123456789'))).toBe(Buffer.from('ae8b14860a799888', 'hex').toString('base64'));
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 }), (parts) => {
      const runs = parts.map((part) => ({ crc64nvme: crc64(part), bytes: part.length }));
      expect(joinedCrc64(runs)).toBe(crc64(Buffer.concat(parts)));
    }),
  );
});

test('a checksum that is none is refused', () => {
  expect(() => joinedCrc64([{ crc64nvme: 'AAAA', bytes: 1 }])).toThrow(TypeError);
});
