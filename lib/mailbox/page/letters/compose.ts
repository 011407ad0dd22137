/** Makes a message of what was written: its bytes, the key under which it goes, and what S3 is held to. */

import type { Correspondence } from '../../../delivery';
import { type DepositItem, mediaTypeFor, planOfParts, type Survey } from '../../../delivery';
import { base64, hex } from '../../../ledger/core';
import { hasUnseen, inboxAddress, messageName, messagePieces, placeOfMessage } from '../../../messages';
import { agreementPrefix } from '../../../names';
import { MESSAGE_MEDIA_TYPE, type Profile, SEALED_ENDING, SEALED_MEDIA_TYPE } from '../../../wire';
import { runningCrc64 } from '../store/crc64';
import type { Draft } from './draft';

/** So many bytes are worked on before the page has its turn. */
const TURN = 4_194_304;

/** The Message-ID of a draft, without angle brackets: drawn by chance, and of no person. */
function messageIdOf({ id }: Pick<Draft, 'id'>, organisation: string): string {
  return `${id}@${organisation}.concordat.invalid`;
}

/** Where a draft goes. @param isSealed whether its agreement is */
export function keyOfDraft(draft: Draft, organisation: string, isSealed: boolean): string {
  const place = { inbox: draft.to, id: messageIdOf(draft, organisation) };
  return `${agreementPrefix(draft.agreement)}${messageName(place)}${isSealed ? SEALED_ENDING : ''}`;
}

/** Whose inbox a key is in; nothing for what is no message. */
export function inboxOfKey(agreement: string, key: string): string | undefined {
  const prefix = agreementPrefix(agreement);
  const name = key.slice(prefix.length);
  const open = name.endsWith(SEALED_ENDING) ? name.slice(0, -SEALED_ENDING.length) : name;
  return key.startsWith(prefix) ? placeOfMessage(open)?.inbox : undefined;
}

/** A file that somebody chose, and the media type that it goes as. */
export interface ChosenFile {
  readonly file: File;
  readonly mediaType: string;
}

/** Why a file does not go. */
export type FileRefusal =
  | { readonly why: 'media-type'; readonly name: string; readonly allowed: readonly string[] }
  | { readonly why: 'name'; readonly name: string }
  | { readonly why: 'empty'; readonly name: string }
  | { readonly why: 'too-large'; readonly bytes: number; readonly most: number };

/** The media types that files may have: those of the agreement but that of messages. */
export function typesOfFiles({ sends }: Correspondence): readonly string[] {
  return sends.mediaTypes.filter((each) => each !== MESSAGE_MEDIA_TYPE);
}

/** Looks at files as the gate will: their media types, and the size of all of them in base64. */
export function lookedAt(
  correspondence: Correspondence,
  files: readonly File[],
  most: number,
): { readonly chosen: readonly ChosenFile[]; readonly refused: readonly FileRefusal[] } {
  const allowed = typesOfFiles(correspondence);
  const chosen: ChosenFile[] = [];
  const refused: FileRefusal[] = [];
  for (const file of files) {
    const { name } = file;
    const type = mediaTypeFor(name, allowed);
    if (hasUnseen(name) || /[/\\]/.test(name) || new TextEncoder().encode(name).length > 255)
      refused.push({ why: 'name', name });
    else if (!('mediaType' in type)) refused.push({ why: 'media-type', name, allowed });
    else if (file.size === 0) refused.push({ why: 'empty', name });
    else chosen.push({ file, mediaType: type.mediaType });
  }
  const bytes = chosen.reduce((sum, { file }) => sum + encodedBytes(file.size), OF_HEADS);
  if (bytes > most) refused.push({ why: 'too-large', bytes, most });
  return { chosen, refused };
}

/** What fields and boundaries come to, and a letter of several pages. */
const OF_HEADS = 65_536;

/** In lines of 76 digits with their ends. */
function encodedBytes(bytes: number): number {
  const digits = Math.ceil(bytes / 3) * 4;
  return digits + Math.ceil(digits / 76) * 2;
}

