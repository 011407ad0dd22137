/**
 * Where messages go: each is looked at as the release gate will, and is named by its inbox and its Message-ID. What is no message
 * keeps its name. Pure, but for the reading.
 */
import { bareMediaType } from '../../contracts';
import { lookAtMessage, messageName } from '../../messages';
import { MESSAGE_MEDIA_TYPE } from '../../wire';
import type { Sends } from '../agreement';
import { DeliveryRefused } from '../refusals';
import type { DepositItem } from './item';
import { type DepositRefusal, type FaultyFile, lookAt, type NamedFile, nameOf } from './look';

/** An inbox of the other party. */
export type Inbox = NonNullable<Sends['writesTo']>[number];

/** What was made of what is to be sent. */
export interface Addressed {
  readonly items: readonly DepositItem[];
  readonly faults: readonly FaultyFile[];
  /** Where the messages go; undefined where there are none, or where the agreement has no inboxes. */
  readonly inbox: Inbox | undefined;
}

/**
 * Looks at the messages among what is to be sent, and gives them their places. Of an agreement with one inbox, that is meant.
 * @param given the id of the inbox, where it was said
 * @param type the media type, where it was said
 * @throws DeliveryRefused `inbox`, `no-inboxes`; AbortError where the signal says so
 */
export async function addressed(
  agreement: Sends,
  items: readonly DepositItem[],
  {
    inbox: given,
    type,
    signal,
  }: { inbox?: string | undefined; type?: string | undefined; signal?: AbortSignal | undefined },
): Promise<Addressed> {
  const inbox = inboxFor(agreement, items.some(isMessage), given);
  const faults: FaultyFile[] = [];
  const named: NamedFile[] = [];
  for (const item of items) {
    signal?.throwIfAborted();
    const { file } = item;
    const name = nameOf(item);
    const refuse = (fault: FaultyFile['fault']) => faults.push({ name, path: file.path, fault });
    if (!isMessage(item)) {
      if (given === undefined) named.push({ name, file });
      else refuse({ why: 'not-for-inbox', found: item.mediaType });
      continue;
    }
    const { reasons, id } = await lookAtMessage(file.read(0, file.bytes), agreement.mediaTypes);
    if (reasons.length > 0) refuse({ why: 'message', reasons });
    else if (inbox === undefined) named.push({ name, file });
    else if (id === undefined) refuse({ why: 'no-message-id' });
    else named.push({ name: messageName({ inbox: inbox.id, id }), file });
  }
  if (inbox === undefined || faults.length > 0) return { items, faults, inbox };
  return { ...lookAt(agreement, items[0]?.bucket ?? '', named, type), inbox };
}

function isMessage({ mediaType }: Pick<DepositItem, 'mediaType'>): boolean {
  return bareMediaType(mediaType) === MESSAGE_MEDIA_TYPE;
}

function inboxFor(
  { agreement, writesTo }: Sends,
  hasMessages: boolean,
  given: string | undefined,
): Inbox | undefined {
  const refuse = (refusal: DepositRefusal): never => {
    throw new DeliveryRefused(refusal);
  };
  if (writesTo === undefined)
    return given === undefined ? undefined : refuse({ refused: 'no-inboxes', agreement, named: given });
  const found = writesTo.find(({ id }) => id === given);
  if (given !== undefined)
    return found ?? refuse({ refused: 'inbox', agreement, named: given, inboxes: writesTo });
  if (!hasMessages) return undefined;
  const [only, ...others] = writesTo;
  return others.length === 0 ? only : refuse({ refused: 'inbox', agreement, inboxes: writesTo });
}
