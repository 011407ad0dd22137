/** What came and what was sent, as far as this tab has loaded it; and the messages that were opened in it. */
import { standingOn } from '../../../delivery';
import { today } from '../../../register/calendar';
import type { ShownMessage } from '../../read';
import type { Session } from '../session/session';
import type { RefusalWords } from '../words/refusals';
import { fetchedMessage } from './fetching';
import { type Arrived, arrivedAt, inboxAsKnown } from './inbox';
import type { Loaded } from './loaded';
import { type Gone, sentAsKnown } from './outbox';
import { readingPart, sealedPart } from './parts';
import { LedgerTold } from './telling';

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
  readonly #openings = new Map<string, number>();
  readonly #subjects = new Map<string, string>();
  /** Names of files, as they were chosen for what was sent from here. */
  readonly #files = new Map<string, readonly string[]>();
  readonly #ledger: LedgerTold;

  constructor(readonly session: Session) {
    this.#ledger = new LedgerTold(session);
  }

  /** What came in some days: as soon as it is listed, and again as more is known of it. */
  inbox(days: number): AsyncGenerator<Loaded<Arrived>, void> {
    return inboxAsKnown(this.#setting, days);
  }

  /** One message that came, by its key; nothing where it is not there. @throws StoreFailure, DeliveryRefused */
  arrived(key: string): Promise<Arrived | undefined> {
    return arrivedAt(this.#setting, key);
  }

  get #setting() {
    return { session: this.session, ledger: this.#ledger, openings: this.#openings };
  }

  /** What was sent in some days: as it stands in the bucket, and again with what the record tells. */
  sent(days: number): AsyncGenerator<Loaded<Gone>, void> {
    return sentAsKnown(this.session, this.#ledger, days);
  }

  /** The version of a message that came, by which its receipt is known; nothing of what cannot be opened. @throws StoreFailure */
  async versionOf({ correspondence, line, version }: Arrived): Promise<string | undefined> {
    const known = version ?? this.#opened.get(line.key)?.version;
    if (known !== undefined) return known;
    const looked = await this.session.shelf(correspondence.collects.accessPoint).look(line.key);
    return looked.answer === 'readable' ? looked.version : undefined;
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
    this.#openings.set(line.key, this.session.now());
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

  /** The names of the files of a message that was sent in this tab, as they were chosen. */
  filesOf(key: string): readonly string[] {
    return this.#files.get(key) ?? [];
  }

  /** Remembers what was sent from here: nobody who sends can read it again. */
  remember(key: string, subject: string, files: readonly string[]): void {
    this.#subjects.set(key, subject);
    this.#files.set(key, files);
  }

  /** Has the ledger asked again. */
  refresh(): void {
    this.#ledger.refresh();
  }
}

/** A message may not be opened, or is not there any more. */
export class NotReadable extends Error {
  override readonly name = 'NotReadable';
  readonly words: RefusalWords = {
    happened: 'This message is not here, or not any more.',
    mend: 'Go back to the inbox, or to what was sent, and look again.',
    code: 'not-here',
  };
}
