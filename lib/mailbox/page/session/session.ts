/** Who is signed in, and what of AWS they reach by it. */
import type { IdToken, ServerClock } from '../../../client/in-browsers';
import {
  type Correspondence,
  correspondences,
  DeliveryRefused,
  type DeliveryRole,
  type Elsewhere,
  s3Address,
  stsAddress,
} from '../../../delivery';
import { KEPT_SESSION_FORM, keptSessionIn, type Profile, type ProfileSignIn } from '../../../wire';
import { BrowserStore } from '../store/browser-store';
import { KeptLedger } from '../store/kept-ledger';
import { appRolesIn } from './app-roles';
import { drop, dropAll, keep, kept } from './kept';
import type { Renewal, SignedIn } from './renewal';
import { Roles } from './roles';
import { signOutAddress } from './sign-in';

/** What a session is of. */
export interface SessionSetting {
  readonly profile: Profile;
  readonly signIn: ProfileSignIn;
  readonly elsewhere: Elsewhere | undefined;
  readonly clock: ServerClock;
  /** By the clock of the servers. */
  readonly now: () => number;
  /** Asks the person to sign in again, beside what is under way. */
  readonly signInAgain: () => Promise<SignedIn>;
}

/** Before the end of a token by so much it is not begun with. */
const BEFORE = 30_000;

/** A person’s session. */
export class Session {
  readonly #stores = new Map<string, BrowserStore>();
  readonly #roles: Roles;
  #ledger: KeptLedger | undefined;
  #again: Promise<IdToken> | undefined;
  #isOver = false;
  #isRenewed = false;
  #isEnded = false;

