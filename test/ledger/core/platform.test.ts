/** That what stands in for Node’s own functions does the same: hashing, base 64, Ed25519. */
import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import * as node from '../../../lib/ledger/core/platform/node';
import * as portable from '../../../lib/ledger/core/platform/portable';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

it('hashes and writes base 64 alike', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3_000 }), (bytes) => {
      expect(hex(portable.sha256(bytes))).toBe(hex(node.sha256(bytes)));
      const text = node.toBase64(bytes);
      expect(portable.toBase64(bytes)).toBe(text);
      expect(hex(portable.readBase64(text))).toBe(hex(node.readBase64(text)));
    }),
  );
});

it('judges Ed25519 signatures alike, right and wrong', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat({ max: 96 * 8 - 1 }), (message, bit) => {
      const right = sign(null, message, privateKey);
      const wrong = Buffer.concat([right, key]);
      wrong[bit >> 3] = (wrong[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      for (const { verifyEd25519 } of [node, portable]) {
        expect(verifyEd25519(right, message, key)).toBe(true);
        expect(verifyEd25519(wrong.subarray(0, 64), message, wrong.subarray(64))).toBe(false);
      }
    }),
    { numRuns: 40 },
  );
});
