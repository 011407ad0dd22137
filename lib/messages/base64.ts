/** Base64 in lines of 76 digits, as mail has it (RFC 2045, section 6.8). Runs in browsers, which have no Buffer. */
import { base64 } from '@scure/base';

/** So many bytes at a time: 1,000 lines. */
const AT_ONCE = 57_000;
const BYTES_OF_LINE = 57;

/** Base64 in one line. */
export function base64Of(bytes: Uint8Array): string {
  return base64.encode(bytes);
}

/** Base64 in lines that each end, some at a time. */
export function* base64Lines(bytes: Uint8Array): Generator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  for (let from = 0; from < bytes.length; from += AT_ONCE) {
    const some = bytes.subarray(from, Math.min(from + AT_ONCE, bytes.length));
    let lines = '';
    for (let at = 0; at < some.length; at += BYTES_OF_LINE)
      lines += `${base64.encode(some.subarray(at, at + BYTES_OF_LINE))}\r\n`;
    yield encoder.encode(lines);
  }
}
