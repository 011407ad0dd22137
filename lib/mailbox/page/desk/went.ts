/** What was sent: the list, one message of it, and taking one back. */
import { recall, toRecall } from '../../../delivery';
import { ALL_DAYS, DAYS_AT_FIRST, type Loaded } from '../letters/loaded';
import { NotReadable } from '../letters/mail';
import type { Gone } from '../letters/outbox';
import { goneScreen, recalledScreen, recallScreen, sentScreen } from '../screens/sent';
import type { DeskPlace, IsWanted } from './place';

/** The messages that were sent, as far as this tab has loaded them. */
export class Went {
  #known: { readonly days: number; readonly loaded: Loaded<Gone> } | undefined;

  constructor(private readonly place: DeskPlace) {}

  /** Forgets what was loaded: something was sent since. */
  forget(): void {
    this.#known = undefined;
  }

  /** Shows the list. @throws StoreFailure, DeliveryRefused */
  async list(isWanted: IsWanted, days = this.#known?.days ?? DAYS_AT_FIRST): Promise<void> {
    const { frame, mail } = this.place;
    frame.waits('Sent', 'sent');
    mail.refresh();
    let shown: ReturnType<typeof sentScreen> | undefined;
    for await (const loaded of mail.sent(days)) {
      if (!isWanted()) return;
      this.#known = { days, loaded };
      // Of what was taken back the record alone tells: before it has, nobody says that there is nothing.
      if (loaded.lines.length === 0 && loaded.isLookingUp) continue;
      if (shown !== undefined) shown.learns(loaded);
      else {
        shown = sentScreen(mail, loaded, days, (more) => this.#again(more));
        frame.show(shown);
      }
    }
  }

  /** One of them, by its key. @throws NotReadable where it is not there */
  async one(key: string): Promise<Gone> {
    const known = this.#known?.loaded.lines.find(({ line }) => line.key === key);
    if (known !== undefined) return known;
    for await (const found of this.#asKnown(key)) return found;
    throw new NotReadable();
  }

  /** How one of them stands now, as it becomes known. */
  async *#asKnown(key: string): AsyncGenerator<Gone, void> {
    const listed = this.#known?.days ?? DAYS_AT_FIRST;
    // An address that was kept may be of a message that is older than what the list has.
    for (const days of new Set([listed, ALL_DAYS])) {
      let isThere = false;
      for await (const loaded of this.place.mail.sent(days)) {
        if (days === listed) this.#known = { days, loaded };
        const found = loaded.lines.find(({ line }) => line.key === key);
        const [missing] = loaded.missing;
        if (found !== undefined) {
          isThere = true;
          yield found;
        } else if (missing !== undefined) throw missing.error;
      }
      if (isThere) return;
    }
  }

  /** Shows how one of them stands. @throws StoreFailure, DeliveryRefused, NotReadable */
  async show(isWanted: IsWanted, key: string): Promise<void> {
    const { frame, mail, again } = this.place;
    frame.waits('Sent', 'sent');
    mail.refresh();
    let shown: ReturnType<typeof goneScreen> | undefined;
    for await (const gone of this.#asKnown(key)) {
      if (!isWanted()) return;
      if (shown !== undefined) shown.learns(gone);
      else {
        shown = goneScreen(mail, gone, again);
        frame.show(shown);
      }
    }
    if (shown === undefined) throw new NotReadable();
  }

  /** Asks whether one of them is to be taken back, and does so. @throws StoreFailure, DeliveryRefused, NotReadable */
  async askRecall(isWanted: IsWanted, key: string): Promise<void> {
    const { frame, session, again, begins } = this.place;
    const gone = await this.one(key);
    if (!isWanted()) return;
    const takeBack = () => {
      const stays = begins();
      frame.waits('Taking it back', 'sent');
      const store = session.outbox;
      toRecall(store, key, gone.line.version)
        .then((found) => recall(store, found))
        .then(() => stays() && frame.show(recalledScreen(gone)))
        .catch((error: unknown) => stays() && frame.failed(error, again, 'sent'));
    };
    frame.show(recallScreen(gone, takeBack));
  }

  #again(days: number): void {
    const { frame, again, begins } = this.place;
    const isWanted = begins();
    this.list(isWanted, days).catch((error: unknown) => {
      if (isWanted()) frame.failed(error, again, 'sent');
    });
  }
}
