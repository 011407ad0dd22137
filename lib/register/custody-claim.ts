/**
 * What the register claims of a key’s custody, in the words of KMS, so that the claim can be held against what `DescribeKey`
 * answers. It travels in the list of grants; this file is all that the register and the grant broker share of it.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html
 */
import { today } from './calendar';
import type { Custody } from './schema/organisation';

/** Where KMS says that a key’s material comes from. */
export const ORIGINS = ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] as const;
export type Origin = (typeof ORIGINS)[number];

/** What a key must be for the register to be true. */
export interface CustodyClaim {
  readonly origin: Origin;
  /** The CloudHSM cluster that holds the material; with `AWS_CLOUDHSM` only. */
  readonly clusterId?: string;
  /** The id of the key in the external key manager; with `EXTERNAL_KEY_STORE` only. */
  readonly externalKeyId?: string;
  /** The day on which the imported material expires, as `2027-03-31`; with `EXTERNAL` only. */
  readonly materialExpires?: string;
}

/** What KMS says of a key, as far as custody is concerned. */
export interface KeyFacts {
  readonly arn: string;
  readonly account: string;
  readonly origin: string | undefined;
  /** `CUSTOMER`, or `AWS` for a key that AWS manages. */
  readonly manager: string | undefined;
  readonly spec: string | undefined;
  readonly usage: string | undefined;
  readonly multiRegion: boolean;
  readonly clusterId: string | undefined;
  readonly externalKeyId: string | undefined;
  /** When imported material expires, in milliseconds since 1970. */
  readonly materialExpires: number | undefined;
  /** Whether the key waits for its material, or has lost it. */
  readonly awaitsMaterial: boolean;
}

/** The claim that a register file makes. */
export function custodyClaim(custody: Custody): CustodyClaim {
  switch (custody.kind) {
    case 'account':
      return { origin: 'AWS_KMS' };
    case 'imported':
      return { origin: 'EXTERNAL', materialExpires: custody.materialExpires };
    case 'cloudhsm':
      return { origin: 'AWS_CLOUDHSM', clusterId: custody.clusterId };
    case 'external':
      return { origin: 'EXTERNAL_KEY_STORE', externalKeyId: custody.externalKeyId };
  }
}

/**
 * Every way in which a key is not what the register says, each as one sentence; none where the claim is proven.
 * @param keyArn the ARN that the claim is about; its account and Region are part of the claim.
 */
export function custodyFaults(claim: CustodyClaim, keyArn: string, key: KeyFacts): string[] {
  const faults: string[] = [];
  const expect = (what: string, found: unknown, expected: unknown) => {
    if (found !== expected)
      faults.push(`${what} is ${found ?? 'not given'}, the register says ${expected ?? 'none'}`);
  };
  expect('the key’s ARN', key.arn, keyArn);
  expect('the account that holds the key', key.account, keyArn.split(':')[4]);
  expect('the origin of the key material', key.origin, claim.origin);
  expect('who manages the key', key.manager, 'CUSTOMER');
  expect('the key spec', key.spec, 'SYMMETRIC_DEFAULT');
  expect('the key usage', key.usage, 'ENCRYPT_DECRYPT');
  expect('the CloudHSM cluster', key.clusterId, claim.clusterId);
  expect('the key in the external key manager', key.externalKeyId, claim.externalKeyId);
  if (key.multiRegion) faults.push('the key is multi-Region, so its material can leave the United Kingdom');
  // Material that is still to be imported has no date yet; the share waits for it.
  if (!key.awaitsMaterial)
    expect('the day on which the key material expires', dayOf(key.materialExpires), claim.materialExpires);
  return faults;
}

/**
 * Reads a claim that came with a list of grants; what is wrong with it is added to `problems`.
 */
export function parseCustodyClaim(value: unknown, problems: string[]): CustodyClaim {
  const found = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const origin = ORIGINS.find((each) => each === found.origin);
  const wanted = origin && BESIDES[origin];
  const extra = Object.keys(found).filter((field) => field !== 'origin' && field !== wanted);
  const detail = wanted === undefined ? undefined : found[wanted];
  const bad = wanted !== undefined && (typeof detail !== 'string' || detail === '' || detail.length > 128);
  if (origin === undefined || extra.length > 0 || bad)
    problems.push(
      `the claim of custody ${JSON.stringify(value)?.slice(0, 200) ?? 'is missing and'} is none that this broker knows. Deploy list and broker together`,
    );
  return { origin: origin ?? 'AWS_KMS', ...(wanted !== undefined && { [wanted]: detail as string }) };
}

/** What a claim says beside the origin. */
const BESIDES: Readonly<Record<Origin, keyof CustodyClaim | undefined>> = {
  AWS_KMS: undefined,
  EXTERNAL: 'materialExpires',
  AWS_CLOUDHSM: 'clusterId',
  EXTERNAL_KEY_STORE: 'externalKeyId',
};

function dayOf(moment: number | undefined): string | undefined {
  return moment === undefined ? undefined : today(new Date(moment));
}
