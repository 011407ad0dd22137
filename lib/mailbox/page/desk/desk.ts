/** The desk of somebody who is signed in: which screen is shown, by the address of the page. */
import type { Frame } from '../app';
import { type Child, para } from '../dom';
import { Mail } from '../letters/mail';
import { sealedPart } from '../letters/parts';
import type { Session } from '../session/session';
import { Came } from './came';
import type { DeskPlace, IsWanted } from './place';
import { showReceipt } from './receipts';
import { SigningOut } from './signing-out';
import { Went } from './went';
import { Writing } from './writing';

/** The desk. */
export class Desk {
  readonly #place: DeskPlace;
  readonly #came: Came;
  readonly #went: Went;
  readonly #writing: Writing;
  readonly #signingOut: SigningOut;
  /** Counts what is asked for. */
  #turn = 0;
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
    this.#signingOut = new SigningOut(this.#place, this.#writing);
    this.#came = new Came(this.#place, (arrived, to) => this.#writing.reply(arrived, to));
  }

  begin(): void {
    this.frame.navigate(this.session.profile.organisation.name);
    addEventListener('hashchange', () => this.#route());
    document.addEventListener('click', (event) => {
      if (leadsHere(event)) this.#route();
    });
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
    if (this.#signingOut.isOver) return;
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
        run(this.#signingOut.begin(isWanted));
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
}

/** Whether a click is on a link to the address that is there already: browsers go nowhere then, though another screen may be shown. */
function leadsHere({ target, defaultPrevented, ctrlKey, metaKey, shiftKey }: MouseEvent): boolean {
  if (defaultPrevented || ctrlKey || metaKey || shiftKey) return false;
  const to = target instanceof Element ? target.closest('a') : null;
  return to !== null && to.target === '' && to.hash !== '' && to.href === location.href;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
