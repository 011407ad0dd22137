/**
 * The organisation’s OpenID Connect provider, as a public client: nothing secret goes with the client, so each code is bound to
 * this run by PKCE and each token by its nonce. What comes back is the ID token, which STS judges; access tokens are dropped here, and
 * refresh tokens are for whoever asks to renew a sign-in, and has memory alone to keep them in.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth
 * @see https://openid.net/specs/openid-connect-core-1_0.html#RefreshTokens
 * @see https://www.rfc-editor.org/rfc/rfc8628
 */
import {
  type AuthorizationServer,
  authorizationCodeGrantRequest,
  type Client,
  calculatePKCECodeChallenge,
  clockSkew,
  clockTolerance,
  deviceAuthorizationRequest,
  deviceCodeGrantRequest,
  discoveryRequest,
  getValidatedIdTokenClaims,
  None,
  processAuthorizationCodeResponse,
  processDeviceAuthorizationResponse,
  processDeviceCodeResponse,
  processDiscoveryResponse,
  processRefreshTokenResponse,
  ResponseBodyError,
  refreshTokenGrantRequest,
  revocationRequest,
  type TokenEndpointResponse,
  validateAuthResponse,
} from 'oauth4webapi';
import type { ProfileSignIn } from '../../wire';
import { ServerClock } from '../server-clock';
import { asking, demandClock, type ProviderSetting } from './asking';
import { providerRefusal } from './provider-failures';
import { refuse } from './refusals';

/** What the token must say is said by `openid` alone; no more of the person is asked for. */
const SCOPE = 'openid';
/** By this a provider is asked for what renews a sign-in (OpenID Connect Core, section 11). */
const RENEWING = 'offline_access';
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

/** A sign-in, and what renews it. */
export interface Renewable {
  readonly token: IdToken;
  /** Secret, and good for once as a rule; nothing where the provider gives none. */
  readonly refresh: string | undefined;
}

/** What ties the answer in the browser to this run; each is used once. */
export interface Binding {
  readonly redirect: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** What a person types on another device. */
export interface DeviceCode {
  readonly address: string;
  readonly code: string;
  /** The same code for this program’s own questions; it is not shown. */
  readonly deviceCode: string;
  /** Seconds between two questions. */
  readonly interval: number;
  /** In milliseconds since 1970. */
  readonly ends: number;
}

/** A provider whose own description was read. Its methods throw DeliveryRefused with a SignInRefusal, `clock-off` or AbortError. */
export class Provider {
  private constructor(
    private readonly facts: ProfileSignIn,
    private readonly setting: ProviderSetting,
    private readonly server: AuthorizationServer,
    private readonly clock: ServerClock,
  ) {}

  /** Reads the provider’s description of itself. @see https://openid.net/specs/openid-connect-discovery-1_0.html */
  static async open(facts: ProfileSignIn, setting: ProviderSetting): Promise<Provider> {
    const clock = new ServerClock();
    const issuer = new URL(facts.issuer);
    const server = await told(facts, async () =>
      processDiscoveryResponse(issuer, await discoveryRequest(issuer, asking(setting, clock))),
    );
    demandClock(clock);
    return new Provider(facts, setting, server, clock);
  }

  /** Whether it has the flow for devices without a browser. */
  get hasDeviceFlow(): boolean {
    return this.server.device_authorization_endpoint !== undefined;
  }

  /** Where a person ends their session with the provider itself, if it says so. @see https://openid.net/specs/openid-connect-rpinitiated-1_0.html */
  get signOutAddress(): string | undefined {
    const address = webAddress(this.server.end_session_endpoint);
    // Without the token as a hint: browsers keep addresses, and whoever has the token could use it.
    address?.searchParams.set('client_id', this.facts.client);
    return address?.href;
  }

