/** The custody of organisations’ keys: what each key is, who holds it, and whether it is still the same key. */
import type { KeyCustody } from '../custody';
import { byName, type Change, changesOf } from './change';

/** A key as far as a plan tells of it; absent where the assembly does not say. */
export interface PlannedKey {
  readonly organisation: string;
  readonly name: string;
  /** The account and the Region that hold it. */
  readonly account: string;
  readonly region: string;
  readonly origin: string;
  /** The ARN of a key that was brought, or the stack and logical id of one that a template makes. */
  readonly key: string;
  readonly bucket: string;
  readonly clusterId?: string;
  readonly externalKeyId?: string;
  readonly materialExpires?: string;
  readonly rotationDays?: number;
  readonly deletionDays?: number;
  readonly kept?: boolean;
  /** The AWS organisation to which a Deny holds those who use it. */
  readonly awsOrganisation?: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** How keys differ, by organisation. An organisation has one, but templates of another making may give it more. */
export function keyChanges(
  before: readonly KeyCustody[],
  after: readonly KeyCustody[],
): Change<PlannedKey>[] {
  return changesOf(keysIn(before), keysIn(after));
}

/** Whether another key takes the place of the one that was: what the old one encrypted stays under the old one. */
export function isReplaced({ before, after }: Change<PlannedKey>): boolean {
  return before !== undefined && after !== undefined && idOf(before) !== idOf(after);
}

/** Whether another account comes to hold the key, or its material comes from elsewhere. */
export function isHeldElsewhere({ before, after }: Change<PlannedKey>): boolean {
  if (before === undefined || after === undefined) return false;
  return before.account !== after.account || before.origin !== after.origin;
}

function idOf({ account, region, key }: PlannedKey): string {
  return `${account} ${region} ${key}`;
}

function keysIn(custody: readonly KeyCustody[]): Map<string, PlannedKey> {
  const seen = new Map<string, number>();
  return byName(custody.map(planned), ({ organisation }) => {
    const count = (seen.get(organisation) ?? 0) + 1;
    seen.set(organisation, count);
    return `${organisation} ${count}`;
  });
}

function planned({
  organisation,
  name,
  account,
  region,
  stack,
  bucket,
  key,
  awsOrganisation,
}: KeyCustody): PlannedKey {
  const { origin, arn, logicalId, settings } = key;
  const { clusterId, externalKeyId, materialExpires, rotationDays, deletionDays, kept } = key;
  return {
    organisation,
    name,
    account,
    region,
    origin,
    key: arn ?? `${stack}/${logicalId}`,
    bucket,
    ...(clusterId !== undefined && { clusterId }),
    ...(externalKeyId !== undefined && { externalKeyId }),
    ...(materialExpires !== undefined && { materialExpires }),
    ...(rotationDays !== undefined && { rotationDays }),
    ...(deletionDays !== undefined && { deletionDays }),
    ...(kept !== undefined && { kept }),
    ...(awsOrganisation !== undefined && { awsOrganisation }),
    settings,
  };
}
