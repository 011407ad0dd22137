/** What came, as it becomes known: first what the buckets list, then which of it can be opened, then what was opened, by the record. */
import {
  type Arrival,
  arrivalsOf,
  type Correspondence,
  type InboxLine,
  inboxLine,
  type LedgerEvent,
  type ListedLine,
  listedLine,
  Notes,
} from '../../../delivery';
import { Lanes } from '../../../runtime';
import type { Session } from '../session/session';
import { inboxOfKey } from './compose';
import { DAY, LANES, type Loaded, type NotKnown, newestFirst, type Opening, ofEach } from './loaded';
import type { LedgerTold, Telling } from './telling';

/** A message that came. */
export interface Arrived {
  readonly correspondence: Correspondence;
  readonly inbox: Correspondence['inboxes'][number];
  readonly line: ListedLine;
  /** Whether it can be opened: `held` is still checked, or was stopped. */
  readonly access: 'ready' | 'held' | NotKnown;
  /** Nothing of what is held, or not looked at yet. */
  readonly version: string | undefined;
  /** When the organisation opened it. */
  readonly opened: Opening;
}

/** What the loading of an inbox needs. */
export interface InboxSetting {
  readonly session: Session;
  readonly ledger: LedgerTold;
  /** When messages were opened, by their keys, as far as this tab knows: that a message was opened stays true. */
  readonly openings: Map<string, number>;
}

type Listed = Pick<Arrived, 'correspondence' | 'inbox'> & { readonly arrival: Arrival };
/** What came of looking at one; nothing of what is not there any more. */
type Looked = InboxLine | undefined | { readonly fault: unknown };

/** What came in some days: as soon as it is listed, and again with each that is known of it. */
export async function* inboxAsKnown(
  setting: InboxSetting,
  days: number,
): AsyncGenerator<Loaded<Arrived>, void> {
  const { session, ledger } = setting;
  const since = session.now() - days * DAY;
  // Asked meanwhile: only who has opened what is known by it.
  const telling = ledger.of(days);
  const { found, missing } = await ofEach(session, (each) => listedIn(session, each, since));
  const known = (looked?: ReadonlyMap<Listed, Looked>, told?: Telling): Loaded<Arrived> => {
    const notFoundOut = [...(looked?.values() ?? []), told].flatMap((each) =>
      each !== undefined && 'fault' in each ? [each.fault] : [],
    );
    return {
      lines: newestFirst(found.flatMap((each) => arrivedOf(setting, each, looked, told))),
      missing,
      isLookingUp: told === undefined && found.length > 0,
      notFoundOut,
    };
  };
  yield known();
  if (found.length === 0) return;
  const looked = await looks(session, found);
  yield known(looked);
  yield known(looked, await telling);
}

/**
 * One message by its key, whenever it came: an address that was kept leads to it. The record is not asked.
 * @returns nothing where it is not there
 * @throws StoreFailure, DeliveryRefused where that could not be asked
 */
export async function arrivedAt(setting: InboxSetting, key: string): Promise<Arrived | undefined> {
  const { session } = setting;
  const { found, missing } = await ofEach(session, async (each) =>
    key.startsWith(each.collects.prefix) ? await listedIn(session, each, Number.NEGATIVE_INFINITY) : [],
  );
  const [arrived] = found
    .filter(({ arrival }) => arrival.listed.key === key)
    .flatMap((each) => arrivedOf(setting, each, undefined, undefined));
  if (arrived === undefined && missing[0] !== undefined) throw missing[0].error;
  return arrived;
}

async function listedIn(session: Session, correspondence: Correspondence, since: number): Promise<Listed[]> {
  const { collects, inboxes } = correspondence;
  const shelf = session.shelf(collects.accessPoint);
  const each = inboxes.map(async (inbox) => {
    const terms = { ...collects, prefix: `${collects.prefix}${inbox.id}/` };
    const arrivals = await arrivalsOf(shelf, terms, new Notes([]), since);
    return arrivals
      .filter(({ listed: { key } }) => inboxOfKey(collects.agreement, key) === inbox.id)
      .map((arrival) => ({ correspondence, inbox, arrival }));
  });
  return (await Promise.all(each)).flat();
}

async function looks(session: Session, found: readonly Listed[]): Promise<ReadonlyMap<Listed, Looked>> {
  const lanes = new Lanes(LANES);
  const all = found.map(async (each) => {
    const shelf = session.shelf(each.correspondence.collects.accessPoint);
    const looked: Looked = await inboxLine(shelf, each.arrival, lanes).catch((fault: unknown) => ({ fault }));
    return [each, looked] as const;
  });
  return new Map(await Promise.all(all));
}

/** A message as far as it is known; nothing where it is not there any more. */
function arrivedOf(
  { session, openings }: InboxSetting,
  of: Listed,
  looks: ReadonlyMap<Listed, Looked> | undefined,
  told: Telling | undefined,
): Arrived | [] {
  const { correspondence, inbox, arrival } = of;
  const line = listedLine(arrival);
  if (told !== undefined && 'events' in told) {
    const { organisation } = session.profile;
    const at = openedIn(told.events, line, correspondence.collects.owner.id, organisation.id);
    if (at !== undefined) openings.set(line.key, at);
  }
  const opened = openings.get(line.key) ?? notOpened(told);
  const shown = { correspondence, inbox, line, opened };
  if (looks === undefined) return { ...shown, access: 'being looked up', version: undefined };
  const looked = looks.get(of);
  if (looked === undefined) return [];
  if ('fault' in looked) return { ...shown, access: 'not found out', version: undefined };
  return { ...shown, access: looked.state === 'held' ? 'held' : 'ready', version: looked.version };
}

/** What is known of the opening of a message of which no opening is told. */
export function notOpened(told: Telling | undefined): Opening {
  if (told === undefined) return 'being looked up';
  return 'events' in told ? 'never' : 'not found out';
}

function openedIn(
  events: readonly LedgerEvent[],
  { key, deposited }: ListedLine,
  sender: string,
  own: string,
): number | undefined {
  return events.find(
    (event) =>
      event.kind === 'collected' &&
      event.owner === sender &&
      event.key === key &&
      event.time >= deposited &&
      (event.recipient ?? event.by) === own,
  )?.time;
}