  /** @param renewal nothing where each sign-in is the person’s own */
  constructor(
    private readonly setting: SessionSetting,
    private current: IdToken,
    private renewal?: Renewal,
  ) {
    const { profile, signIn, elsewhere, clock, now } = setting;
    this.#roles = new Roles({
      profile,
      signIn,
      sts: stsAddress(profile.region, elsewhere),
      clock,
      now,
      token: () => this.#token(),
      helps: (refused) => this.#helps(refused),
    });
    forgetOthers(setting, current);
    keepToken(setting, current);
  }

  get profile(): Profile {
    return this.setting.profile;
  }

  get now(): () => number {
    return this.setting.now;
  }

  /** The person as the provider names them. */
  get subject(): string {
    return this.current.subject;
  }

  /** The organisation’s correspondence, with those of its inboxes that are for this person. */
  get correspondences(): readonly Correspondence[] {
    const own = appRolesIn(this.current.token);
    return correspondences(this.profile).map((each) => ({
      ...each,
      inboxes: each.inboxes.filter(({ appRoles }) => appRoles?.some((role) => own.has(role)) ?? false),
    }));
  }

  /** Whether what is written under an agreement is sealed. */
  isSealed(agreement: string): boolean {
    return this.profile.sends.some((each) => each.agreement === agreement && each.sealed !== undefined);
  }

  /** The organisation’s own bucket, as the role that deposits. */
  get outbox(): BrowserStore {
    return this.#store('deposit', this.profile.bucket ?? '');
  }

  /** Another’s access point, as the role that collects. */
  shelf(accessPoint: string): BrowserStore {
    return this.#store('collect', accessPoint);
  }

  /** The ledger’s bucket, as the role that reads the organisation’s receipts. */
  get ledger(): KeptLedger {
    this.#ledger ??= new KeptLedger(this.#store('receipts', this.profile.ledger.bucket));
    return this.#ledger;
  }

  #store(role: DeliveryRole, bucket: string): BrowserStore {
    const { profile, elsewhere, now } = this.setting;
    const id = `${role} ${bucket}`;
    const known = this.#stores.get(id);
    if (known !== undefined) return known;
    const made = new BrowserStore({
      address: s3Address(bucket, profile.region, elsewhere),
      region: profile.region,
      credentials: () => this.#roles.of(role),
      stale: () => this.#roles.forget(),
      now,
    });
    this.#stores.set(id, made);
    return made;
  }

  /** Ends it, as far as it can be from here. @returns where the person ends their session with the provider, if it says so */
  async end(): Promise<string | undefined> {
    this.#isEnded = true;
    this.#roles.forget();
    await this.renewal?.end();
    this.renewal = undefined;
    return signOutAddress(this.setting);
  }

  /** Whether another sign-in helps against what STS refused: one that was renewed may lack what the person’s own has. */
  #helps(refused: string): boolean {
    const lacks = this.#isRenewed && (refused === 'not-let-in' || refused === 'token-refused');
    if (lacks) this.renewal = undefined;
    if (lacks || refused === 'session-over') this.#isOver = true;
    return lacks || refused === 'session-over';
  }

  /** The sign-in, once it is good: of several who ask, one person is asked once. */
  async #token(): Promise<IdToken> {
    if (this.#isEnded) throw this.#notSignedIn();
    if (!this.#isOver && this.current.ends - BEFORE > this.setting.now()) return this.current;
    this.#again ??= this.#anew().finally(() => {
      this.#again = undefined;
    });
    return this.#again;
  }

  async #anew(): Promise<IdToken> {
    const renewed = await this.renewal?.renewed();
    // What was asked for before the sign-out, and comes after it, neither signs in nor asks anybody to.
    if (this.#isEnded) throw this.#notSignedIn();
    // A token of somebody else, or one that is over, renews nothing.
    if (renewed?.subject === this.current.subject && renewed.ends - BEFORE > this.setting.now())
      return this.#takes(renewed, true);
    const { token, renewal } = await this.setting.signInAgain();
    if (this.#isEnded) {
      await renewal?.end();
      throw this.#notSignedIn();
    }
    // Another person’s rights are another session: what is open here is not theirs.
    if (token.subject !== this.current.subject) throw this.#notSignedIn();
    this.renewal = renewal;
    return this.#takes(token, false);
  }

  #notSignedIn(): DeliveryRefused {
    return new DeliveryRefused({ refused: 'not-signed-in', issuer: this.setting.signIn.issuer });
  }

  #takes(token: IdToken, isRenewed: boolean): IdToken {
    this.current = token;
    this.#isOver = false;
    this.#isRenewed = isRenewed;
    keepToken(this.setting, token);
    return token;
  }
}

/** The sign-in that this tab has, where it is of this organisation and lives. */
export function keptToken({
  profile,
  signIn,
  now,
}: Pick<SessionSetting, 'profile' | 'signIn' | 'now'>): IdToken | undefined {
  const found = keptSessionIn(kept('sign-in'));
  const isOurs =
    found?.issuer === signIn.issuer &&
    found.client === signIn.client &&
    found.account === profile.organisation.account;
  if (!isOurs || found.token === undefined || found.ends - BEFORE <= now()) {
    drop('sign-in');
    return undefined;
  }
  return { token: found.token, subject: found.subject, methods: found.methods, ends: found.ends };
}

/** What somebody else began to write in this tab, or under another organisation’s mailbox, is not for whoever is here now. */
function forgetOthers({ profile, signIn }: SessionSetting, { subject }: IdToken): void {
  const whose = [signIn.issuer, signIn.client, profile.organisation.account, subject].join(' ');
  if (kept('whose') === whose) return;
  // What the provider refused it refuses to everybody.
  const refuses = kept('never-renews');
  dropAll();
  if (refuses !== undefined) keep('never-renews', refuses);
  keep('whose', whose);
}

function keepToken({ profile, signIn }: SessionSetting, { token, subject, methods, ends }: IdToken): void {
  keep('sign-in', {
    form: KEPT_SESSION_FORM,
    issuer: signIn.issuer,
    client: signIn.client,
    account: profile.organisation.account,
    subject,
    methods,
    ends,
    token,
  });
}
