/**
 * The sign-in of a play: an OpenID Connect provider at which anybody is whoever they click on. It gives the page what a real one
 * would, and proves nothing.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth
 */
import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { APP_ROLE_TAG } from '../../names';
import { html } from '../../words';
import type { PlayAnswer, PlayRequest } from './answer';
import { plainPage } from './plain-page';
import { issuerOf, PLAY_CLIENT, type PlayOrganisation } from './profiles';

const KID = 'play';
/** How long a token is good, in seconds. */
const SECONDS = 3600;
const PEOPLE = ['Jo Marsh', 'Sam Okafor'];

interface Code {
  readonly subject: string;
  readonly nonce: string;
  readonly redirect: string;
  readonly challenge: string;
}

/** The provider of one organisation. */
export class PlayProvider {
  readonly #key: KeyObject;
  readonly #jwk: object;
  readonly #codes = new Map<string, Code>();

  /** @param redirect where the page is: to nowhere else does it send anybody back */
  constructor(
    private readonly organisation: PlayOrganisation,
    private readonly redirect: string,
    private readonly now: () => number,
  ) {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.#key = privateKey;
    this.#jwk = { ...publicKey.export({ format: 'jwk' }), kid: KID, alg: 'RS256', use: 'sig' };
  }

  get keys(): readonly object[] {
    return [this.#jwk];
  }

  /** @param path below the issuer */
  answer(request: PlayRequest, path: string): PlayAnswer {
    const issuer = issuerOf(this.organisation.id);
    if (request.method === 'OPTIONS') return json({});
    switch (path) {
      case '/.well-known/openid-configuration':
        return json({
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
          code_challenge_methods_supported: ['S256'],
        });
      case '/jwks':
        return json({ keys: this.keys });
      case '/authorize':
        return this.#choose(request.query);
      case '/chosen':
        return this.#chosen(request.query);
      case '/token':
        return this.#token(new URLSearchParams(request.body.toString()));
      default:
        return { status: 404 };
    }
  }

  #choose(query: URLSearchParams): PlayAnswer {
    const isOurs = query.get('client_id') === PLAY_CLIENT && query.get('redirect_uri') === this.redirect;
    if (!isOurs || query.get('code_challenge_method') !== 'S256')
      return { status: 400, body: 'invalid_request' };
    const choices = PEOPLE.map((person) => {
      const asked = new URLSearchParams(query);
      asked.set('person', person);
      return html`<p><a href="chosen?${asked.toString()}">${person}</a></p>`;
    });
    return plainPage(
      `Sign in with ${this.organisation.name}`,
      html`<p>This is a demonstration, so nobody checks who you are. Choose somebody:</p>${choices}`,
    );
  }

  #chosen(query: URLSearchParams): PlayAnswer {
    if (query.get('redirect_uri') !== this.redirect) return { status: 400, body: 'invalid_request' };
    const code = randomUUID();
    this.#codes.set(code, {
      subject: query.get('person') ?? '',
      nonce: query.get('nonce') ?? '',
      redirect: this.redirect,
      challenge: query.get('code_challenge') ?? '',
    });
    const back = new URL(this.redirect);
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state') ?? '');
    return { status: 303, headers: { location: back.href } };
  }

  #token(asked: URLSearchParams): PlayAnswer {
    const code = this.#codes.get(asked.get('code') ?? '');
    this.#codes.delete(asked.get('code') ?? '');
    const verifier = createHash('sha256')
      .update(asked.get('code_verifier') ?? '')
      .digest('base64url');
    if (code === undefined || code.challenge !== verifier || code.redirect !== asked.get('redirect_uri'))
      return json({ error: 'invalid_grant' }, 400);
    const iat = Math.floor(this.now() / 1000);
    const claims = {
      iss: issuerOf(this.organisation.id),
      aud: PLAY_CLIENT,
      sub: code.subject,
      iat,
      exp: iat + SECONDS,
      amr: ['mfa'],
      nonce: code.nonce,
      'https://aws.amazon.com/tags': {
        principal_tags: { [APP_ROLE_TAG]: [this.organisation.inbox.appRole] },
      },
    };
    const text = [{ alg: 'RS256', kid: KID }, claims]
      .map((each) => Buffer.from(JSON.stringify(each)).toString('base64url'))
      .join('.');
    const idToken = `${text}.${sign('RSA-SHA256', Buffer.from(text), this.#key).toString('base64url')}`;
    return json({ access_token: randomUUID(), token_type: 'Bearer', expires_in: SECONDS, id_token: idToken });
  }
}

function json(value: object, status = 200): PlayAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(value),
  };
}
