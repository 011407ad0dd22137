/**
 * STS as an account of the organisation sees it, for signing in: it reads the token by the provider’s own keys, and lets in whom the
 * role’s trust policy lets in, judged by `lib/iam`. No emulator does: they answer whatever the token says.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
import type { IncomingMessage } from 'node:http';
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import { type ContextValue, compile, decide, environmentOf, requestOf } from '../../../lib/iam';
import { type Answer, LoopbackDoor } from './loopback-door';
import { accessKeyOf } from './signed-by';

/** An OpenID Connect provider as IAM knows it. */
export interface KnownProvider {
  readonly arn: string;
  readonly issuer: string;
  /** Its client ids: the audiences that are taken at all. */
  readonly audiences: readonly string[];
  /** Its public keys, as they are asked of it. */
  readonly keys: () => Promise<JSONWebKeySet>;
}

/** A role of the account. */
export interface KnownRole {
  readonly trust: object;
  /** The longest session, in seconds. */
  readonly maxSession: number;
}

/** A session that was given. */
export interface RoleSession {
  readonly role: string;
  /** In milliseconds since 1970. */
  readonly ends: number;
}

class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const TAGS = 'https://aws.amazon.com/tags';
const FLAT = `${TAGS}/principal_tags/`;
const XML = { 'content-type': 'text/xml' };
const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** The gateway. */
export class StsGateway extends LoopbackDoor {
  readonly roles = new Map<string, KnownRole>();
  providers: readonly KnownProvider[] = [];
  /** Long-lived keys, by whom they are of. */
  readonly users = new Map<string, string>();
  /** The sessions that it gave, by their access keys. */
  readonly sessions = new Map<string, RoleSession>();
  /** What was asked of it, and what it answered. */
  readonly log: string[] = [];

  protected async answer(request: IncomingMessage): Promise<Answer> {
    let text = '';
    for await (const piece of request) text += piece;
    const asked = new URLSearchParams(text);
    const action = asked.get('Action') ?? '';
    try {
      const result =
        action === 'GetCallerIdentity' ? this.caller(request) : await this.webIdentity(action, asked);
      this.log.push(`${action} ${asked.get('RoleArn') ?? ''} taken`);
      return {
        status: 200,
        headers: XML,
        body: `<${action}Response xmlns="${NAMESPACE}"><${action}Result>${result}</${action}Result></${action}Response>`,
      };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.log.push(`${action} ${asked.get('RoleArn') ?? ''} ${error.code}: ${error.message}`);
      return {
        status: error.status,
        headers: XML,
        body: `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${error.code}</Code><Message>${error.message}</Message></Error></ErrorResponse>`,
      };
    }
  }

  private caller(request: IncomingMessage): string {
    const arn = this.users.get(accessKeyOf(request) ?? '');
    if (arn === undefined) throw new Refused(403, 'InvalidClientTokenId', 'The security token is invalid');
    return `<Arn>${arn}</Arn><UserId>AIDAEXAMPLE</UserId><Account>${arn.split(':')[4]}</Account>`;
  }