/** A message that is ready to go. */
export interface Composed {
  readonly item: DepositItem;
  readonly survey: Survey;
  readonly message: Blob;
}

/**
 * Makes it. The same draft with the same files gives the same bytes, so that an upload that broke off goes on; not so once it is
 * sealed.
 * @param date in milliseconds since 1970
 * @param looked told how many bytes are made
 * @param seal what seals it, where its agreement asks for that
 * @throws RangeError where something cannot be written, such as a subject with a character that nobody sees
 */
export async function composed(
  profile: Profile,
  { sends, inboxes, writesTo }: Correspondence,
  draft: Draft,
  date: number,
  files: readonly ChosenFile[],
  looked: (bytes: number) => void,
  seal?: (pieces: readonly Uint8Array<ArrayBuffer>[]) => Promise<Blob>,
): Promise<Composed> {
  const [party] = sends.recipients;
  const own = inboxes.find(({ id }) => id === draft.from);
  const theirs = writesTo.find(({ id }) => id === draft.to);
  if (party === undefined || own === undefined || theirs === undefined)
    throw new RangeError('there is no such inbox');
  const { organisation } = profile;
  const letter = {
    from: { name: `${own.team}, ${organisation.name}`, address: inboxAddress(own.id, organisation.id) },
    to: [{ name: `${theirs.team}, ${party.name}`, address: inboxAddress(theirs.id, party.id) }],
    subject: draft.subject.trim(),
    text: draft.text,
    // Fields have whole seconds.
    date: new Date(Math.floor(date / 1000) * 1000),
    id: messageIdOf(draft, organisation.id),
    answers: draft.answers,
    files: await Promise.all(
      files.map(async ({ file, mediaType }) => ({
        name: file.name,
        mediaType,
        bytes: new Uint8Array(await file.arrayBuffer()),
      })),
    ),
    boundary: draft.boundary,
  };
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let [made, told] = [0, 0];
  for (const piece of messagePieces(letter)) {
    parts.push(piece as Uint8Array<ArrayBuffer>);
    made += piece.length;
    if (made - told < TURN) continue;
    told = made;
    looked(made);
    await turn();
  }
  const message = (await seal?.(parts)) ?? new Blob(parts);
  const survey = await surveyed(message);
  const isSealed = seal !== undefined;
  const key = keyOfDraft(draft, organisation.id, isSealed);
  const file = { path: key, bytes: message.size, stamp: survey.sha256, read: reading(message) };
  const { bucket = '' } = profile;
  return {
    item: {
      agreement: sends.agreement,
      bucket,
      key,
      mediaType: isSealed ? SEALED_MEDIA_TYPE : MESSAGE_MEDIA_TYPE,
      file,
    },
    survey,
    message,
  };
}

/** What S3 is held to: the SHA-256 of the whole, and the CRC of each part. */
async function surveyed(message: Blob): Promise<Survey> {
  const partBytes = planOfParts(message.size)?.partBytes ?? Math.max(message.size, 1);
  const crc64nvme: string[] = [];
  for (let from = 0; from < message.size; from += partBytes) {
    const running = runningCrc64();
    for await (const piece of reading(message)(from, Math.min(from + partBytes, message.size)))
      running.update(piece);
    crc64nvme.push(base64(running.digest()));
  }
  const digest = await crypto.subtle.digest('SHA-256', await message.arrayBuffer());
  return { bytes: message.size, sha256: hex(new Uint8Array(digest)), partBytes, crc64nvme };
}

/** Reads some bytes of it, some at a time. */
function reading(message: Blob) {
  return async function* (from: number, to: number): AsyncIterable<Uint8Array> {
    for (let at = from; at < to; at += TURN)
      yield new Uint8Array(await message.slice(at, Math.min(at + TURN, to)).arrayBuffer());
  };
}

/** Lets the page do what waits. */
function turn(): Promise<void> {
  return new Promise((done) => setTimeout(done));
}
