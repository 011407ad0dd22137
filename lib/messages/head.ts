/** What the fields of an entity say of it, and of the message that they begin. */
import type { Fields } from './fields';
import { type Encoding, type Entity, MessageFault } from './outline';
import { parameteredOf } from './parameters';

const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/;
const WORD = /^[a-z][a-z0-9-]{0,30}$/;
/** RFC 2046, section 5.1.1; without the space, which programs trim. */
const BOUNDARY = /^[0-9A-Za-z'()+_,./:=?-]{1,70}$/;
const ENCODINGS: ReadonlySet<string> = new Set<Encoding>(['7bit', '8bit', 'quoted-printable', 'base64']);
/** They say where a body is, and have none. */
const ELSEWHERE: ReadonlySet<string> = new Set(['message/partial', 'message/external-body']);

/** An entity, and the boundary between its parts where it has any. */
export interface Head {
  readonly entity: Entity;
  readonly boundary: string | undefined;
}

/** @throws MessageFault for a field that is not as its standard says, or that programs read differently */
export function headOf(fields: Fields, place: string, line: number): Head {
  const type = fields.get('content-type');
  const read = type && parameteredOf(type.body, MEDIA_TYPE);
  if (type !== undefined && read === undefined)
    throw new MessageFault('field-unreadable', type.line, type.name);
  const mediaType = read?.value ?? 'text/plain';
  if (ELSEWHERE.has(mediaType)) throw new MessageFault('body-elsewhere', type?.line ?? line);
  // What is in it is a message where nothing is said (RFC 2046, section 5.1.5), and to most programs a text.
  if (mediaType === 'multipart/digest')
    throw new MessageFault('field-unreadable', type?.line ?? line, 'content-type');
  const encoding = encodingOf(fields);
  const holds = mediaType.startsWith('multipart/') || mediaType === 'message/rfc822';
  // RFC 2045, section 6.4: what holds others is never encoded itself, or they could not be found in it.
  if (holds && encoding !== '7bit' && encoding !== '8bit')
    throw new MessageFault('encoding', fields.get('content-transfer-encoding')?.line ?? line);
  const boundary = read?.parameters.get('boundary');
  const isMultipart = mediaType.startsWith('multipart/');
  if (isMultipart && (boundary === undefined || !BOUNDARY.test(boundary)))
    throw new MessageFault('boundary', type?.line ?? line);
  // Some programs take for multipart whatever has a boundary.
  if (!isMultipart && boundary !== undefined)
    throw new MessageFault('field-unreadable', type?.line ?? line, 'content-type');
  const shown = fields.get('content-disposition');
  const disposition = shown && parameteredOf(shown.body, WORD);
  if (shown !== undefined && disposition === undefined)
    throw new MessageFault('field-unreadable', shown.line, shown.name);
  const named = [...(read?.parameters.keys() ?? []), ...(disposition?.parameters.keys() ?? [])].some((name) =>
    /^(?:file)?name(?:\*|$)/.test(name),
  );
  // Of a file without a media type, some programs make one up by its name.
  if (type === undefined && (named || (disposition !== undefined && disposition.value !== 'inline')))
    throw new MessageFault('field-missing', line, 'content-type');
  return {
    entity: {
      place,
      mediaType,
      encoding,
      // RFC 2183, section 2.8: one that is not known is an attachment.
      disposition: disposition && (disposition.value === 'inline' ? 'inline' : 'attachment'),
      named,
      line,
    },
    boundary: isMultipart ? boundary : undefined,
  };
}

function encodingOf(fields: Fields): Encoding {
  const given = fields.get('content-transfer-encoding');
  if (given === undefined) return '7bit';
  const encoding = given.body.toLowerCase();
  if (!ENCODINGS.has(encoding)) throw new MessageFault('encoding', given.line);
  return encoding as Encoding;
}

/** RFC 5322, section 3.6: a message has a date and who it is from, and here one sender. @throws MessageFault */
export function demandLetterhead(fields: Fields, line: number): void {
  for (const name of ['from', 'date'])
    if (fields.get(name) === undefined) throw new MessageFault('field-missing', line, name);
  const from = fields.get('from');
  if (from !== undefined && !isOneMailbox(from.body)) throw new MessageFault('senders', from.line, 'from');
}

/** The Message-ID, without its angle brackets. The longest that fits into a name at S3, encoded, and with all that is around it. */
export function idOf(fields: Fields): string | undefined {
  return /^<([!-;=?-~]{1,250})>$/.exec(fields.get('message-id')?.body ?? '')?.[1];
}

const ADDRESS = /^[!#-'*+\-/-9=?A-Z^-~.]{1,64}@[0-9A-Za-z.-]{1,253}$/;

/** Whether a field names one mailbox: an address, or a name and an address between angle brackets. Comments are not taken. */
function isOneMailbox(body: string): boolean {
  if (ADDRESS.test(body)) return true;
  // Two forms of one name each, so that no text takes more than one look.
  const found =
    /^"(?:[^"\\]|\\.)*"[ \t]*<([^<>]*)>$/.exec(body) ?? /^[^"<>(),:;@\\[\]]*<([^<>]*)>$/.exec(body);
  return found !== null && ADDRESS.test(found[1] ?? '');
}
