/** SHA-256 in the form in which the SDK’s signer takes it, on Node’s own. */
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';

type Data = string | ArrayBuffer | ArrayBufferView;

/** A hash, or with a secret an HMAC. */
export class Sha256 {
  private state: Hash | Hmac;

  constructor(private readonly secret?: Data) {
    this.state = this.fresh();
  }

  update(data: Data): void {
    this.state.update(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.state.digest();
  }

  reset(): void {
    this.state = this.fresh();
  }

  private fresh(): Hash | Hmac {
    return this.secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(this.secret));
  }
}

function bytesOf(data: Data): string | Uint8Array {
  if (typeof data === 'string') return data;
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return new Uint8Array(data);
}
