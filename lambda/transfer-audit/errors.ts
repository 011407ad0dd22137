/** The audit’s own errors. Whatever else is thrown is AWS’s, and passes or not as it may: the queue tries again. */

/** The environment of the function is not what it must be. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/** The event is none that this function takes. */
export class EventError extends Error {
  override readonly name = 'EventError';
}

/** There is no such file. */
export class FileMissingError extends Error {
  override readonly name = 'FileMissingError';
}

/** A file is there and can’t be read: its gzip is cut short, it is not JSON, or not of CloudTrail’s form. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
}

/** Something on a schedule failed; each failure is in the log. */
export class RunFailedError extends Error {
  override readonly name = 'RunFailedError';
}

/** The name and message of whatever was thrown, on one line and of bounded length. */
export function described(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.replaceAll(/\s+/g, ' ').slice(0, 500);
}
