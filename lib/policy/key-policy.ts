/**
 * The policy of an organisation’s key. Administration and use are apart: whoever administers cannot decrypt, and whoever
 * uses it does so only through S3 and only for the organisation’s own bucket. Recipients are not named here: each has a
 * grant of its own, which the denies below confine.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
import type { AccountId } from '../register/schema/organisation';
import type { Zone } from '../register/schema/zone';
import { accountRoot, type PolicyDocument, policy, type ResourceStatement } from './document';
import { bucketArn, type RolePurpose, roleArn, s3Service } from './names';

/** The cryptographic operations of a symmetric encryption key; administration is none of them. */
export const CRYPTOGRAPHIC_ACTIONS = [
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyPair',
  'kms:GenerateDataKeyPairWithoutPlaintext',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
] as const;

/** What reads the state of a key and changes nothing. */
const LOOK = [
  'kms:DescribeKey',
  'kms:GetKeyLastUsage',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
] as const;

/** The shortest time in days between asking for a key’s deletion and its end: the longest that KMS offers. */
export const KEY_DELETION_DAYS = 30;

/** Whose key it is, and who has to do with it. */
export interface KeyPolicyInput {
  readonly zone: Zone;
  readonly account: AccountId;
  /** The roles that administer the key. */
  readonly administrators: readonly string[];
  /** The accounts outside the AWS organisation that hold a share of this owner. */
  readonly externalRecipients: readonly AccountId[];
}

/** The key policy of one organisation. Its size does not grow with agreements, but for external recipients. */
export function keyPolicy(input: KeyPolicyInput): PolicyDocument<ResourceStatement> {
  return policy(
    accountKeepsTheKey(input),
    administratorsRunTheKey(input),
    administratorsMayEndTheKey(input),
    use(input, 'deposit', 'DepositRoleEncryptsIntoOwnBucket', ['kms:Decrypt', 'kms:GenerateDataKey']),
    use(input, 'malware-scan', 'MalwareScanReadsAndTagsInOwnBucket', ['kms:Decrypt', 'kms:GenerateDataKey']),
    use(input, 'contract-gate', 'ContractGateReadsInOwnBucket', ['kms:Decrypt']),
    denyUnlessThroughS3(input),
    denyOutsiders(input),
  );
}

/** Deployment through CloudFormation: settings and policy of the key, but never its use, its grants or its end. */
function accountKeepsTheKey({ account }: KeyPolicyInput): ResourceStatement {
  return {
    Sid: 'AccountKeepsTheKeyWithoutUsingIt',
    Effect: 'Allow',
    Principal: accountRoot(account),
    Action: [
      ...LOOK,
      'kms:DisableKeyRotation',
      'kms:EnableKeyRotation',
      'kms:PutKeyPolicy',
      'kms:TagResource',
      'kms:UntagResource',
      'kms:UpdateKeyDescription',
    ],
    Resource: '*',
  };
}

function administratorsRunTheKey({ account, administrators }: KeyPolicyInput): ResourceStatement {
  return {
    Sid: 'NamedAdministratorsRunTheKeyWithoutUsingIt',
    Effect: 'Allow',
    Principal: accountRoot(account),
    Action: [
      ...LOOK,
      'kms:CancelKeyDeletion',
      'kms:CreateAlias',
      'kms:DeleteAlias',
      'kms:DisableKey',
      'kms:EnableKey',
      'kms:RevokeGrant',
      'kms:RotateKeyOnDemand',
      'kms:UpdateAlias',
    ],
    Resource: '*',
    Condition: { ArnEquals: { 'aws:PrincipalArn': administrators } },
  };
}

function administratorsMayEndTheKey({ account, administrators }: KeyPolicyInput): ResourceStatement {
  return {
    Sid: 'NamedAdministratorsMayEndTheKeyAfterThirtyDays',
    Effect: 'Allow',
    Principal: accountRoot(account),
    Action: ['kms:ScheduleKeyDeletion'],
    Resource: '*',
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': administrators },
      NumericGreaterThanEquals: { 'kms:ScheduleKeyDeletionPendingWindowInDays': String(KEY_DELETION_DAYS) },
    },
  };
}

/** With a Bucket Key, S3 gives the bucket’s ARN as the encryption context, so a key can be held to one bucket. */
function use(
  input: KeyPolicyInput,
  purpose: RolePurpose,
  sid: string,
  actions: readonly `kms:${string}`[],
): ResourceStatement {
  const { zone, account } = input;
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: accountRoot(account),
    Action: actions,
    Resource: '*',
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': roleArn(account, purpose) },
      StringEquals: {
        'kms:ViaService': s3Service(zone),
        'kms:EncryptionContext:aws:s3:arn': bucketArn(zone, account),
      },
    },
  };
}

/** Negated operators also match where the key is absent, so a call that comes through no service is denied. */
function denyUnlessThroughS3({ zone }: KeyPolicyInput): ResourceStatement {
  return {
    Sid: 'DenyUseUnlessThroughS3',
    Effect: 'Deny',
    Principal: '*',
    Action: CRYPTOGRAPHIC_ACTIONS,
    Resource: '*',
    Condition: { StringNotEquals: { 'kms:ViaService': s3Service(zone) } },
  };
}

/** Also what confines the holder of a grant: a grant has no such condition of its own, and a deny outweighs it. */
function denyOutsiders({ zone, externalRecipients }: KeyPolicyInput): ResourceStatement {
  return {
    Sid: 'DenyUseOutsideTheOrganisationAndItsDeclaredExternals',
    Effect: 'Deny',
    Principal: '*',
    Action: CRYPTOGRAPHIC_ACTIONS,
    Resource: '*',
    Condition: {
      StringNotEquals: {
        'aws:PrincipalOrgID': zone.awsOrganizationId,
        ...(externalRecipients.length > 0 && { 'aws:PrincipalAccount': externalRecipients }),
      },
    },
  };
}
