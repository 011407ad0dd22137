/** What has gone wrong, by the names that KMS gives its errors; and this Lambda’s own errors. */
import { FunctionError, isPassing, isThrottled } from '../../lib/runtime';

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

/** What KMS means by a name, whatever it means elsewhere: LimitExceededException is no throttling here. */
const KINDS: Readonly<Record<string, ErrorKind>> = {
  InvalidArnException: 'grantee-absent',
  LimitExceededException: 'limit',
  DisabledException: 'key-unusable',
  KMSInvalidStateException: 'key-unusable',
  NotFoundException: 'not-found',
  InvalidGrantIdException: 'not-found',
};

/** What an error means: by its name if KMS has a meaning of its own for that, otherwise whether it passes. */
export function kindOf(error: unknown): ErrorKind {
  if (!(error instanceof Error)) return 'other';
  const known = KINDS[error.name];
  if (known) return known;
  if (isThrottled(error)) return 'throttled';
  return isPassing(error) ? 'transient' : 'other';
}

/** The key does not exist. */
export class KeyGoneError extends FunctionError {
  override readonly name = 'KeyGoneError';
}

/** S3 Control refused a request, or an access point can’t be opened again. */
export class AccessPointError extends FunctionError {
  override readonly name = 'AccessPointError';
  readonly $metadata: { readonly httpStatusCode: number | undefined };
  /** S3’s code, by which the list of what passes knows it. */
  readonly code: string;
  constructor(
    message: string,
    { status, code = '', ...options }: ErrorOptions & { status?: number; code?: string | undefined } = {},
  ) {
    super(message, options);
    this.code = code;
    this.$metadata = { httpStatusCode: status };
  }
}
