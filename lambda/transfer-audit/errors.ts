/** The audit’s own errors. Anything else that is thrown is AWS’s: the queue tries again. */
import { FunctionError } from '../../lib/runtime';

/** There is no such file. */
export class FileMissingError extends FunctionError {
  override readonly name = 'FileMissingError';
}

/** The register’s index is not the one that was synthesised. Nothing was judged by it; what is queued stays queued. */
export class OtherIndexError extends FunctionError {
  override readonly name = 'OtherIndexError';
}
