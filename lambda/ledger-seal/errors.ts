/** The sealer’s own errors. */
import { FunctionError } from '../../lib/runtime';

/**
 * What lies in the bucket can’t be what this sealer, or one like it, has written: a tile that differs, a checkpoint with
 * another root or without a good signature, a claim that can’t be read. Nothing is signed on top of it; it is evidence of
 * tampering until somebody has looked.
 */
export class LedgerDamagedError extends FunctionError {
  override readonly name = 'LedgerDamagedError';
}

/** The key signs otherwise than its public half verifies. */
export class SigningError extends FunctionError {
  override readonly name = 'SigningError';
}
