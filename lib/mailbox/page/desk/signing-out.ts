/** Signing out: of every tab of this page in this browser at once, and of none while something would be lost unasked. */
import { button, para } from '../dom';
import { sealedPartHere } from '../letters/parts';
import { dropAll } from '../session/kept';
import { OtherTabs, type Unfinished } from '../session/other-tabs';
import type { SignedOut } from '../session/signed-out';
import { leaves } from './leaving';
import type { DeskPlace, IsWanted } from './place';
import type { Writing } from './writing';

/** Signing out of a desk. */
export class SigningOut {
  readonly #others: OtherTabs;
  #isOver = false;

  constructor(
    private readonly place: DeskPlace,
    private readonly writing: Writing,
  ) {
    this.#others = new OtherTabs(
      () => writing.unfinished,
      // Whoever asked was told of what is on its way; what began since then is not cut off.
      () =>
        void writing
          .settled()
          .then((lost) => this.#end('elsewhere', lost === undefined ? writing.unfinished?.what : 'sending')),
    );
  }

  /** Whether the person has signed out: nothing is shown any more. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Signs out, unless a message is on its way; asks first where one was begun. */
  async begin(isWanted: IsWanted): Promise<void> {
    if (this.writing.isUnderWay('Sign out once it is sent, or close the tab to stop it.')) return;
    const others = await this.#others.unfinished();
    if (!isWanted() || this.#isOver) return;
    const own = this.writing.unfinished;
    const sending = others.find(({ what }) => what === 'sending');
    if (sending !== undefined)
      this.place.frame.show({
        title: 'A message is being sent',
        content: [
          para(
            `${named(sending)} is on its way in another tab. Sign out once it is sent, or close that tab to stop it.`,
          ),
          button('Try again', () => this.place.again(), 'main'),
        ],
      });
    else if (own !== undefined || others.length > 0) this.#ask(own, others);
    else this.#now();
  }

  #ask(own: Unfinished | undefined, others: readonly Unfinished[]): void {
    const { frame, to } = this.place;
    frame.show({
      title: 'A message was not sent',
      content: [
        ...(own === undefined ? [] : [para(`You are writing ${named(own)}. It is lost once you sign out.`)]),
        ...others.map((each) =>
          para(`You are writing ${named(each)} in another tab. It is lost once you sign out.`),
        ),
        button('Discard it, and sign out', () => this.#now(), 'warning'),
        ...(own === undefined
          ? [button('Stay signed in', () => to('inbox'))]
          : [button('Go on with it', () => to('write'), 'main')]),
      ],
    });
  }

  #now(): void {
    this.#others.signedOut();
    this.#end('here');
  }

  /** @param lost what of a message is lost in this tab, which was not asked: it may have been asleep */
  #end(where: SignedOut['where'], lost?: SignedOut['lost']): void {
    if (this.#isOver) return;
    const { frame, session } = this.place;
    this.#isOver = true;
    // A late answer of what was asked for before is not shown any more.
    this.place.begins();
    this.#others.close();
    const ended = session.end();
    dropAll();
    sealedPartHere()?.forgetKeys();
    // One that asks to sign in again waits for nothing any more.
    for (const dialog of document.querySelectorAll('dialog')) dialog.remove();
    history.replaceState(null, '', location.pathname);
    frame.notice('sent');
    frame.navigate(undefined);
    frame.waits('Signing out');
    void leaves(frame, session, { where, ...(lost && { lost }) }, ended);
  }
}

function named({ subject }: Pick<Unfinished, 'subject'>): string {
  return subject.trim() === '' ? 'a message without a subject' : `“${subject}”`;
}
