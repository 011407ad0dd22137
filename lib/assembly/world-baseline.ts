/** What a StackSet would make in an account of its units, as the proof asks about it. */
import type { Policy } from '../iam';
import type { Assembly } from './assembly';
import { documentOf, type Placed, placedIn, textIn, toldProperties } from './grounded';
import { demandPolicies } from './members';
import { policyIn } from './policies';
import { isGroup } from './stack';
import { thingsIn } from './things';
import type { MadeBaseline, MadeBucket, MadeRole } from './world';
import { baselineIn, baselinesIn } from './world-guardrails';

/** Stands for each account of the units: one of the AWS organisation that no register names. */
export const ACCOUNT_OF_UNITS = '999999999996';

/**
 * Every StackSet, in the account that stands for all, and in each account that its template names, since it could make
 * something else there.
 * @param notUnderstood takes what is not judged
 * @throws AssemblyError if a part of it cannot be read
 */
export function madeBaselines(
  assembly: Assembly,
  region: string,
  members: ReadonlySet<string>,
  notUnderstood: string[],
): MadeBaseline[] {
  return baselinesIn(assembly.stacks).flatMap((baseline) => {
    const named = new Set((baseline.body.match(/\b\d{12}\b/g) ?? []).filter((each) => members.has(each)));
    return [ACCOUNT_OF_UNITS, ...named].map((account): MadeBaseline => {
      const stack = baselineIn(baseline, account, region);
      const placed = placedIn(stack).map((each) => ({
        ...each,
        properties: each.properties,
        place: `${baseline.place}/${each.id}`,
      }));
      for (const each of placed) toldProperties({ ...each, properties: each.properties });
      const ofType = (type: string) => placed.filter(({ resource }) => resource.Type === type);
      const managed = ofType('AWS::IAM::ManagedPolicy').map(
        (each) => [each, policyOf(each, each.properties.PolicyDocument, 'permissions boundary')] as const,
      );
      const capping = new Map(managed.map(([{ id }, policy]) => [`\${${id}}`, policy]));
      return {
        name: baseline.name,
        place: baseline.place,
        account,
        boundaries: new Map(
          managed.map(([{ properties }, policy]) => [String(properties.ManagedPolicyName), policy]),
        ),
        roles: ofType('AWS::IAM::Role').map((each) => roleOf(each, capping, notUnderstood)),
        buckets: ofType('AWS::S3::Bucket').map((each) => bucketOf(each, ofType('AWS::S3::BucketPolicy'))),
        things: thingsIn(assembly, stack).map((each) => ({
          ...each,
          place: `${baseline.place}/${each.place.slice(each.place.indexOf('/') + 1)}`,
        })),
      };
    });
  });
}

function policyOf({ stack, id, place }: Placed, document: unknown, kind: Policy['kind']): Policy {
  const where = { file: stack.file, id };
  return policyIn(documentOf(document, where), kind, place, where);
}

function roleOf(placed: Placed, capping: ReadonlyMap<string, Policy>, notUnderstood: string[]): MadeRole {
  const { stack, id, place, properties } = placed;
  const { Path = '/', Policies, PermissionsBoundary } = properties;
  const policies: readonly unknown[] = Array.isArray(Policies) ? Policies : [];
  demandPolicies(policies, place, notUnderstood);
  const boundary = capping.get(String(PermissionsBoundary));
  return {
    place,
    account: stack.account,
    arn: `arn:aws:iam::${stack.account}:role${String(Path)}${textIn(properties, 'RoleName', { file: stack.file, id })}`,
    trust: policyOf(placed, properties.AssumeRolePolicyDocument, 'trust'),
    identity: policies.map((each) =>
      policyOf(placed, isGroup(each) ? each.PolicyDocument : undefined, 'identity'),
    ),
    ...(boundary && { boundary }),
  };
}

function bucketOf({ stack, id, place, properties }: Placed, policies: readonly Placed[]): MadeBucket {
  const name = textIn(properties, 'BucketName', { file: stack.file, id });
  const own = policies.find((each) => each.properties.Bucket === name);
  return {
    place,
    account: stack.account,
    arn: `arn:aws:s3:::${name}`,
    accessPoints: [],
    key: undefined,
    policy: own && policyOf(own, own.properties.PolicyDocument, 'bucket'),
  };
}
