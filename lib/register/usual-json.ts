/**
 * Reads JSON as `concordat approve` writes it, which is YAML too: what a zone’s parties have signed soon are more files than all
 * others. As in usual-yaml.ts, a file that is written otherwise is for the YAML parser, and so are a setting that is given twice and
 * whatever is no text.
 */

/** The names of settings, of which a text names none otherwise. */
const KEY = /^[A-Za-z]\w{0,99}$/;

/** No approval nests as deeply. */
const DEEPEST = 20;

/** The value of the file; undefined where the file, or a fault in it, is for the parser. */
export function readUsualJson(text: string): unknown {
  // Halves of characters may be escaped so.
  if (!text.startsWith('{\n') || text.includes('\\u')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isOfText(value, 0) && text === `${JSON.stringify(value, null, 2)}\n` ? value : undefined;
  } catch {
    return undefined;
  }
}

function isOfText(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return true;
  if (value === null || typeof value !== 'object' || depth > DEEPEST) return false;
  if (Array.isArray(value)) return value.every((each) => isOfText(each, depth + 1));
  return Object.entries(value).every(([key, each]) => KEY.test(key) && isOfText(each, depth + 1));
}
