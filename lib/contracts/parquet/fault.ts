/** What is wrong with a Parquet file as a whole, so that no row of it can be told, or no more. */
import type { FormFault, FormReason } from '../../wire/contracts';

/** A fault of a Parquet file. The message is for those who look into it; reports are made of the fault and the column. */
export class ParquetError extends Error {
  override readonly name = 'ParquetError';

  /** Which kind of `parquet` or `locked` it is. */
  readonly reason: FormReason | undefined;

  constructor(
    readonly fault: FormFault,
    why: string,
    { reason, ...options }: ErrorOptions & { readonly reason?: FormReason } = {},
  ) {
    super(why, options);
    this.reason = reason;
  }
}

/** Says that a file is damaged. Never returns. */
export function damaged(why: string): never {
  throw new ParquetError('parquet', why, { reason: 'damaged' });
}

/** Says that a file is more than this engine reads. Never returns. */
export function tooLarge(why: string): never {
  throw new ParquetError('too-large', why);
}

/** Says that a file is of a kind that this engine does not read. Never returns. */
export function notRead(
  reason: 'not-parquet' | 'cut-off' | 'page-compression' | 'page-encoding' | 'elsewhere',
  why: string,
): never {
  throw new ParquetError('parquet', why, { reason });
}
