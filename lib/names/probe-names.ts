/** The names of what a probe makes in two sandbox accounts. All begin alike, so that what is left of one can be found. */
import type { AccountId, NamedZone } from './named';
import { bucketName } from './names';

/** The start of every name. */
export const PROBE = 'concordat-probe';

/** The tag on everything of a probe that can have one. */
export const PROBE_TAG = { Key: 'concordat:probe', Value: 'yes' } as const;

/** The path of every role of a probe. */
export const PROBE_PATH = `/${PROBE}/`;

/** The prefix of the probe’s shared bucket, and of the one for log files. */
export const PROBE_PREFIXES = {
  shared: PROBE,
  logs: `${PROBE}-logs`,
} as const;

/** Stands where names take a zone: the start of names, and the Region. */
export function probeZone(
  prefix: keyof typeof PROBE_PREFIXES,
  region: string,
  account: AccountId,
): NamedZone {
  return { namePrefix: PROBE_PREFIXES[prefix], region, accounts: { management: account, zone: account } };
}

/** A bucket of the probe, named as those of organisations are. */
export function probeBucket(prefix: keyof typeof PROBE_PREFIXES, region: string, account: AccountId): string {
  return bucketName(probeZone(prefix, region, account), account);
}

/** A stack, a trail, a function, a grant, or a queue of the probe. */
export function probeName(what: string): string {
  return `${PROBE}-${what}`;
}

/** The ARN of a role of the probe. */
export function probeRoleArn(account: AccountId, what: string): string {
  return `arn:aws:iam::${account}:role${PROBE_PATH}${probeName(what)}`;
}

/** The ARN of the probe’s one access point. */
export function probeAccessPointArn(region: string, owner: AccountId): string {
  return `arn:aws:s3:${region}:${owner}:accesspoint/${PROBE}`;
}

/** The ARN of a trail of the probe. */
export function probeTrailArn(region: string, account: AccountId, what: string): string {
  return `arn:aws:cloudtrail:${region}:${account}:trail/${probeName(what)}`;
}
