/**
 * The header of an age file, read strictly: whatever differs from the format by a character is a fault. Pure; no key is needed.
 * @see https://c2sp.org/age
 */

const VERSION = 'age-encryption.org/v1';
const LF = 10;
/** A line of a body that goes on has so many characters; the last has fewer. */
const BODY_LINE = 64;
const MAC_BYTES = 32;

/** What the file key was encrypted for, once. */
export interface Stanza {
  readonly type: string;
  readonly args: readonly string[];
  readonly bodyBytes: number;
}

/** A header, what is wrong with one and at which byte, or that it goes on beyond the bytes that were given. */
export type AgeHeader =
  | { readonly is: 'header'; readonly bytes: number; readonly stanzas: readonly Stanza[] }
  | { readonly is: 'fault'; readonly byte: number }
  | { readonly is: 'cut' };

/** Reads the header at the beginning of a file. @param most stanzas; with more it is at fault */
export function readAgeHeader(bytes: Uint8Array, most: number): AgeHeader {
  const lines = new Lines(bytes);
  const version = lines.next();
  if (version !== VERSION) return lines.faultOrCut(version);
  const stanzas: Stanza[] = [];
  for (;;) {
    const at = lines.at;
    const line = lines.next();
    if (line === undefined) return lines.faultOrCut(line);
    if (line.startsWith('--- ')) {
      const isMac = base64Bytes(line.slice(4)) === MAC_BYTES && stanzas.length > 0;
      return isMac ? { is: 'header', bytes: lines.at, stanzas } : { is: 'fault', byte: at };
    }
    const [arrow, type, ...args] = line.split(' ');
    if (arrow !== '->' || !type || args.some((each) => each === '') || stanzas.length === most)
      return { is: 'fault', byte: at };
    const bodyBytes = body(lines);
    if (typeof bodyBytes !== 'number') return bodyBytes;
    stanzas.push({ type, args, bodyBytes });
  }
}

function body(lines: Lines): number | Exclude<AgeHeader, { is: 'header' }> {
  for (let all = 0; ; ) {
    const at = lines.at;
    const line = lines.next();
    if (line === undefined) return lines.faultOrCut(line);
    const bytes = base64Bytes(line);
    if (bytes === undefined || line.length > BODY_LINE) return { is: 'fault', byte: at };
    all += bytes;
    if (line.length < BODY_LINE) return all;
  }
}

/** How many bytes a text of base64 without padding stands for; nothing where it is not the one way to write them. */
export function base64Bytes(text: string): number | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64').replace(/=+$/, '') === text ? bytes.length : undefined;
}

/** Lines of printable ASCII that end with a line feed. */
class Lines {
  at = 0;
  #isFaulty = false;

  constructor(private readonly bytes: Uint8Array) {}

  /** Nothing where it has no end, or holds what no header has. */
  next(): string | undefined {
    const end = this.bytes.indexOf(LF, this.at);
    const line = this.bytes.subarray(this.at, end < 0 ? undefined : end);
    if (line.some((byte) => byte < 0x20 || byte > 0x7e)) this.#isFaulty = true;
    if (end < 0 || this.#isFaulty) return undefined;
    this.at = end + 1;
    return Buffer.from(line).toString('latin1');
  }

  /** After a line that does not do. */
  faultOrCut(line: string | undefined): Exclude<AgeHeader, { is: 'header' }> {
    if (line === undefined && !this.#isFaulty) return { is: 'cut' };
    return { is: 'fault', byte: line === undefined ? this.at : 0 };
  }
}
