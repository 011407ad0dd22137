/** The sealer’s own errors. */

/** The environment of the function is not what it must be. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/**
 * What lies in the bucket can’t be what this sealer, or one like it, has written: a tile that differs, a checkpoint with
 * another root or without a good signature, a claim that can’t be read. Nothing is signed on top of it; somebody must look.
 */
export class LedgerDamagedError extends Error {
  override readonly name = 'LedgerDamagedError';
}

/** The key signs otherwise than its public half verifies. */
export class SigningError extends Error {
  override readonly name = 'SigningError';
}

/** The run did what it could, and something failed; each failure is in the log. */
export class RunFailedError extends Error {
  override readonly name = 'RunFailedError';
}

/** The name and message of whatever was thrown, on one line and of bounded length. */
export function described(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.replaceAll(/\s+/g, ' ').slice(0, 500);
}
