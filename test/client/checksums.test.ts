/** The checksums of this computer, by the check values of the catalogue and of their standards. */
import { checksumsHere } from '../../lib/client';
import { ALGORITHMS, type Algorithm } from '../../lib/delivery';

/** Of `123456789`. @see https://reveng.sourceforge.io/crc-catalogue/all.htm */
const CHECK: Readonly<Record<Algorithm, string>> = {
  CRC64NVME: 'ae8b14860a799888',
  CRC32: 'cbf43926',
  CRC32C: 'e3069283',
  SHA1: 'f7c3bc1d808e04732adf679965ccc34ca7ae3441',
  SHA256: '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225',
};

test.each(ALGORITHMS)(
  '%s comes to what it must, in pieces, side by side, and used again',
  async (algorithm) => {
    const checksums = checksumsHere();
    for (let time = 0; time < 2; time++) {
      const [one, other] = [await checksums(algorithm), await checksums(algorithm)];
      one.update(Buffer.from('1234'));
      other.update(Buffer.from('another'));
      one.update(Buffer.from('56789'));
      other.digest();
      expect(Buffer.from(one.digest()).toString('hex')).toBe(CHECK[algorithm]);
    }
  },
);
