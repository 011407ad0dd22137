/**
 * STS of a play: it reads a token by the keys of the organisation’s provider, and gives a session of a role of that organisation to
 * whom the provider gives an app role of its inbox. What trust policies ask besides is not judged here.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
import { createPublicKey, randomBytes, verify } from 'node:crypto';
import type { DeliveryRole } from '../../delivery';
import { APP_ROLE_TAG } from '../../names';
import type { Profile } from '../../wire';
import { escapedText } from '../page/store/xml';
import type { PlayAnswer } from './answer';

/** A session that was given. */
export interface PlaySession {
  readonly organisation: string;
  readonly role: DeliveryRole;
  readonly secret: string;
  readonly token: string;
  /** In milliseconds since 1970. */
  ends: number;
}

/** An organisation, and the public keys of its provider (RFC 7517). */
export interface KnownOrganisation {
  readonly profile: Profile;
  readonly appRole: string;
  readonly keys: () => Promise<readonly JsonWebKey[]>;
}

interface JsonWebKey {
  readonly kid?: string;
  readonly kty?: string;
}

/** The sessions. */
export class PlaySessions {
  readonly byKey = new Map<string, PlaySession>();

  /** @param seconds how long a session lasts at most */
  constructor(
    private readonly organisations: readonly KnownOrganisation[],
    private readonly now: () => number,
    private readonly seconds = 3600,
  ) {}

  async answer(body: string): Promise<PlayAnswer> {
    const asked = new URLSearchParams(body);
    const arn = asked.get('RoleArn') ?? '';
    const known = this.organisations.find(({ profile }) => Object.values(profile.roles).includes(arn));
    const role = (['deposit', 'collect', 'receipts'] as const).find(
      (each) => known?.profile.roles[each] === arn,
    );
    if (known === undefined || role === undefined) return refused(403, 'AccessDenied');
    const claims = claimsIn(asked.get('WebIdentityToken') ?? '', await known.keys());
    const { signIn } = known.profile;
    if (claims?.iss !== signIn?.issuer || claims?.aud !== signIn?.audience)
      return refused(400, 'InvalidIdentityToken');
    if (typeof claims?.exp !== 'number' || claims.exp * 1000 <= this.now())
      return refused(400, 'ExpiredTokenException');
    const tags = claims['https://aws.amazon.com/tags'] as
      | { readonly principal_tags?: Record<string, unknown> }
      | undefined;
    if (![tags?.principal_tags?.[APP_ROLE_TAG]].flat().includes(known.appRole))
      return refused(403, 'AccessDenied');
    const seconds = Math.min(Number(asked.get('DurationSeconds') ?? 3600), this.seconds);
    const key = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const session = {
      organisation: known.profile.organisation.id,
      role,
      secret: randomBytes(20).toString('hex'),
      token: randomBytes(20).toString('hex'),
      ends: this.now() + seconds * 1000,
    };
    this.byKey.set(key, session);
    return {
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: `<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>${session.secret}</SecretAccessKey><SessionToken>${session.token}</SessionToken><Expiration>${new Date(session.ends).toISOString()}</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
    };
  }
}

function claimsIn(token: string, keys: readonly JsonWebKey[]): Readonly<Record<string, unknown>> | undefined {
  const [head = '', middle = '', signature = ''] = token.split('.');
  try {
    const { alg, kid } = JSON.parse(Buffer.from(head, 'base64url').toString()) as {
      alg?: string;
      kid?: string;
    };
    const key = keys.find((each) => each.kid === kid);
    if (alg !== 'RS256' || key === undefined) return undefined;
    const isGood = verify(
      'RSA-SHA256',
      Buffer.from(`${head}.${middle}`),
      createPublicKey({ key: key as never, format: 'jwk' }),
      Buffer.from(signature, 'base64url'),
    );
    return isGood ? JSON.parse(Buffer.from(middle, 'base64url').toString()) : undefined;
  } catch {
    return undefined;
  }
}

function refused(status: number, code: string): PlayAnswer {
  return {
    status,
    headers: { 'content-type': 'text/xml' },
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${escapedText(code)}</Code></Error></ErrorResponse>`,
  };
}
