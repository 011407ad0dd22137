/**
 * The names of what a deployment needs in each account, as the CDK makes them up from a qualifier. The qualifier is our own,
 * so that no other bootstrap in the account counts as ours: guardrails trust these names.
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html
 */
import type { NamedZone } from './named';
import { type Account, ANY_ACCOUNT } from './placeholders';

/** The part of each name that tells this bootstrap from others; the CDK allows ten characters. */
export const QUALIFIER = 'concordat';

/** The version of the CDK’s own template that these names and permissions follow. */
export const BOOTSTRAP_VERSION = 33;

/**
 * The roles of the bootstrap: who deploys, who uploads, who looks, as whom CloudFormation works; and, where the register declares
 * who watches, who sees what the account runs.
 */
export type BootstrapRole = 'deploy' | 'file-publishing' | 'lookup' | 'cfn-exec' | 'status';

/** The name of a role of the bootstrap. */
export function bootstrapRoleName(
  role: BootstrapRole,
  account: Account,
  { region }: Pick<NamedZone, 'region'>,
): string {
  return `cdk-${QUALIFIER}-${role}-role-${account}-${region}`;
}

/** Its ARN. */
export function bootstrapRoleArn(
  role: BootstrapRole,
  account: Account,
  zone: Pick<NamedZone, 'region'>,
): string {
  return `arn:aws:iam::${account}:role/${bootstrapRoleName(role, account, zone)}`;
}

/** Matches a role of the bootstrap in any account. */
export function anyBootstrapRole(role: BootstrapRole): string {
  return `arn:aws:iam::${ANY_ACCOUNT}:role/cdk-${QUALIFIER}-${role}-role-*`;
}

/** The roles with which CloudFormation’s StackSets work in members’ accounts; AWS chooses the end of the name. */
export const ANY_STACK_SETS_ROLE = `arn:aws:iam::${ANY_ACCOUNT}:role/stacksets-exec-*`;

/** The bucket that assets are uploaded to, in the account-regional namespace: no other account can take its name. */
export function stagingBucketName(account: Account, { region }: Pick<NamedZone, 'region'>): string {
  return `cdk-${QUALIFIER}-assets-${account}-${region}-an`;
}

/** Where the CDK looks for the version of the bootstrap. */
export const VERSION_PARAMETER = `/cdk-bootstrap/${QUALIFIER}/version`;

/** The policy that caps the role as which CloudFormation works. */
export const BOUNDARY_NAME = 'concordat-deployment-boundary';

/**
 * The kinds of account in which the landing zone’s roles are, each with a policy that caps them. Every account gets both
 * policies, since all get one template.
 */
export type CappedAccount = 'member' | 'zone';

/** The name of the policy that caps the landing zone’s roles in accounts of a kind. */
export function rolesBoundaryName(kind: CappedAccount): string {
  return `concordat-${kind}-roles-boundary`;
}

/** Its ARN in an account, which may be read from an assembly. */
export function rolesBoundaryArn(kind: CappedAccount, account: string): string {
  return `arn:aws:iam::${account}:policy/${rolesBoundaryName(kind)}`;
}

/** Matches every policy that caps roles, the deployment’s among them, in any account. */
export const ANY_BOUNDARY = `arn:aws:iam::${ANY_ACCOUNT}:policy/concordat-*-boundary`;
