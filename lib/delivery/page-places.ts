/**
 * Where the page finds everything: the addresses that its content policy lets it speak to, and no others. By the profile they are
 * AWS’s own and the provider’s; a play, where nothing is real, names others.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html
 */
import type { Profile } from '../wire';

/** Other addresses than the real ones, each an origin with a path at most and without a slash at its end. */
export interface Elsewhere {
  /** A bucket, or an access point by its alias, is the first part of the path. */
  readonly s3: string;
  readonly sts: string;
  /** What stands in for the origin of the provider. */
  readonly provider: string;
}

/** Where a bucket, or an access point by its ARN, is: an address without a slash at its end. */
export function s3Address(bucket: string, region: string, elsewhere: Elsewhere | undefined): string {
  const [, , , , account = '', resource = ''] = bucket.startsWith('arn:') ? bucket.split(':') : [];
  const point = resource === '' ? undefined : `${resource.slice(resource.indexOf('/') + 1)}-${account}`;
  if (elsewhere !== undefined) return `${elsewhere.s3}/${point ?? bucket}`;
  return point === undefined
    ? `https://${bucket}.s3.${region}.amazonaws.com`
    : `https://${point}.s3-accesspoint.${region}.amazonaws.com`;
}

/** Where sessions of roles are had. */
export function stsAddress(region: string, elsewhere: Elsewhere | undefined): string {
  return elsewhere?.sts ?? `https://sts.${region}.amazonaws.com`;
}

/** An address of the provider, as it is reached. */
export function providerAddress(address: string, elsewhere: Elsewhere | undefined): string {
  return elsewhere === undefined ? address : address.replace(/^https:\/\/[^/]+/, elsewhere.provider);
}

/** The agreements under which an organisation writes and is written to. */
export function correspondences(profile: Profile) {
  return profile.collects.flatMap((collects) => {
    const sends = profile.sends.find(({ agreement }) => agreement === collects.agreement);
    const { inboxes } = collects;
    if (sends?.writesTo === undefined || inboxes === undefined) return [];
    return [{ sends, collects, inboxes, writesTo: sends.writesTo }];
  });
}

/** An agreement under which the organisation writes and is written to. */
export type Correspondence = ReturnType<typeof correspondences>[number];

/**
 * What of a profile the page is given. Whoever asks for the page gets it, so it names the organisation’s correspondence alone: no
 * other agreement, no contract but theirs, and of an inbox’s readers only what the page goes by, their roles at the provider; of
 * the keys that an agreement is sealed to, not who keeps them.
 */
export function profileOfPage(profile: Profile): Profile {
  const own = correspondences(profile);
  const sends = own.map((each) => each.sends);
  const contracts = new Set(sends.flatMap(({ contract }) => ('id' in contract ? [contract.id] : [])));
  return {
    ...profile,
    sends: sends.map(({ sealed, ...rest }) => ({
      ...rest,
      ...(sealed && { sealed: withoutKeepers(sealed) }),
    })),
    collects: own.map(({ collects: { sealed, ...collects }, inboxes }) => ({
      ...collects,
      ...(sealed && { sealed: withoutKeepers(sealed) }),
      inboxes: inboxes.map(({ roles: _, ...inbox }) => inbox),
    })),
    contracts: profile.contracts.filter(({ contract: { id } }) => contracts.has(id)),
  };
}

function withoutKeepers<Sealed extends { readonly keys: readonly { readonly keptBy: string }[] }>(
  sealed: Sealed,
): Sealed {
  return { ...sealed, keys: sealed.keys.map((each) => ({ ...each, keptBy: 'not told here' })) };
}

/** Every origin that the page speaks to, itself left out, each once. */
function spokenTo(profile: Profile, elsewhere: Elsewhere | undefined): readonly string[] {
  const { region, bucket, ledger, signIn } = profile;
  const points = correspondences(profile).map(({ collects }) => collects.accessPoint);
  const addresses = [
    ...[bucket ?? [], ledger.bucket, points].flat().map((each) => s3Address(each, region, elsewhere)),
    stsAddress(region, elsewhere),
    ...(signIn === undefined ? [] : [providerAddress(signIn.issuer, elsewhere)]),
  ];
  return [...new Set(addresses.map((each) => new URL(each).origin))];
}

/** Two years, as browsers ask of a host before they take it into their own lists. @see https://hstspreload.org/ */
export const HSTS_SECONDS = 63_072_000;

/**
 * What the page may load and speak to. Trusted types leave one policy, that of the library by which HTML of messages is cleaned.
 * @see https://www.w3.org/TR/CSP3/
 * @see https://www.w3.org/TR/trusted-types/
 */
export function contentPolicy(profile: Profile, elsewhere?: Elsewhere): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    // A service worker would stay in browsers after a page that should never have been is gone.
    "worker-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src ${["'self'", ...spokenTo(profile, elsewhere)].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types dompurify',
  ].join('; ');
}

/**
 * What is said with every file of the page: names in lower case. That no frame holds it can be said here alone.
 * @see https://www.w3.org/TR/CSP3/#meta-element
 */
export function pageHeaders(policy: string): Readonly<Record<PageHeader, string>> {
  return {
    'content-security-policy': `${policy}; frame-ancestors 'none'`,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': `max-age=${HSTS_SECONDS}; includeSubDomains`,
    'x-content-type-options': 'nosniff',
  };
}

/** A header that is said with the page. */
type PageHeader =
  | 'content-security-policy'
  | 'cross-origin-opener-policy'
  | 'cross-origin-resource-policy'
  | 'permissions-policy'
  | 'referrer-policy'
  | 'strict-transport-security'
  | 'x-content-type-options';
