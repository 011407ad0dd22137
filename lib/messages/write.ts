/**
 * Writes a message (RFC 5322, MIME) in pieces: a letter, and files that come with it. Everything that is not plain ASCII is
 * base64, so that no program changes a byte of a file, no line is long, and no line of a body can be taken for a boundary.
 */
import { base64Lines, base64Of } from './base64';
import { hasUnseen } from './unseen';

/** Who writes, or to whom. */
export interface Correspondent {
  /** As it is shown. */
  readonly name: string;
  readonly address: string;
}

/** A file that comes with a letter. */
export interface EnclosedFile {
  /** Without a folder. */
  readonly name: string;
  /** `type/subtype`, without parameters. */
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** A letter. */
export interface Letter {
  readonly from: Correspondent;
  /** At least one. */
  readonly to: readonly Correspondent[];
  readonly subject: string;
  readonly text: string;
  readonly date: Date;
  /** Of this message, without angle brackets: `id@host`. */
  readonly id: string;
  /** The ids of the message that it answers and of those before, oldest first. */
  readonly answers?: readonly string[];
  readonly files?: readonly EnclosedFile[];
  /** What separates the parts: 1 to 60 letters and digits, drawn anew for each message. */
  readonly boundary: string;
}

/** Two labels under `.invalid` (RFC 2606) reach nobody by e-mail: an answer from another program goes nowhere, and not in clear. */
const NOWHERE = 'concordat.invalid';

/** The address of an inbox in a message. No e-mail can be sent to it. */
export function inboxAddress(inbox: string, party: string): string {
  return `${inbox}@${party}.${NOWHERE}`;
}

/** An inbox and its party. @returns undefined for an address of any other kind */
export function inboxOfAddress(address: string): { inbox: string; party: string } | undefined {
  const [, inbox, party] = /^([a-z0-9-]{1,40})@([a-z0-9-]{1,24})\.concordat\.invalid$/.exec(address) ?? [];
  return inbox === undefined || party === undefined ? undefined : { inbox, party };
}

const ADDRESS = /^[A-Za-z0-9.+_-]{1,64}@[A-Za-z0-9.-]{1,253}$/;
const MEDIA_TYPE = /^[a-z]+\/[a-z0-9][a-z0-9!#$&^_.+-]*$/;

/**
 * The message, piece by piece: files are encoded as they are taken, so that no second copy of them is held.
 * @throws RangeError naming what cannot be written: a name with a line end, an address that is none, nobody to write to
 */
export function* messagePieces(letter: Letter): Generator<Uint8Array, void, undefined> {
  const { from, to, subject, text, date, id, answers = [], files = [], boundary } = letter;
  demand('the boundary', boundary, /^[A-Za-z0-9]{1,60}$/);
  for (const each of [id, ...answers]) demand('the id', each, ADDRESS);
  if (to.length === 0) throw new RangeError('the letter is to nobody');
  if (Number.isNaN(date.getTime())) throw new RangeError('the date is none');
  const head = [
    `From: ${mailboxOf(from)}`,
    `To: ${to.map(mailboxOf).join(',\r\n ')}`,
    `Subject: ${words('the subject', subject)}`,
    `Date: ${dateOf(date)}`,
    `Message-ID: <${id}>`,
    ...(answers.length > 0
      ? [
          `In-Reply-To: <${answers.at(-1)}>`,
          `References: ${answers.map((each) => `<${each}>`).join('\r\n ')}`,
        ]
      : []),
    'MIME-Version: 1.0',
  ];
  if (files.length === 0) {
    yield ascii([...head, ...textPart(text)].join('\r\n'));
    return;
  }
  yield ascii(
    [
      ...head,
      `Content-Type: multipart/mixed; boundary="${boundary}"`,
      '',
      `--${boundary}`,
      ...textPart(text),
    ].join('\r\n'),
  );
  for (const { name, mediaType, bytes } of files) {
    demand('the media type', mediaType, MEDIA_TYPE);
    yield ascii(
      [
        `--${boundary}`,
        `Content-Type: ${mediaType}`,
        `Content-Disposition: attachment;\r\n ${fileName(name)}`,
        'Content-Transfer-Encoding: base64',
        '',
        '',
      ].join('\r\n'),
    );
    yield* base64Lines(bytes);
  }
  yield ascii(`--${boundary}--\r\n`);
}

/** The fields and the body of what was written, which ends with a line end. */
function textPart(text: string): string[] {
  const lines = text.replaceAll(/\r\n|\r|\n/g, '\r\n').split('\r\n');
  const plain = lines.every((line) => /^(?!--)[\t -~]{0,76}$/.test(line) && !/^From |[ \t]$/.test(line));
  if (plain)
    return [
      'Content-Type: text/plain; charset=us-ascii',
      'Content-Transfer-Encoding: 7bit',
      '',
      ...lines,
      '',
    ];
  const encoded = base64Of(new TextEncoder().encode(lines.join('\r\n')));
  return [
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...(encoded.match(/.{1,76}/g) ?? []),
    '',
  ];
}

function mailboxOf({ name, address }: Correspondent): string {
  demand('the address', address, ADDRESS);
  if (name === '') return address;
  // A quoted string where it can be one: encoded words are for what is no ASCII, or looks like one (RFC 2047, section 5).
  const shown =
    /^[ -~]{1,60}$/.test(name) && !name.includes('=?')
      ? `"${name.replaceAll(/["\\]/g, '\\$&')}"`
      : words('the name', name);
  return `${shown}\r\n <${address}>`;
}

/** A field body of words, folded: as it is where it is short ASCII, else in encoded words of whole characters (RFC 2047). */
function words(what: string, text: string): string {
  if (hasUnseen(text)) throw new RangeError(`${what} has a character that nobody sees, such as a line end`);
  if (/^[ -~]{0,60}$/.test(text) && !text.includes('=?') && text === text.trim()) return text;
  const encoder = new TextEncoder();
  const pieces: string[] = [];
  let piece = '';
  for (const character of text) {
    // 45 bytes are 60 digits, and with what is around them less than the 75 that an encoded word may have.
    if (encoder.encode(piece + character).length > 45) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece].map((each) => `=?UTF-8?B?${base64Of(encoder.encode(each))}?=`).join('\r\n ');
}

/** The name of a file: in one way alone, since programs differ on which of two they take (RFC 2231). */
function fileName(name: string): string {
  if (hasUnseen(name) || /[/\\]/.test(name) || name === '')
    throw new RangeError('a file’s name is empty, or has a folder or a character that nobody sees');
  if (new TextEncoder().encode(name).length > 255)
    throw new RangeError('a file’s name has more than 255 bytes');
  if (/^[ !#-~]+$/.test(name) && !name.includes('=?')) return `filename="${name}"`;
  // What RFC 5987 lets stand.
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename*=UTF-8''${encoded}`;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** RFC 5322, section 3.3, in UTC. */
function dateOf(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${DAYS[date.getUTCDay()]}, ${two(date.getUTCDate())} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()} ${time} +0000`;
}

function demand(what: string, text: string, form: RegExp): void {
  if (!form.test(text))
    throw new RangeError(`${what} cannot be written: ${JSON.stringify(text.slice(0, 80))}`);
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
