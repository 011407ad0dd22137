/**
 * As whom CloudFormation works in an account: what it may do, made from the kinds of resource that the assembly holds, and
 * the boundary around it.
 */

import { s3Service, stagingBucketName, THIS_ACCOUNT } from '../names';
import type { Zone } from '../register';
import { type Action, type Need, type Needs, OWN_BOUNDARIES, OWN_ROLES, PROVIDERS } from './bootstrap-need';
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
  const bySet = new Map<
    string,
    { readonly need: Need; readonly types: string[]; readonly actions: Action[] }
  >();
  for (const type of [...new Set(types)].sort())
    for (const each of needs[type] ?? []) {
      const set = JSON.stringify([each.resources, each.condition]);
      const known = bySet.get(set) ?? { need: each, types: [], actions: [] };
      bySet.set(set, known);
      known.types.push(type.replace(/^AWS|::/g, ''));
      known.actions.push(...each.actions);
    }
  const sids = new Map<string, number>();
  return policy(
    ...[...bySet.values()].map(
      ({ need: { resources, condition }, types: makes, actions }): IdentityStatement => {
        const name =
          resources.includes('*') && !condition ? 'WhatHasNoNameBeforehand' : [...new Set(makes)].join('And');
        const number = (sids.get(name) ?? 0) + 1;
        sids.set(name, number);
        return {
          Sid: `Makes${name}${number === 1 ? '' : number}`,
          Effect: 'Allow',
          Action: [...new Set(actions)].sort(),
          Resource: resources,
          ...(condition && { Condition: condition }),
        };
      },
    ),
  );
}

/**
 * The boundary: whatever is attached to the role by mistake, CloudFormation touches no service beyond these, no role but the
 * landing zone’s, its own bootstrap’s among the others, no other identity but providers where people sign in, and no data.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function executionBoundary(zone: Zone, types: Iterable<string>): PolicyDocument<BoundaryStatement> {
  const services = new Set(
    executionPermissions(zone, types).Statement.flatMap(({ Action }) =>
      Action.map((each) => each.slice(0, each.indexOf(':'))),
    ),
  );
  const providers = new Set(types).has('AWS::IAM::OIDCProvider') ? PROVIDERS : [];
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
      NotResource: [OWN_ROLES, ...providers],
    },
    {
      // A negated operator also matches a role that has none.
      Sid: 'DenyRolesWithoutTheirBoundary',
      Effect: 'Deny',
      Action: [
        'iam:AttachRolePolicy',
        'iam:CreateRole',
        'iam:PutRolePermissionsBoundary',
        'iam:PutRolePolicy',
        'iam:UpdateAssumeRolePolicy',
      ],
      Resource: ['*'],
      Condition: { ArnNotEquals: { 'iam:PermissionsBoundary': OWN_BOUNDARIES } },
    },
    {
      Sid: 'DenyTakingBoundariesAway',
      Effect: 'Deny',
      Action: ['iam:DeleteRolePermissionsBoundary'],
      Resource: ['*'],
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
