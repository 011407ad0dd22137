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

/** The needs of every kind of resource that can be deployed to members’ accounts and the zone’s. */
export function executionNeeds(zone: Zone): Needs {
  return { ...needsOfData(zone), ...needsOfFunctions(zone) };
}

/**
 * What CloudFormation may do in an account: what the given types need. One statement for each set of resources, and one for what
 * differs in one value of its condition alone: AWS gives a role room for 10,240 bytes. A type without
 * an entry gives nothing, and synth then finds that it can’t be deployed.
 */
export function executionPermissions(zone: Zone, types: Iterable<string>): PolicyDocument<IdentityStatement> {
  const needs = executionNeeds(zone);
  const bySet = new Map<string, Gathered>();
  for (const type of [...new Set(types)].sort())
    for (const each of needs[type] ?? []) {
      const set = JSON.stringify([each.resources, each.condition]);
      const known = bySet.get(set) ?? { need: each, types: [], actions: [] };
      bySet.set(set, known);
      known.types.push(type);
      known.actions.push(...each.actions);
    }
  const sids = new Map<string, number>();
  return policy(
    ...oneForAllValues([...bySet.values()]).map(
      ({ need: { resources, condition }, types: makes, actions }): IdentityStatement => {
        const name = resources.includes('*') && !condition ? 'WhatHasNoNameBeforehand' : nameOf(makes);
        const number = (sids.get(name) ?? 0) + 1;
        sids.set(name, number);
        return {
          Sid: `Makes${name}${number === 1 ? '' : number}`,
          Effect: 'Allow',
          Action: withoutCovered(actions),
          Resource: resources,
          ...(condition && { Condition: condition }),
        };
      },
    ),
  );
}

/** Each once, without what another of them says with a `*` at its end: room is short. */
function withoutCovered(actions: readonly Action[]): Action[] {
  const wide = actions.filter((each) => each.endsWith('*')).map((each) => each.slice(0, -1));
  const isCovered = (each: Action) => wide.some((begin) => each.startsWith(begin) && each !== `${begin}*`);
  return [...new Set(actions)].filter((each) => !isCovered(each)).sort();
}

/** What several types need on one set of resources. */
interface Gathered {
  readonly need: Need;
  readonly types: string[];
  readonly actions: Action[];
}

/** `LambdaFunction` of one type, the services of several. */
function nameOf(types: readonly string[]): string {
  const [first = [], ...others] = [...new Set(types)].map((each) => each.replace('AWS::', '').split('::'));
  if (others.length === 0) return first.join('');
  return [...new Set([first, ...others].map(([service]) => service))].join('And');
}

/** Where a condition is that one key has one value, statements for two values allow what one does for either. */
function oneForAllValues(all: readonly Gathered[]): Gathered[] {
  const alike = new Map<string, { readonly of: Gathered; readonly values: string[] }>();
  const merged: Gathered[] = [];
  for (const each of all) {
    const { resources, condition } = each.need;
    const operators = Object.entries(condition ?? {});
    const tests = Object.entries(operators[0]?.[1] ?? {});
    const [key, value] = tests[0] ?? [];
    const isOneValue = operators.length === 1 && operators[0]?.[0] === 'StringEquals' && tests.length === 1;
    if (!isOneValue || key === undefined || typeof value !== 'string') {
      merged.push(each);
      continue;
    }
    const name = JSON.stringify([resources, key, [...new Set(each.actions)].sort()]);
    const known = alike.get(name);
    if (known !== undefined) {
      known.values.push(value);
      known.of.types.push(...each.types);
      continue;
    }
    const values = [value];
    const of = {
      ...each,
      types: [...each.types],
      need: { ...each.need, condition: { StringEquals: { [key]: values } } },
    };
    alike.set(name, { of, values });
    merged.push(of);
  }
  return merged;
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
