/** Whether one pattern takes everything that another takes, by what wildcards mean where the pattern stands. */
import { arnConditionOf, resourceMatchOf } from './arn';
import { globOf, ONE, type Token, tokensOf } from './glob';
import { YES } from './truth';

/** Where a pattern stands: in StringLike and the like, in ArnLike and ArnEquals, or in Resource. */
export type PatternOf = 'text' | 'ARN condition' | 'resource';

/**
 * Whether it does for certain. A star takes any text, wildcards among them, so what it takes of the other’s own letters it
 * takes of all that they stand for; of a question mark and of a variable that can’t be told, so the answer is no.
 */
export function covers(wide: string, narrow: string, of: PatternOf): boolean {
  if (wide === narrow) return true;
  const tokens = tokensOf(wide, true);
  if (tokens.includes(ONE) || wide.includes('$')) return false;
  return MATCHES[of](tokens)(narrow);
}

const MATCHES: Readonly<Record<PatternOf, (tokens: readonly Token[]) => (narrow: string) => boolean>> = {
  text: globOf,
  'ARN condition': (tokens) => {
    const matches = arnConditionOf(tokens);
    return (narrow) => matches(narrow) === YES;
  },
  resource: (tokens) => {
    const matches = resourceMatchOf(tokens);
    return (narrow) => matches(narrow) === YES;
  },
};
