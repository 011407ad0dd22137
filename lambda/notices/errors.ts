/** The errors of the notifier. */
import { FunctionError } from '../../lib/runtime';

/** What the function was deployed with is not what was synthesised, or the secret holds no key. */
export class NotAsDeployedError extends FunctionError {
  override readonly name = 'NotAsDeployedError';
}

/** GOV.UK Notify gave no answer that settles it. Its own error is not kept: it holds the request, with key and address. */
export class NoAnswerError extends FunctionError {
  override readonly name = 'NoAnswerError';
}
