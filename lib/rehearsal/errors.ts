/** Errors of a rehearsal. Each message is one sentence, and says what to do. */

/** What is needed is not there: Python, the network, an endpoint that answers, an organisation to play a part. */
export class RehearsalError extends Error {
  override readonly name = 'RehearsalError';
}

/** The rehearsal was stopped by a signal. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';

  constructor(readonly signal: NodeJS.Signals) {
    super(`the rehearsal was stopped by ${signal}`);
  }
}
