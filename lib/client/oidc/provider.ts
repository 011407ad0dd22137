/**
 * Signing in by a browser, as a public client: nothing secret goes with the client, so each code is bound to this run by PKCE and each
 * token by its nonce. Refresh tokens are for whoever asks to renew a sign-in, and has memory alone to keep them in.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth
 * @see https://openid.net/specs/openid-connect-core-1_0.html#RefreshTokens
 */
import {
  authorizationCodeGrantRequest,
  calculatePKCECodeChallenge,
  None,
  processAuthorizationCodeResponse,
  processRefreshTokenResponse,
  refreshTokenGrantRequest,
  revocationRequest,
  type TokenEndpointResponse,
  validateAuthResponse,
} from 'oauth4webapi';
import type { ProfileSignIn } from '../../wire';
import type { ProviderSetting } from './asking';
import { refuse } from './refusals';
import { type IdToken, SCOPE, Tokens, webAddress } from './tokens';

/** By this a provider is asked for what renews a sign-in (OpenID Connect Core, section 11). */
const RENEWING = 'offline_access';

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

/**
 * A provider whose own description was read; `tokens` is for other ways to sign in with it. Its methods throw DeliveryRefused with a
 * SignInRefusal, `clock-off` or AbortError.
 */
export class Provider {
  private constructor(readonly tokens: Tokens) {}

  /** Reads the provider’s description of itself. */
  static async open(facts: ProfileSignIn, setting: ProviderSetting): Promise<Provider> {
    return new Provider(await Tokens.of(facts, setting));
  }

  /**
   * Where a person ends their session with the provider itself, if it says so.
   * @see https://openid.net/specs/openid-connect-rpinitiated-1_0.html
   */
  get signOutAddress(): string | undefined {
    const address = webAddress(this.tokens.server.end_session_endpoint);
    // Without the token as a hint: browsers keep addresses, and whoever has the token could use it.
    address?.searchParams.set('client_id', this.tokens.facts.client);
    return address?.href;
  }

  /** The address that the person opens. @param renews asks for what renews the sign-in, where the provider says that it has it */
  async address({ redirect, state, nonce, verifier }: Binding, renews = false): Promise<string> {
    const { issuer, client } = this.tokens.facts;
    const address = webAddress(this.tokens.server.authorization_endpoint);
    if (address === undefined) refuse({ refused: 'provider-faulty', issuer, code: 'authorization_endpoint' });
    const asked = {
      client_id: client,
      response_type: 'code',
      scope:
        renews && this.tokens.server.scopes_supported?.includes(RENEWING) ? `${SCOPE} ${RENEWING}` : SCOPE,
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
      const parameters = validateAuthResponse(this.tokens.server, this.tokens.client, answer, state);
      const response = await authorizationCodeGrantRequest(
        this.tokens.server,
        this.tokens.client,
        None(),
        parameters,
        redirect,
        verifier,
        this.tokens.asking,
      );
      return processAuthorizationCodeResponse(this.tokens.server, this.tokens.client, response, {
        expectedNonce: nonce,
        requireIdToken: true,
      });
    });
  }

  /** Asks for a new token without the person. @param refresh is used up by it */
  async renewed(refresh: string): Promise<Renewable> {
    const found = await this.renewable(async () =>
      processRefreshTokenResponse(
        this.tokens.server,
        this.tokens.client,
        await refreshTokenGrantRequest(
          this.tokens.server,
          this.tokens.client,
          None(),
          refresh,
          this.tokens.asking,
        ),
      ),
    );
    return { token: found.token, refresh: found.refresh ?? refresh };
  }

  /** Has the provider forget what renews a sign-in, where it has a way to. @see https://www.rfc-editor.org/rfc/rfc7009 */
  async revoke(refresh: string): Promise<void> {
    if (this.tokens.server.revocation_endpoint === undefined) return;
    await this.tokens.asked(() =>
      revocationRequest(this.tokens.server, this.tokens.client, None(), refresh, {
        ...this.tokens.asking,
        additionalParameters: { token_type_hint: 'refresh_token' },
      }),
    );
  }

  private async renewable(ask: () => Promise<TokenEndpointResponse>): Promise<Renewable> {
    let refresh: string | undefined;
    const token = await this.tokens.token(async () => {
      const given = await ask();
      refresh = given.refresh_token;
      return given;
    });
    return { token, refresh };
  }
}
