/** The checksums of this computer, by the check values of the catalogue and of their standards. */
import { ALGORITHMS, type Algorithm, checksumsHere } from '../../lib/runtime';

/**
 * Of `123456789`. Those of XXHash were worked out by the program `xxhsum`’s library for Python, xxhash 3.6.
 * @see https://reveng.sourceforge.io/crc-catalogue/all.htm
 */
const CHECK: Readonly<Record<Algorithm, string>> = {
  CRC64NVME: 'ae8b14860a799888',
  CRC32: 'cbf43926',
  CRC32C: 'e3069283',
  SHA1: 'f7c3bc1d808e04732adf679965ccc34ca7ae3441',
  SHA512:
    'd9e6762dd1c8eaf6d61b3c6192fc408d4d6d5f1176d0c29169bc24e71c3f274ad27fcd5811b313d681f7e55ec02d73d499c95455b6b5bb503acf574fba8ffe85',
  MD5: '25f9e794323b453885f5181f1b624d0b',
  XXHASH64: '8cb841db40e6ae83',
  XXHASH3: '72dcb18b67a17dff',
  XXHASH128: '33119477ede5dcd5e9716427681d5860',
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

it('writes XXHash as S3 does: its highest byte first', async () => {
  const sum = await checksumsHere()('XXHASH64');
  sum.update(Buffer.from('hello world'));
  // As S3 takes it: https://github.com/aws/aws-sdk-go-v2/issues/3404
  expect(Buffer.from(sum.digest()).toString('base64')).toBe('RatnNLIeaWg=');
});