  /** The address that the person opens. @param renews asks for what renews the sign-in, where the provider says that it has it */
  async address({ redirect, state, nonce, verifier }: Binding, renews = false): Promise<string> {
    const { issuer, client } = this.facts;
    const address = webAddress(this.server.authorization_endpoint);
    if (address === undefined) refuse({ refused: 'provider-faulty', issuer, code: 'authorization_endpoint' });
    const asked = {
      client_id: client,
      response_type: 'code',
      scope: renews && this.server.scopes_supported?.includes(RENEWING) ? `${SCOPE} ${RENEWING}` : SCOPE,
      redirect_uri: redirect,
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
    return address.href;
  }

  /** Takes the answer that came back to this computer for the token. @param answer the address that was called */
  async byAnswer(answer: URL, binding: Binding): Promise<IdToken> {
    return (await this.renewableByAnswer(answer, binding)).token;
  }

  /** The same, with what renews it. */
  renewableByAnswer(answer: URL, { redirect, state, nonce, verifier }: Binding): Promise<Renewable> {
    return this.renewable(async () => {
      const parameters = validateAuthResponse(this.server, this.client, answer, state);
      const response = await authorizationCodeGrantRequest(
        this.server,
        this.client,
        None(),
        parameters,
        redirect,
        verifier,
        this.asking,
      );
      return processAuthorizationCodeResponse(this.server, this.client, response, {
        expectedNonce: nonce,
        requireIdToken: true,
      });
    });
  }

  /** Asks for a new token without the person. @param refresh is used up by it */
  async renewed(refresh: string): Promise<Renewable> {
    const found = await this.renewable(async () =>
      processRefreshTokenResponse(
        this.server,
        this.client,
        await refreshTokenGrantRequest(this.server, this.client, None(), refresh, this.asking),
      ),
    );
    return { token: found.token, refresh: found.refresh ?? refresh };
  }

  /** Has the provider forget what renews a sign-in, where it has a way to. @see https://www.rfc-editor.org/rfc/rfc7009 */
  async revoke(refresh: string): Promise<void> {
    if (this.server.revocation_endpoint === undefined) return;
    await told(this.facts, () =>
      revocationRequest(this.server, this.client, None(), refresh, {
        ...this.asking,
        additionalParameters: { token_type_hint: 'refresh_token' },
      }),
    );
  }

  /** Asks for a code that the person types on another device. */
  async deviceCode(): Promise<DeviceCode> {
    const { issuer } = this.facts;
    if (!this.hasDeviceFlow) refuse({ refused: 'no-device-flow', issuer });
    const begun = await told(this.facts, async () =>
      processDeviceAuthorizationResponse(
        this.server,
        this.client,
        await deviceAuthorizationRequest(this.server, this.client, None(), { scope: SCOPE }, this.asking),
      ),
    );
    const address = webAddress(begun.verification_uri);
    if (address === undefined) refuse({ refused: 'provider-faulty', issuer, code: 'verification_uri' });
    return {
      address: address.href,
      code: begun.user_code,
      deviceCode: begun.device_code,
      interval: begun.interval ?? 5,
      ends: this.setting.now() + begun.expires_in * 1000,
    };
  }

  /** Asks whether the person has typed it. @returns the token, or how to go on */
  async byDeviceCode({ deviceCode }: DeviceCode): Promise<IdToken | 'pending' | 'slower'> {
    let waits: 'pending' | 'slower' | undefined;
    const token = await this.token(async () => {
      const response = await deviceCodeGrantRequest(
        this.server,
        this.client,
        None(),
        deviceCode,
        this.asking,
      );
      try {
        return await processDeviceCodeResponse(this.server, this.client, response);
      } catch (error) {
        const said = error instanceof ResponseBodyError ? error.error : undefined;
        if (said === 'authorization_pending') waits = 'pending';
        else if (said === 'slow_down') waits = 'slower';
        else throw error;
        return undefined;
      }
    });
    return waits ?? (token as IdToken);
  }

  private async renewable(ask: () => Promise<TokenEndpointResponse>): Promise<Renewable> {
    let refresh: string | undefined;
    const token = await this.token(async () => {
      const given = await ask();
      refresh = given.refresh_token;
      return given;
    });
    return { token, refresh };
  }

  private async token(ask: () => Promise<TokenEndpointResponse>): Promise<IdToken>;
  private async token(ask: () => Promise<TokenEndpointResponse | undefined>): Promise<IdToken | undefined>;
  private async token(ask: () => Promise<TokenEndpointResponse | undefined>): Promise<IdToken | undefined> {
    const { issuer, audience } = this.facts;
    const given = await told(this.facts, ask);
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

  private get client(): Client {
    return {
      client_id: this.facts.client,
      [clockSkew]: -(this.clock.secondsOff ?? 0),
      [clockTolerance]: TOLERANCE,
    };
  }

  private get asking() {
    return asking(this.setting, this.clock);
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
function webAddress(text: string | undefined): URL | undefined {
  const address = text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
  return address?.protocol === 'https:' ? address : undefined;
}
