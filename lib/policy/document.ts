/**
 * The shape of an IAM policy, narrow enough that a misspelt operator or condition key does not compile.
 * Sids hold letters and digits only, which every AWS service takes.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */

import type { AskedClaim } from '../names';

type Operator =
  | 'StringEquals'
  | 'StringNotEquals'
  | 'StringLike'
  | 'StringNotLike'
  | 'ArnEquals'
  | 'ArnNotEquals'
  | 'ArnLike'
  | 'ArnNotLike'
  | 'NumericLessThan'
  | 'NumericGreaterThanEquals'
  | 'DateGreaterThanEquals'
  | 'DateLessThan'
  | 'Bool'
  | 'Null';

/** A condition operator; only `Null` has no `IfExists` form. `ForAllValues` also holds where the key is absent, `ForAnyValue` never. */
type ConditionOperator =
  | Operator
  | `${Exclude<Operator, 'Null'>}IfExists`
  | 'ForAllValues:StringEquals'
  | 'ForAllValues:StringLike'
  | 'ForAnyValue:StringEquals';

/** The condition keys that this project uses. */
type ConditionKey =
  | 'aws:CurrentTime'
  | 'aws:PrincipalAccount'
  | 'aws:PrincipalArn'
  | 'aws:PrincipalIsAWSService'
  | 'aws:PrincipalOrgID'
  | 'aws:RequestedRegion'
  | 'aws:ResourceAccount'
  | 'aws:ResourceOrgID'
  | 'aws:SecureTransport'
  | 'aws:SourceAccount'
  | 'aws:SourceArn'
  | 'aws:SourceOrgID'
  | 'cloudformation:ImportResourceTypes'
  | 'cloudwatch:namespace'
  | 'dynamodb:LeadingKeys'
  | 'events:ManagedBy'
  | 'iam:PassedToService'
  | 'iam:PermissionsBoundary'
  | 'kms:CallerAccount'
  | 'kms:EncryptionContext:aws:cloudtrail:arn'
  | 'kms:EncryptionContext:aws:logs:arn'
  | 'kms:EncryptionContext:aws:s3:arn'
  | 'kms:EncryptionContextKeys'
  | 'kms:ExpirationModel'
  | 'kms:GrantConstraintType'
  | 'kms:GranteePrincipal'
  | 'kms:GrantIsForAWSResource'
  | 'kms:GrantOperations'
  | 'kms:KeyOrigin'
  | 'kms:MessageType'
  | 'kms:MultiRegion'
  | 'kms:RetiringPrincipal'
  | 'kms:ScheduleKeyDeletionPendingWindowInDays'
  | 'kms:SigningAlgorithm'
  | 'kms:ViaService'
  | 'lambda:FunctionArn'
  | 'lambda:SourceFunctionArn'
  | 's3:authType'
  | 's3:DataAccessPointAccount'
  | 's3:DataAccessPointArn'
  | 's3:if-none-match'
  | 's3:prefix'
  | 's3:TlsVersion'
  | 's3:x-amz-acl'
  | 's3:x-amz-server-side-encryption'
  | 's3:x-amz-server-side-encryption-aws-kms-key-id'
  | 's3:x-amz-server-side-encryption-customer-algorithm'
  | 'sts:ExternalId'
  | 'sts:SourceIdentity'
  | `aws:RequestTag/${string}`
  | `aws:ResourceTag/${string}`
  | `s3:ExistingObjectTag/${string}`
  | `s3:RequestObjectTag/${string}`
  /** What a provider’s token claims, after the provider’s name. */
  | `${string}:${AskedClaim}`;

/** All operators must hold; within one key, any of the values. */
export type ConditionBlock = Readonly<
  Partial<Record<ConditionOperator, Readonly<Partial<Record<ConditionKey, string | readonly string[]>>>>>
>;

/** Whom a statement of a resource policy speaks of. */
export type Principal = '*' | { readonly AWS: string | readonly string[] } | { readonly Service: string };

interface StatementBase {
  /** A sentence in PascalCase that an assessor can read; it names the agreement where there is one. */
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly `${string}:${string}`[];
  readonly Condition?: ConditionBlock;
}

/** A statement of a policy attached to a role. */
export interface IdentityStatement extends StatementBase {
  readonly Resource: readonly string[];
}

/** A statement of a permissions boundary. */
export type BoundaryStatement = StatementBase &
  ({ readonly Resource: readonly string[] } | { readonly NotResource: readonly string[] });

/** A statement of a policy attached to a bucket, an access point or a key. */
export interface ResourceStatement extends StatementBase {
  readonly Principal: Principal;
  readonly Resource: string | readonly string[];
}

/**
 * A statement of a service control policy: it denies what every identity of an account may do at most.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html
 */
export type ServiceControlStatement = {
  readonly Sid: string;
  readonly Effect: 'Deny';
  readonly Condition?: ConditionBlock;
} & ({ readonly Resource: '*' | readonly string[] } | { readonly NotResource: readonly string[] }) &
  (
    | { readonly Action: '*' | readonly `${string}:${string}`[] }
    | { readonly NotAction: readonly `${string}:${string}`[] }
  );

/**
 * A statement of a resource control policy: it denies what any principal may do with the resources of an account.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 */
export type ResourceControlStatement = StatementBase & {
  readonly Effect: 'Deny';
  readonly Principal: '*';
} & ({ readonly Resource: '*' | readonly string[] } | { readonly NotResource: readonly string[] });

/** A statement that says who may assume a role; an identity provider vouches for some. */
export interface TrustStatement extends StatementBase {
  readonly Principal: Principal | { readonly Federated: string };
}

/** A whole policy. */
export interface PolicyDocument<Statement extends { readonly Sid: string }> {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** Makes a policy of statements. @throws TypeError if a Sid is not made of letters and digits, or occurs twice */
export function policy<Statement extends { readonly Sid: string }>(
  ...statements: Statement[]
): PolicyDocument<Statement> {
  const sids = new Set<string>();
  for (const { Sid } of statements) {
    if (!/^[A-Za-z0-9]{1,128}$/.test(Sid))
      throw new TypeError(`'${Sid}' is not a Sid: use letters and digits only`);
    if (sids.has(Sid)) throw new TypeError(`the Sid '${Sid}' occurs twice in one policy`);
    sids.add(Sid);
  }
  return { Version: '2012-10-17', Statement: statements };
}

/** The account as a principal: every role in it that its own policies allow, so no deployment order is needed. */
export function accountRoot(account: string): { readonly AWS: string } {
  return { AWS: `arn:aws:iam::${account}:root` };
}

/** Several accounts as principals, by their bare numbers, which mean the same as `accountRoot` in a third of the room. */
export function accountRoots(accounts: readonly string[]): { readonly AWS: readonly string[] } {
  return { AWS: accounts };
}

/** A kebab-case handle in PascalCase, to be part of a Sid. */
export function pascalCase(handle: string): string {
  return handle
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
