/** The binary form of SSH’s files: numbers of four bytes, and strings with their length before them (RFC 4251, section 5). */

/** A string with its length before it. */
export function sshString(content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Reads one part after the other. */
export class SshReader {
  #at = 0;
  constructor(private readonly bytes: Buffer) {}

  /** Whether all of it was read. */
  get isAtEnd(): boolean {
    return this.#at === this.bytes.length;
  }

  /** @throws RangeError where it ends before */
  number(): number {
    const value = this.bytes.readUInt32BE(this.#at);
    this.#at += 4;
    return value;
  }

  /** @throws RangeError where it ends before */
  string(): Buffer {
    return this.take(this.number());
  }

  /** @throws RangeError where it ends before */
  take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.bytes.length) throw new RangeError('it ends before its time');
    const part = this.bytes.subarray(this.#at, end);
    this.#at = end;
    return part;
  }
}
