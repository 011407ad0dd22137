/**
 * Three truth values, because AWS does not document everything: what is not known is carried along, and is judged only
 * where it cannot change the outcome (Kleene’s strong logic). They are ordered, so `and` is the least and `or` the
 * greatest of two.
 */

/** 0 no, 1 not known, 2 yes. */
export type Truth = 0 | 1 | 2;

export const NO: Truth = 0;
export const MAYBE: Truth = 1;
export const YES: Truth = 2;

/** Yes if both are; no if either is not. */
export function and(left: Truth, right: Truth): Truth {
  return left < right ? left : right;
}

/** Yes if either is; no if neither is. */
export function or(left: Truth, right: Truth): Truth {
  return left > right ? left : right;
}

/** Yes for no, no for yes; what is not known stays so. */
export function not(truth: Truth): Truth {
  return truth === YES ? NO : truth === NO ? YES : MAYBE;
}

/** The truth of a known fact. */
export function truth(known: boolean): Truth {
  return known ? YES : NO;
}
