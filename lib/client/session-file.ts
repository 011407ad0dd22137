/**
 * The sign-in that is kept on this computer: one file, for its owner alone (mode 600), in the state folder. The ID token in it is
 * what STS takes for each of the organisation’s roles; no refresh token and no credentials of AWS are ever written. Once it is over,
 * the token is taken out, and what is left says only that it is; signing out removes all of it.
 */
import {
  KEPT_SESSION_FORM,
  type KeptSession,
  keptSessionIn,
  type Profile,
  type ProfileSignIn,
} from '../wire';
import type { IdToken } from './oidc/tokens';
import { StateFolder } from './state-folder';

/** The place of one organisation’s sign-in at one provider. */
export class SessionFile {
  readonly #folder: StateFolder;
  readonly #whose: Pick<KeptSession, 'issuer' | 'client' | 'account'>;

  /** @param place the state folder */
  constructor(
    place: string,
    { organisation }: Profile,
    { issuer, client }: ProfileSignIn,
    private readonly now: () => number,
  ) {
    this.#folder = new StateFolder(place, 'sessions');
    this.#whose = { issuer, client, account: organisation.account };
  }

  /** What is kept, without its token once that is over. @throws DeliveryRefused `disk` */
  read(): KeptSession | undefined {
    const kept = keptSessionIn(this.#folder.read(this.#name));
    if (kept === undefined || !this.#isOurs(kept)) return undefined;
    return kept.token !== undefined && kept.ends <= this.now() ? this.end(kept) : kept;
  }

  /** Keeps a sign-in in place of what was there. @throws DeliveryRefused `disk` */
  keep({ token, subject, methods, ends }: IdToken): void {
    const kept: KeptSession = {
      form: KEPT_SESSION_FORM,
      ...this.#whose,
      subject,
      methods: [...methods],
      ends,
      token,
    };
    this.#folder.write(this.#name, kept);
  }

  /** Takes the token out, now that it is over; what is left says when that was. */
  end({ token: _, ...rest }: KeptSession): KeptSession {
    const ended = { ...rest, ends: Math.min(rest.ends, this.now()) };
    this.#folder.write(this.#name, ended);
    return ended;
  }

  /** Forgets it. @returns whether there was one */
  remove(): boolean {
    const was = this.#folder.read(this.#name) !== undefined;
    this.#folder.remove(this.#name);
    return was;
  }

  get #name(): string {
    const { issuer, client, account } = this.#whose;
    return `${issuer} ${client} ${account}`;
  }

  #isOurs(kept: KeptSession): boolean {
    const { issuer, client, account } = this.#whose;
    return kept.issuer === issuer && kept.client === client && kept.account === account;
  }
}
