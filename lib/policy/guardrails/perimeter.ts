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

import { anyRole, QUALIFIER, ROLE_PATH, type RolePurpose, type SESSION_ROLES } from '../../names';
import type { AccountId, Zone } from '../../register';
import { TLS_FLOOR } from '../bucket-policy';
import type { ConditionBlock, ResourceControlStatement } from '../document';
import { GRANT_BROKER } from './spared';

type Actions = ResourceControlStatement['Action'];

const NOT_BY_A_SERVICE = { 'aws:PrincipalIsAWSService': 'false' } as const;
const WITH_SAML = 'sts:AssumeRoleWithSAML';
const WITH_WEB_IDENTITY = 'sts:AssumeRoleWithWebIdentity';
/** What shared data is made of: an external reaches these, where a policy of the resource lets it. */
const SHARED: Actions = ['kms:*', 's3:*'];
/** Sessions that an identity provider vouches for are another matter, and have a statement of their own. */
const INTERNAL: Actions = ['sqs:*', 'sts:AssumeRole'];
/**
 * What a session is marked with. It comes with a call that takes on a role, and that call is what is denied. Whoever signs in to an
 * account by a provider, as people do by IAM Identity Center, is of no organisation before there is a session: to deny marks to
 * all but the organisation would shut them out of roles that are none of ours.
 * @see https://github.com/aws-samples/data-perimeter-policy-examples/tree/main/resource_control_policies
 */
const MARKS: Actions = ['sts:SetSourceIdentity', 'sts:TagSession'];
/**
 * Services that AWS added to those that resource control policies reach, in 2026. SNS, Lambda and CloudWatch are not among
 * them yet: the policies of topics and functions name who may.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services
 */
const LATER: Actions = ['dynamodb:*', 'events:*', 'logs:*'];

/** The landing zone’s roles, and those of its deployment. */
const OUR_ROLES = [`arn:aws:iam::*:role${ROLE_PATH}*`, `arn:aws:iam::*:role/cdk-${QUALIFIER}-*`];
/** All our roles but those to which people sign in, where the register says so. */
const NOBODY_SIGNS_IN_TO: Readonly<Record<Exclude<RolePurpose, (typeof SESSION_ROLES)[number]>, true>> = {
  'gate-machine': true,
  'grant-broker': true,
  'ledger-seal': true,
  lift: true,
  'page-release': true,
  'malware-scan': true,
  notices: true,
  'release-gate': true,
  stop: true,
  'stop-all': true,
  'transfer-audit': true,
};

/**
 * The statements on who reaches resources.
 * @param signingIn the accounts of members whose people sign in by their own provider; each makes it a little larger
 */
export function perimeter(
  zone: Zone,
  externals: readonly AccountId[],
  signingIn: readonly AccountId[] = [],
): ResourceControlStatement[] {
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
    deny('DenyServicesThatActForOthers', [...SHARED, ...INTERNAL, ...MARKS], byServicesForOthers(zone)),
    ...federated(signingIn),
    // Usual samples deny every grant that is not for an AWS service. The broker, and only the broker, makes such grants.
    deny('DenyGrantsByAllButServicesAndTheBroker', ['kms:CreateGrant'], {
      BoolIfExists: { 'kms:GrantIsForAWSResource': 'false' },
      ArnNotLike: { 'aws:PrincipalArn': GRANT_BROKER },
    }),
    deny('DenyRequestsWithoutTls', [...SHARED, ...INTERNAL, ...MARKS], WITHOUT_TLS),
    deny('DenyTlsBelowOnePointTwo', ['s3:*'], {
      NumericLessThan: { 's3:TlsVersion': TLS_FLOOR },
      BoolIfExists: NOT_BY_A_SERVICE,
    }),
  ];
}

/**
 * Nobody takes on our roles by an identity provider, but where the register has people of a member sign in: then those three
 * roles, in the account of that member alone. Which provider, for which program and whom is for their trust to say, which none
 * but a deployment changes.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 */
function federated(signingIn: readonly AccountId[]): ResourceControlStatement[] {
  const sid = 'DenyFederatedSessionsOfOurRoles';
  if (signingIn.length === 0) return [{ ...deny(sid, [WITH_SAML, WITH_WEB_IDENTITY]), Resource: OUR_ROLES }];
  const others = Object.keys(NOBODY_SIGNS_IN_TO) as (keyof typeof NOBODY_SIGNS_IN_TO)[];
  return [
    { ...deny(sid, [WITH_SAML]), Resource: OUR_ROLES },
    {
      ...deny('DenySignInWhereTheRegisterHasNone', [WITH_WEB_IDENTITY], {
        StringNotEquals: { 'aws:ResourceAccount': signingIn },
      }),
      Resource: OUR_ROLES,
    },
    {
      ...deny('DenySignInToRolesThatAreNotForPeople', [WITH_WEB_IDENTITY]),
      Resource: [
        ...others.map(anyRole),
        `arn:aws:iam::*:role${ROLE_PATH}concordat-config`,
        `arn:aws:iam::*:role/cdk-${QUALIFIER}-*`,
      ],
    },
  ];
}

/** The same of tables, events and logs: a policy of their own, so that the other is made whatever AWS says of these. */
export function laterPerimeter(zone: Zone): ResourceControlStatement[] {
  // Whoever fetches the page asks CloudFront for a file, which is none of its actions.
  const later: Actions = zone.mailbox?.served === undefined ? LATER : [...LATER, 'cloudfront:*'];
  return [
    deny('DenyTablesEventsAndLogsToAllButTheOrganisation', later, {
      StringNotEquals: { 'aws:PrincipalOrgID': zone.awsOrganizationId },
      BoolIfExists: NOT_BY_A_SERVICE,
    }),
    deny('DenyTablesEventsAndLogsToServicesThatActForOthers', later, byServicesForOthers(zone)),
    deny('DenyTablesEventsAndLogsWithoutTls', later, WITHOUT_TLS),
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
