/** The fields of one entity (RFC 5322, section 2.2), unfolded, with those that programs go by at most once each. */
import { MESSAGE_LIMITS } from '../wire';
import { asciiOf } from './lines';
import { MessageFault } from './outline';

/** A field, its body unfolded and without the white space around it. */
export interface Field {
  readonly name: string;
  readonly body: string;
  readonly line: number;
}

/** RFC 5322, section 3.6, and RFC 2045: two of one are read differently by different programs. */
const ONCE: ReadonlySet<string> = new Set([
  'date',
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'bcc',
  'message-id',
  'in-reply-to',
  'references',
  'subject',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'content-disposition',
  'content-id',
  'content-description',
  'content-location',
  'content-base',
]);

/** White space before the colon, which RFC 5322 calls obsolete, some programs take for part of the name. */
const FIELD = /^([!-9;-~]+):(.*)$/;

/** Gathers the fields of an entity line by line. */
export class Fields {
  readonly #fields: { readonly name: string; readonly pieces: string[]; readonly line: number }[] = [];
  #bytes = 0;

  /** @param first whether it is the first line of the message: whatever is no field there is no message */
  add(line: Uint8Array, number: number, first: boolean): void {
    this.#bytes += line.length + 2;
    if (this.#bytes > MESSAGE_LIMITS.fieldBytes) throw new MessageFault('fields-too-large', number);
    const text = asciiOf(line);
    if (text === undefined)
      throw new MessageFault(first ? 'not-a-message' : 'field-not-ascii', number, this.#nameOf(line));
    const last = this.#fields.at(-1);
    if (/^[ \t]/.test(text)) {
      // A line of white space alone is where programs differ on whether the fields are over.
      if (last === undefined || text.trim() === '')
        throw new MessageFault(first ? 'not-a-message' : 'no-field', number);
      last.pieces.push(text.trim());
      return;
    }
    const [, name, body] = FIELD.exec(text) ?? [];
    if (name === undefined || body === undefined)
      throw new MessageFault(first ? 'not-a-message' : 'no-field', number);
    if (this.#fields.length >= MESSAGE_LIMITS.fields) throw new MessageFault('fields-too-many', number);
    const known = name.toLowerCase();
    if (ONCE.has(known) && this.#fields.some((each) => each.name === known))
      throw new MessageFault('field-twice', number, known);
    this.#fields.push({ name: known, pieces: [body.trim()], line: number });
  }

  /** The field that a line which is no ASCII belongs to: the one before it goes on, or its own begins. */
  #nameOf(line: Uint8Array): string | undefined {
    if (line[0] === 0x20 || line[0] === 0x09) return this.#fields.at(-1)?.name;
    const name = asciiOf(line.subarray(0, Math.max(0, line.indexOf(0x3a))));
    return name === undefined ? undefined : FIELD.exec(`${name}:`)?.[1]?.toLowerCase();
  }

  /** The first field of a name, in lower case. */
  get(name: string): Field | undefined {
    const found = this.#fields.find((each) => each.name === name);
    return found && { name, line: found.line, body: found.pieces.join(' ').trim() };
  }
}
