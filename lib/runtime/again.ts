/**
 * The one list of what to ask again. It is that of the AWS SDK, with what the SDK does not see: errors that are told by name
 * alone, and those of Node's `fetch`.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';

/** Faults inside AWS that pass. With an HTTP status the SDK knows them; S3 Control and custom clients give the name alone. */
const PASSING_NAMES = new Set([
  'DependencyTimeoutException',
  'InternalError',
  'InternalFailure',
  'KMSInternalException',
  'NetworkingError',
  'ServiceUnavailable',
]);
/** Of undici, which is Node's `fetch`. */
const PASSING_CODES = new Set(['UND_ERR_SOCKET', 'UND_ERR_CONNECT_TIMEOUT']);

/** Whether we asked too fast, so that asking more slowly may succeed. */
export function isThrottled(error: unknown): boolean {
  return hasErrorsAsCauses(error) && isThrottlingError(error);
}

/**
 * Whether asking again later may succeed: throttling, or a fault of the network or of AWS that passes. Names mean different
 * things in different services (LimitExceededException of KMS is a quota that stays full): a caller that knows better asks
 * its own list first.
 */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (PASSING_NAMES.has(error.name) || PASSING_CODES.has(codeOf(error))) return true;
  if (
    hasErrorsAsCauses(error) &&
    (isThrottlingError(error) || isTransientError(error) || isServerError(error))
  )
    return true;
  // What fetch throws says nothing; its cause does.
  return error instanceof TypeError && isPassing(error.cause);
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** The SDK follows causes, and fails on one that is not an error. */
function hasErrorsAsCauses(error: unknown): error is Error & { readonly cause?: Error } {
  return error instanceof Error && (error.cause === undefined || hasErrorsAsCauses(error.cause));
}
