/** The ways to what holds shared data: straight to a bucket, through each access point, to its key; to each role, and to each table. */

import type { MadeBucket, MadeKey, MadeRole, MadeTable } from '../assembly';
import type { Policy } from '../iam';
import type { Asker, DatedGrant, Owner, Question, Target } from './question';

/** One way to one resource, with what decides there. */
export interface Way {
  readonly target: Target;
  readonly accessPoint?: string;
  readonly policy: Policy | undefined;
  readonly pointPolicy?: Policy | undefined;
  /** Of a key. */
  readonly grants: readonly DatedGrant[];
}

/** What somebody asks by a way. @param awsOrganization of the account whose the resource is */
export function questionOf(
  { target, accessPoint, policy, pointPolicy, grants }: Way,
  asker: Asker,
  action: string,
  awsOrganization: string | undefined,
): Question {
  return {
    asker,
    target,
    action,
    ...(accessPoint !== undefined && { accessPoint }),
    environment: {
      identity: asker.identity,
      ...(asker.boundary && { boundary: asker.boundary }),
      ...(policy !== undefined && { resource: policy }),
      ...(pointPolicy !== undefined && { accessPoint: pointPolicy }),
    },
    grants,
    context: { 'aws:PrincipalOrgID': asker.awsOrganization, 'aws:ResourceOrgID': awsOrganization },
  };
}

/** Straight, and through each access point. */
export function waysToBucket(bucket: MadeBucket, owner: Owner): Way[] {
  const target = { kind: 'bucket', ...placed(bucket, owner) } as const;
  const { policy, accessPoints } = bucket;
  return [
    { target, policy, grants: [] },
    ...accessPoints.map(
      (point): Way => ({
        target,
        policy,
        accessPoint: point.arn,
        pointPolicy: point.policy,
        grants: [],
      }),
    ),
  ];
}

/** To a key. @param bucket the ARN of the bucket that it is for */
export function wayToKey(key: MadeKey, owner: Owner, bucket: string): Way {
  const { policy, grants } = key;
  return { target: { kind: 'key', ...placed(key, owner), bucket }, policy, grants };
}

/** To a key of the operator’s, which is for other things than shared data. */
export function wayToZoneKey(key: MadeKey, owner: Owner): Way {
  const { policy, grants, purpose, spec } = key;
  const sort = { ...(purpose !== undefined && { purpose }), ...(spec !== undefined && { spec }) };
  return { target: { kind: 'key', ...placed(key, owner), ...sort }, policy, grants };
}

/** To take on a role. */
export function wayToRole(role: MadeRole, owner: Owner): Way {
  return { target: { kind: 'role', ...placed(role, owner) }, policy: role.trust, grants: [] };
}

/** To a table. */
export function wayToTable(table: MadeTable, owner: Owner): Way {
  return { target: { kind: 'table', ...placed(table, owner) }, policy: table.policy, grants: [] };
}

function placed({ account, place, arn }: MadeBucket | MadeKey | MadeRole | MadeTable, owner: Owner) {
  return { account, place, arn, owner };
}
