/**
 * The one list of what passes and is asked again, and of what sounds as if it passed and does not. It is that of the AWS SDK,
 * with what the SDK does not see: conflicts with another change, tokens and signatures that were too old, errors that are told
 * by name alone, and those of Node's `fetch`.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
import { isClockSkewError, isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';

type Service = 'S3' | 'S3 Control' | 'KMS' | 'DynamoDB' | 'Systems Manager' | 'IAM' | 'fetch' | 'all';

/** What services mean by a name. */
interface Meaning {
  readonly of: readonly Service[];
  readonly why: /** Another change of the same thing is under way. */
    | 'conflict'
    /** The request was signed too early or too late; asked again, it is signed again. */
    | 'clock'
    /** The credentials were replaced meanwhile; asked again, the new ones are taken. */
    | 'token'
    /** A fault inside AWS. */
    | 'fault'
    /** The network, or the other side of it, did not go on. */
    | 'network';
}

/**
 * What passes whatever its HTTP status, by the name or the code that a service gives it. Throttling is not here: the SDK knows
 * its names.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html
 * @internal Only tests import it.
 */
export const PASSING: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['OperationAborted', { of: ['S3', 'S3 Control'], why: 'conflict' }],
  ['ConditionalRequestConflict', { of: ['S3'], why: 'conflict' }],
  ['TransactionConflictException', { of: ['DynamoDB'], why: 'conflict' }],
  ['TooManyUpdates', { of: ['Systems Manager'], why: 'conflict' }],
  ['ConcurrentModification', { of: ['IAM'], why: 'conflict' }],
  ['RequestTimeout', { of: ['S3', 'S3 Control'], why: 'network' }],
  ['RequestTimeoutException', { of: ['all'], why: 'network' }],
  ['NetworkingError', { of: ['all'], why: 'network' }],
  ['UND_ERR_SOCKET', { of: ['fetch'], why: 'network' }],
  ['UND_ERR_CONNECT_TIMEOUT', { of: ['fetch'], why: 'network' }],
  ['UND_ERR_HEADERS_TIMEOUT', { of: ['fetch'], why: 'network' }],
  ['UND_ERR_BODY_TIMEOUT', { of: ['fetch'], why: 'network' }],
  ['RequestTimeTooSkewed', { of: ['S3', 'S3 Control'], why: 'clock' }],
  ['RequestExpired', { of: ['all'], why: 'clock' }],
  ['RequestInTheFuture', { of: ['all'], why: 'clock' }],
  ['ExpiredToken', { of: ['S3', 'S3 Control', 'IAM'], why: 'token' }],
  ['ExpiredTokenException', { of: ['KMS', 'DynamoDB', 'Systems Manager'], why: 'token' }],
  ['DependencyTimeoutException', { of: ['KMS'], why: 'fault' }],
  ['KMSInternalException', { of: ['KMS'], why: 'fault' }],
  ['KeyUnavailableException', { of: ['KMS'], why: 'fault' }],
  ['InternalError', { of: ['S3', 'S3 Control'], why: 'fault' }],
  ['InternalFailure', { of: ['all'], why: 'fault' }],
  ['InternalServerError', { of: ['DynamoDB', 'Systems Manager'], why: 'fault' }],
  ['ServiceFailure', { of: ['IAM'], why: 'fault' }],
  ['ServiceUnavailable', { of: ['all'], why: 'fault' }],
]);

/**
 * What lasts though the SDK, or its HTTP status, takes it for passing: a quota that is full stays full, and what a service
 * does not do it does not do the next time.
 * @internal Only tests import it.
 */
export const LASTING: ReadonlySet<string> = new Set([
  'LimitExceededException',
  'NotImplemented',
  'HttpVersionNotSupported',
]);

/** Names of a refusal for want of rights. */
const DENIED = new Set(['AccessDenied', 'AccessDeniedException']);

/** An error of which nothing is known but its code. */
class Coded extends Error {
  declare readonly cause?: Error;
  constructor(override readonly name: string) {
    super();
  }
}

/** Whether we asked too fast, so that asking more slowly may succeed. */
export function isThrottled(error: unknown): boolean {
  return hasErrorsAsCauses(error) && !lasts(error) && isThrottlingError(error);
}

/** Whether asking again later may succeed: throttling, a conflict, or a fault of the network or of AWS that passes. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error) || lasts(error)) return false;
  if (namesOf(error).some((name) => PASSING.has(name))) return true;
  if (isThrottled(error) || isThrottlingError(new Coded(codeOf(error)))) return true;
  if (hasErrorsAsCauses(error)) {
    if (error.$metadata?.clockSkewCorrected) return isClockSkewError(error) || isFaultOfServer(error);
    if (isTransientError(error) || isServerError(error)) return true;
  }
  // What fetch throws says nothing; its cause does.
  return error instanceof TypeError && isPassing(error.cause);
}

/**
 * Whether the rights did not suffice. That lasts, but for the first minutes after a role or its policy was made.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
export function isDenied(error: unknown): boolean {
  return error instanceof Error && namesOf(error).some((name) => DENIED.has(name));
}

function lasts(error: Error): boolean {
  return namesOf(error).some((name) => LASTING.has(name));
}

function namesOf(error: Error): readonly string[] {
  return [error.name, codeOf(error)];
}

/** The code that Node gives an error, or that a service gave in its answer. */
function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function isFaultOfServer({ $metadata }: FromSdk): boolean {
  return ($metadata?.httpStatusCode ?? 0) >= 500;
}

/**
 * An error as the SDK may give it. Where it corrected the clock, it says so on every error and takes each for passing while
 * the clock is minutes off, though most have nothing to do with the time: findings/sdk-skewed-clock-retries-refusals.sh.
 */
type FromSdk = Error & {
  readonly cause?: Error;
  readonly $metadata?: { readonly clockSkewCorrected?: true; readonly httpStatusCode?: number };
};

/** The SDK follows causes, and fails on one that is not an error. */
function hasErrorsAsCauses(error: unknown): error is FromSdk {
  return error instanceof Error && (error.cause === undefined || hasErrorsAsCauses(error.cause));
}
