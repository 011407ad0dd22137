/** Says in plain words what is wrong with a file that is not well-formed YAML. */
import type { ErrorCode, Scalar, YAMLError } from 'yaml';
import { describe } from '../../words';
import type { Diagnostic, Place } from '../diagnostic';
import { outOfStep } from './out-of-step';
import { likelyMistake } from './yaml-mistake';

interface Explanation {
  readonly message: string;
  readonly fix: string;
}

/** Well-formed YAML that the register does not take. */
export const NOT_PLAIN = {
  anchor: {
    message: 'anchors and aliases (& and *) are not used in the register',
    fix: 'write the value out in full, or put it in quotes if it begins with & or *',
  },
  tag: {
    message: 'tags (!) are not used in the register',
    fix: 'remove the tag, or put the value in quotes if it begins with !',
  },
  directive: {
    message: 'directives (%) are not used in the register',
    fix: 'remove the line',
  },
  documents: {
    message: 'the file holds more than one document: a line of three dashes or dots ends the first',
    fix: 'remove that line, and put each agreement or organisation in a file of its own',
  },
} as const satisfies Record<string, Explanation>;

const indentation: Explanation = {
  message: 'the indentation does not fit the lines around it',
  fix: 'begin the line in the same column as the settings that it belongs with: two spaces for each level',
};

const EXPLANATIONS: Partial<Record<ErrorCode, Explanation>> = {
  BAD_INDENT: indentation,
  MULTILINE_IMPLICIT_KEY: {
    message: 'a setting is spread over several lines, or its indentation is wrong',
    fix: 'check the indentation of this line and the next, and put quotes round text that holds a colon',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a setting begins where only text can stand',
    fix: 'check the indentation of this line and of the lines around it, and put text that holds a colon in quotes',
  },
  BAD_SCALAR_START: {
    message: 'text that is not in quotes may not begin with this character',
    fix: 'remove the character, or put the text in double quotes if it belongs to it',
  },
  MISSING_CHAR: {
    message: 'a quote, bracket, comma or colon is missing',
    fix: 'close every quote and bracket, and write a colon and a space after each setting’s name',
  },
  UNEXPECTED_TOKEN: {
    message: 'something stands here that YAML does not expect',
    fix: 'check the quotes, brackets and dashes on this line',
  },
  BAD_DQ_ESCAPE: {
    message: 'a backslash in double quotes begins an escape that does not exist',
    fix: 'write \\\\ for a backslash, or use single quotes',
  },
  MULTIPLE_DOCS: NOT_PLAIN.documents,
  NON_STRING_KEY: {
    message: 'the name of a setting is not plain text',
    fix: 'write a name, a colon and a space',
  },
  TAG_RESOLVE_FAILED: NOT_PLAIN.tag,
  BAD_ALIAS: NOT_PLAIN.anchor,
  KEY_OVER_1024_CHARS: {
    message: 'a setting’s name runs on for more than 1,024 characters',
    fix: 'look for a missing line break or quote before this place',
  },
  TAB_AS_INDENT: {
    message: 'a tab stands where YAML takes only spaces',
    fix: 'replace the tab with two spaces for each level',
  },
};

/** The second of two settings with one name. */
export function explainDuplicate(key: Scalar, place: Place, first: Place): Diagnostic {
  return {
    code: 'duplicate-key',
    place,
    message: `\`${describe(key.value)}\` is given twice: first on line ${first.line}`,
    fix: 'keep one of the two, and remove the other',
  };
}

/** What is well-formed but not plain is what it seems; other faults may have an earlier cause. */
const PLAIN: readonly ErrorCode[] = ['TAG_RESOLVE_FAILED', 'BAD_ALIAS', 'MULTIPLE_DOCS'];

/** Faults that come of where a line begins, mostly. */
const OF_INDENTATION: readonly ErrorCode[] = [
  'BAD_INDENT',
  'MULTILINE_IMPLICIT_KEY',
  'BLOCK_AS_IMPLICIT_KEY',
];

/** Whether a fault is likely to be one of indentation, after which the rest of its group seems out of place too. */
export function isOfIndentation({ code }: YAMLError): boolean {
  return OF_INDENTATION.includes(code);
}

/**
 * Turns a fault that the YAML parser found into a diagnostic.
 * @param tops the names of the file’s own settings
 */
export function explainYamlError(
  error: YAMLError,
  place: Place,
  lines: readonly string[],
  tops: ReadonlySet<string>,
): Diagnostic {
  const plain = PLAIN.includes(error.code);
  const { message, fix } = EXPLANATIONS[error.code] ?? {
    message: 'the file is not well-formed YAML here',
    fix: 'compare this line with the same setting in another file of the register',
  };
  if (plain) return { code: 'plain-yaml', place, message, fix };
  const mistake =
    (isOfIndentation(error) || error.code === 'MISSING_CHAR'
      ? outOfStep(lines, place.line - 1, tops)
      : undefined) ?? likelyMistake(lines, place.line - 1);
  if (mistake === undefined) return { code: 'not-yaml', place, message, fix };
  const { line, column, length } = mistake;
  const start = { line: line + 1, column: column + 1 };
  const end = { endLine: line + 1, endColumn: column + 1 + Math.max(1, length) };
  return {
    code: 'not-yaml',
    place: { file: place.file, ...start, ...end },
    message: mistake.message,
    fix: mistake.fix,
  };
}
