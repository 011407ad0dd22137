/**
 * The organisation’s roles by a person’s sign-in: STS judges the token by each role’s trust policy, and gives credentials that end.
 * They stay in memory.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
import { failureOf, type IdToken, refusalOfToken, type ServerClock } from '../../../client/in-browsers';
import { DeliveryRefused, type DeliveryRole } from '../../../delivery';
import type { Profile, ProfileSignIn } from '../../../wire';
import { patiently } from '../store/again';
import { fetched, Refused, type RoleCredentials } from '../store/signed-fetch';
import { textIn } from '../store/xml';

/** What roles are taken on with. */
export interface RolesSetting {
  readonly profile: Profile;
  readonly signIn: ProfileSignIn;
  /** The address of STS. */
  readonly sts: string;
  readonly clock: ServerClock;
  /** By the clock of the servers. */
  readonly now: () => number;
  /** The sign-in as it is now; waits for the person where it is over. */
  readonly token: () => Promise<IdToken>;
  /** Told what STS refused. @returns whether another sign-in helps */
  readonly helps: (refused: string) => boolean;
}

/** So long before their end, in milliseconds, new ones are asked for. */
const BEFORE = 180_000;
/** The name of the session, as logs show it: nothing of the person. */
const SESSION = 'concordat-mailbox';

/** The roles. */
export class Roles {
  readonly #had = new Map<DeliveryRole, RoleCredentials>();
  readonly #asked = new Map<DeliveryRole, Promise<RoleCredentials>>();

  constructor(private readonly setting: RolesSetting) {}

  /**
   * Credentials of a role that are good now; of several who ask at once, one asks.
   * @throws DeliveryRefused `no-role`, `not-let-in`, `token-refused`, `provider-unseen`, `clock-off`; StoreFailure
   */
  async of(role: DeliveryRole): Promise<RoleCredentials> {
    const had = this.#had.get(role);
    if (had !== undefined && had.expiration.getTime() - BEFORE > this.setting.now()) return had;
    const asked = this.#asked.get(role) ?? this.#takeOn(role);
    this.#asked.set(role, asked);
    try {
      return await asked;
    } finally {
      this.#asked.delete(role);
    }
  }

  /** Forgets them, so that the next call asks anew. */
  forget(): void {
    this.#had.clear();
  }

  async #takeOn(role: DeliveryRole): Promise<RoleCredentials> {
    const arn = this.setting.profile.roles[role];
    if (arn === undefined) throw new DeliveryRefused({ refused: 'no-role', role });
    for (;;) {
      const token = await this.setting.token();
      try {
        const given = await patiently(() => this.#ask(arn, token));
        this.#had.set(role, given);
        return given;
      } catch (error) {
        // Where it is over by their clock it is renewed, or the person is asked, and then it goes on.
        if (!(error instanceof DeliveryRefused) || !this.setting.helps(error.refusal.refused)) throw error;
      }
    }
  }

  async #ask(arn: string, token: IdToken): Promise<RoleCredentials> {
    const { sts, signIn, clock, now } = this.setting;
    const answer = await fetched(
      `${sts}/`,
      {
        method: 'POST',
        body: new URLSearchParams({
          Action: 'AssumeRoleWithWebIdentity',
          Version: '2011-06-15',
          RoleArn: arn,
          RoleSessionName: SESSION,
          WebIdentityToken: token.token,
          DurationSeconds: String(signIn.maxSession),
        }),
        cache: 'no-store',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
      },
      'sts',
    );
    const xml = await answer.text();
    if (!answer.ok) {
      const error = new Refused(textIn(xml, 'Code'), answer.status);
      const refusal = refusalOfToken(error, arn, token, { signIn, clock, now });
      throw refusal === undefined ? failureOf(error, 'sts') : new DeliveryRefused(refusal, { cause: error });
    }
    return {
      accessKeyId: textIn(xml, 'AccessKeyId') ?? '',
      secretAccessKey: textIn(xml, 'SecretAccessKey') ?? '',
      sessionToken: textIn(xml, 'SessionToken') ?? '',
      expiration: new Date(textIn(xml, 'Expiration') ?? 0),
    };
  }
}
