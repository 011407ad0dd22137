/** What errors of the AWS SDK and of Node mean for sending and collecting: by their codes, never by their text. */
import { DeliveryRefused, type FailureKind, type Looked, StoreFailure } from '../delivery';
import { isDenied, isPassing } from '../runtime';

/**
 * By the name or code of an error. What passes by itself was asked again before it comes here.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 */
const KINDS: Readonly<Record<string, FailureKind>> = {
  CredentialsProviderError: 'no-credentials',
  TokenProviderError: 'no-credentials',
  ProviderError: 'no-credentials',
  ExpiredToken: 'credentials-expired',
  ExpiredTokenException: 'credentials-expired',
  TokenRefreshRequired: 'credentials-expired',
  InvalidToken: 'credentials-expired',
  InvalidClientTokenId: 'credentials-expired',
  InvalidAccessKeyId: 'credentials-expired',
  UnrecognizedClientException: 'credentials-expired',
  SignatureDoesNotMatch: 'denied',
  AllAccessDisabled: 'denied',
  // A request with HEAD has no body, so its errors are named after their status.
  Forbidden: 'denied',
  '403': 'denied',
  // What KMS says of a key, as S3 hands it on. For want of rights S3 says AccessDenied, and SlowDown where KMS is asked too much.
  'KMS.DisabledException': 'no-key',
  'KMS.KMSInvalidStateException': 'no-key',
  'KMS.InvalidStateException': 'no-key',
  'KMS.KeyUnavailableException': 'no-key',
  'KMS.NotFoundException': 'no-key',
  NoSuchBucket: 'no-bucket',
  NoSuchAccessPoint: 'no-bucket',
  PermanentRedirect: 'no-bucket',
  AuthorizationHeaderMalformed: 'no-bucket',
  RequestTimeTooSkewed: 'clock',
  RequestExpired: 'clock',
  RequestInTheFuture: 'clock',
  BadDigest: 'damaged',
  InvalidDigest: 'damaged',
  XAmzContentSHA256Mismatch: 'damaged',
  XAmzContentChecksumMismatch: 'damaged',
  IncompleteBody: 'damaged',
  PreconditionFailed: 'changed',
  '412': 'changed',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  ECONNREFUSED: 'unreachable',
  ECONNRESET: 'unreachable',
  // The same, once an answer has begun.
  ERR_STREAM_PREMATURE_CLOSE: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  EPIPE: 'unreachable',
  ETIMEDOUT: 'unreachable',
  TimeoutError: 'unreachable',
  // Who answers does not speak TLS, or nobody trusted vouches for them; or a proxy that answered does not hand on.
  EPROTO: 'unreachable',
  ERR_PROXY_TUNNEL: 'unreachable',
  ERR_TLS_CERT_ALTNAME_INVALID: 'unreachable',
  CERT_HAS_EXPIRED: 'unreachable',
  CERT_NOT_YET_VALID: 'unreachable',
  CERT_UNTRUSTED: 'unreachable',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'unreachable',
  SELF_SIGNED_CERT_IN_CHAIN: 'unreachable',
  UNABLE_TO_GET_ISSUER_CERT: 'unreachable',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unreachable',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unreachable',
};

/** What an object that is not there answers, or is a delete marker. */
const GONE = new Set(['NoSuchKey', 'NoSuchVersion', 'NotFound', 'MethodNotAllowed', '404', '405']);

/**
 * The failure that an error is; it is given back if it is one already, and so is a refusal, such as that a sign-in is over, which the
 * SDK meets as it asks for credentials.
 * @param of which service was asked
 */
export function failureOf(error: unknown, of: StoreFailure['of'] = 's3'): StoreFailure | DeliveryRefused {
  if (error instanceof StoreFailure || error instanceof DeliveryRefused) return error;
  const codes = codesOf(error);
  const known = codes.find((code) => Object.hasOwn(KINDS, code));
  if (known !== undefined) return new StoreFailure(KINDS[known] ?? 'unexpected', known, { cause: error, of });
  const code = codes.at(0) ?? 'unknown';
  if (isDenied(error)) return new StoreFailure('denied', code, { cause: error, of });
  return new StoreFailure(isPassing(error) ? 'busy' : 'unexpected', code, { cause: error, of });
}

/** Whether an object is not there. */
export function isGone(error: unknown): boolean {
  return codesOf(error).some((code) => GONE.has(code));
}

/** Whether an error has this code. */
export function hasCode(error: unknown, code: string): boolean {
  return codesOf(error).includes(code);
}

/** Names that say nothing. The SDK calls an answer without a body, as HEAD has it, `Unknown` where its status has no name. */
const NAMELESS = new Set(['Error', 'AggregateError', 'Unknown', 'UnknownError']);

/** Codes and names of an error, its own first, then those of what caused it. */
function codesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 4) return [];
  const { code, $metadata, errors } = error as Error & {
    readonly code?: unknown;
    readonly $metadata?: { readonly httpStatusCode?: number };
    /** Of an AggregateError: each address of a host fails for itself. */
    readonly errors?: readonly unknown[];
  };
  const status = $metadata?.httpStatusCode;
  return [
    ...(typeof code === 'string' ? [code] : []),
    ...(NAMELESS.has(error.name) ? [] : [error.name]),
    ...(errors ?? []).flatMap((each) => codesOf(each, depth + 1)),
    ...codesOf(error.cause, depth + 1),
    ...(status === undefined || status < 400 ? [] : [String(status)]),
  ];
}

/** Bytes as they come; where they end too early, why. */
export async function* told(content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* content;
  } catch (error) {
    throw failureOf(error);
  }
}

/**
 * Looks at an object by its headers; one that may not be read is refused. To such a look S3 answers an expired session and a key that
 * cannot be used with the same 400, and without a body says no more. To list takes the session and no key: where that succeeds, and
 * the next look does not, it is the key, and whoever goes on to the objects of others is not told to sign in again.
 * @param list lists; what it throws is thrown
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 * @throws StoreFailure or DeliveryRefused
 */
export async function lookedAt(look: () => Promise<Looked>, list: () => Promise<unknown>): Promise<Looked> {
  const first = await onceAt(look);
  if (!(first instanceof StoreFailure)) return first;
  await list();
  const second = await onceAt(look);
  if (second instanceof StoreFailure) throw new StoreFailure('no-key', '400', { cause: second });
  return second;
}

/** @returns the failure where S3 says 400 and no more */
async function onceAt(look: () => Promise<Looked>): Promise<Looked | StoreFailure> {
  try {
    return await look();
  } catch (error) {
    const failure = failureOf(error);
    if (failure instanceof DeliveryRefused) throw failure;
    if (failure.kind === 'denied') return { answer: 'refused' };
    if (failure.code === '400') return failure;
    throw failure;
  }
}
