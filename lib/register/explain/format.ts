/** Explains values that are not written in the expected form, with the mistakes that people most often make. */
import type { z } from 'zod';
import { describe, plural } from '../../words';
import type { Path } from '../yaml-source';
import { dateFault } from './date';
import { type Fault, settingName } from './fault';
import { metaOf, type Schema } from './schema-walk';

/** The fault of a value whose shape is right but whose form is not. */
export function explainFormat(
  schema: Schema | undefined,
  path: Path,
  found: unknown,
  issue: z.core.$ZodIssue,
): Fault {
  const meta = schema ? metaOf(schema) : {};
  const name = settingName(path);
  const text = describe(found);
  const base = { path, part: 'value', found: text } as const;
  if (meta.format === 'date') return { ...base, ...dateFault(name, String(found)) };
  if (issue.code === 'too_small' && issue.origin === 'array') {
    const count = Array.isArray(found) ? found.length : 0;
    if (count > 0)
      return {
        path,
        part: 'value',
        code: 'bad-format',
        message: `${name} has ${plural(count, 'item')}; it takes at least ${Number(issue.minimum)}`,
        allowed: meta.expects ?? 'more items',
        fix: meta.fix ?? 'add items',
      };
    return {
      ...base,
      code: 'bad-format',
      message: `${name} is an empty list; it takes at least one item`,
      allowed: 'at least one item',
      fix: 'add an item on a line of its own that begins with a dash and a space',
    };
  }
  const expects = meta.expects ?? 'another form';
  if (issue.code === 'too_big' && issue.origin === 'array' && Array.isArray(found)) {
    return {
      path,
      part: 'value',
      code: 'bad-format',
      message: `${name} has ${found.length.toLocaleString('en-GB')} items; it takes at most ${Number(issue.maximum).toLocaleString('en-GB')}`,
      allowed: expects,
      fix: meta.fix ?? 'remove items',
    };
  }
  if (typeof found === 'string' && found.trim() === '') {
    const fix = meta.fix ?? 'write a value after the colon';
    return {
      ...base,
      code: 'bad-format',
      message: `${name} has no value`,
      allowed: expects,
      fix:
        typeof path.at(-1) === 'number'
          ? 'fill in the empty item, or remove it'
          : found === ''
            ? `after the colon, ${fix}`
            : fix,
    };
  }
  if (typeof found === 'object' && !Array.isArray(found)) {
    return {
      ...base,
      code: 'bad-format',
      message: `the settings of ${name} do not fit together`,
      allowed: expects,
      fix: meta.fix ?? 'compare them with those allowed',
    };
  }
  const mistake = commonMistake(meta, String(found), issue);
  const suggested = mistake?.suggestion && `write ${mistake.suggestion}`;
  return {
    ...base,
    code: 'bad-format',
    message: `${name} is not ${expects.replace(/(?:, (?:such as|in quotes)|:).*/, '')}${mistake?.because ?? ''}`,
    allowed: expects,
    ...(mistake?.suggestion !== undefined && { suggestion: mistake.suggestion }),
    fix: mistake?.fix ?? suggested ?? meta.fix ?? 'write it in the form allowed',
  };
}

interface Mistake {
  readonly because?: string;
  readonly suggestion?: string;
  readonly fix?: string;
}

function commonMistake(meta: z.core.GlobalMeta, text: string, issue: z.core.$ZodIssue): Mistake | undefined {
  if (meta.quoted === true && /^\d{11}$/.test(text)) {
    return {
      because: ': it has 11 digits, so it seems to have lost its leading zero',
      suggestion: `"0${text}"`,
      fix: `if it begins with 0, write "0${text}", with the quotes that keep the zero`,
    };
  }
  if (meta.quoted === true && /^[\d\s-]+$/.test(text)) {
    const digits = text.replace(/\D/g, '');
    if (digits.length === 12) return { because: ': it holds spaces or hyphens', suggestion: `"${digits}"` };
    return { because: `: it has ${plural(digits.length, 'digit')}, not 12` };
  }
  const uncurled = /^[“”‘’„](.*)[“”‘’]$/.exec(text)?.[1];
  if (uncurled !== undefined) {
    return {
      because: ': it stands in curly quotes, which YAML does not read as quotes',
      suggestion: `"${uncurled}"`,
      fix: `write it in straight quotes: "${uncurled}"`,
    };
  }
  if (issue.code === 'too_big') {
    return { because: `: it has ${plural(text.length, 'character')}, at most ${issue.maximum} are allowed` };
  }
  if (text !== text.trim()) return { because: ': it begins or ends with a space', suggestion: text.trim() };
  if (text !== text.toLowerCase() && accepts(issue, text.toLowerCase())) {
    return { because: ': it has capital letters', suggestion: text.toLowerCase() };
  }
  if (text !== text.toUpperCase() && accepts(issue, text.toUpperCase())) {
    return { because: ': its letters must be capitals', suggestion: text.toUpperCase() };
  }
  const single = text.replace(/--+/g, '-');
  if (single !== text && accepts(issue, single))
    return { because: ': it has two hyphens in a row, which separate names in AWS', suggestion: single };
  return undefined;
}

function accepts(issue: z.core.$ZodIssue, text: string): boolean {
  if (issue.code !== 'invalid_format' || !('pattern' in issue) || typeof issue.pattern !== 'string')
    return false;
  const match = /^\/(.*)\/([a-z]*)$/s.exec(issue.pattern);
  return match?.[1] !== undefined && new RegExp(match[1], match[2]).test(text);
}
