/** Errors of a rehearsal. Each message is one sentence, and says what to do. */

/** What is needed is not there: Python, the network, an endpoint that answers, an organisation to play a part. */
export class RehearsalError extends Error {
  override readonly name = 'RehearsalError';
}

/** Somebody stopped the rehearsal. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}
