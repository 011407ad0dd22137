/** Bytes as lines, whichever pieces they come in. All lines of a message end alike: programs differ on those that do not. */
import { MESSAGE_LIMITS } from '../wire';
import { MessageFault } from './outline';

const LF = 10;
const CR = 13;

/** Takes bytes, and hands over each line without its end. */
export class Lines {
  #rest = new Uint8Array(256);
  #kept = 0;
  #line = 0;
  #ending: 'crlf' | 'lf' | undefined;

  /** @param take gets a line and its number, from 1; it may not keep the bytes */
  constructor(private readonly take: (line: Uint8Array, number: number) => void) {}

  /** @throws MessageFault for a line that is too long or ends otherwise than those before, and what `take` throws */
  push(piece: Uint8Array): void {
    let from = 0;
    for (let end = piece.indexOf(LF); end >= 0; end = piece.indexOf(LF, from)) {
      this.#whole(piece.subarray(from, end), true);
      from = end + 1;
    }
    this.#keep(piece.subarray(from));
  }

  /** The last line need not end. */
  end(): void {
    if (this.#kept > 0) this.#whole(new Uint8Array(), false);
  }

  /** How many lines have been taken. */
  get count(): number {
    return this.#line;
  }

  #whole(tail: Uint8Array, ended: boolean): void {
    let line = tail;
    if (this.#kept > 0) {
      this.#keep(tail);
      line = this.#rest.subarray(0, this.#kept);
      this.#kept = 0;
    }
    this.#line += 1;
    if (ended) {
      const ending = line.at(-1) === CR ? 'crlf' : 'lf';
      this.#ending ??= ending;
      if (ending !== this.#ending) throw new MessageFault('line-ends', this.#line);
      if (ending === 'crlf') line = line.subarray(0, -1);
    }
    if (line.length > MESSAGE_LIMITS.lineBytes) throw new MessageFault('line-too-long', this.#line);
    if (line.includes(CR)) throw new MessageFault('line-ends', this.#line);
    this.take(line, this.#line);
  }

  #keep(bytes: Uint8Array): void {
    const size = this.#kept + bytes.length;
    if (size > MESSAGE_LIMITS.lineBytes + 1) throw new MessageFault('line-too-long', this.#line + 1);
    if (size > this.#rest.length) {
      const larger = new Uint8Array(Math.max(size, this.#rest.length * 2));
      larger.set(this.#rest.subarray(0, this.#kept));
      this.#rest = larger;
    }
    this.#rest.set(bytes, this.#kept);
    this.#kept = size;
  }
}

/** A line as text, each byte one character. */
export function latin1Of(line: Uint8Array): string {
  let text = '';
  for (const byte of line) text += String.fromCharCode(byte);
  return text;
}

/** A line of ASCII as text. @returns undefined where a byte is none that is printed, a tab apart */
export function asciiOf(line: Uint8Array): string | undefined {
  let text = '';
  for (const byte of line) {
    if (byte > 126 || (byte < 32 && byte !== 9)) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}
