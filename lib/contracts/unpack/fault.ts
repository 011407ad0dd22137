/** What is wrong with a packed file, so that what is in it cannot be told, or no more of it. */

/** A file that cannot be unpacked. The message is for those who look into it; reports are made of the fault. */
export class PackingError extends Error {
  override readonly name = 'PackingError';

  constructor(
    readonly fault: 'compression' | 'locked',
    why: string,
    options?: ErrorOptions,
  ) {
    super(why, options);
  }
}

/** Says that a file cannot be unpacked, or unpacks to what it may not. Never returns. */
export function unpackable(why: string, cause?: unknown): never {
  throw new PackingError('compression', why, { cause });
}

/** Says that a file is encrypted. Never returns. */
export function locked(why: string): never {
  throw new PackingError('locked', why);
}
