/** What has gone wrong, by the names that AWS gives its errors; and this Lambda’s own errors. */

/** What an error means for a run, and so what is done about it. */
export type ErrorKind =
  /** Asked too fast: ask again later. */
  | 'throttled'
  /** A fault of the network or of AWS that passes: ask again. */
  | 'transient'
  /** The role that a grant names does not exist, or not yet everywhere. */
  | 'grantee-absent'
  /** The key takes no more grants. */
  | 'limit'
  /** The key is disabled, pending deletion, or without its key material. */
  | 'key-unusable'
  /** The key, or at a revocation the grant, is not there. */
  | 'not-found'
  | 'other';

const KINDS: Readonly<Record<string, ErrorKind>> = {
  ThrottlingException: 'throttled',
  Throttling: 'throttled',
  TooManyRequestsException: 'throttled',
  RequestLimitExceeded: 'throttled',
  SlowDown: 'throttled',
  DependencyTimeoutException: 'transient',
  KMSInternalException: 'transient',
  InternalFailure: 'transient',
  InternalError: 'transient',
  ServiceUnavailable: 'transient',
  TimeoutError: 'transient',
  NetworkingError: 'transient',
  InvalidArnException: 'grantee-absent',
  LimitExceededException: 'limit',
  DisabledException: 'key-unusable',
  KMSInvalidStateException: 'key-unusable',
  NotFoundException: 'not-found',
  InvalidGrantIdException: 'not-found',
};

const PASSING_CODES = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What an error means, by its name, then its code, then its HTTP status. */
export function kindOf(error: unknown): ErrorKind {
  if (!(error instanceof Error)) return 'other';
  const known = KINDS[error.name];
  if (known) return known;
  const { code, $metadata } = error as { code?: unknown; $metadata?: { httpStatusCode?: number } };
  if (typeof code === 'string' && PASSING_CODES.has(code)) return 'transient';
  // What fetch throws says nothing; its cause does.
  if (error instanceof TypeError && error.cause instanceof Error) return kindOf(error.cause);
  const status = $metadata?.httpStatusCode ?? 0;
  if (status === 429) return 'throttled';
  return status >= 500 ? 'transient' : 'other';
}

/** The name and message of whatever was thrown, on one line and of bounded length. */
export function described(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.replaceAll(/\s+/g, ' ').slice(0, 500);
}

/** The environment of the function is not what it must be. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/** The event is none that this function takes. */
export class EventError extends Error {
  override readonly name = 'EventError';
}

/** The key does not exist. */
export class KeyGoneError extends Error {
  override readonly name = 'KeyGoneError';
}

/** S3 Control refused a request, or an access point can’t be opened again. */
export class AccessPointError extends Error {
  override readonly name = 'AccessPointError';
  readonly $metadata: { readonly httpStatusCode: number | undefined };
  constructor(message: string, status?: number) {
    super(message);
    this.$metadata = { httpStatusCode: status };
  }
}

/** The run did all that it could, and something failed; each failure is in the log. */
export class RunFailedError extends Error {
  override readonly name = 'RunFailedError';
}
