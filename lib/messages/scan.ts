/**
 * Reads the form of a message while its bytes go by, and never what it says: is it one that every program takes apart in the same
 * way? Then who looks at the media types here and who reads the message elsewhere see the same attachments.
 *
 * @see RFC 5322 (messages), RFC 2045 and 2046 (MIME), RFC 2183 and 2231 (names of files)
 */

import { MESSAGE_LIMITS } from '../wire';
import { Base64Form } from './base64-form';
import { Fields } from './fields';
import { demandLetterhead, headOf, idOf } from './head';
import { Lines, latin1Of } from './lines';
import { type Entity, MessageFault, type MessageOutline } from './outline';

const DASH = 45;

/** A multipart entity whose parts are being read. */
interface Open {
  readonly place: string;
  readonly boundary: string;
  readonly line: number;
  parts: number;
}

/** Takes a message piece by piece. Holds one line, the fields of one entity and the outline, whatever the message is like. */
export class MessageScan {
  readonly #entities: Entity[] = [];
  readonly #open: Open[] = [];
  readonly #lines = new Lines((line, number) => this.#take(line, number));
  /** The fields that are being gathered, of which entity; none within a body. */
  #fields: { readonly of: Fields; readonly place: string; readonly line: number } | undefined;
  #base64: Base64Form | undefined;
  #id: string | undefined;
  /** How many entities lie around the next one. */
  #within: string[] = [];

  constructor() {
    this.#begin('0', 1);
  }

  /** @throws MessageFault as soon as it is plain that it is no message that all programs read alike */
  push(piece: Uint8Array): void {
    this.#lines.push(piece);
  }

  /** What the message is made of, once all of it was pushed. @throws MessageFault as above */
  end(): MessageOutline {
    this.#lines.end();
    const last = Math.max(1, this.#lines.count);
    // Fields without a body are a message all the same (RFC 5322, section 2.1).
    if (this.#fields?.place === '0' && this.#lines.count > 0) this.#endOfFields();
    if (this.#fields !== undefined)
      throw new MessageFault(last === 1 ? 'not-a-message' : 'ends-in-fields', last);
    this.#base64?.end(last);
    const unclosed = this.#open.at(-1);
    if (unclosed !== undefined) throw new MessageFault('not-closed', unclosed.line);
    return { id: this.#id, entities: this.#entities };
  }

  #begin(place: string, line: number): void {
    if (this.#entities.length >= MESSAGE_LIMITS.entities) throw new MessageFault('entities-too-many', line);
    if (this.#within.length > MESSAGE_LIMITS.depth) throw new MessageFault('too-deep', line);
    this.#fields = { of: new Fields(), place, line };
  }

  #take(line: Uint8Array, number: number): void {
    if (line[0] === DASH && line[1] === DASH && this.#open.length > 0 && this.#takeBoundary(line, number))
      return;
    if (this.#fields === undefined) this.#base64?.take(line, number);
    else if (line.length === 0) this.#endOfFields();
    else this.#fields.of.add(line, number, number === 1);
  }

  #endOfFields(): void {
    if (this.#fields === undefined) return;
    const { of: fields, place, line } = this.#fields;
    this.#fields = undefined;
    if (place === '0') {
      demandLetterhead(fields, line);
      this.#id = idOf(fields);
    }
    const { entity, boundary } = headOf(fields, place, line);
    this.#entities.push(entity);
    if (boundary !== undefined) {
      // A program that looks for either may find the other.
      if (this.#open.some((each) => each.boundary.startsWith(boundary) || boundary.startsWith(each.boundary)))
        throw new MessageFault('boundary', line);
      this.#open.push({ place, boundary, line, parts: 0 });
      this.#within.push(place);
    } else if (entity.mediaType === 'message/rfc822') {
      this.#within.push(place);
      this.#begin(`${place}.m`, line);
    } else if (entity.encoding === 'base64') this.#base64 = new Base64Form();
  }

  /** Whether a line is a boundary of an entity that is open. */
  #takeBoundary(line: Uint8Array, number: number): boolean {
    const text = latin1Of(line);
    const found = this.#open.findLast(({ boundary }) => text.startsWith(`--${boundary}`));
    if (found === undefined) return false;
    const rest = text.slice(found.boundary.length + 2);
    if (rest !== '' && rest !== '--') throw new MessageFault('boundary-damaged', number);
    if (this.#fields !== undefined) throw new MessageFault('ends-in-fields', number);
    if (found !== this.#open.at(-1)) throw new MessageFault('not-closed', this.#open.at(-1)?.line ?? number);
    this.#base64?.end(number);
    this.#base64 = undefined;
    this.#within = this.#within.slice(0, this.#within.lastIndexOf(found.place) + 1);
    if (rest === '--') {
      if (found.parts === 0) throw new MessageFault('boundary-damaged', number);
      this.#open.pop();
      this.#within.pop();
      return true;
    }
    found.parts += 1;
    this.#begin(found.place === '0' ? String(found.parts) : `${found.place}.${found.parts}`, number);
    return true;
  }
}

/** The outline of a whole message. @throws MessageFault */
export function outlineOf(message: Uint8Array): MessageOutline {
  const scan = new MessageScan();
  scan.push(message);
  return scan.end();
}
