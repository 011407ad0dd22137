/** The gate’s own errors. Anything else that is thrown is AWS’s: the queue, the state machine or the sweep tries again. */
import { FunctionError } from '../../lib/runtime';

/** What came with the function is not what was synthesised. Nothing is decided by it. */
export class OtherListError extends FunctionError {
  override readonly name = 'OtherListError';
}

/** There is a clean verdict in the event, and none on the version yet. It is tried again. */
export class VerdictMissingError extends FunctionError {
  override readonly name = 'VerdictMissingError';
}

/** The bytes of a version do not come to the checksum that S3 holds of it. Thrown while it is read. */
export class ChecksumDiffersError extends FunctionError {
  override readonly name = 'ChecksumDiffersError';
  constructor(
    readonly stored: string,
    readonly read: string,
  ) {
    super(`S3 holds the checksum ${stored}, what was read comes to ${read}`);
  }
}
