/** The text of a register file: UTF-8, of a sensible size, and with nothing in it that a reader cannot see. */
import { isUtf8 } from 'node:buffer';
import { type Diagnostic, startOf } from './diagnostic';
import { mergeMarks } from './explain/merge-marks';
import { withoutSecretKeys } from './secret-keys';

/** Register files are written by hand; anything larger is not one. */
const LARGEST_FILE = 256 * 1024;

/** Anything invisible that is not a space or line end. Most files have none, and need no closer look. */
const SUSPECT = /(?! |\r?\n)[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * What most texts have beside letters without accents and spaces: accents, dashes and curly quotes, all of which are seen. A text of
 * these alone is soon told, where a look at what each character is takes four times as long.
 */
const UNUSUAL = /[^\n -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027]/;

const UTF8 = new TextDecoder();

/** A file’s text, unless there are diagnostics. */
export interface PlainText {
  readonly text: string;
  /** Its lines, for code frames; none if they would not be readable. */
  readonly lines: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Decodes a file, and says what in it is no plain text. */
export function plainText(file: string, bytes: Uint8Array): PlainText {
  const unreadable = (message: string, fix: string): PlainText => ({
    text: '',
    lines: [],
    diagnostics: [{ code: 'not-readable', place: startOf(file), message, fix }],
  });
  const saveAsUtf8 = 'open it in your editor and save it with the encoding UTF-8';
  if (bytes.length > LARGEST_FILE) {
    const [size, most] = [bytes.length, LARGEST_FILE].map((each) => each.toLocaleString('en-GB'));
    return unreadable(
      `the file has ${size} bytes; a register file has at most ${most}`,
      'check that this is the right file, and shorten it if it is',
    );
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return unreadable('the file is UTF-16 text; a register file is UTF-8', saveAsUtf8);
  }
  const text = UTF8.decode(bytes);
  const lines = text.split(/\r?\n/);
  const secret = withoutSecretKeys(file, text);
  if (secret !== undefined) return { text: '', ...secret };
  if (isUtf8(bytes)) {
    const marks = text.includes('<<<<<<<') ? mergeMarks(file, lines) : [];
    return {
      text,
      lines,
      diagnostics: [...marks, ...(UNUSUAL.test(text) && SUSPECT.test(text) ? unseen(file, lines) : [])],
    };
  }
  const line = lines.findIndex((each) => each.includes('\ufffd'));
  const diagnostic: Diagnostic = {
    code: 'not-readable',
    place: onLine(file, line, lines[line]?.indexOf('\ufffd') ?? 0),
    message: 'the file is not UTF-8 text: this is the first character that is not',
    fix: saveAsUtf8,
  };
  return { text, lines, diagnostics: [diagnostic] };
}

/** The first character of each line that a reader cannot see or tell from another, if it has one. */
function unseen(file: string, lines: readonly string[]): Diagnostic[] {
  if (lines.some((line) => line.includes('\r'))) {
    const line = lines.findIndex((each) => each.includes('\r'));
    return [
      {
        code: 'invisible-character',
        place: onLine(file, line, lines[line]?.indexOf('\r') ?? 0),
        message: 'the line ends with a carriage return alone',
        allowed: 'lines that end with LF (Unix, macOS) or CRLF (Windows)',
        fix: 'choose LF or CRLF for the line ends in your editor, and save the file again',
      },
    ];
  }
  return lines.flatMap((line, index) => {
    const found = UNSEEN.map((each) => ({ ...each, at: line.search(each.pattern) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at)[0];
    if (found === undefined || line.trim() === '') return [];
    const { at, code, what, fix, allowed } = found;
    const point = line.codePointAt(at)?.toString(16).toUpperCase().padStart(4, '0');
    return [
      {
        code,
        place: onLine(file, index, at, SEQUENCE.exec(line.slice(at))?.[0].length),
        message: what.replace('U+', `U+${point}`),
        found: `U+${point}`,
        allowed,
        fix,
      },
    ];
  });
}

const UNSEEN = [
  {
    pattern: /(?<=^ *)\t/,
    code: 'not-yaml',
    what: 'a tab stands where YAML takes only spaces',
    allowed: 'spaces, two for each level',
    fix: 'replace the tab with two spaces for each level',
  },
  {
    pattern: /(?<=^[ -]*|^[ -]*[\w-]+: *)[^\S \t]/u,
    code: 'invisible-character',
    what: 'a special space (U+) stands here, which YAML does not take for a space',
    allowed: 'ordinary spaces',
    fix: 'replace it with an ordinary space: it comes from copied text',
  },
  {
    pattern: /(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u,
    code: 'invisible-character',
    what: 'an invisible character (U+) stands here',
    allowed: 'text that can be seen',
    fix: 'delete it, or type the line again by hand: it comes from copied text',
  },
] as const;

/** What a terminal takes for a command, such as one for a colour: it is seen but for its first character, and goes as a whole. */
const SEQUENCE = /^\p{Cc}\[[\d;]*[A-Za-z]/u;

function onLine(file: string, line: number, index: number, length = 1) {
  return { file, line: line + 1, column: index + 1, endLine: line + 1, endColumn: index + 1 + length };
}
