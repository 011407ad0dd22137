/**
 * SipHash-2-4 with 128 bits (Aumasson, Bernstein 2012, and their reference implementation): a keyed hash, made for short inputs
 * that an adversary chooses. Whoever does not know the key, which is drawn anew for each check, can do no better than chance:
 * 2^-128 for two given values, so about 2^-65 for any two among 2^32. Own code, since no library of npm has the form with
 * 128 bits without a BigInt for each word; node:crypto takes ten times as long for a value of ten bytes.
 */

/** The key, and the digest of the last call as four words of 32 bits. */
export class SipHash {
  readonly #k0: number;
  readonly #k1: number;
  readonly #k2: number;
  readonly #k3: number;
  word0 = 0;
  word1 = 0;
  word2 = 0;
  word3 = 0;

  /** @param key 16 bytes */
  constructor(key: Uint8Array) {
    const view = new DataView(key.buffer, key.byteOffset, 16);
    this.#k0 = view.getInt32(0, true);
    this.#k1 = view.getInt32(4, true);
    this.#k2 = view.getInt32(8, true);
    this.#k3 = view.getInt32(12, true);
  }

  /** Works out the digest of a range of bytes. Each of the four 64-bit words of the state is two of 32 here, low and high. */
  digest(bytes: Uint8Array, from: number, to: number): void {
    let v0l = this.#k0 ^ 0x70736575;
    let v0h = this.#k1 ^ 0x736f6d65;
    // 0xee tells the form with 128 bits from that with 64.
    let v1l = this.#k2 ^ 0x6e646f6d ^ 0xee;
    let v1h = this.#k3 ^ 0x646f7261;
    let v2l = this.#k0 ^ 0x6e657261;
    let v2h = this.#k1 ^ 0x6c796765;
    let v3l = this.#k2 ^ 0x79746573;
    let v3h = this.#k3 ^ 0x74656462;
    const length = to - from;
    const blocks = length >>> 3;
    // The last block holds what is left, and the length; then come four rounds for each half of the digest.
    const rounds = 2 * (blocks + 1) + 8;
    let at = from;
    let ml = 0;
    let mh = 0;
    for (let round = 0; round < rounds; round++) {
      if ((round & 1) === 0 && round <= 2 * blocks) {
        if (round < 2 * blocks) {
          ml =
            (bytes[at] ?? 0) |
            ((bytes[at + 1] ?? 0) << 8) |
            ((bytes[at + 2] ?? 0) << 16) |
            ((bytes[at + 3] ?? 0) << 24);
          mh =
            (bytes[at + 4] ?? 0) |
            ((bytes[at + 5] ?? 0) << 8) |
            ((bytes[at + 6] ?? 0) << 16) |
            ((bytes[at + 7] ?? 0) << 24);
          at += 8;
        } else {
          ml = 0;
          mh = (length & 0xff) << 24;
          for (let n = 0; at < to; at++, n++) {
            if (n < 4) ml |= (bytes[at] ?? 0) << (8 * n);
            else mh |= (bytes[at] ?? 0) << (8 * (n - 4));
          }
        }
        v3l ^= ml;
        v3h ^= mh;
      }

      // v0 += v1; v1 <<<= 13; v1 ^= v0; v0 <<<= 32
      let low = (v0l >>> 0) + (v1l >>> 0);
      v0h = (v0h + v1h + (low > 0xffffffff ? 1 : 0)) | 0;
      v0l = low | 0;
      let turned = (v1l << 13) | (v1h >>> 19);
      v1h = ((v1h << 13) | (v1l >>> 19)) ^ v0h;
      v1l = turned ^ v0l;
      turned = v0l;
      v0l = v0h;
      v0h = turned;
      // v2 += v3; v3 <<<= 16; v3 ^= v2
      low = (v2l >>> 0) + (v3l >>> 0);
      v2h = (v2h + v3h + (low > 0xffffffff ? 1 : 0)) | 0;
      v2l = low | 0;
      turned = (v3l << 16) | (v3h >>> 16);
      v3h = ((v3h << 16) | (v3l >>> 16)) ^ v2h;
      v3l = turned ^ v2l;
      // v0 += v3; v3 <<<= 21; v3 ^= v0
      low = (v0l >>> 0) + (v3l >>> 0);
      v0h = (v0h + v3h + (low > 0xffffffff ? 1 : 0)) | 0;
      v0l = low | 0;
      turned = (v3l << 21) | (v3h >>> 11);
      v3h = ((v3h << 21) | (v3l >>> 11)) ^ v0h;
      v3l = turned ^ v0l;
      // v2 += v1; v1 <<<= 17; v1 ^= v2; v2 <<<= 32
      low = (v2l >>> 0) + (v1l >>> 0);
      v2h = (v2h + v1h + (low > 0xffffffff ? 1 : 0)) | 0;
      v2l = low | 0;
      turned = (v1l << 17) | (v1h >>> 15);
      v1h = ((v1h << 17) | (v1l >>> 15)) ^ v2h;
      v1l = turned ^ v2l;
      turned = v2l;
      v2l = v2h;
      v2h = turned;

      if ((round & 1) === 1 && round <= 2 * blocks + 1) {
        v0l ^= ml;
        v0h ^= mh;
        if (round === 2 * blocks + 1) v2l ^= 0xee;
      }
      if (round === rounds - 5) {
        this.word0 = v0l ^ v1l ^ v2l ^ v3l;
        this.word1 = v0h ^ v1h ^ v2h ^ v3h;
        v1l ^= 0xdd;
      }
    }
    this.word2 = v0l ^ v1l ^ v2l ^ v3l;
    this.word3 = v0h ^ v1h ^ v2h ^ v3h;
  }
}
