/**
 * How long somebody takes who has never seen a page, by counting and not by a clock: the keystroke-level model of Card, Moran and
 * Newell, with what it has no operator for, reading, added to it: whoever is new to a screen reads all of it before they act.
 * @see https://doi.org/10.1145/358886.358895 The keystroke-level model for user performance time with interactive systems
 * (Communications of the ACM 23(7), 1980): K of an average typist who is no secretary, 40 words a minute; P, B, H and M
 * @see https://doi.org/10.1016/j.jml.2019.104047 How many words do we read per minute? (Brysbaert, 2019): 238, silently, of prose
 */
import type { Locator, Page } from 'playwright-core';

/** In seconds: a key, pointing with a mouse, a button of it down or up, a hand from one to the other, making up one’s mind. */
const SECONDS = { K: 0.28, P: 1.1, B: 0.1, H: 0.4, M: 1.35 } as const;
const WORDS_A_MINUTE = 238;
/** What the page may take for a screen: more than is promised of its first, on a slow line. */
const ANSWERS = 1.5;

/** Somebody at a page, who does everything by mouse and keys as people do, and whose time is counted. */
export class Newcomer {
  /** What they did, and how many seconds each took. */
  readonly did: [what: string, seconds: number][] = [];
  readonly #known = new Set<string>();
  #hand: 'mouse' | 'keys' = 'mouse';

  constructor(private readonly page: Page) {}

  /** In seconds. */
  get took(): number {
    return this.did.reduce((sum, [, seconds]) => sum + seconds, 0);
  }

  /** Waits for a screen, and reads what of it they have not read before. @param only what they look for, if not all of it */
  async reads(what: string, until: Locator, only = this.page.locator('body')): Promise<void> {
    await until.waitFor({ timeout: 20_000 });
    const text = await only.innerText();
    const fresh = text.split('\n').filter((line) => !this.#known.has(line.trim()));
    for (const line of fresh) this.#known.add(line.trim());
    const words = fresh.join(' ').match(/\S+/g)?.length ?? 0;
    this.#takes(`reads ${what}: ${words} words`, ANSWERS + (words / WORDS_A_MINUTE) * 60);
  }

  /** Makes up their mind, points at it and clicks. */
  async clicks(what: string, target: Locator): Promise<void> {
    await target.click();
    this.#takes(`clicks ${what}`, SECONDS.M + this.#reaches('mouse') + SECONDS.P + 2 * SECONDS.B);
  }

  /** Types it, key by key, where the cursor is. Capitals take two keys. */
  async types(what: string, text: string): Promise<void> {
    await this.page.keyboard.type(text);
    const keys = text.length + (text.match(/[A-Z?!:“”]/g)?.length ?? 0);
    this.#takes(`types ${what}: ${keys} keys`, SECONDS.M + this.#reaches('keys') + keys * SECONDS.K);
  }

  #reaches(to: 'mouse' | 'keys'): number {
    const moves = this.#hand !== to;
    this.#hand = to;
    return moves ? SECONDS.H : 0;
  }

  #takes(what: string, seconds: number): void {
    this.did.push([what, seconds]);
  }
}
