/** What came and what was sent, as far as this tab has loaded it; and the messages that were opened in it. */

import type { Correspondence } from '../../../delivery';
import {
  type InboxLine,
  inboxOf,
  type LedgerEvent,
  ledgerEvents,
  Notes,
  type OutboxLine,
  outboxOf,
  standingOn,
} from '../../../delivery';
import { today } from '../../../register/calendar';
import { Lanes } from '../../../runtime';
import type { ShownMessage } from '../../read';
import type { Session } from '../session/session';
import { inboxOfKey } from './compose';
import { fetchedMessage } from './fetching';
import { readingPart, sealedPart } from './parts';

/** Questions under way at once. */
const LANES = 6;
const DAY = 86_400_000;
/** Days that are looked at first. */
export const DAYS_AT_FIRST = 60;

/** A message that came. */
export interface Arrived {
  readonly correspondence: Correspondence;
  readonly inbox: Correspondence['inboxes'][number];
  readonly line: InboxLine;
  /** When the organisation opened it, as far as it is known: milliseconds since 1970. */
  readonly opened: number | undefined;
}

/** A message that was sent. */
export interface Gone {
  readonly correspondence: Correspondence;
  /** Nothing for an inbox that the agreement has no longer. */
  readonly to: Correspondence['writesTo'][number] | undefined;
  readonly line: OutboxLine;
}

/** What could not be asked, and why. */
export interface Missing {
  readonly correspondence: Correspondence;
  readonly error: unknown;
}

/** What was loaded of one direction. */
export interface Loaded<T> {
  /** The newest first. */
  readonly lines: readonly T[];
  readonly missing: readonly Missing[];
}

/** An opened message: its bytes are the evidence, what is shown is made of them. */
export interface OpenedMessage {
  readonly raw: Uint8Array<ArrayBuffer>;
  /** As it came, where it was sealed: then that is the evidence. */
  readonly sealed?: Uint8Array<ArrayBuffer>;
  readonly version: string;
  /** Where it cannot be shown, why. */
  readonly shown: ShownMessage | { readonly fault: unknown };
  /** Its HTML as it may be shown; nothing where it may not. */
  readonly formatted: (html: string) => DocumentFragment | undefined;
}

/** What this tab knows. */
export class Mail {
  readonly #opened = new Map<string, OpenedMessage>();
  /** What came sealed, so that another key may be tried without fetching it again. */
  readonly #sealed = new Map<string, Pick<OpenedMessage, 'raw' | 'version'>>();
  readonly #openedAt = new Map<string, number>();
  readonly #subjects = new Map<string, string>();
  #events: { readonly at: number; readonly found: Promise<readonly LedgerEvent[] | undefined> } | undefined;

  constructor(readonly session: Session) {}

