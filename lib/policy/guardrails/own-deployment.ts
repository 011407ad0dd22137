/**
 * Only its deployment changes the roles and stacks of the landing zone. A principal that could change or pass one of these
 * roles could become it, and one that could make a role of such a name would be exempt from every other guardrail.
 */

import { ANY_BOUNDARY, QUALIFIER, ROLE_PATH } from '../../names';
import type { ServiceControlStatement } from '../document';
import { askedByAllBut, CLOUD_FORMATION, DEPLOYMENT, STACK_SETS } from './spared';

const ANY_ROLE = `arn:aws:iam::*:role${ROLE_PATH}*`;
const BOOTSTRAP_ROLES = `arn:aws:iam::*:role/cdk-${QUALIFIER}-*`;

/** What changes a role. But for `iam:PutRolePolicy`, of which own-stops.ts speaks for the landing zone’s roles. */
export const CHANGE_ROLES = [
  'iam:AttachRolePolicy',
  'iam:CreateRole',
  'iam:DeleteRole',
  'iam:DeleteRolePermissionsBoundary',
  'iam:DeleteRolePolicy',
  'iam:DetachRolePolicy',
  'iam:PutRolePermissionsBoundary',
  'iam:TagRole',
  'iam:UntagRole',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateRole',
  'iam:UpdateRoleDescription',
] as const;

const CHANGE_POLICIES = [
  'iam:CreatePolicy',
  'iam:CreatePolicyVersion',
  'iam:DeletePolicy',
  'iam:DeletePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:TagPolicy',
  'iam:UntagPolicy',
] as const;

/**
 * Whatever else is asked of a stack changes it. It acts as the role that it was last deployed with, for any caller: the right
 * to pass that role is not needed again.
 */
const LOOK_AT_STACKS = [
  'cloudformation:Describe*',
  'cloudformation:Detect*',
  'cloudformation:Get*',
  'cloudformation:List*',
] as const;

/** The statements on roles, and on the stacks that make them. */
export function ownDeployment(): ServiceControlStatement[] {
  return [
    {
      Sid: 'DenyChangingRolesOfTheLandingZone',
      Effect: 'Deny',
      Action: CHANGE_ROLES,
      Resource: [ANY_ROLE],
      Condition: askedByAllBut(CLOUD_FORMATION, STACK_SETS),
    },
    {
      Sid: 'DenyChangingRolesOfTheDeployment',
      Effect: 'Deny',
      Action: [...CHANGE_POLICIES, ...CHANGE_ROLES, 'iam:PutRolePolicy'],
      Resource: [BOOTSTRAP_ROLES, STACK_SETS, ANY_BOUNDARY],
      Condition: askedByAllBut(STACK_SETS),
    },
    {
      Sid: 'DenyPassingRolesOfTheLandingZone',
      Effect: 'Deny',
      Action: ['iam:PassRole'],
      Resource: [ANY_ROLE],
      Condition: askedByAllBut(CLOUD_FORMATION, STACK_SETS),
    },
    {
      Sid: 'DenyPassingRolesOfTheDeployment',
      Effect: 'Deny',
      Action: ['iam:PassRole'],
      Resource: [BOOTSTRAP_ROLES],
      Condition: askedByAllBut(DEPLOYMENT),
    },
    {
      Sid: 'DenyChangingStacksOfTheLandingZone',
      Effect: 'Deny',
      NotAction: LOOK_AT_STACKS,
      Resource: ['Organisation-*', 'Zone'].map((name) => `arn:aws:cloudformation:*:*:stack/${name}/*`),
      Condition: askedByAllBut(DEPLOYMENT),
    },
    {
      Sid: 'DenyChangingStacksOfTheBaseline',
      Effect: 'Deny',
      NotAction: LOOK_AT_STACKS,
      // CloudFormation calls them `StackSet-<name>-<id>`.
      Resource: [`arn:aws:cloudformation:*:*:stack/StackSet-concordat-*/*`],
      Condition: askedByAllBut(STACK_SETS),
    },
  ];
}
