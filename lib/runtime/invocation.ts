/** One invocation of a function: what Lambda says of it, and the clock that its work goes by. */

/** What Lambda says of an invocation, as far as it is used. @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export interface LambdaContext {
  /** Milliseconds until Lambda ends the run. */
  getRemainingTimeInMillis(): number;
}

/** The clock, and what time is left for the run. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds until the run must be done. */
  remaining(): number;
}

/** A clock of a run that may also wait. */
export interface WaitingClock extends Clock {
  sleep(milliseconds: number): Promise<void>;
}

/** The clock of an invocation, which keeps a reserve, in milliseconds, for the end of the run. */
export function clockOf(context: LambdaContext, now: () => number, reserve = 0): Clock {
  return { now, remaining: () => context.getRemainingTimeInMillis() - reserve };
}
