/** Sends a message, once: whatever breaks off goes on, and what was sent already is not sent again. */

import type { Correspondence } from '../../../delivery';
import { type Memory, StoreFailure, sealedBytes, send } from '../../../delivery';
import { PROFILE_FILE, parseProfile } from '../../../wire';
import { MOST_SHOWN_BYTES } from '../../most-shown';
import { drop, keep, kept } from '../session/kept';
import type { Session } from '../session/session';
import type { RefusalWords } from '../words/refusals';
import { type ChosenFile, type Composed, composed, keyOfDraft } from './compose';
import { type Draft, dropDraft } from './draft';
import { sealedPart } from './parts';

/** Parts that go at once: more would only make each slower on the lines that offices have. */
const LANES = 3;

/** How far it has come. */
export interface SendingProgress {
  readonly what: 'making' | 'sending';
  readonly bytes: number;
  /** Nothing while it is made. */
  readonly of: number | undefined;
}

/** What came of it. */
export interface SentMessage {
  readonly key: string;
  readonly version: string;
  /** It had been sent before, as it stood then: by a try whose answer was lost. */
  readonly before: boolean;
}

/** The most bytes of a message: what the agreement lets, and what whoever gets it can open in a browser. */
export function mostBytes({ sends: { largestObject, sealed } }: Correspondence): number {
  const most = Math.min(largestObject, MOST_SHOWN_BYTES);
  // What sealing adds grows with what is sealed, so that of the most is enough.
  return sealed === undefined ? most : 2 * most - sealedBytes(sealed, most);
}

/** What is remembered of an upload, by this tab. */
const MEMORY: Memory = {
  read: (key) => kept(`upload ${key}`),
  write: (key, value) => void keep(`upload ${key}`, value),
  remove: (key) => drop(`upload ${key}`),
};

/**
 * Sends it.
 * @param keeps told of the draft from which on S3 may have it, whether an answer comes or not: that is what is tried again
 * @throws DeliveryRefused, StoreFailure; RangeError for what cannot be written, naming it. The draft stays then
 */
export async function sent(
  session: Session,
  correspondence: Correspondence,
  draft: Draft,
  files: readonly ChosenFile[],
  progress: (at: SendingProgress) => void,
  keeps: (draft: Draft) => void,
): Promise<SentMessage> {
  const before = await sentBefore(session, draft);
  if (before !== undefined) {
    forget(before.key);
    return before;
  }
  const date = draft.sent ?? session.now();
  const looked = (bytes: number) => progress({ what: 'making', bytes, of: undefined });
  const { item, survey } = await made(session, correspondence, { ...draft, sent: date }, files, looked);
  keeps({ ...draft, sent: date });
  let bytes = 0;
  progress({ what: 'sending', bytes, of: survey.bytes });
  const { version } = await send(item, survey, {
    store: session.outbox,
    memory: MEMORY,
    now: session.now,
    lanes: LANES,
    sent: (more) => {
      bytes += more;
      progress({ what: 'sending', bytes, of: survey.bytes });
    },
  });
  forget(item.key);
  return { key: item.key, version, before: false };
}

/** The letter that was sealed last: sealed anew it would be other bytes, and its upload could not go on. */
let last: { readonly of: string; readonly composed: Composed } | undefined;

async function made(
  { profile }: Session,
  correspondence: Correspondence,
  draft: Draft & { readonly sent: number },
  files: readonly ChosenFile[],
  looked: (bytes: number) => void,
): Promise<Composed> {
  const { sealed } = correspondence.sends;
  if (sealed === undefined) return composed(profile, correspondence, draft, draft.sent, files, looked);
  const keys = sealed.keys.map(({ key }) => key);
  await sameKeys(correspondence.sends.agreement, keys);
  const about = files.map(({ file: { name, size, lastModified } }) => [name, size, lastModified]);
  const of = JSON.stringify([draft, keys, about]);
  if (last?.of !== of) {
    const part = await sealedPart();
    const seal = (pieces: readonly Uint8Array<ArrayBuffer>[]) => part.sealed(pieces, keys);
    last = { of, composed: await composed(profile, correspondence, draft, draft.sent, files, looked, seal) };
  }
  return last.composed;
}

/**
 * Sees that the agreement is sealed to these keys today: a tab may be open for days, in which somebody left and their key with them.
 * The gate sees how many keys there are, and not whose.
 * @throws StoreFailure where it cannot be asked; Error with its words, where they are others by now
 */
async function sameKeys(agreement: string, keys: readonly string[]): Promise<void> {
  const answer = await fetch(PROFILE_FILE, { cache: 'no-cache', credentials: 'omit' }).catch(() => undefined);
  if (answer?.ok !== true) throw new StoreFailure('unreachable', `profile ${answer?.status ?? ''}`.trim());
  const { sends } = parseProfile(await answer.text());
  const today = sends.find((each) => each.agreement === agreement)?.sealed?.keys.map(({ key }) => key);
  if (today?.join() === keys.join()) return;
  throw Object.assign(new Error(OTHER_KEYS.code), { words: OTHER_KEYS });
}

const OTHER_KEYS: RefusalWords = {
  happened:
    'The keys of the agreement have changed since this page was loaded, so nothing was sealed to them.',
  mend: 'Copy what you wrote, load the page anew, and send it again.',
  code: 'sealed other-keys',
};

/** Whether a draft that was sent, and of which no answer came, is there. @throws StoreFailure, DeliveryRefused */
export async function sentBefore(session: Session, draft: Draft): Promise<SentMessage | undefined> {
  if (draft.sent === undefined) return undefined;
  const isSealed = session.isSealed(draft.agreement);
  const key = keyOfDraft(draft, session.profile.organisation.id, isSealed);
  const found = await session.outbox.tags(key);
  return found && { key, version: found.version, before: true };
}

function forget(key: string): void {
  last = undefined;
  drop(`upload ${key}`);
  dropDraft();
}
