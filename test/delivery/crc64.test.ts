/** Joining the checksums of neighbours. */
import fc from 'fast-check';
import { crc64From, crc64OfPieces, crc64Text, joinedCrc64 } from '../../lib/delivery/crc64';
import { crc64 } from './collect/memory';

it('comes to the checksum of the whole, however it is taken apart', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }), (pieces) => {
      const whole = Buffer.concat(pieces);
      const sums = pieces.map((piece) => ({ crc: crc64(piece), bytes: piece.length }));
      expect(crc64OfPieces(sums)).toBe(crc64(whole));
    }),
    { numRuns: 50 },
  );
});

it('knows the check value of the catalogue, and writes it as S3 does', () => {
  const check = crc64(Buffer.from('123456789'));
  expect(check.toString(16)).toBe('ae8b14860a799888');
  expect(joinedCrc64(crc64(Buffer.from('1234')), crc64(Buffer.from('56789')), 5)).toBe(check);
  expect(crc64Text(check)).toBe(Buffer.from('ae8b14860a799888', 'hex').toString('base64'));
  expect(crc64From(Buffer.from('ae8b14860a799888', 'hex'))).toBe(check);
});
