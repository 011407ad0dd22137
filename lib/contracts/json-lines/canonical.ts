/** One spelling for each value of JSON, by which items of a list are told to be the same. */
import * as characters from './characters';
import { decodeString } from './decode';
import { endOfString, pastMany, pastNumber, pastSpace, pastWord } from './scan';

// Kept here: where modules are not bundled, a name of another is looked up at each use, which is once for each byte.
const { isDigit, LIST, LIST_END, MINUS, OBJECT, OBJECT_END, QUOTE } = characters;

/**
 * The spelling of a value: members in the order of their names, strings without escapes, numbers without zeros at their end.
 * Two values are the same where their spellings are. @param start its first byte; it is known to be JSON
 */
export function canonicalValue(bytes: Uint8Array, start: number): string {
  return spell(bytes, start).text;
}

interface Spelt {
  readonly text: string;
  readonly end: number;
}

function spell(bytes: Uint8Array, start: number): Spelt {
  const byte = bytes[start];
  if (byte === QUOTE) {
    const quote = endOfString(bytes, start + 1);
    const decoded = new Uint8Array(quote - start);
    const to = decodeString(bytes, start + 1, quote, decoded, 0);
    return { text: JSON.stringify(Buffer.from(decoded.buffer, 0, to).toString('latin1')), end: quote + 1 };
  }
  if (byte === OBJECT) return members(bytes, start);
  if (byte === LIST) {
    const items: string[] = [];
    const end = pastMany(bytes, start, LIST_END, (at) => {
      const item = spell(bytes, at);
      items.push(item.text);
      return item.end;
    });
    return { text: `[${items.join()}]`, end };
  }
  if (byte === MINUS || isDigit(byte)) {
    const end = pastNumber(bytes, start);
    return {
      text: canonicalNumber(
        Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1'),
      ),
      end,
    };
  }
  const end = pastWord(bytes, start);
  return { text: String.fromCharCode(byte ?? 0), end };
}

function members(bytes: Uint8Array, start: number): Spelt {
  const all: string[] = [];
  const end = pastMany(bytes, start, OBJECT_END, (at) => {
    const name = spell(bytes, at);
    const value = spell(bytes, pastSpace(bytes, pastSpace(bytes, name.end) + 1));
    // No value and no member are the same.
    if (value.text !== 'n' && value.text !== '""') all.push(`${name.text}:${value.text}`);
    return value.end;
  });
  return { text: `{${all.sort().join()}}`, end };
}

/** Digits without those that say nothing. A number with an exponent is none that a contract takes, and stays as it is. */
function canonicalNumber(text: string): string {
  if (/[eE]/.test(text)) return text;
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return short === '-0' ? '0' : short;
}
