/** What was sent: the list, one message of it, and taking one back. */
import { recall, toRecall } from '../../../delivery';
import { DAYS_AT_FIRST, type Gone, type Loaded, NotReadable } from '../letters/mail';
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
    const loaded = await mail.sent(days);
    this.#known = { days, loaded };
    if (isWanted()) frame.show(sentScreen(mail, loaded, days, (more) => this.#again(more)));
  }

  /** One of them, by its key. @param fresh asks how it stands now @throws NotReadable where it is not there */
  async one(key: string, fresh = false): Promise<Gone> {
    const isIt = ({ line }: Gone) => line.key === key;
    const known = fresh ? undefined : this.#known?.loaded.lines.find(isIt);
    if (known !== undefined) return known;
    const days = this.#known?.days ?? DAYS_AT_FIRST;
    const loaded = await this.place.mail.sent(days);
    this.#known = { days, loaded };
    const found = loaded.lines.find(isIt);
    if (found === undefined) throw new NotReadable();
    return found;
  }

  /** Shows how one of them stands. @throws StoreFailure, DeliveryRefused, NotReadable */
  async show(isWanted: IsWanted, key: string): Promise<void> {
    const { frame, mail, again } = this.place;
    frame.waits('Sent', 'sent');
    mail.refresh();
    const gone = await this.one(key, true);
    if (isWanted()) frame.show(goneScreen(mail, gone, again));
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
