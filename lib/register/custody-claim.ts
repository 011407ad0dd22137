/**
 * What the register claims of a key’s custody, and whether what KMS says of the key bears it out.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html
 */
import type { CustodyClaim } from '../wire';
import { today } from './calendar';
import type { Custody } from './schema/organisation';

/** Where the material of a key comes from, by its custody. */
export const ORIGIN_OF = {
  account: 'AWS_KMS',
  imported: 'EXTERNAL',
  cloudhsm: 'AWS_CLOUDHSM',
  external: 'EXTERNAL_KEY_STORE',
} as const satisfies Readonly<Record<Custody['kind'], CustodyClaim['origin']>>;

/** Whether the organisation imports its key material, and so can let it expire or delete it. */
export function isImported(kind: Custody['kind']): boolean {
  return ORIGIN_OF[kind] === 'EXTERNAL';
}

/**
 * Whether the register says that the key has never had its material. Then there is no malware scan yet, which could not
 * use the key; from the import on, until the register says that the material is there, what is deposited is not scanned.
 */
export function awaitsMaterial(custody: Custody | CustodyClaim): boolean {
  return 'material' in custody && custody.material === 'awaited';
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
      return { origin: ORIGIN_OF[custody.kind] };
    case 'imported':
      return {
        origin: ORIGIN_OF[custody.kind],
        materialExpires: custody.materialExpires,
        ...(custody.material !== undefined && { material: custody.material }),
      };
    case 'cloudhsm':
      return { origin: ORIGIN_OF[custody.kind], clusterId: custody.clusterId };
    case 'external':
      return { origin: ORIGIN_OF[custody.kind], externalKeyId: custody.externalKeyId };
  }
}

/**
 * Every way in which a key is not what the register says, each as one sentence. The list is empty if the claim is proven.
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
  const said = { clusterId: undefined, externalKeyId: undefined, materialExpires: undefined, ...claim };
  expect('the CloudHSM cluster', key.clusterId, said.clusterId);
  expect('the key in the external key manager', key.externalKeyId, said.externalKeyId);
  if (key.multiRegion) faults.push('the key is multi-Region, so its material can leave the United Kingdom');
  if (!key.awaitsMaterial && awaitsMaterial(claim))
    faults.push('the key material is there, the register says that it is awaited');
  // Until the material is imported it has no date, and the broker makes no grant.
  if (!key.awaitsMaterial)
    expect('the day on which the key material expires', dayOf(key.materialExpires), said.materialExpires);
  return faults;
}

function dayOf(moment: number | undefined): string | undefined {
  return moment === undefined ? undefined : today(new Date(moment));
}
