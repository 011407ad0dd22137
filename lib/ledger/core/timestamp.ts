/**
 * Asking a timestamp authority when a checkpoint was there, and reading its reply. The reply’s signature is for
 * `openssl ts -verify` and the authority’s certificate; here it is seen that the reply answers the request.
 * @see https://www.rfc-editor.org/rfc/rfc3161
 */
import { fromHex, hex, sameBytes, utf8 } from './bytes';
import { contentOf, DER, der, derInteger, readDer, within } from './der';
import { LedgerFormatError } from './errors';
import { sha256 } from './hash';

const SHA_256 = fromHex('608648016503040201');
const SIGNED_DATA = fromHex('2a864886f70d010702');
const TST_INFO = fromHex('2a864886f70d0109100104');
const VERSION_1 = Uint8Array.of(DER.integer, 1, 1);

/** A request for a timestamp on these bytes, with the authority’s certificate in the reply. @param nonce 8 random bytes */
export function timestampRequest(bytes: Uint8Array, nonce: Uint8Array): Uint8Array {
  const algorithm = der(DER.sequence, der(DER.oid, SHA_256), der(DER.nothing));
  const imprint = der(DER.sequence, algorithm, der(DER.octets, sha256(bytes)));
  return der(DER.sequence, VERSION_1, imprint, derInteger(nonce), der(DER.boolean, Uint8Array.of(0xff)));
}

/** Whether a request is one on these bytes. */
export function requestsTimestampOf(request: Uint8Array, bytes: Uint8Array): boolean {
  const [, imprint] = within(readDer(request)[0], DER.sequence, 'the request');
  const [, hash] = within(imprint, DER.sequence, 'what the request is on');
  return hash !== undefined && sameBytes(hash.content, sha256(bytes));
}

/**
 * Holds a reply against its request, and gives the time that it states.
 * @throws LedgerFormatError if it was refused, answers another request, or is no reply at all
 */
export function timestampOf(reply: Uint8Array, request: Uint8Array): Date {
  const [status, token] = within(readDer(reply)[0], DER.sequence, 'the reply');
  const [code] = within(status, DER.sequence, 'the status of the reply');
  const granted = contentOf(code, DER.integer, 'the status of the reply');
  if (granted.length !== 1 || (granted[0] ?? 2) > 1)
    throw new LedgerFormatError(`the authority refused, with status ${hex(granted)}`);
  const info = within(readDer(infoOf(token))[0], DER.sequence, 'what is signed');
  const [, , imprint, , time] = info;
  const [, wantedImprint, nonce] = within(readDer(request)[0], DER.sequence, 'the request');
  if (!wantedImprint || !sameBytes(contentOf(imprint, DER.sequence, 'its imprint'), wantedImprint.content))
    throw new LedgerFormatError('the reply is on something else than was asked');
  const found = info.slice(5).find(({ tag }) => tag === DER.integer);
  if (!nonce || !found || !sameBytes(found.content, nonce.content))
    throw new LedgerFormatError('the reply answers another request: its nonce differs');
  return dateOf(utf8(contentOf(time, DER.generalizedTime, 'its time'), 'its time'));
}

/** The bytes that the token signs. */
function infoOf(token: Parameters<typeof within>[0]): Uint8Array {
  const [kind, signed] = within(token, DER.sequence, 'the token');
  if (!sameBytes(contentOf(kind, DER.oid, 'the token’s kind'), SIGNED_DATA))
    throw new LedgerFormatError('the token is not signed data');
  const [data] = within(signed, DER.context0, 'the signed data');
  const [, , content] = within(data, DER.sequence, 'the signed data');
  const [type, wrapped] = within(content, DER.sequence, 'the signed content');
  if (!sameBytes(contentOf(type, DER.oid, 'the content’s kind'), TST_INFO))
    throw new LedgerFormatError('what is signed is no timestamp');
  return contentOf(within(wrapped, DER.context0, 'the timestamp')[0], DER.octets, 'the timestamp');
}

function dateOf(text: string): Date {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d(?:\.\d+)?)Z$/.exec(text) ?? [];
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(date.getTime())) throw new LedgerFormatError(`'${text}' is no time`);
  return date;
}
