/** What came: the inbox, and one message of it. */
import type { ShownMessage } from '../../read';
import { para } from '../dom';
import type { Arrived } from '../letters/inbox';
import { DAYS_AT_FIRST, type Loaded } from '../letters/loaded';
import { NotReadable } from '../letters/mail';
import { sealedPart, sealedPartHere } from '../letters/parts';
import { inboxScreen } from '../screens/inbox';
import { headed, messageScreen } from '../screens/message';
import { sizeWords } from '../words/amounts';
import { type DeskPlace, type IsWanted, notReadable } from './place';

/** How often a message on the screen is held against the days of its agreement, in milliseconds. */
const LOOKS_EVERY = 15_000;

/** The messages that came, as far as this tab has loaded them. */
export class Came {
  #known: { readonly days: number; readonly loaded: Loaded<Arrived> } | undefined;

  /** @param reply begins an answer */
  constructor(
    private readonly place: DeskPlace,
    private readonly reply: (arrived: Arrived, to: ShownMessage) => void,
  ) {}

  /** Shows the list. @throws StoreFailure, DeliveryRefused */
  async list(isWanted: IsWanted, days = this.#known?.days ?? DAYS_AT_FIRST): Promise<void> {
    const { frame, mail } = this.place;
    frame.waits('Inbox', 'inbox');
    mail.refresh();
    let shown: ReturnType<typeof inboxScreen> | undefined;
    for await (const loaded of mail.inbox(days)) {
      // What is learnt for a screen that nobody looks at any more, the next one asks for itself.
      if (!isWanted()) return;
      this.#known = { days, loaded };
      if (shown !== undefined) shown.learns(loaded);
      else {
        shown = inboxScreen(mail, loaded, days, (more) => this.#again(more));
        frame.show(shown);
      }
    }
  }

  /** One of them, by its key. @throws NotReadable where it is not there; StoreFailure, DeliveryRefused */
  async one(key: string): Promise<Arrived> {
    const known = this.#known?.loaded.lines.find(({ line }) => line.key === key);
    if (known !== undefined) return known;
    const found = await this.place.mail.arrived(key);
    if (found === undefined) throw new NotReadable();
    return found;
  }

  /** Opens one of them, and shows it. @throws StoreFailure, DeliveryRefused */
  async open(isWanted: IsWanted, key: string): Promise<void> {
    const { frame, mail, session } = this.place;
    frame.waits('Opening the message', 'inbox');
    const arrived = await this.one(key).catch((error: unknown) => notReadable(error));
    if (arrived !== undefined && (await this.#asksForKey(isWanted, arrived))) return;
    const opened =
      arrived &&
      (await mail
        .open(arrived, (bytes) => {
          if (isWanted() && bytes < arrived.line.bytes)
            frame.show(
              {
                title: 'Opening the message',
                part: 'inbox',
                content: para(`${sizeWords(bytes)} of ${sizeWords(arrived.line.bytes)} are here.`),
              },
              'stays',
            );
        })
        .catch((error: unknown) => notReadable(error)));
    if (!isWanted()) return;
    if (arrived === undefined || opened === undefined) {
      frame.show(
        headed('The message cannot be opened', [
          para(
            'It is still being checked, a check has stopped it, or the sender has taken it back. If it was stopped, the sender is told why and can send it again.',
          ),
          para('Look again later.'),
        ]),
      );
      return;
    }
    const again = () => {
      sealedPartHere()?.forgetKeys();
      this.place.again();
    };
    frame.show(messageScreen(session, arrived, opened, (to) => this.reply(arrived, to), again));
    this.#clearsAtTheEnd(isWanted, arrived);
  }

  /** Asks for a key before a sealed message is fetched: to fetch it is to read it. @returns whether it asks */
  async #asksForKey(isWanted: IsWanted, arrived: Arrived): Promise<boolean> {
    const { frame, mail, session, again } = this.place;
    const { owner, sealed } = arrived.correspondence.collects;
    if (sealed === undefined || mail.isOver(arrived) || mail.isOpened(arrived.line.key)) return false;
    const part = await sealedPart();
    if (part.hasKey()) return false;
    const { organisation } = session.profile;
    if (isWanted())
      frame.show(
        part.unlockScreen({
          ...{ organisation, from: owner.name, sealed },
          isWanted,
          unlocked: again,
          say: (words) => frame.say(words),
        }),
      );
    return true;
  }

  /** Takes a message that is on the screen off it once its agreement has ended. What somebody saved or printed is theirs. */
  #clearsAtTheEnd(isWanted: IsWanted, arrived: Arrived): void {
    const { frame, mail } = this.place;
    const look = () => {
      if (isWanted() && !mail.isOver(arrived)) return;
      clearInterval(timer);
      removeEventListener('focus', look);
      if (!isWanted()) return;
      mail.refresh();
      frame.show(
        headed(
          'The agreement has ended',
          para(
            `The message was under “${arrived.correspondence.collects.title}”, which has ended: it can be read here no more, and was taken off the screen.`,
          ),
        ),
      );
    };
    const timer = setInterval(look, LOOKS_EVERY);
    addEventListener('focus', look);
  }

  #again(days: number): void {
    const { frame, again, begins } = this.place;
    const isWanted = begins();
    this.list(isWanted, days).catch((error: unknown) => {
      if (isWanted()) frame.failed(error, again, 'inbox');
    });
  }
}
