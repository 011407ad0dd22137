/** Whether lines are base64 (RFC 2045, section 6.8). Programs skip what is none, each otherwise, and so come to other files. */
import { MessageFault } from './outline';

const PAD = 61;
const IS_DIGIT = new Uint8Array(256);
for (const digit of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
  IS_DIGIT[digit.charCodeAt(0)] = 1;

/** Takes the lines of one body. */
export class Base64Form {
  #digits = 0;
  #pads = 0;

  /** @throws MessageFault */
  take(line: Uint8Array, number: number): void {
    for (const byte of line) {
      if (byte === PAD) this.#pads += 1;
      else if (IS_DIGIT[byte] === 1 && this.#pads === 0) this.#digits += 1;
      else throw new MessageFault('base64', number);
    }
    if (this.#pads > 2) throw new MessageFault('base64', number);
  }

  /** @param number the line after its last @throws MessageFault */
  end(number: number): void {
    if ((this.#digits + this.#pads) % 4 !== 0) throw new MessageFault('base64', number);
  }
}
