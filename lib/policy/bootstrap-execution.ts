/**
 * As whom CloudFormation works in an account: what it may do, made from the kinds of resource that the assembly holds, and
 * the boundary around it.
 */

import { s3Service, stagingBucketName, THIS_ACCOUNT } from '../names';
import type { Zone } from '../register';
import { type Needs, OWN_ROLES } from './bootstrap-need';
import { needsOfData } from './bootstrap-needs-data';
import { needsOfFunctions } from './bootstrap-needs-functions';
import { type BoundaryStatement, type IdentityStatement, type PolicyDocument, policy } from './document';
import { CRYPTOGRAPHIC_ACTIONS } from './key-policy';

/**
 * The needs of every kind of resource that can be deployed to members’ accounts and the zone’s.
 * @internal Only tests import it.
 */
export function executionNeeds(zone: Zone): Needs {
  return { ...needsOfData(zone), ...needsOfFunctions(zone) };
}

/**
 * What CloudFormation may do in an account: what the given types need. One statement for each set of resources. A type without
 * an entry gives nothing, and synth then finds that it can’t be deployed.
 */
export function executionPermissions(zone: Zone, types: Iterable<string>): PolicyDocument<IdentityStatement> {
  const needs = executionNeeds(zone);
  const wanted = [...new Set(types)].sort();
  return policy(
    ...wanted.flatMap((type) =>
      (needs[type] ?? []).map(
        ({ actions, resources, condition }, index): IdentityStatement => ({
          Sid: `Makes${type.replace(/^AWS|::/g, '')}${index === 0 ? '' : index + 1}`,
          Effect: 'Allow',
          Action: actions,
          Resource: resources,
          ...(condition && { Condition: condition }),
        }),
      ),
    ),
  );
}

/**
 * The boundary: whatever is attached to the role by mistake, CloudFormation touches no service beyond these, no role but the
 * landing zone’s, its own bootstrap’s among the others, and no data.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function executionBoundary(zone: Zone, types: Iterable<string>): PolicyDocument<BoundaryStatement> {
  const services = new Set(
    executionPermissions(zone, types).Statement.flatMap(({ Action }) =>
      Action.map((each) => each.slice(0, each.indexOf(':'))),
    ),
  );
  return policy<BoundaryStatement>(
    {
      Sid: 'ServicesOfTheLandingZone',
      Effect: 'Allow',
      Action: [...services].sort().map((service) => `${service}:*` as const),
      Resource: ['*'],
    },
    {
      Sid: 'DenyRolesOtherThanTheLandingZones',
      Effect: 'Deny',
      Action: ['iam:*'],
      NotResource: [OWN_ROLES],
    },
    {
      Sid: 'DenyObjectsOtherThanAssets',
      Effect: 'Deny',
      Action: ['s3:DeleteObject*', 's3:GetObject*', 's3:PutObject*'],
      NotResource: [`arn:aws:s3:::${stagingBucketName(THIS_ACCOUNT, zone)}/*`],
    },
    {
      Sid: 'DenyUsingKeysButThroughTablesAndAssets',
      Effect: 'Deny',
      Action: CRYPTOGRAPHIC_ACTIONS,
      Resource: ['*'],
      Condition: {
        StringNotEquals: { 'kms:ViaService': [`dynamodb.${zone.region}.amazonaws.com`, s3Service(zone)] },
      },
    },
  );
}
