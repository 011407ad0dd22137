/**
 * Renewing a sign-in while somebody works, without a word: by what the provider gave for it, which this page’s memory alone has and
 * a reload loses. In a hidden frame it could not be done: browsers keep a provider’s cookies from frames of others, and this page
 * lets nothing frame it.
 * @see https://www.rfc-editor.org/rfc/rfc9700#section-4.14
 * @see https://learn.microsoft.com/entra/identity-platform/reference-third-party-cookies-spas
 */
import type { IdToken, Provider, Renewable } from '../../../client/in-browsers';

/** So long after somebody signed in themselves it is renewed, in milliseconds: a working day. */
const LASTS = 43_200_000;

/** Somebody who signed in, and what renews it. */
export interface SignedIn {
  readonly token: IdToken;
  readonly renewal: Renewal | undefined;
}

/** What renews a sign-in. */
export class Renewal {
  readonly #until: number;
  #isEnded = false;

  private constructor(
    private readonly provider: Provider,
    private refresh: string | undefined,
    private readonly now: () => number,
  ) {
    this.#until = now() + LASTS;
  }

  /** @param now by the clock of the servers */
  static of(provider: Provider, { token, refresh }: Renewable, now: () => number): SignedIn {
    return { token, renewal: refresh === undefined ? undefined : new Renewal(provider, refresh, now) };
  }

  /** A new token; nothing where the provider does not give one, or it is long since the person was asked. */
  async renewed(): Promise<IdToken | undefined> {
    const { refresh } = this;
    // It is good for once: what comes of it is not known before the answer is here.
    this.refresh = undefined;
    if (refresh === undefined || this.now() > this.#until) return undefined;
    try {
      const found = await this.provider.renewed(refresh);
      this.refresh = found.refresh;
      // Whoever signed out meanwhile has ended what comes of it, too.
      if (this.#isEnded) {
        await this.end();
        return undefined;
      }
      return found.token;
    } catch {
      return undefined;
    }
  }

  /** Has the provider forget it. Where it does not answer, it forgets it by itself after some time. */
  async end(): Promise<void> {
    this.#isEnded = true;
    const { refresh } = this;
    this.refresh = undefined;
    if (refresh !== undefined) await this.provider.revoke(refresh).catch(() => undefined);
  }
}
