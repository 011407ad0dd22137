/**
 * What the release gate would refuse a file for before it opens it, and what S3 would: asked here, before a byte leaves. Pure.
 */

import type { MessageReason } from '../../messages';
import { agreementPrefix, reportKeys } from '../../names';
import { SEALED_ENDING } from '../../wire';
import type { ContractOutcome } from '../../wire/contracts';
import type { Sends } from '../agreement';
import type { SharedRefusal } from '../refusals';
import type { DepositItem, LocalFile } from './item';
import { mediaTypeFor } from './media-type';
import { sealedBytes } from './sealed-size';

/** Why a file would be refused. */
export type FileFault =
  | { readonly why: 'too-large'; readonly bytes: number; readonly most: number }
  /** Its ending says a type that the agreement does not allow; or none. */
  | {
      readonly why: 'media-type';
      readonly found: string | undefined;
      readonly allowed: readonly string[];
      /** Whether somebody said the type, whatever the name is. */
      readonly said: boolean;
    }
  /** Its name, below the agreement, is so long that a report on it could have none. */
  | { readonly why: 'name-too-long'; readonly bytes: number; readonly most: number }
  /** Its name has a part that S3’s clients and consoles read as a path, such as `..`, or a control character. */
  | { readonly why: 'name' }
  /** Another file of the same deposit has its name. */
  | { readonly why: 'name-twice'; readonly other: string }
  /** It is encrypted or has a password. */
  | { readonly why: 'locked'; readonly as: string }
  /** The agreement has a contract on tables, and this is none that can be read. */
  | { readonly why: 'unreadable-form'; readonly found: string }
  /** It does not keep to its contract. */
  | { readonly why: 'contract'; readonly outcome: ContractOutcome }
  /** It is no message that all programs read alike, or something comes with it that the agreement does not allow. */
  | { readonly why: 'message'; readonly reasons: readonly MessageReason[] }
  /** It is a message without a Message-ID by which it could be told from others in an inbox. */
  | { readonly why: 'no-message-id' }
  /** An inbox was named, and this is no message. */
  | { readonly why: 'not-for-inbox'; readonly found: string }
  /** It was changed while it was looked at. */
  | { readonly why: 'changed' };

/** A file that would be refused, by the name under which it would be sent. */
export interface FaultyFile {
  readonly name: string;
  readonly path: string;
  readonly fault: FileFault;
}

/** Why a deposit did not come about, beside what any command may meet. */
export type DepositRefusal =
  | SharedRefusal
  /** Nothing was sent: these files would be refused. */
  | {
      readonly refused: 'files';
      readonly agreement: string;
      readonly faults: readonly FaultyFile[];
      /** How many files there are in all. */
      readonly of: number;
    }
  /** There is no file in what was named. */
  | { readonly refused: 'nothing-to-send'; readonly named: readonly string[] }
  /** What was named is neither a file nor a folder, or holds something that is neither. */
  | { readonly refused: 'no-file'; readonly path: string; readonly what: 'missing' | 'special' }
  /** Standard input is one file by itself, and needs a name. */
  | { readonly refused: 'input-needs-name' }
  /** The other party has several inboxes and none was named, or there is none of the name that was given. */
  | {
      readonly refused: 'inbox';
      readonly agreement: string;
      readonly named?: string | undefined;
      readonly inboxes: readonly { readonly id: string; readonly team: string }[];
    }
  /** An inbox was named, and nobody has one under this agreement. */
  | { readonly refused: 'no-inboxes'; readonly agreement: string; readonly named: string }
  /** One name was given, and it is of several files. */
  | { readonly refused: 'one-name'; readonly files: number };

/** A file with the name that it is to have below the agreement. */
export interface NamedFile {
  readonly name: string;
  readonly file: LocalFile;
}

/** S3’s version ids have at most this many characters by what was seen; the gate’s reports bear them in their names. */
const VERSION = 'v'.repeat(32);
/** What some programs take for a path that leads elsewhere; and control characters and halves of characters, which XML cannot carry. */
const UNFIT = /(?:^|\/)\.{1,2}(?:\/|$)|^\/|\/$|\/\/|[\p{Cc}\p{Cs}\\]/u;

/** What may be sent of some files, and what may not, and why: one fault for each. */
export function lookAt(
  { agreement, prefix, largestObject, mediaTypes, sealed }: Sends,
  bucket: string,
  files: readonly NamedFile[],
  type?: string,
): { readonly items: readonly DepositItem[]; readonly faults: readonly FaultyFile[] } {
  const items: DepositItem[] = [];
  const faults: FaultyFile[] = [];
  const seen = new Map<string, string>();
  for (const { name, file } of files) {
    const key = `${prefix}${name}`;
    const chosen = mediaTypeFor(name, mediaTypes, type);
    const other = seen.get(key);
    seen.set(key, file.path);
    const bytes = sealed ? sealedBytes(sealed, file.bytes) : file.bytes;
    const fault =
      nameFault(sealed ? `${key}${SEALED_ENDING}` : key, name) ??
      (other !== undefined && other !== file.path ? ({ why: 'name-twice', other } as const) : undefined) ??
      (bytes > largestObject ? ({ why: 'too-large', bytes, most: largestObject } as const) : undefined) ??
      ('found' in chosen
        ? ({ why: 'media-type', found: chosen.found, allowed: mediaTypes, said: type !== undefined } as const)
        : undefined);
    if (fault !== undefined) faults.push({ name, path: file.path, fault });
    else if ('mediaType' in chosen && other === undefined)
      items.push({ agreement, bucket, key, mediaType: chosen.mediaType, file });
  }
  return { items, faults };
}

function nameFault(key: string, name: string): FileFault | undefined {
  if (UNFIT.test(name) || name === '') return { why: 'name' };
  const { bytes, most } = reportKeys({ key, version: VERSION }).name;
  return bytes > most ? { why: 'name-too-long', bytes, most } : undefined;
}

/** The name of an item below its agreement. */
export function nameOf({ key, agreement }: Pick<DepositItem, 'key' | 'agreement'>): string {
  return key.slice(agreementPrefix(agreement).length);
}
