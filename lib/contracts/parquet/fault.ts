/** What is wrong with a Parquet file as a whole, so that no row of it can be told, or no more. */
import type { FormFault } from '../../wire/contracts';

/** A fault of a Parquet file. The message is for those who look into it; reports are made of the fault and the column. */
export class ParquetError extends Error {
  override readonly name = 'ParquetError';

  constructor(
    readonly fault: FormFault,
    why: string,
    options?: ErrorOptions,
  ) {
    super(why, options);
  }
}

/** Says that a file is damaged. Never returns. */
export function damaged(why: string): never {
  throw new ParquetError('parquet', why);
}

/** Says that a file is more than this engine reads. Never returns. */
export function tooLarge(why: string): never {
  throw new ParquetError('too-large', why);
}
