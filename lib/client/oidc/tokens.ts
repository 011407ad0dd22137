/**
 * The organisation’s OpenID Connect provider as each way to sign in asks it: its own description of itself, and its ID tokens, which are
 * looked at before anybody goes by them. STS judges them; access tokens are dropped here.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation
 */
import {
  type AuthorizationServer,
  type Client,
  clockSkew,
  clockTolerance,
  discoveryRequest,
  getValidatedIdTokenClaims,
  processDiscoveryResponse,
  type TokenEndpointResponse,
} from 'oauth4webapi';
import type { ProfileSignIn } from '../../wire';
import { ServerClock } from '../server-clock';
import { asking, demandClock, type ProviderSetting } from './asking';
import { providerRefusal } from './provider-failures';
import { refuse } from './refusals';

/** What the token must say is said by `openid` alone; no more of the person is asked for. */
export const SCOPE = 'openid';
/** Seconds by which two clocks may differ without a word. */
const TOLERANCE = 60;

/** What a sign-in gives. */
export interface IdToken {
  readonly token: string;
  readonly subject: string;
  /** How the person showed who they are, as far as the provider says it. */
  readonly methods: readonly string[];
  /** In milliseconds since 1970. */
  readonly ends: number;
}

/** What asks a provider. Its methods throw DeliveryRefused with a SignInRefusal, `clock-off` or AbortError. */
export class Tokens {
  private constructor(
    readonly facts: ProfileSignIn,
    readonly server: AuthorizationServer,
    private readonly setting: ProviderSetting,
    private readonly clock: ServerClock,
  ) {}

  /** Reads the provider’s description of itself. @see https://openid.net/specs/openid-connect-discovery-1_0.html */
  static async of(facts: ProfileSignIn, setting: ProviderSetting): Promise<Tokens> {
    const clock = new ServerClock();
    const issuer = new URL(facts.issuer);
    const server = await told(facts, async () =>
      processDiscoveryResponse(issuer, await discoveryRequest(issuer, asking(setting, clock))),
    );
    demandClock(clock);
    return new Tokens(facts, server, setting, clock);
  }

  /** Asks the provider anything. */
  asked<T>(ask: () => Promise<T>): Promise<T> {
    return told(this.facts, ask);
  }

  /** Asks for a token; nothing where there is none yet. */
  async token(ask: () => Promise<TokenEndpointResponse>): Promise<IdToken>;
  async token(ask: () => Promise<TokenEndpointResponse | undefined>): Promise<IdToken | undefined>;
  async token(ask: () => Promise<TokenEndpointResponse | undefined>): Promise<IdToken | undefined> {
    const { issuer, audience } = this.facts;
    const given = await this.asked(ask);
    if (given === undefined) return undefined;
    const claims = getValidatedIdTokenClaims(given);
    if (claims === undefined || given.id_token === undefined)
      refuse({ refused: 'provider-faulty', issuer, code: 'id_token' });
    // Of a token with both, AWS takes `azp` for the audience.
    const found = claims.azp ?? (Array.isArray(claims.aud) ? claims.aud.join(' ') : claims.aud);
    if (found !== audience) refuse({ refused: 'other-audience', issuer, wanted: audience, found });
    const methods = Array.isArray(claims.amr) ? claims.amr.filter((each) => typeof each === 'string') : [];
    return { token: given.id_token, subject: claims.sub, methods, ends: claims.exp * 1000 };
  }

  /** This program, as the provider knows it. */
  get client(): Client {
    return {
      client_id: this.facts.client,
      [clockSkew]: -(this.clock.secondsOff ?? 0),
      [clockTolerance]: TOLERANCE,
    };
  }

  /** How each request is made. */
  get asking() {
    return asking(this.setting, this.clock);
  }

  /** Milliseconds since 1970. */
  get now(): number {
    return this.setting.now();
  }
}

async function told<T>({ issuer }: ProfileSignIn, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw providerRefusal(error, issuer);
  }
}

/** An address that a browser may be told to open: of the web, and encrypted. */
export function webAddress(text: string | undefined): URL | undefined {
  const address = text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
  return address?.protocol === 'https:' ? address : undefined;
}
