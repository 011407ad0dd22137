/**
 * Who may reach what lies in members’ accounts: the organisation, the externals that the register declares, and AWS services
 * that act for the organisation. All of it over TLS. Only externals are listed, so it does not grow with members.
 *
 * Two conditions are delicate. A stranger may have no `aws:PrincipalOrgID` at all; a negated operator then matches, so the
 * deny holds. A service may say for whom it acts, or not: only where it names an account (`aws:SourceAccount`) must that
 * account be of the organisation, and an account of none has no `aws:SourceOrgID`, which the negated operator matches too.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceorgid
 */

import { QUALIFIER, ROLE_PATH } from '../../names';
import type { AccountId, Zone } from '../../register';
import { TLS_FLOOR } from '../bucket-policy';
import type { ConditionBlock, ResourceControlStatement } from '../document';
import { GRANT_BROKER } from './spared';

type Actions = ResourceControlStatement['Action'];

const NOT_BY_A_SERVICE = { 'aws:PrincipalIsAWSService': 'false' } as const;
/** What shared data is made of: an external reaches these, where a policy of the resource lets it. */
const SHARED: Actions = ['kms:*', 's3:*'];
/** Sessions that an identity provider vouches for are another matter, and have a statement of their own. */
const INTERNAL: Actions = ['sqs:*', 'sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'];
/**
 * Services that AWS added to those that resource control policies reach, in 2026. SNS, Lambda and CloudWatch are not among
 * them yet: the policies of topics and functions name who may.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services
 */
const LATER: Actions = ['dynamodb:*', 'events:*', 'logs:*'];

/** The statements on who reaches resources. */
export function perimeter(zone: Zone, externals: readonly AccountId[]): ResourceControlStatement[] {
  const outside = { 'aws:PrincipalOrgID': zone.awsOrganizationId };
  return [
    deny('DenySharedDataToAllButTheOrganisationAndDeclaredExternals', SHARED, {
      StringNotEquals: { ...outside, ...(externals.length > 0 && { 'aws:PrincipalAccount': externals }) },
      BoolIfExists: NOT_BY_A_SERVICE,
    }),
    deny('DenyTheRestToAllButTheOrganisation', INTERNAL, {
      StringNotEquals: outside,
      BoolIfExists: NOT_BY_A_SERVICE,
    }),
    deny('DenyServicesThatActForOthers', [...SHARED, ...INTERNAL], byServicesForOthers(zone)),
    {
      ...deny('DenyFederatedSessionsOfOurRoles', ['sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity']),
      Resource: [`arn:aws:iam::*:role${ROLE_PATH}*`, `arn:aws:iam::*:role/cdk-${QUALIFIER}-*`],
    },
    // Usual samples deny every grant that is not for an AWS service. The broker, and only the broker, makes such grants.
    deny('DenyGrantsByAllButServicesAndTheBroker', ['kms:CreateGrant'], {
      BoolIfExists: { 'kms:GrantIsForAWSResource': 'false' },
      ArnNotLike: { 'aws:PrincipalArn': GRANT_BROKER },
    }),
    deny('DenyRequestsWithoutTls', [...SHARED, ...INTERNAL], WITHOUT_TLS),
    deny('DenyTlsBelowOnePointTwo', ['s3:*'], {
      NumericLessThan: { 's3:TlsVersion': TLS_FLOOR },
      BoolIfExists: NOT_BY_A_SERVICE,
    }),
  ];
}

/** The same of tables, events and logs: a policy of their own, so that the other is made whatever AWS says of these. */
export function laterPerimeter(zone: Zone): ResourceControlStatement[] {
  return [
    deny('DenyTablesEventsAndLogsToAllButTheOrganisation', LATER, {
      StringNotEquals: { 'aws:PrincipalOrgID': zone.awsOrganizationId },
      BoolIfExists: NOT_BY_A_SERVICE,
    }),
    deny('DenyTablesEventsAndLogsToServicesThatActForOthers', LATER, byServicesForOthers(zone)),
    deny('DenyTablesEventsAndLogsWithoutTls', LATER, WITHOUT_TLS),
  ];
}

const WITHOUT_TLS: ConditionBlock = {
  Bool: { 'aws:SecureTransport': 'false' },
  BoolIfExists: NOT_BY_A_SERVICE,
};

function byServicesForOthers({ awsOrganizationId }: Zone): ConditionBlock {
  return {
    Bool: { 'aws:PrincipalIsAWSService': 'true' },
    Null: { 'aws:SourceAccount': 'false' },
    StringNotEquals: { 'aws:SourceOrgID': awsOrganizationId },
  };
}

function deny(sid: string, actions: Actions, condition?: ConditionBlock): ResourceControlStatement {
  return {
    Sid: sid,
    Effect: 'Deny',
    Principal: '*',
    Action: actions,
    Resource: '*',
    ...(condition && { Condition: condition }),
  };
}
