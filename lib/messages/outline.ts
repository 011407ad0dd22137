/** What a message is made of, as facts: without what it says. */
import type { MessageFaultKind } from '../wire';

/** How an entity is encoded (RFC 2045, section 6). `binary` is refused: it needs lines of any length. */
export type Encoding = '7bit' | '8bit' | 'quoted-printable' | 'base64';

/** A message, or a part of one. */
export interface Entity {
  /** Where it lies: `0` is the message itself, `2.1` the first part of its second. */
  readonly place: string;
  /** `type/subtype` in lower case; `text/plain` where nothing is said (RFC 2045, section 5.2). */
  readonly mediaType: string;
  readonly encoding: Encoding;
  /** Whether it is to be shown in its place or kept as a file, as far as it says (RFC 2183). */
  readonly disposition: 'inline' | 'attachment' | undefined;
  readonly named: boolean;
  /** From 1: where its fields begin. */
  readonly line: number;
}

/** A message that all programs read alike. */
export interface MessageOutline {
  /** The Message-ID without angle brackets; undefined where there is none, or none of that form (RFC 5322, section 3.6.4). */
  readonly id: string | undefined;
  /** The message first, then parts in their order. */
  readonly entities: readonly Entity[];
}

/** What is wrong, and where. */
export class MessageFault extends Error {
  override readonly name = 'MessageFault';
  /**
   * @param line from 1
   * @param field its name, where it is about one
   */
  constructor(
    readonly why: MessageFaultKind,
    readonly line: number,
    readonly field?: string,
  ) {
    super(`${why} in line ${line}${field === undefined ? '' : ` (${field})`}`);
  }
}

/** Whether an entity holds others and nothing of its own. */
export function isContainer({ mediaType }: Pick<Entity, 'mediaType'>): boolean {
  return mediaType.startsWith('multipart/');
}

/** Whether an entity is what somebody wrote, to be shown, and no file that comes with it. */
export function isLetter({ mediaType, disposition, named }: Entity): boolean {
  return (mediaType === 'text/plain' || mediaType === 'text/html') && disposition !== 'attachment' && !named;
}

/** The files that come with a message, in their order: all that neither holds others nor was written to be shown. */
export function attachmentsOf({ entities }: MessageOutline): readonly Entity[] {
  return entities.filter((each) => !isContainer(each) && !isLetter(each));
}
