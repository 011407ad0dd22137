/** What errors of a provider, and on the way to it, mean for signing in: by their codes, never by their text. */
import {
  AuthorizationResponseError,
  JSON_ATTRIBUTE_COMPARISON,
  JWT_CLAIM_COMPARISON,
  JWT_TIMESTAMP_CHECK,
  OperationProcessingError,
  ResponseBodyError,
} from 'oauth4webapi';
import { DeliveryRefused } from '../../delivery';
import { refusal, type SignInRefusal } from './refusals';

/** What a provider says where it is asked too much, or is at fault itself. @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1 */
const BUSY: ReadonlySet<string> = new Set(['server_error', 'temporarily_unavailable']);

/** The refusal that an error is. What is given back as it is, is none: a fault of the program, or somebody stopped it. */
export function providerRefusal(error: unknown, issuer: string): unknown {
  const why = refusalIn(error, issuer);
  return why === undefined ? error : refusal(why, error);
}

function refusalIn(error: unknown, issuer: string): SignInRefusal | undefined {
  if (error instanceof AuthorizationResponseError) return saidBy(error.error, issuer);
  if (error instanceof ResponseBodyError)
    return error.status >= 500
      ? { refused: 'provider-busy', issuer, code: String(error.status) }
      : saidBy(error.error, issuer);
  if (error instanceof OperationProcessingError) return processed(error, issuer);
  if (!isError(error) || error instanceof DeliveryRefused) return undefined;
  if (error.name === 'UnsupportedOperationError')
    return { refused: 'provider-faulty', issuer, code: codeOf(error) ?? 'unsupported' };
  if (error.name === 'WWWAuthenticateChallengeError')
    return { refused: 'provider-refused', issuer, error: 'invalid_client' };
  if (error.name === 'TimeoutError') return { refused: 'provider-unreachable', issuer, code: 'TimeoutError' };
  // What fetch throws where no answer came: its cause has Node’s code, or where a proxy refused, the cause of that.
  if (error.name === 'TypeError' && isError(error.cause))
    return { refused: 'provider-unreachable', issuer, code: codeBelow(error.cause) ?? error.cause.name };
  return undefined;
}

function saidBy(error: string, issuer: string): SignInRefusal {
  if (error === 'access_denied') return { refused: 'consent-denied', issuer };
  if (error === 'expired_token') return { refused: 'not-finished', flow: 'device' };
  if (BUSY.has(error)) return { refused: 'provider-busy', issuer, code: error };
  return { refused: 'provider-refused', issuer, error };
}

function processed(error: OperationProcessingError, issuer: string): SignInRefusal {
  const { code = 'unknown', cause } = error;
  if (cause instanceof Response && (cause.status >= 500 || cause.status === 429))
    return { refused: 'provider-busy', issuer, code: String(cause.status) };
  if (cause instanceof Response && cause.status >= 400)
    return { refused: 'provider-faulty', issuer, code: String(cause.status) };
  if (code === JWT_TIMESTAMP_CHECK) return { refused: 'token-times', issuer };
  const { claim, attribute } = (cause ?? {}) as { readonly claim?: unknown; readonly attribute?: unknown };
  if (code === JSON_ATTRIBUTE_COMPARISON && attribute === 'issuer')
    return { refused: 'other-issuer', issuer };
  if (code === JWT_CLAIM_COMPARISON && claim === 'iss') return { refused: 'other-issuer', issuer };
  return { refused: 'provider-faulty', issuer, code: typeof claim === 'string' ? `${code} ${claim}` : code };
}

/** Whether it is an error, of whichever realm: tests and frames have their own. */
function isError(error: unknown): error is Error {
  return error instanceof Error || Object.prototype.toString.call(error) === '[object Error]';
}

function codeBelow(error: Error): string | undefined {
  return codeOf(error) ?? (isError(error.cause) ? codeOf(error.cause) : undefined);
}

function codeOf(error: Error): string | undefined {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : undefined;
}
