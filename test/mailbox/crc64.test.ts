/** That the checksum of browsers is that of S3: held against one that goes byte by byte, in whatever pieces the bytes come. */
import fc from 'fast-check';
import { runningCrc64 } from '../../lib/mailbox/page/store/crc64';
import { crc64 } from '../../lib/mailbox/play/buckets';
import { crc64 as byteByByte } from '../delivery/memory-store';

it('knows the check value of the catalogue', () => {
  expect(Buffer.from(crc64(Buffer.from('123456789')), 'base64').toString('hex')).toBe('ae8b14860a799888');
});

it('comes to the same whatever the pieces are', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 12 }), (pieces) => {
      const running = runningCrc64();
      for (const piece of pieces) running.update(piece);
      expect(Buffer.from(running.digest()).toString('base64')).toBe(byteByByte(Buffer.concat(pieces)));
    }),
  );
});
