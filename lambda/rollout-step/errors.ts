/** The function’s own errors. The state machine knows them by these names. */
import { FunctionError } from '../../lib/runtime';

/** AWS was throttled, or failed in a way that passes: the state machine asks again. */
export class AskAgainError extends FunctionError {
  override readonly name = 'AskAgain';
}

/** The order is not whole, or not what its digest names. Nothing is begun. */
export class OrderError extends FunctionError {
  override readonly name = 'OrderUnfit';
}
