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

/** The agreements under which an organisation writes and is written to; sealed ones are for programs that hold its keys. */
export function correspondences(profile: Profile) {
  return profile.collects.flatMap((collects) => {
    const sends = profile.sends.find(({ agreement }) => agreement === collects.agreement);
    const { inboxes } = collects;
    if (sends?.writesTo === undefined || inboxes === undefined) return [];
    return sends.sealed === undefined && collects.sealed === undefined
      ? [{ sends, collects, inboxes, writesTo: sends.writesTo }]
      : [];
  });
}

/** An agreement under which the organisation writes and is written to. */
export type Correspondence = ReturnType<typeof correspondences>[number];

/** Every origin that the page speaks to, itself left out, each once. */
export function spokenTo(profile: Profile, elsewhere: Elsewhere | undefined): readonly string[] {
  const { region, bucket, ledger, signIn } = profile;
  const points = correspondences(profile).map(({ collects }) => collects.accessPoint);
  const addresses = [
    ...[bucket ?? [], ledger.bucket, points].flat().map((each) => s3Address(each, region, elsewhere)),
    stsAddress(region, elsewhere),
    ...(signIn === undefined ? [] : [providerAddress(signIn.issuer, elsewhere)]),
  ];
  return [...new Set(addresses.map((each) => new URL(each).origin))];
}
