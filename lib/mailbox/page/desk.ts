/** The desk of somebody who is signed in. */
import { checkedLedger, recall, toRecall } from '../../delivery';
import type { ShownMessage } from '../read';
import type { Frame, Screen } from './app';
import { button, link, para } from './dom';
import { claimed, dropDraft, keepDraft, keptDraft, newDraft } from './letters/draft';
import { type Arrived, DAYS_AT_FIRST, type Gone, type Loaded, Mail, NotReadable } from './letters/mail';
import { replyTo } from './letters/reply';
import { sent, sentBefore } from './letters/sending';
import { inboxScreen } from './screens/inbox';
import { messageScreen } from './screens/message';
import { receiptScreen } from './screens/receipt';
import { goneScreen, recalledScreen, recallScreen, sentScreen } from './screens/sent';
import { WriteScreen } from './screens/write';
import { dropAll } from './session/kept';
import type { Session } from './session/session';
import { sizeWords } from './words/amounts';

const DAY = 86_400_000;

/** What somebody does who is signed in: which screen is shown, and what is asked for it. */
export class Desk {
  readonly #mail: Mail;
  #inbox: { readonly days: number; readonly loaded: Loaded<Arrived> } | undefined;
  #sent: { readonly days: number; readonly loaded: Loaded<Gone> } | undefined;
  /** Counts what is asked for, so that a late answer does not take the place of a later screen. */
  #turn = 0;
  #isOver = false;
  /** The message that is being written or sent: whoever comes back to it finds it as it was, with its files. */
  #writing: { readonly id: string; readonly screen: Screen } | undefined;
  /** The subject of what is being sent. */
  #sending: string | undefined;
  /** On which screen a notice of what was sent belongs. */
  #told = '';

  constructor(
    private readonly frame: Frame,
    private readonly session: Session,
  ) {
    this.#mail = new Mail(session);
  }

  begin(): void {
    this.frame.navigate(this.session.profile.organisation.name);
    addEventListener('hashchange', () => this.#route());
    const line = () =>
      this.frame.notice(
        'line',
        ...(navigator.onLine
          ? []
          : [
              para(
                'This computer is offline. What you write is kept in this tab, and what is being sent goes on once it is online.',
              ),
            ]),
      );
    addEventListener('online', line);
    addEventListener('offline', line);
    line();
    void this.#unanswered().finally(() => this.#route());
  }

  /** A message that was sent, and of which no answer came before the page was loaded anew. */
  async #unanswered(): Promise<void> {
    const draft = keptDraft();
    if (draft?.sent === undefined) return;
    try {
      if ((await sentBefore(this.session, draft)) === undefined) return;
      dropDraft();
      this.#told = location.hash;
      this.frame.notice('sent', para(`Your message “${draft.subject}” was sent.`));
    } catch {
      // It is asked again before it is sent.
    }
  }

