/**
 * Texts with policy variables: `${key}`, `${key, 'default'}`, and `${*}`, `${?}`, `${$}` for those characters themselves.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import { type Context, keyOf } from './context';
import { type Token, tokensOf } from './glob';

/** The only version of the policy language that knows variables; in the earlier one they are plain text. */
export const VARIABLES_SINCE = '2012-10-17';

interface Variable {
  readonly key: string;
  readonly fallback: string | undefined;
}

/**
 * A template is either fixed, or is resolved for each request. A resolution may fail: `absent` if a key has no value and
 * no default, `unclear` if AWS does not say what happens: a multivalued key, or a value that itself holds a wildcard.
 */
export type Template =
  | { readonly fixed: () => readonly Token[] }
  | {
      readonly resolve: (context: Context) => readonly Token[] | 'absent' | 'unclear';
      readonly keys: readonly string[];
    };

/** What a template may do where it stands. */
export interface TemplateRules {
  readonly wildcards: boolean;
  /** Whether the policy’s version and the element know variables. */
  readonly variables: boolean;
}

/** Whether a text may come to another for each request, where variables are known. */
export function holdsVariable(text: string): boolean {
  return text.includes('${');
}

const VARIABLE = /^([A-Za-z0-9-]+:[^{}$,'"]+?)(?:\s*,\s*'([^'{}$]*)')?$/;

/** Reads a template. Gives the reason, if it cannot be read. */
export function templateOf(text: string, { wildcards, variables }: TemplateRules): Template | string {
  if (!variables || !holdsVariable(text)) return { fixed: () => tokensOf(text, wildcards) };
  const pieces: (readonly Token[] | Variable)[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('${', at);
    if (open !== at) pieces.push(tokensOf(text.slice(at, open < 0 ? undefined : open), wildcards));
    if (open < 0) break;
    const close = text.indexOf('}', open);
    if (close < 0) return `a policy variable in '${text}' has no end`;
    const name = text.slice(open + 2, close);
    const found = VARIABLE.exec(name);
    if (/^[*?$]$/.test(name)) pieces.push([name]);
    else if (found === null) return `'\${${name}}' is no policy variable`;
    else pieces.push({ key: keyOf(found[1] ?? ''), fallback: found[2] });
    at = close + 1;
  }
  const keys = pieces.flatMap((piece) => ('key' in piece ? [piece.key] : []));
  if (keys.length === 0) return { fixed: () => pieces.flatMap((piece) => ('key' in piece ? [] : piece)) };
  return { keys, resolve: (context) => resolve(pieces, context, wildcards) };
}

function resolve(pieces: readonly (readonly Token[] | Variable)[], context: Context, wildcards: boolean) {
  const tokens: Token[] = [];
  for (const piece of pieces) {
    if (!('key' in piece)) tokens.push(...piece);
    else {
      const value = context.get(piece.key) ?? piece.fallback;
      if (value === undefined) return 'absent';
      if (typeof value !== 'string' || (wildcards && /[*?]/.test(value))) return 'unclear';
      tokens.push(...tokensOf(value, false));
    }
  }
  return tokens;
}
