/**
 * How each family of condition operators compares one value of a request with one value of a policy. Negation, `IfExists`
 * and sets are not its business.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import { type ArnConditionMatch, arnConditionOf, plainArnConditionOf, UNFIT } from './arn';
import type { Context } from './context';
import { globOf, onDemand, type Token } from './glob';
import { instantOf } from './instant';
import { ipRangeOf } from './ip-range';
import { type Template, templateOf } from './template';
import { MAYBE, type Truth, truth } from './truth';

/**
 * What comes of a policy variable that has no value: no match; AWS adds that the whole statement “might” be invalid.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export const VOID = 3;

/** Whether a value of the request compares; the context is there for policy variables. */
export type Comparison = (actual: string, context: Context) => Truth | typeof VOID | typeof UNFIT;

/** Makes a comparison with a value of a policy. Gives the reason, if AWS would not take the value. */
export type Comparer = (wanted: string, variables: boolean) => Comparison | string;

/** The comparison behind each operator, in its positive form. */
export const COMPARERS: Readonly<Record<string, Comparer>> = {
  StringEquals: textual({ wildcards: false }, (tokens) => exactly(tokens.join(''))),
  StringEqualsIgnoreCase: textual({ wildcards: false }, (tokens) => {
    const wanted = tokens.join('').toLowerCase();
    return (actual) => truth(actual.toLowerCase() === wanted);
  }),
  StringLike: textual({ wildcards: true }, (tokens) => {
    const glob = globOf(tokens);
    return (actual) => truth(glob(actual));
  }),
  // ArnEquals and ArnLike behave alike.
  ArnEquals: textual({ wildcards: true }, arnConditionOf, plainArnConditionOf),
  ArnLike: textual({ wildcards: true }, arnConditionOf, plainArnConditionOf),
  NumericEquals: ordered(numberOf, (actual, wanted) => actual === wanted),
  NumericLessThan: ordered(numberOf, (actual, wanted) => actual < wanted),
  NumericLessThanEquals: ordered(numberOf, (actual, wanted) => actual <= wanted),
  NumericGreaterThan: ordered(numberOf, (actual, wanted) => actual > wanted),
  NumericGreaterThanEquals: ordered(numberOf, (actual, wanted) => actual >= wanted),
  DateEquals: ordered(instantOf, (actual, wanted) => actual === wanted),
  DateLessThan: ordered(instantOf, (actual, wanted) => actual < wanted),
  DateLessThanEquals: ordered(instantOf, (actual, wanted) => actual <= wanted),
  DateGreaterThan: ordered(instantOf, (actual, wanted) => actual > wanted),
  DateGreaterThanEquals: ordered(instantOf, (actual, wanted) => actual >= wanted),
  Bool: ordered(booleanOf, (actual, wanted) => actual === wanted),
  BinaryEquals: ordered(bytesOf, (actual, wanted) => actual === wanted),
  IpAddress: (wanted) => {
    const range = ipRangeOf(wanted);
    if (range === undefined) return `'${wanted}' is no IP address or range with its length`;
    return (actual) => {
      const inside = range(actual);
      return inside === undefined ? MAYBE : truth(inside);
    };
  },
};

function exactly(wanted: string): (actual: string) => Truth {
  return (actual) => truth(actual === wanted);
}

/**
 * Texts and ARNs are the only values that may hold variables.
 * @param plain the same without tokens, of texts for which that is possible
 */
function textual(
  { wildcards }: { readonly wildcards: boolean },
  make: (tokens: readonly Token[]) => ArnConditionMatch,
  plain?: (wanted: string) => ArnConditionMatch | undefined,
): Comparer {
  return (wanted, variables) => {
    const template: Template | string = templateOf(wanted, { wildcards, variables });
    if (typeof template === 'string') return template;
    if ('fixed' in template) return onDemand(() => plain?.(wanted) ?? make(template.fixed()));
    return (actual, context) => {
      const tokens = template.resolve(context);
      if (tokens === 'absent') return VOID;
      return tokens === 'unclear' ? MAYBE : make(tokens)(actual);
    };
  };
}

/** As some write numbers: `1e3`, `0x1F`, `1,000`, ` 12 `. */
const LIKE_A_NUMBER = /^\s*[+-]?(?:0[box][\da-f]+|(?:\d[\d,_]*\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*$/i;
/** The words in what some write for a moment: `Sun, 06 Nov 2026 08:49:37 GMT`. */
const OF_A_MOMENT =
  /^(?:[tz]|[ap]m|utc|gmt|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/i;

/**
 * Whether a text that we do not take for a number or a moment is one to some reader or other: AWS does not say how it reads
 * them. All else has the form of neither, and is no match.
 */
const COULD_BE: ReadonlyMap<unknown, (text: string) => boolean> = new Map([
  [numberOf, (text) => LIKE_A_NUMBER.test(text)],
  [
    instantOf,
    (text) => /\d/.test(text) && (text.match(/\p{L}+/gu) ?? []).every((word) => OF_A_MOMENT.test(word)),
  ],
] satisfies [unknown, (text: string) => boolean][]);

function ordered<Value>(
  read: (text: string) => Value | undefined,
  compare: (actual: Value, wanted: Value) => boolean,
): Comparer {
  return (text) => {
    const wanted = read(text);
    if (wanted === undefined) return `the operator cannot compare with '${text}'`;
    return (actualText) => {
      const actual = read(actualText);
      if (actual !== undefined) return truth(compare(actual, wanted));
      return COULD_BE.get(read)?.(actualText) === false ? UNFIT : MAYBE;
    };
  };
}

function numberOf(text: string): number | undefined {
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? Number(text) : undefined;
}

function booleanOf(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  return lower === 'true' || lower === 'false' ? lower === 'true' : undefined;
}

/** The bytes that base64 stands for, as text that is the same for the same bytes. */
function bytesOf(text: string): string | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return undefined;
  return atob(text);
}
