/** The sealer’s own errors. */
import { FunctionError } from '../../lib/runtime';

/**
 * The bucket holds what no sealer can have written: a tile that differs, a checkpoint with another root or without a good
 * signature, a claim that can’t be read. Nothing is signed on top of it. Treat it as evidence of tampering until it is
 * explained.
 */
export class LedgerDamagedError extends FunctionError {
  override readonly name = 'LedgerDamagedError';
}

/** What the key signed does not verify with its public half. */
export class SigningError extends FunctionError {
  override readonly name = 'SigningError';
}
