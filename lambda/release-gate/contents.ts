/** One reading of a version: its bytes as the engine asks for them, and what was seen of them on the way. */
import { createHash } from 'node:crypto';
import type { Source } from '../../lib/contracts';
import type { Deposits, Head, Version } from './ports';

/** The bytes of a version. */
export class Contents implements Source {
  readonly bytes: number;
  /** SHA-256 in hex, once all bytes were read in one go, and S3’s checksum was held against them. */
  sha256: string | undefined;

  constructor(
    private readonly deposits: Pick<Deposits, 'read' | 'slice'>,
    private readonly version: Version,
    private readonly head: Head,
  ) {
    this.bytes = head.bytes;
  }

  async *read(from: number): AsyncIterable<Uint8Array> {
    if (from >= this.bytes && from > 0) return;
    const hash = from === 0 ? createHash('sha256') : undefined;
    for await (const piece of this.deposits.read(this.version, from, this.head.checksum)) {
      hash?.update(piece);
      yield piece;
    }
    this.sha256 ??= hash?.digest('hex');
  }

  async slice(from: number, to: number): Promise<Uint8Array> {
    if (to <= from) return new Uint8Array();
    return this.deposits.slice(this.version, from, to);
  }
}
