/**
 * IAM’s wildcards: `*` for any text, `?` for any one character; all else stands for itself.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */

/** `*`: any text, colons too. */
export const ANY = 0;
/** `?`: any one character. */
export const ONE = 1;
/** `*` that may not cross a colon. */
export const ANY_WITHIN = 2;
/** `?` that may not be a colon. */
export const ONE_WITHIN = 3;

/** One character, or a wildcard. Characters are code points, so that `?` takes any one of them. */
export type Token = string | typeof ANY | typeof ONE | typeof ANY_WITHIN | typeof ONE_WITHIN;

/** Whether a text fits a pattern. */
export type Glob = (text: string) => boolean;

/** The tokens of a text; without wildcards, `*` and `?` stand for themselves. */
export function tokensOf(text: string, wildcards: boolean): Token[] {
  const characters: Token[] = Array.from(text);
  return wildcards ? characters.map((each) => (each === '*' ? ANY : each === '?' ? ONE : each)) : characters;
}

/** A matcher for a pattern; the common shapes need no search. */
export function globOf(tokens: readonly Token[]): Glob {
  const wild = tokens.findIndex((each) => typeof each === 'number');
  if (wild < 0) return equal(tokens.join(''));
  const start = tokens.slice(0, wild).join('');
  return wild === tokens.length - 1 && tokens[wild] === ANY ? beginning(start) : searched(tokens, start);
}

// Each by itself, so that a matcher keeps hold of what it compares with and of nothing else.
function equal(wanted: string): Glob {
  return (text) => text === wanted;
}

function beginning(start: string): Glob {
  return start === '' ? () => true : (text) => begins(text, start);
}

/** The same as `startsWith`, which in Node 20 compares one character after another and takes three times as long. */
export function begins(text: string, start: string): boolean {
  return text.lastIndexOf(start, 0) === 0;
}

function searched(tokens: readonly Token[], start: string): Glob {
  return (text) => begins(text, start) && search(tokens, SURROGATE.test(text) ? Array.from(text) : text);
}

/** A matcher that is made when it is first asked: of a large zone’s policies, most never are. */
export function onDemand<Answer>(make: () => (text: string) => Answer): (text: string) => Answer {
  let made: ((text: string) => Answer) | undefined;
  return (text) => {
    made ??= make();
    return made(text);
  };
}

const SURROGATE = /[\ud800-\udfff]/;

/** Greedy search that goes back to the last `*` only; that suffices as long as a later `*` can take what an earlier could. */
function search(pattern: readonly Token[], text: ArrayLike<string>): boolean {
  return pattern.includes(ANY_WITHIN) ? tryAll(pattern, 0, text, 0) : searchGreedily(pattern, text);
}

function searchGreedily(pattern: readonly Token[], text: ArrayLike<string>): boolean {
  let at = 0;
  let token = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const each = pattern[token];
    if (each === ANY) {
      star = token++;
      resume = at;
    } else if (token < pattern.length && fits(each, text[at])) {
      at++;
      token++;
    } else if (star >= 0) {
      token = star + 1;
      at = ++resume;
    } else return false;
  }
  while (pattern[token] === ANY) token++;
  return token === pattern.length;
}

function tryAll(pattern: readonly Token[], token: number, text: ArrayLike<string>, at: number): boolean {
  if (token === pattern.length) return at === text.length;
  const each = pattern[token];
  if (each === ANY || each === ANY_WITHIN) {
    for (let end = at; end <= text.length; end++) {
      if (tryAll(pattern, token + 1, text, end)) return true;
      if (each === ANY_WITHIN && text[end] === ':') return false;
    }
    return false;
  }
  return at < text.length && fits(each, text[at]) && tryAll(pattern, token + 1, text, at + 1);
}

function fits(token: Token | undefined, character: string | undefined): boolean {
  return token === ONE || (token === ONE_WITHIN ? character !== ':' : token === character);
}
