/** The ways to what holds shared data: straight to a bucket, through each access point, to its key; to each role, and to each table. */

import type { MadeBucket, MadeKey, MadeRole, MadeTable } from '../assembly';
import { compile, type Policy } from '../iam';
import type { Asker, DatedGrant, Owner, Question, Target } from './question';

/** One way to one resource, with what decides there. */
export interface Way {
  readonly target: Target;
  readonly accessPoint?: string;
  readonly policy: Policy | undefined;
  readonly pointPolicy?: Policy | undefined;
  /** It is asked about for those outside the owner’s account alone. */
  readonly byOthers?: true;
  /** Of a key. */
  readonly grants: readonly DatedGrant[];
}

/** What somebody asks by a way. @param awsOrganization of the account whose the resource is */
export function questionOf(
  { target, accessPoint, policy, pointPolicy, grants, byOthers }: Way,
  asker: Asker,
  action: string,
  awsOrganization: string | undefined,
): Question {
  return {
    asker,
    target,
    action,
    ...(accessPoint !== undefined && { accessPoint }),
    ...(byOthers && { isBeside: true }),
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

/** What whoever makes an access point may write into its policy. */
const OPEN: Policy = compile(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] },
  { kind: 'access point', name: 'the policy of an access point that no template makes' },
);

/**
 * Through access points that no template makes, and whose policies let everybody in: one of the owner’s account under a name
 * of its own, one of another account under the name of a share, and one for each pattern of the bucket’s policy.
 * @param stranger the account of the second
 */
export function waysBeside(bucket: MadeBucket, owner: Owner, region: string, stranger: string): Way[] {
  const target = { kind: 'bucket', ...placed(bucket, owner) } as const;
  const { policy, account } = bucket;
  const all = new Set([
    `${account}:accesspoint/concordat-fresh`,
    `${stranger}:accesspoint/aaaaaaaaaaaa--concordat-fresh`,
    ...delegatedTo(policy, account, stranger),
  ]);
  return [...all].map(
    (rest): Way => ({
      target,
      policy,
      accessPoint: `arn:aws:s3:${region}:${rest}`,
      pointPolicy: OPEN,
      grants: [],
      byOthers: true,
    }),
  );
}

/** The owner’s own under names of shares are made by templates alone. */
function delegatedTo(policy: Policy | undefined, account: string, stranger: string): string[] {
  const tests = (policy?.statements ?? []).flatMap(({ conditions }) => conditions);
  const accounts = tests.flatMap(({ key, values }) => (key === 's3:dataaccesspointaccount' ? values : []));
  const points = tests
    .filter(({ key }) => key === 's3:dataaccesspointarn')
    .flatMap(({ values }) => values)
    .map((each) => /^arn:[^:]*:s3:[^:]*:([^:]*):accesspoint\/([^/]+)$/.exec(each));
  const named = accounts
    .filter((each) => /^\d{12}$/.test(each))
    .map((each) => [each, 'aaaaaaaaaaaa--concordat-fresh'] as const);
  return points
    .flatMap((point) => {
      const [, of = '*', name = '*'] = point ?? [];
      const known = name.replaceAll('?', 'a').replaceAll('*', 'concordat-fresh');
      const owners = /[*?]/.test(of) ? [account, stranger, ...accounts] : [of];
      return owners.filter((each) => /^\d{12}$/.test(each)).map((each) => [each, known] as const);
    })
    .concat(named)
    .filter(([of, name]) => of !== account || !/^\w{12}--/.test(name))
    .map(([of, name]) => `${of}:accesspoint/${name}`);
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
