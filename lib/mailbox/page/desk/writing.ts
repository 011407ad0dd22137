/** Writing at a desk: one message at a time, kept with its files while somebody looks elsewhere, and told of wherever they are. */
import type { ShownMessage } from '../../read';
import type { Screen } from '../app';
import { button, link, para } from '../dom';
import { claimed, type Draft, dropDraft, keepDraft, keptDraft, newDraft } from '../letters/draft';
import type { Arrived } from '../letters/inbox';
import { replyTo } from '../letters/reply';
import { sent, sentBefore } from '../letters/sending';
import { type WritePorts, WriteScreen } from '../screens/write';
import type { Unfinished } from '../session/other-tabs';
import type { DeskPlace, IsWanted } from './place';

/** The message that is written, sent or answered. */
export class Writing {
  /** The one that is being written or sent: whoever comes back to it finds it as it was, with its files. */
  #writing: { readonly id: string; readonly screen: Screen } | undefined;
  /** The subject of what is being sent; and that again, once it is known that it was not. */
  #sending: { readonly subject: string; readonly notSent: Promise<string | undefined> } | undefined;

  /** @param isSent told once a message was sent */
  constructor(
    private readonly place: DeskPlace,
    private readonly isSent: () => void,
  ) {}

  /** Tells of a message that was sent, and of which no answer came before the page was loaded anew. */
  async unanswered(): Promise<void> {
    const draft = keptDraft();
    if (draft?.sent === undefined) return;
    try {
      if ((await sentBefore(this.place.session, draft)) === undefined) return;
      dropDraft();
      this.place.tells(location.hash, `Your message ${draft.isSealed ? '' : `“${draft.subject}” `}was sent.`);
    } catch {
      // It is asked again before it is sent.
    }
  }

  /** Shows the form, with what was begun. */
  async show(isWanted: IsWanted): Promise<void> {
    const { frame, session } = this.place;
    const kept = keptDraft();
    if (this.#writing !== undefined && this.#writing.id === kept?.id) {
      frame.show(this.#writing.screen);
      return;
    }
    const draft = await claimed(kept ?? newDraft());
    keepDraft(draft);
    if (!isWanted()) return;
    const ports: WritePorts = {
      session,
      say: (words) => frame.say(words),
      discard: () => this.#discards(),
      send: (...message) => this.#send(...message),
    };
    const { screen } = new WriteScreen(ports, draft);
    this.#writing = { id: draft.id, screen };
    frame.show(screen);
  }

  /** Forgets what was written: asked first where it says anything, since nothing brings it back. */
  #discards(): void {
    const { frame, to } = this.place;
    const discard = () => {
      dropDraft();
      to('inbox');
    };
    const draft = begun();
    if (draft === undefined) {
      discard();
      return;
    }
    frame.show({
      title: 'Do you want to discard this message?',
      part: 'write',
      content: [
        para(`${notSentWords(draft)}, and nobody can bring it back.`),
        button('Discard it', discard, 'warning'),
        button('Go on with it', () => to('write'), 'main'),
      ],
    });
  }

  /** Begins an answer, unless another message is being written: that is asked about first. */
  reply(arrived: Arrived, answered: ShownMessage): void {
    if (this.isUnderWay('Reply once it is sent.')) return;
    const begin = () => {
      const draft = replyTo(arrived, answered);
      keepDraft({ ...draft, isSealed: this.place.session.isSealed(draft.agreement) });
      this.place.to('write');
    };
    const other = begun();
    if (other === undefined) {
      begin();
      return;
    }
    this.place.frame.show({
      title: 'You are writing another message',
      part: 'write',
      content: [
        para(`${notSentWords(other)}. Only one message can be written at a time in a tab.`),
        button('Go on with it', () => this.place.to('write'), 'main'),
        button('Discard it, and reply', begin, 'warning'),
      ],
    });
  }

  /**
   * Only one message is under way at a time, and nobody leaves before it is known what came of it.
   * @param first what is to be done once it is sent
   * @returns whether one is: that is shown then
   */
  isUnderWay(first: string): boolean {
    if (this.#sending === undefined) return false;
    this.place.frame.show({
      title: 'A message is being sent',
      part: 'write',
      content: [
        para(`“${this.#sending.subject}” is on its way. ${first}`),
        button('See how far it is', () => this.place.to('write'), 'main'),
      ],
    });
    return true;
  }

  /** What is lost where the tab ends now. */
  get unfinished(): Unfinished | undefined {
    if (this.#sending !== undefined) return { what: 'sending', subject: this.#sending.subject };
    const draft = begun();
    return draft && { what: 'writing', subject: draft.subject };
  }

  /** Once nothing is on its way any more: the subject of what was not sent, if so. */
  async settled(): Promise<string | undefined> {
    return this.#sending?.notSent;
  }

  async #send(...message: Parameters<WritePorts['send']>): Promise<void> {
    const [, { subject }] = message;
    const sends = this.#sends(...message);
    const notSent = sends.then(
      () => undefined,
      () => subject,
    );
    this.#sending = { subject, notSent };
    await sends.finally(() => {
      this.#sending = undefined;
    });
  }

  async #sends(
    ...[correspondence, draft, files, progress, keeps]: Parameters<WritePorts['send']>
  ): Promise<void> {
    const { frame, session, mail, to, tells } = this.place;
    const { subject } = draft;
    const done = await sent(session, correspondence, draft, files, progress, keeps).catch(
      (error: unknown) => {
        this.#notSent(subject);
        throw error;
      },
    );
    mail.remember(
      done.key,
      subject,
      files.map(({ file }) => file.name),
    );
    this.isSent();
    // Whoever has gone elsewhere meanwhile stays there.
    const isHere = location.hash === '#write';
    const where = `sent=${encodeURIComponent(done.key)}`;
    tells(
      isHere ? `#${where}` : location.hash,
      done.before
        ? `Your message “${subject}” had been sent before, as it was then.`
        : `Your message “${subject}” was sent. It is checked before it can be read.`,
    );
    frame.say('The message was sent.', isHere ? 'the next one' : 'this screen');
    if (isHere) to(where);
  }

  /** Tells whoever has gone elsewhere meanwhile. */
  #notSent(subject: string): void {
    if (location.hash === '#write') return;
    this.place.tells(location.hash, `Your message “${subject}” was not sent. `, link('write', 'See why'));
    this.place.frame.say('The message was not sent.');
  }
}

/** That a message was not sent; as far as is known, where the answer to a try may have been lost. */
function notSentWords({ subject, sent }: Draft): string {
  const isNamed = subject.trim() !== '';
  if (sent === undefined) return `${isNamed ? `“${subject}”` : 'The message without a subject'} was not sent`;
  return `You tried to send ${isNamed ? `“${subject}”` : 'the message without a subject'}. Unless it is in Sent, it was not sent`;
}

/** The message that was begun, if it says anything yet, or files were chosen for it. */
function begun(): Draft | undefined {
  const draft = keptDraft();
  if (draft === undefined) return undefined;
  const { subject, text, files } = draft;
  return subject.trim() === '' && text.trim() === '' && files.length === 0 ? undefined : draft;
}
