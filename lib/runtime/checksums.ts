/** Checksums on this computer: CRCs (Node knows CRC-32 only from 20.15) and XXHash as WebAssembly, the others by Node. */
import { createHash } from 'node:crypto';
import {
  createCRC32,
  createCRC64,
  createXXHash3,
  createXXHash64,
  createXXHash128,
  type IHasher,
} from 'hash-wasm';
import type { Algorithm, Checksums, Running } from './checksum-algorithms';

/** The polynomial of CRC-64/NVME, its lowest power first. All else it has in common with the one of the library. */
const NVME = '9a6c9329ac4bc9b5';
const CASTAGNOLI = 0x82f63b78;

/** Makes checksums. Those in WebAssembly are used again once they have ended: each has memory of its own. */
export function checksumsHere(): Checksums {
  const idle = new Map<Algorithm, IHasher[]>();
  const pooled = async (algorithm: Algorithm, make: () => Promise<IHasher>): Promise<Running> => {
    const mine = idle.get(algorithm) ?? [];
    idle.set(algorithm, mine);
    const hasher = mine.pop() ?? (await make());
    hasher.init();
    return {
      update: (bytes) => void hasher.update(bytes),
      digest: () => {
        const digest = hasher.digest('binary');
        mine.push(hasher);
        return digest;
      },
    };
  };
  return async (algorithm) => {
    switch (algorithm) {
      case 'CRC64NVME':
        return pooled(algorithm, () => createCRC64(NVME));
      case 'CRC32C':
        return pooled(algorithm, () => createCRC32(CASTAGNOLI));
      case 'CRC32':
        return pooled(algorithm, () => createCRC32());
      case 'XXHASH64':
        return pooled(algorithm, () => createXXHash64());
      case 'XXHASH3':
        return pooled(algorithm, () => createXXHash3());
      case 'XXHASH128':
        return pooled(algorithm, () => createXXHash128());
      case 'MD5':
      case 'SHA1':
      case 'SHA256':
      case 'SHA512':
        return createHash(algorithm.toLowerCase());
    }
  };
}
