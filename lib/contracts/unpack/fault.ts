/** What is wrong with a packed file, so that what is in it cannot be told, or no more of it. */
import type { FormReason } from '../../wire/contracts';

/** A file that cannot be unpacked. The message is for those who look into it; reports are made of the fault and its reason. */
export class PackingError extends Error {
  override readonly name = 'PackingError';

  constructor(
    readonly fault: 'compression' | 'locked',
    readonly reason: FormReason,
    why: string,
    options?: ErrorOptions,
  ) {
    super(why, options);
  }
}

/** Says that a file cannot be unpacked, or unpacks to what it may not. Never returns. */
export function unpackable(reason: FormReason, why: string, cause?: unknown): never {
  throw new PackingError('compression', reason, why, { cause });
}

/** Says that a file is encrypted. Never returns. */
export function locked(
  reason: 'password' | 'document-password' | 'encrypted' | 'parquet-encryption',
  why: string,
): never {
  throw new PackingError('locked', reason, why);
}