  /** What came in some days. */
  async inbox(days: number): Promise<Loaded<Arrived>> {
    const lanes = new Lanes(LANES);
    const since = this.session.now() - days * DAY;
    // Nobody waits for the ledger before the rest is asked: only who has read what is known by it.
    const told = this.#told(days);
    return this.#each(async (correspondence) => {
      const { collects, inboxes } = correspondence;
      const shelf = this.session.shelf(collects.accessPoint);
      const found = await Promise.all(
        inboxes.map(async (inbox) => {
          const terms = { ...collects, prefix: `${collects.prefix}${inbox.id}/` };
          const lines = await inboxOf(shelf, terms, new Notes([]), lanes, since);
          const events = await told;
          return lines
            .filter(({ key }) => inboxOfKey(collects.agreement, key) === inbox.id)
            .map((line) => ({
              correspondence,
              inbox,
              line,
              opened: this.#openedOf(line, collects.owner.id, events),
            }));
        }),
      );
      return found.flat();
    });
  }

  /** What was sent in some days. */
  async sent(days: number): Promise<Loaded<Gone>> {
    const lanes = new Lanes(LANES);
    const since = this.session.now() - days * DAY;
    const told = this.#told(days);
    const { outbox: store, profile } = this.session;
    return this.#each(async (correspondence) => {
      const { sends, writesTo } = correspondence;
      const lines = await outboxOf({ bucket: profile.bucket ?? '', store }, sends, told, lanes, since);
      return lines.flatMap((line) => {
        const inbox = inboxOfKey(sends.agreement, line.key);
        if (inbox === undefined) return [];
        return [{ correspondence, to: writesTo.find(({ id }) => id === inbox), line }];
      });
    });
  }

  /** Opens a message: from then on the sender can know that it was read. @throws DeliveryRefused, StoreFailure */
  async open(message: Arrived, arrived: (bytes: number) => void): Promise<OpenedMessage> {
    const { correspondence, line } = message;
    if (this.isOver(message)) throw new NotReadable();
    const known = this.#opened.get(line.key);
    if (known !== undefined) return known;
    const { collects, inboxes, writesTo } = correspondence;
    const { sealed } = collects;
    // To fetch it is to read it: not before there is what shows it.
    const [reading, part] = await Promise.all([readingPart(), sealed && sealedPart()]);
    const formatted = reading.shownHtml;
    const shelf = this.session.shelf(collects.accessPoint);
    const came = this.#sealed.get(line.key) ?? (await this.#fetched(shelf, line.key, arrived));
    this.#openedAt.set(line.key, this.session.now());
    const names = [...inboxes, ...writesTo].map(({ team }) => team);
    const show = (letter: Uint8Array) => reading.shown(letter, names).catch((fault: unknown) => ({ fault }));
    if (sealed === undefined || part === undefined)
      return this.#keeps(line.key, { ...came, formatted, shown: await show(came.raw) });
    this.#sealed.set(line.key, came);
    try {
      const raw = await part.opened(came.raw, sealed);
      return this.#keeps(line.key, { ...came, raw, sealed: came.raw, formatted, shown: await show(raw) });
    } catch (fault) {
      // Another key may open it.
      return { ...came, sealed: came.raw, formatted, shown: { fault } };
    }
  }

  /** Whether it was opened in this tab. */
  isOpened(key: string): boolean {
    return this.#opened.has(key);
  }

  async #fetched(shelf: ReturnType<Session['shelf']>, key: string, arrived: (bytes: number) => void) {
    const looked = await shelf.look(key);
    if (looked.answer !== 'readable') throw new NotReadable();
    return { raw: await fetchedMessage(shelf, key, looked, arrived), version: looked.version };
  }

  #keeps(key: string, opened: OpenedMessage): OpenedMessage {
    this.#opened.set(key, opened);
    return opened;
  }

  /** Whether its agreement has ended; what was opened of it before is then forgotten. */
  isOver({ correspondence: { collects }, line }: Arrived): boolean {
    const isOver = standingOn(collects.days, today(new Date(this.session.now()))).state === 'over';
    if (isOver) for (const each of [this.#opened, this.#sealed]) each.delete(line.key);
    return isOver;
  }

  /** The subject of a message, where this tab has seen it. */
  subjectOf(key: string): string | undefined {
    const shown = this.#opened.get(key)?.shown;
    return this.#subjects.get(key) ?? (shown !== undefined && 'subject' in shown ? shown.subject : undefined);
  }

  /** Whether the words of a message that was opened here have these in them. */
  says(key: string, words: string): boolean {
    const shown = this.#opened.get(key)?.shown;
    return shown !== undefined && 'text' in shown && shown.text.toLowerCase().includes(words);
  }

  /** Remembers the subject of what was sent from here: nobody who sends can read it again. */
  remember(key: string, subject: string): void {
    this.#subjects.set(key, subject);
  }

  /** Has the ledger asked again. */
  refresh(): void {
    this.#events = undefined;
  }

  #openedOf(
    { key, deposited }: InboxLine,
    sender: string,
    events: readonly LedgerEvent[] | undefined,
  ): number | undefined {
    const own = this.session.profile.organisation.id;
    const told = (events ?? []).find(
      (event) =>
        event.kind === 'collected' &&
        event.owner === sender &&
        event.key === key &&
        event.time >= deposited &&
        (event.recipient ?? event.by) === own,
    );
    return told?.time ?? this.#openedAt.get(key);
  }

  /** What the ledger tells; nothing where it cannot be asked: then it is not known who has read what. */
  #told(days: number): Promise<readonly LedgerEvent[] | undefined> {
    if (this.#events !== undefined && this.#events.at >= days) return this.#events.found;
    const { profile, ledger, now } = this.session;
    const since = now() - days * DAY;
    const found = ledger
      .read((store) => ledgerEvents({ profile, store, since, pinned: [] }))
      .catch(() => undefined);
    this.#events = { at: days, found };
    return found;
  }

  async #each<T extends { readonly line: { readonly deposited: number } }>(
    ask: (of: Correspondence) => Promise<readonly T[]>,
  ): Promise<Loaded<T>> {
    const { correspondences } = this.session;
    const answers = await Promise.allSettled(correspondences.map(ask));
    const lines = answers.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
    const missing = correspondences.flatMap((correspondence, index) => {
      const answer = answers[index];
      return answer?.status === 'rejected' ? [{ correspondence, error: answer.reason as unknown }] : [];
    });
    return { lines: lines.sort((a, b) => b.line.deposited - a.line.deposited), missing };
  }
}

/** A message may not be opened, or is not there any more. */
export class NotReadable extends Error {
  override readonly name = 'NotReadable';
}
