/** Errors of functions: what is thrown on purpose, and how anything thrown is told in one line. */

/** An error that a function throws on purpose. Give what led to it as `cause`: `described` tells both. */
export abstract class FunctionError extends Error {
  abstract override readonly name: string;
}

/** The event is not one that the function takes. */
export class EventError extends FunctionError {
  override readonly name = 'EventError';
}

/** The run did all that it could, and something failed; each failure is in the log. */
export class RunFailedError extends FunctionError {
  override readonly name = 'RunFailedError';
}

const MOST_LETTERS = 500;
const MOST_CAUSES = 5;

/**
 * The name and message of what was thrown, then of what caused it, on one line of at most 500 characters. Where several
 * things failed side by side, each is told.
 */
export function described(error: unknown): string {
  return told(error, MOST_CAUSES).replaceAll(/\s+/g, ' ').slice(0, MOST_LETTERS);
}

function told(error: unknown, causes: number): string {
  if (!(error instanceof Error)) return String(error);
  const own = `${error.name}: ${error.message}`;
  if (causes === 0) return own;
  if (error instanceof AggregateError)
    return `${own}: ${error.errors.map((each) => told(each, causes - 1)).join('; ')}`;
  return error.cause === undefined ? own : `${own}: ${told(error.cause, causes - 1)}`;
}

/** The errors that one error stands for: those of an AggregateError, such as `inParallel` throws, or itself. */
export function failuresIn(error: unknown): readonly unknown[] {
  return error instanceof AggregateError ? error.errors.flatMap(failuresIn) : [error];
}
