/** A value with parameters, as in Content-Type and Content-Disposition (RFC 2045, RFC 2183, RFC 2231). */

/** What a field says. */
export interface Parametered {
  /** In lower case. */
  readonly value: string;
  /** By their names in lower case, as written: `filename*` is another than `filename`. */
  readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = /[!#$%&'*+\-.0-9A-Z^_`a-z{|}~]+/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"/y;
const SPACE = /[ \t]*/y;

/**
 * Reads one. Comments, text after the last parameter and parameters that stand twice are taken by no two programs alike, so they
 * are not read.
 * @param form what the value has to look like
 */
export function parameteredOf(body: string, form: RegExp): Parametered | undefined {
  const end = body.indexOf(';');
  const value = (end < 0 ? body : body.slice(0, end)).trim().toLowerCase();
  if (!form.test(value)) return undefined;
  const parameters = new Map<string, string>();
  let at = end < 0 ? body.length : end;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(body);
    if (found === null) return undefined;
    at = pattern.lastIndex;
    return found;
  };
  while (at < body.length) {
    at += 1;
    take(SPACE);
    // Many programs write a semicolon after the last one.
    if (at === body.length) break;
    const name = take(TOKEN)?.[0].toLowerCase();
    if (name === undefined || body[at] !== '=' || parameters.has(name)) return undefined;
    at += 1;
    const text = take(QUOTED)?.[1]?.replaceAll(/\\(.)/g, '$1') ?? take(TOKEN)?.[0];
    if (text === undefined) return undefined;
    parameters.set(name, text);
    take(SPACE);
    if (at < body.length && body[at] !== ';') return undefined;
  }
  return isPlain(parameters) ? { value, parameters } : undefined;
}

/** Whether each name is said in one way: of `filename` beside `filename*`, some programs take the first and some the second. */
function isPlain(parameters: ReadonlyMap<string, string>): boolean {
  const ways = new Map<string, string>();
  for (const name of parameters.keys()) {
    const [stem = '', ...more] = name.split('*');
    const way = more.length === 0 ? 'plain' : /^\d/.test(more[0] ?? '') ? 'in pieces' : 'encoded';
    if ((ways.get(stem) ?? way) !== way) return false;
    ways.set(stem, way);
  }
  return true;
}