  #route(): void {
    if (this.#isOver) return;
    // It is about what was done just now.
    if (this.#told !== location.hash) this.frame.notice('sent');
    const [name = '', key = ''] = location.hash.slice(1).split(/=(.*)/s);
    const turn = ++this.#turn;
    const run = (does: () => Promise<void>, part?: 'inbox' | 'sent' | 'write') =>
      void does().catch((error: unknown) => {
        if (turn === this.#turn) this.frame.failed(error, () => this.#route(), part);
      });
    const at = decoded(key);
    switch (name) {
      case 'sent':
        run(
          () =>
            at === '' ? this.#showSent(turn, this.#sent?.days ?? DAYS_AT_FIRST) : this.#showGone(turn, at),
          'sent',
        );
        break;
      case 'message':
        run(() => this.#showMessage(turn, at), 'inbox');
        break;
      case 'receipt':
        run(() => this.#showReceipt(turn, at, 'inbox'), 'inbox');
        break;
      case 'sent-receipt':
        run(() => this.#showReceipt(turn, at, 'sent'), 'sent');
        break;
      case 'recall':
        run(() => this.#askRecall(turn, at), 'sent');
        break;
      case 'write':
        run(() => this.#write(turn), 'write');
        break;
      case 'sign-out':
        this.#signOut();
        break;
      default:
        run(() => this.#showInbox(turn, this.#inbox?.days ?? DAYS_AT_FIRST), 'inbox');
    }
  }

  async #showInbox(turn: number, days: number): Promise<void> {
    this.frame.waits('Inbox', 'inbox');
    this.#mail.refresh();
    const loaded = await this.#mail.inbox(days);
    this.#inbox = { days, loaded };
    if (turn === this.#turn)
      this.frame.show(inboxScreen(this.#mail, loaded, days, (more) => this.#again(more, 'inbox')));
  }

  async #showSent(turn: number, days: number): Promise<void> {
    this.frame.waits('Sent', 'sent');
    this.#mail.refresh();
    const loaded = await this.#mail.sent(days);
    this.#sent = { days, loaded };
    if (turn === this.#turn)
      this.frame.show(sentScreen(this.#mail, loaded, days, (more) => this.#again(more, 'sent')));
  }

  #again(days: number, what: 'inbox' | 'sent'): void {
    const turn = ++this.#turn;
    const shown = what === 'inbox' ? this.#showInbox(turn, days) : this.#showSent(turn, days);
    shown.catch((error: unknown) => this.frame.failed(error, () => this.#route(), what));
  }

  async #arrived(key: string): Promise<Arrived> {
    const isIt = ({ line }: Arrived) => line.key === key;
    const known = this.#inbox?.loaded.lines.find(isIt);
    if (known !== undefined) return known;
    const days = this.#inbox?.days ?? DAYS_AT_FIRST;
    const loaded = await this.#mail.inbox(days);
    this.#inbox = { days, loaded };
    const found = loaded.lines.find(isIt);
    if (found === undefined) throw new NotReadable();
    return found;
  }

  async #gone(key: string, fresh = false): Promise<Gone> {
    const isIt = ({ line }: Gone) => line.key === key;
    const known = fresh ? undefined : this.#sent?.loaded.lines.find(isIt);
    if (known !== undefined) return known;
    const days = this.#sent?.days ?? DAYS_AT_FIRST;
    const loaded = await this.#mail.sent(days);
    this.#sent = { days, loaded };
    const found = loaded.lines.find(isIt);
    if (found === undefined) throw new NotReadable();
    return found;
  }

  async #showMessage(turn: number, key: string): Promise<void> {
    this.frame.waits('Opening the message', 'inbox');
    const arrived = await this.#arrived(key).catch((error: unknown) => notReadable(error));
    const opened =
      arrived &&
      (await this.#mail
        .open(arrived, (bytes) => {
          if (turn === this.#turn && bytes < arrived.line.bytes)
            this.frame.show(
              {
                title: 'Opening the message',
                part: 'inbox',
                content: para(`${sizeWords(bytes)} of ${sizeWords(arrived.line.bytes)} are here.`),
              },
              'stays',
            );
        })
        .catch((error: unknown) => notReadable(error)));
    if (turn !== this.#turn) return;
    if (arrived === undefined || opened === undefined) {
      this.frame.show({
        title: 'The message cannot be opened',
        part: 'inbox',
        content: [
          para(
            'It is still being checked, a check has stopped it, or the sender has taken it back. If it was stopped, the sender is told why and can send it again.',
          ),
          para('Go back to the inbox, and look again later.'),
        ],
      });
      return;
    }
    this.frame.show(messageScreen(arrived, opened, (to) => this.#reply(arrived, to)));
  }

  async #showGone(turn: number, key: string): Promise<void> {
    this.frame.waits('Sent', 'sent');
    this.#mail.refresh();
    const gone = await this.#gone(key, true);
    if (turn === this.#turn) this.frame.show(goneScreen(this.#mail, gone, () => this.#route()));
  }

  async #askRecall(turn: number, key: string): Promise<void> {
    const gone = await this.#gone(key);
    if (turn !== this.#turn) return;
    this.frame.show(
      recallScreen(gone, () => {
        this.frame.waits('Taking it back', 'sent');
        const store = this.session.outbox;
        toRecall(store, key, gone.line.version)
          .then((found) => recall(store, found))
          .then(() => this.frame.show(recalledScreen(gone)))
          .catch((error: unknown) => this.frame.failed(error, () => this.#route(), 'sent'));
      }),
    );
  }

  /** Of one’s own or of another’s: keys do not tell them apart, since two bodies may each have an inbox of the same id. */
  async #showReceipt(turn: number, key: string, part: 'inbox' | 'sent'): Promise<void> {
    this.frame.waits('Receipt', part);
    const { profile, ledger, now } = this.session;
    const isOurs = part === 'sent';
    const { version, since } = isOurs ? await this.#sentVersion(key) : await this.#arrivedVersion(key);
    const checked = await checkedLedger({ profile, store: ledger, since, pinned: [] });
    const receipt = checked.receipt({
      transfer: { key, version },
      needs: isOurs ? 'deposited' : 'collected',
    });
    const names = new Map([
      [profile.organisation.id, profile.organisation.name],
      ...this.session.correspondences.map(({ collects: { owner } }): [string, string] => [
        owner.id,
        owner.name,
      ]),
    ]);
    const back = [
      `${isOurs ? 'sent' : 'message'}=${encodeURIComponent(key)}`,
      'Back to the message',
    ] as const;
    if (turn === this.#turn) this.frame.show(receiptScreen(receipt, back, names, part, now()));
  }

  async #sentVersion(key: string) {
    const { line } = await this.#gone(key);
    return { version: line.version, since: line.deposited - DAY };
  }

  async #arrivedVersion(key: string) {
    const { line } = await this.#arrived(key);
    return { version: line.version ?? '', since: line.deposited - DAY };
  }

  async #write(turn: number): Promise<void> {
    const kept = keptDraft();
    if (this.#writing !== undefined && this.#writing.id === kept?.id) {
      this.frame.show(this.#writing.screen);
      return;
    }
    const draft = await claimed(kept ?? newDraft());
    keepDraft(draft);
    if (turn !== this.#turn) return;
    const screen = new WriteScreen(
      {
        session: this.session,
        say: (words) => this.frame.say(words),
        discard: () => {
          dropDraft();
          this.#to('inbox');
        },
        send: async (correspondence, written, files, progress, keeps) => {
          this.#sending = written.subject;
          const done = await sent(this.session, correspondence, written, files, progress, keeps)
            .catch((error: unknown) => {
              this.#notSent(written.subject);
              throw error;
            })
            .finally(() => {
              this.#sending = undefined;
            });
          this.#mail.remember(done.key, written.subject);
          this.#sent = undefined;
          this.frame.notice(
            'sent',
            para(
              done.before
                ? `Your message “${written.subject}” had been sent before, as it was then.`
                : `Your message “${written.subject}” was sent. It is checked before it can be read.`,
            ),
          );
          this.frame.say('The message was sent.');
          // Whoever has gone elsewhere meanwhile stays there.
          const isHere = location.hash === '#write';
          const where = `sent=${encodeURIComponent(done.key)}`;
          this.#told = isHere ? `#${where}` : location.hash;
          if (isHere) this.#to(where);
        },
      },
      draft,
    );
    const shown = screen.screen;
    this.#writing = { id: draft.id, screen: shown };
    this.frame.show(shown);
  }

  /** Tells whoever has gone elsewhere meanwhile. */
  #notSent(subject: string): void {
    if (location.hash === '#write') return;
    this.frame.notice('sent', para(`Your message “${subject}” was not sent. `, link('write', 'See why')));
    this.frame.say('The message was not sent.');
    this.#told = location.hash;
  }

  /** Only one message is under way at a time, and nobody leaves before it is known what came of it. */
  #waitsForSending(subject: string, first: string): void {
    this.frame.show({
      title: 'A message is being sent',
      part: 'write',
      content: [
        para(`“${subject}” is on its way. ${first}`),
        button('See how far it is', () => this.#to('write'), 'main'),
      ],
    });
  }

  /** Begins an answer, unless another message is being written: that is asked about first. */
  #reply(arrived: Arrived, to: ShownMessage): void {
    if (this.#sending !== undefined) {
      this.#waitsForSending(this.#sending, 'Reply once it is sent.');
      return;
    }
    const other = keptDraft();
    if (other === undefined || (other.subject.trim() === '' && other.text.trim() === '')) {
      this.#begin(arrived, to);
      return;
    }
    this.frame.show({
      title: 'You are writing another message',
      part: 'write',
      content: [
        para(
          `“${other.subject.trim() === '' ? 'Without a subject' : other.subject}” was not sent. Only one message can be written at a time in a tab.`,
        ),
        button('Go on with it', () => this.#to('write'), 'main'),
        button('Discard it, and reply', () => this.#begin(arrived, to), 'warning'),
      ],
    });
  }

  #begin(arrived: Arrived, to: ShownMessage): void {
    keepDraft(replyTo(arrived, to));
    this.#to('write');
  }

  #to(where: string): void {
    if (location.hash === `#${where}`) this.#route();
    else location.hash = where;
  }

  #signOut(): void {
    if (this.#sending !== undefined) {
      this.#waitsForSending(this.#sending, 'Sign out once it is sent, or close the tab to stop it.');
      return;
    }
    this.#isOver = true;
    dropAll();
    // Whatever this page has read goes with its memory.
    history.replaceState(null, '', location.pathname);
    this.frame.navigate(undefined);
    this.frame.show({
      title: 'You are signed out',
      content: [
        para(
          'Nothing of your messages is left in this browser. Close it if others use this computer: your organisation’s own sign-in may still be open in it.',
        ),
        button('Sign in again', () => location.reload(), 'main'),
      ],
    });
  }
}

function notReadable(error: unknown): undefined {
  if (error instanceof NotReadable) return undefined;
  throw error;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
