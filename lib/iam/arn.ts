/**
 * Amazon Resource Names, as patterns and as texts. The same wildcard means two things: in a condition, each of the six
 * parts is compared by itself; in the Resource element, a `*` that ends a part may run on beyond the colon.
 */
import { ANY, ANY_WITHIN, begins, type Glob, globOf, ONE, ONE_WITHIN, type Token } from './glob';
import { MAYBE, NO, type Truth, truth, YES } from './truth';

const PARTS = 6;

let lastArn = '';
let lastParts: readonly string[] | undefined;

/** The six parts of an ARN, the last of which may hold colons. Undefined if there are fewer. */
export function partsOfArn(arn: string): readonly string[] | undefined {
  // Most policies ask about one ARN of a request, many times over.
  if (arn !== lastArn) {
    lastParts = split(arn);
    lastArn = arn;
  }
  return lastParts;
}

function split(arn: string): readonly string[] | undefined {
  const parts = arn.split(':');
  if (parts.length < PARTS || parts[0] !== 'arn') return undefined;
  return [...parts.slice(0, PARTS - 1), parts.slice(PARTS - 1).join(':')];
}

/** The account in an ARN; undefined where it names none, as for a bucket. */
export function accountOfArn(arn: string): string | undefined {
  let start = 0;
  for (let colon = 0; colon < 4; colon++) {
    start = arn.indexOf(':', start) + 1;
    if (start === 0) return undefined;
  }
  const end = arn.indexOf(':', start);
  return end > start ? arn.slice(start, end) : undefined;
}

/**
 * What comes of a value, or a pattern, that is of another form than its operator compares. It is no match; whether a negated
 * operator then holds, AWS does not say.
 */
export const UNFIT = 4;

/** How a value compares with a pattern of ARNs. */
export type ArnConditionMatch = (arn: string) => Truth | typeof UNFIT;

/** How an ARN compares with a pattern. */
export type ArnMatch = (arn: string) => Truth;

/** Six parts with no wildcard but a `*` at the very end. `$` might begin a variable, or stand for a wildcard’s own sign. */
const PLAIN = /^arn(?::[^:*?$]*){4}:[^*?$]*\*?$/;

/**
 * A matcher for a pattern of a whole ARN that compares as a text does, or as the beginning of one: nearly all do, and for these no
 * part need be looked at by itself. Undefined for any other. What is compared must be an ARN of six parts.
 */
function plainArnOf(pattern: string): Glob | undefined {
  if (!PLAIN.test(pattern)) return undefined;
  if (!pattern.endsWith('*')) return (arn) => arn === pattern;
  const start = pattern.slice(0, -1);
  return (arn) => begins(arn, start);
}

/** The same as `arnConditionOf`, of a pattern that is plain. */
export function plainArnConditionOf(pattern: string): ArnConditionMatch | undefined {
  const plain = plainArnOf(pattern);
  return plain && ((arn) => (partsOfArn(arn) === undefined ? UNFIT : truth(plain(arn))));
}

/** The same as `resourceMatchOf`, of a pattern that is plain. */
export function plainResourceOf(pattern: string): ArnMatch | undefined {
  const plain = plainArnOf(pattern);
  return plain && ((arn) => truth(plain(arn)));
}

/**
 * ArnEquals and ArnLike, which are the same: each of the six parts is compared by itself, so that no `*` stands for more than
 * a part of one. A pattern or a value that has fewer has parts that nothing compares with, so it is no match. Of a `*` alone,
 * which is no pattern of an ARN, AWS does not say what comes, and it is not judged.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnConditionOf(tokens: readonly Token[]): ArnConditionMatch {
  const globs = partsOfTokens(tokens).map(globOf);
  const isStarAlone = tokens.length > 0 && tokens.every((each) => each === ANY);
  if (globs.length < PARTS) return () => (isStarAlone ? MAYBE : UNFIT);
  return (arn) => {
    const parts = partsOfArn(arn);
    if (parts === undefined) return UNFIT;
    return truth(globs.every((glob, n) => glob(parts[n] ?? '')));
  };
}

/**
 * One entry of Resource or NotResource. Wildcards in a part other than the last stay within it, unless a `*` ends the
 * part. AWS does not let wildcards stand for the service; should one do so all the same, a match is not judged.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourceMatchOf(tokens: readonly Token[]): ArnMatch {
  if (tokens.length === 1 && tokens[0] === ANY) return () => YES;
  const parts = partsOfTokens(tokens);
  // Fewer parts than an ARN has make sense only if a `*` at the end of one stands for those that are not written.
  const isWhole = parts.length === PARTS;
  if (parts[0]?.join('') !== 'arn' || !(isWhole || parts.some((part) => part.at(-1) === ANY)))
    return () => MAYBE;
  const loose: Glob = globOf(tokens);
  const head = isWhole ? parts.slice(0, PARTS - 1) : parts;
  if (!head.some((part) => part.some((each) => typeof each === 'number')))
    return (arn) => truth(arn !== '*' && loose(arn));
  const strict = globOf([...head.map(confined), ...parts.slice(head.length)].flatMap(withColon));
  const anyService = parts[2]?.some((each) => typeof each === 'number') === true;
  return (arn) => {
    if (arn === '*' || !loose(arn)) return NO;
    return strict(arn) && !anyService ? YES : MAYBE;
  };
}

function confined(part: readonly Token[]): readonly Token[] {
  return part.map((each, n) => {
    if (each === ONE) return ONE_WITHIN;
    return each === ANY && n < part.length - 1 ? ANY_WITHIN : each;
  });
}

function withColon(part: readonly Token[], n: number): readonly Token[] {
  return n === 0 ? part : [':', ...part];
}

function partsOfTokens(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const each of tokens) {
    if (each === ':' && parts.length < PARTS) parts.push([]);
    else parts.at(-1)?.push(each);
  }
  return parts;
}
