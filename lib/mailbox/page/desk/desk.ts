/** The desk of somebody who is signed in: which screen is shown, by the address of the page. */
import type { Frame } from '../app';
import { button, type Child, el, para } from '../dom';
import { Mail } from '../letters/mail';
import { partHere, sealedPart } from '../letters/part';
import { dropAll } from '../session/kept';
import type { Session } from '../session/session';
import { Came } from './came';
import type { DeskPlace, IsWanted } from './place';
import { showReceipt } from './receipts';
import { Went } from './went';
import { Writing } from './writing';

/** The desk. */
export class Desk {
  readonly #place: DeskPlace;
  readonly #came: Came;
  readonly #went: Went;
  readonly #writing: Writing;
  /** Counts what is asked for. */
  #turn = 0;
  #isOver = false;
  /** On which screen a notice of what was sent belongs. */
  #told = '';

  constructor(
    private readonly frame: Frame,
    private readonly session: Session,
  ) {
    this.#place = {
      frame,
      session,
      mail: new Mail(session),
      to: (where) => this.#to(where),
      again: () => this.#route(),
      begins: () => this.#begins(),
      tells: (where, ...words) => this.#tell(where, words),
    };
    this.#went = new Went(this.#place);
    this.#writing = new Writing(this.#place, () => this.#went.forget());
    this.#came = new Came(this.#place, (arrived, to) => this.#writing.reply(arrived, to));
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
    void this.#writing.unanswered().finally(() => this.#route());
  }

  #route(): void {
    if (this.#isOver) return;
    // It is about what was done just now.
    if (this.#told !== location.hash) this.frame.notice('sent');
    const [name = '', key = ''] = location.hash.slice(1).split(/=(.*)/s);
    const isWanted = this.#begins();
    const run = (does: Promise<void>, part?: 'inbox' | 'sent' | 'write') =>
      void does.catch((error: unknown) => {
        if (isWanted()) this.frame.failed(error, () => this.#route(), part);
      });
    const at = decoded(key);
    const [place, from] = [this.#place, { came: this.#came, went: this.#went }];
    switch (name) {
      case 'sent':
        run(at === '' ? this.#went.list(isWanted) : this.#went.show(isWanted, at), 'sent');
        break;
      case 'message':
        run(this.#came.open(isWanted, at), 'inbox');
        break;
      case 'receipt':
        run(showReceipt(place, from, isWanted, at, 'inbox'), 'inbox');
        break;
      case 'sent-receipt':
        run(showReceipt(place, from, isWanted, at, 'sent'), 'sent');
        break;
      case 'recall':
        run(this.#went.askRecall(isWanted, at), 'sent');
        break;
      case 'write':
        run(this.#writing.show(isWanted), 'write');
        break;
      case 'key':
        run(this.#showKey(isWanted));
        break;
      case 'sign-out':
        this.#signOut();
        break;
      default:
        run(this.#came.list(isWanted), 'inbox');
    }
  }

  async #showKey(isWanted: IsWanted): Promise<void> {
    const { keyScreen } = await sealedPart();
    const { profile, now } = this.session;
    const { organisation, collects } = profile;
    const sealed = collects.flatMap((each) => each.sealed ?? []);
    if (isWanted())
      this.frame.show(keyScreen({ organisation, sealed, now, say: (words) => this.frame.say(words) }));
  }

  #begins(): IsWanted {
    const turn = ++this.#turn;
    return () => turn === this.#turn;
  }

  #tell(where: string, words: readonly Child[]): void {
    this.frame.notice('sent', para(...words));
    this.#told = where;
  }

  #to(where: string): void {
    if (location.hash === `#${where}`) this.#route();
    else location.hash = where;
  }

  #signOut(): void {
    if (this.#writing.isUnderWay('Sign out once it is sent, or close the tab to stop it.')) return;
    this.#isOver = true;
    const ended = this.session.end();
    dropAll();
    partHere()?.forgetKeys();
    // Whatever this page has read goes with its memory.
    history.replaceState(null, '', location.pathname);
    this.frame.navigate(undefined);
    const buttons = el(
      'div',
      { class: 'govuk-button-group' },
      button('Sign in again', () => location.reload(), 'main'),
    );
    this.frame.show({
      title: 'You are signed out',
      content: [
        para(
          'Nothing of your messages is left in this tab. Close the browser if others use this computer: other tabs with messages, and your organisation’s own sign-in, may still be open in it.',
        ),
        buttons,
      ],
    });
    const { name } = this.session.profile.organisation;
    void ended.then((address) => {
      if (address !== undefined)
        buttons.append(button(`Sign out of everything at ${name}`, () => location.assign(address)));
    });
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
