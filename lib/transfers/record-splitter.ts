/**
 * Splits `{"Records":[…]}` into its records as bytes come, and keeps no more of them than one record. It looks at the
 * structure alone; whether a record is JSON, JSON.parse says.
 */
import { UnreadableFileError } from './unreadable-file';

/** A CloudTrail record has at most 256 KB, so anything this large is not one. */
const MOST_RECORD_BYTES = 16_000_000;
/** What stands before the list is short. */
const MOST_HEAD_BYTES = 65_536;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const HEAD = /^\s*\{\s*(?:"(?:[^"\\]|\\.)*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[\w.+-]+)\s*,\s*)*"Records"\s*:\s*\[/;

/** Splits one file. */
export class RecordSplitter {
  private state: 'head' | 'records' | 'tail' = 'head';
  private depth = 0;
  private inText = false;
  /** What is left of an earlier chunk: the head so far, or the beginning of a record. */
  private rest: Buffer = Buffer.alloc(0);
  private tail = '';

  /** Takes bytes and gives the records that are whole, each as its JSON. @throws UnreadableFileError */
  push(chunk: Buffer): string[] {
    if (this.state === 'tail') return this.end(chunk);
    let bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    let from = this.state === 'head' ? 0 : this.rest.length;
    this.rest = Buffer.alloc(0);
    if (this.state === 'head') {
      const head = HEAD.exec(bytes.toString('latin1', 0, MOST_HEAD_BYTES));
      if (!head) {
        if (bytes.length >= MOST_HEAD_BYTES)
          throw new UnreadableFileError('it does not begin with {"Records":[');
        this.rest = bytes;
        return [];
      }
      this.state = 'records';
      bytes = bytes.subarray(head[0].length);
      from = 0;
    }
    return this.split(bytes, from);
  }

  /** The end of the file. @throws UnreadableFileError where the list is not closed */
  finish(): void {
    if (this.state !== 'tail' || !/^\s*\}\s*$/.test(this.tail))
      throw new UnreadableFileError('it ends before its list of records does');
  }

  private split(bytes: Buffer, from: number): string[] {
    const records: string[] = [];
    let start = 0;
    let at = from;
    while (at < bytes.length) {
      if (this.inText) {
        at = this.endOfText(bytes, at);
        continue;
      }
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) this.inText = true;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.depth += 1;
      else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && this.depth > 0) this.depth -= 1;
      else if (this.depth === 0 && (byte === COMMA || byte === CLOSE_BRACKET)) {
        const record = bytes.toString('utf8', start, at).trim();
        if (record !== '') records.push(record);
        else if (byte === COMMA || start > 0) throw new UnreadableFileError('a record is empty');
        start = at + 1;
        if (byte === CLOSE_BRACKET) {
          this.state = 'tail';
          return [...records, ...this.end(bytes.subarray(start))];
        }
      }
      at += 1;
    }
    // A copy, or else the whole chunk would be kept for its last few bytes.
    this.rest = Buffer.from(bytes.subarray(start));
    if (this.rest.length > MOST_RECORD_BYTES) throw new UnreadableFileError('a record is too large');
    return records;
  }

  /** The first byte after the text, or the end of what there is. A text may end in another chunk than it began in. */
  private endOfText(bytes: Buffer, from: number): number {
    const quote = bytes.indexOf(QUOTE, from);
    if (quote === -1) return bytes.length;
    let slashes = 0;
    while (bytes[quote - 1 - slashes] === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) this.inText = false;
    return quote + 1;
  }

  private end(bytes: Buffer): string[] {
    this.tail += bytes.toString('latin1');
    if (this.tail.length > MOST_HEAD_BYTES) throw new UnreadableFileError('much follows its list of records');
    return [];
  }
}
