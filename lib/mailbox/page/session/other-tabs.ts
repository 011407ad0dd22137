/**
 * The other tabs of the same page in this browser: a sign-out in one is one in all. They are told in memory alone, so a tab that the
 * browser has put away hears it only where the browser keeps what was said to it.
 * @see https://html.spec.whatwg.org/multipage/web-messaging.html#broadcasting-to-other-browsing-contexts
 */

/** What a tab would lose by a sign-out. */
export interface Unfinished {
  /** `sending`: a message is on its way. `writing`: one was begun and is not sent. */
  readonly what: 'sending' | 'writing';
  readonly subject: string;
}

type Said =
  | { readonly page: string; readonly says: 'signed-out' }
  | { readonly page: string; readonly says: 'asks'; readonly id: string }
  | { readonly page: string; readonly says: 'unfinished'; readonly id: string; readonly it: Unfinished };

const CHANNEL = 'concordat-sign-out';
/** How long tabs have to answer, in milliseconds: those that are awake do at once. */
const PATIENCE = 300;

/** The other tabs. */
export class OtherTabs {
  readonly #channel = new BroadcastChannel(CHANNEL);
  /** Pages of other organisations may have the same origin: theirs is another folder. */
  readonly #page = new URL('.', location.href).href;
  readonly #answers = new Map<string, Unfinished[]>();

  /**
   * @param own what this tab would lose, when another asks
   * @param signedOut told once another tab has signed out; this one says so to nobody, or it would never end
   */
  constructor(own: () => Unfinished | undefined, signedOut: () => void) {
    this.#channel.onmessage = ({ data }: MessageEvent<Said>) => {
      if (data.page !== this.#page) return;
      if (data.says === 'signed-out') signedOut();
      else if (data.says === 'unfinished') this.#answers.get(data.id)?.push(data.it);
      else {
        const it = own();
        if (it !== undefined) this.#say({ page: this.#page, says: 'unfinished', id: data.id, it });
      }
    };
  }

  /** What they would lose. */
  async unfinished(): Promise<readonly Unfinished[]> {
    const id = crypto.randomUUID();
    const answers: Unfinished[] = [];
    this.#answers.set(id, answers);
    this.#say({ page: this.#page, says: 'asks', id });
    await new Promise((done) => setTimeout(done, PATIENCE));
    this.#answers.delete(id);
    return answers;
  }

  /** Tells them that the person has signed out. */
  signedOut(): void {
    this.#say({ page: this.#page, says: 'signed-out' });
  }

  /** Hears of nothing any more. */
  close(): void {
    this.#channel.close();
  }

  #say(said: Said): void {
    this.#channel.postMessage(said);
  }
}