  private async webIdentity(action: string, asked: URLSearchParams): Promise<string> {
    if (action !== 'AssumeRoleWithWebIdentity') throw new Refused(400, 'InvalidAction', action);
    const given = (name: string) => asked.get(name) ?? '';
    const arn = given('RoleArn');
    const { provider, claims } = await this.judgedToken(given('WebIdentityToken'));
    const role = this.roles.get(arn);
    const refused = new Refused(403, 'AccessDenied', `Not authorized to perform sts:${action}`);
    if (role === undefined || provider.arn.split(':')[4] !== arn.split(':')[4]) throw refused;
    // AWS’s pages leave open which comes first: a role that is asked for too long a session, or one that does not let in.
    const seconds = Number(asked.get('DurationSeconds') ?? 3600);
    if (seconds > role.maxSession)
      throw new Refused(
        400,
        'ValidationError',
        'The requested DurationSeconds exceeds the MaxSessionDuration',
      );
    const context = contextOf(provider, claims, given('RoleSessionName'));
    const actions = [
      `sts:${action}`,
      ...(tagsOf(claims).length > 0 ? ['sts:TagSession'] : []),
      ...('https://aws.amazon.com/source_identity' in claims ? ['sts:SetSourceIdentity'] : []),
    ];
    const environment = environmentOf({ resource: compile(role.trust, { kind: 'trust', name: arn }) });
    const caller = { type: 'federated', provider: provider.arn } as const;
    for (const each of actions)
      if (
        decide(requestOf({ caller, action: each, resource: arn, context }), environment).verdict !== 'allowed'
      )
        throw refused;
    const ends = this.now() + seconds * 1000;
    const key = `ASIA${String(this.sessions.size + 1).padStart(16, '0')}`;
    this.sessions.set(key, { role: arn, ends });
    const session = `${arn.replace(':iam:', ':sts:').replace(/:role\/.*\//, ':assumed-role/')}/${given('RoleSessionName')}`;
    return `<SubjectFromWebIdentityToken>${claims.sub}</SubjectFromWebIdentityToken><Audience>${audienceOf(claims)}</Audience><Provider>${provider.arn}</Provider>
<AssumedRoleUser><AssumedRoleId>AROAEXAMPLE:x</AssumedRoleId><Arn>${session}</Arn></AssumedRoleUser>
<Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>session</SessionToken><Expiration>${new Date(ends).toISOString()}</Expiration></Credentials>`;
  }

  private async judgedToken(token: string): Promise<{ provider: KnownProvider; claims: JWTPayload }> {
    const invalid = (message: string) => new Refused(400, 'InvalidIdentityToken', message);
    const issuer = issuerOf(token);
    if (issuer === undefined) throw invalid('The ID Token provided is not a valid JWT');
    const provider = this.providers.find((each) => each.issuer === issuer);
    if (provider === undefined)
      throw invalid(`No OpenIDConnect provider found in your account for ${issuer}`);
    const keys = await provider.keys().catch(() => {
      throw new Refused(
        400,
        'IDPCommunicationError',
        'Couldn’t retrieve verification key from your identity provider',
      );
    });
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
      issuer: provider.issuer,
      currentDate: new Date(this.now()),
      requiredClaims: ['aud', 'exp', 'iat', 'sub'],
    }).catch((error: { readonly code?: string }) => {
      throw error.code === 'ERR_JWT_EXPIRED'
        ? new Refused(400, 'ExpiredTokenException', 'Token expired')
        : invalid('The ID Token provided could not be validated');
    });
    if (!provider.audiences.includes(audienceOf(payload))) throw invalid('Incorrect token audience');
    return { provider, claims: payload };
  }
}

function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

/** Where the token has `azp`, AWS takes that for the audience. */
function audienceOf({ azp, aud }: JWTPayload): string {
  return typeof azp === 'string' ? azp : String(aud);
}

/** Nested in one claim, or each in a claim of its own: AWS takes either. */
function tagsOf(claims: JWTPayload): [name: string, value: string][] {
  const { principal_tags: tags = {} } = (claims[TAGS] ?? {}) as {
    readonly principal_tags?: Readonly<Record<string, readonly string[]>>;
  };
  const flat = Object.entries(claims).flatMap(([name, value]) =>
    name.startsWith(FLAT) ? [[name.slice(FLAT.length), [value].flat()] as const] : [],
  );
  return [...Object.entries(tags), ...flat].map(([name, [value]]) => [name, String(value ?? '')]);
}

/** The condition keys of a token: by the issuer without its scheme. */
function contextOf(
  { issuer }: KnownProvider,
  claims: JWTPayload,
  sessionName: string,
): Readonly<Record<string, ContextValue>> {
  const of = issuer.replace('https://', '');
  const tags = tagsOf(claims);
  const { amr } = claims;
  return {
    [`${of}:aud`]: audienceOf(claims),
    [`${of}:sub`]: claims.sub ?? '',
    ...(Array.isArray(amr) && { [`${of}:amr`]: amr.map(String) }),
    ...Object.fromEntries(tags.map(([name, value]) => [`aws:RequestTag/${name}`, value])),
    ...(tags.length > 0 && { 'aws:TagKeys': tags.map(([name]) => name) }),
    'sts:RoleSessionName': sessionName,
  };
}
