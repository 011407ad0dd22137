/**
 * The policy of an organisation’s key. Administration and use are apart: administrators cannot decrypt, and users use the
 * key only through S3 and only for the organisation’s own bucket. Recipients are not named here: each has its own grant,
 * which the denies below confine.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */

import { anyRole, bucketArn, type RolePurpose, roleArn, s3Service } from '../names';
import { type AccountId, type Custody, isImported, type Zone } from '../register';
import { accountRoot, type PolicyDocument, policy, type ResourceStatement } from './document';

/** The cryptographic operations of a symmetric encryption key; none of them is administration. */
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

/** What a share’s grant permits: to decrypt, and to see whose key it is. @internal Only tests import it. */
export const GRANT_OPERATIONS = ['Decrypt', 'DescribeKey'] as const;

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
  /** Who administers the key, and whose material it is. */
  readonly custody: Pick<Custody, 'kind' | 'administrators'>;
  /** The accounts outside the AWS organisation that hold a share of this owner. */
  readonly externalRecipients: readonly AccountId[];
}

/** The key policy of one organisation. Its size does not grow with agreements, but for external recipients. */
export function keyPolicy(input: KeyPolicyInput): PolicyDocument<ResourceStatement> {
  return policy(
    accountKeepsTheKey(input),
    administratorsRunTheKey(input),
    administratorsMayEndTheKey(input),
    ...(isImported(input.custody.kind) ? administratorsBringTheMaterial(input) : []),
    use(input, 'deposit', 'DepositRoleEncryptsIntoOwnBucket', ['kms:Decrypt', 'kms:GenerateDataKey']),
    use(input, 'malware-scan', 'MalwareScanReadsAndTagsInOwnBucket', ['kms:Decrypt', 'kms:GenerateDataKey']),
    use(input, 'release-gate', 'ReleaseGateReadsAndReportsInOwnBucket', [
      'kms:Decrypt',
      'kms:GenerateDataKey',
    ]),
    brokerGrants(input),
    brokerEndsGrants(input),
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

function administratorsRunTheKey({ account, custody }: KeyPolicyInput): ResourceStatement {
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
    Condition: { ArnEquals: { 'aws:PrincipalArn': custody.administrators } },
  };
}

function administratorsMayEndTheKey({ account, custody }: KeyPolicyInput): ResourceStatement {
  return {
    Sid: 'NamedAdministratorsMayEndTheKeyAfterThirtyDays',
    Effect: 'Allow',
    Principal: accountRoot(account),
    Action: ['kms:ScheduleKeyDeletion'],
    Resource: '*',
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': custody.administrators },
      NumericGreaterThanEquals: { 'kms:ScheduleKeyDeletionPendingWindowInDays': String(KEY_DELETION_DAYS) },
    },
  };
}

/**
 * The administrators who made the material import it, always with an end, and can take it back at any moment: without it
 * nothing can be read. None of these actions lets a principal read the material, or data.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-conceptual.html
 */
function administratorsBringTheMaterial({ account, custody }: KeyPolicyInput): ResourceStatement[] {
  const byAdministrators = { ArnEquals: { 'aws:PrincipalArn': custody.administrators } } as const;
  return [
    {
      Sid: 'NamedAdministratorsImportMaterialThatExpires',
      Effect: 'Allow',
      Principal: accountRoot(account),
      Action: ['kms:ImportKeyMaterial'],
      Resource: '*',
      Condition: { ...byAdministrators, StringEquals: { 'kms:ExpirationModel': 'KEY_MATERIAL_EXPIRES' } },
    },
    {
      Sid: 'NamedAdministratorsPrepareAndRemoveMaterial',
      Effect: 'Allow',
      Principal: accountRoot(account),
      Action: ['kms:DeleteImportedKeyMaterial', 'kms:GetParametersForImport'],
      Resource: '*',
      Condition: byAdministrators,
    },
  ];
}

/**
 * With a Bucket Key, S3 gives the bucket’s ARN as the encryption context, so a key can be held to one bucket. Whoever uploads may
 * add pairs of its own to that context, which no condition of S3 can refuse; and no recipient could read such an object, since each
 * grant is for that one pair. So no further pair is let in: at the deposit, and at the scan and the gate should S3 first tell it
 * there. `ForAllValues` holds where a key is absent, so `Null` demands that it is there.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#encryption-context
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context-keys
 */
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
      'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['aws:s3:arn'] },
      Null: { 'kms:EncryptionContextKeys': 'false' },
    },
  };
}

/**
 * The one shape of grant that there may be: reading, in this bucket, by a collect role, ended by the broker. `ForAllValues`
 * holds where a key is absent, so `Null` demands that it is there.
 */
function brokerGrants({ zone, account }: KeyPolicyInput): ResourceStatement {
  const broker = roleArn(account, 'grant-broker');
  return {
    Sid: 'GrantBrokerLetsCollectRolesReadInOwnBucket',
    Effect: 'Allow',
    Principal: accountRoot(account),
    Action: ['kms:CreateGrant'],
    Resource: '*',
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': broker },
      StringEquals: {
        'kms:GrantConstraintType': 'EncryptionContextEquals',
        'kms:EncryptionContext:aws:s3:arn': bucketArn(zone, account),
        'kms:RetiringPrincipal': broker,
      },
      'ForAllValues:StringEquals': {
        'kms:EncryptionContextKeys': ['aws:s3:arn'],
        'kms:GrantOperations': GRANT_OPERATIONS,
      },
      Null: { 'kms:EncryptionContextKeys': 'false', 'kms:GrantOperations': 'false' },
      StringLike: { 'kms:GranteePrincipal': anyRole('collect') },
    },
  };
}

/** KMS offers no condition on which grants may be revoked: all of this key, or none. */
function brokerEndsGrants({ account }: KeyPolicyInput): ResourceStatement {
  return {
    Sid: 'GrantBrokerListsAndEndsGrants',
    Effect: 'Allow',
    Principal: accountRoot(account),
    Action: ['kms:DescribeKey', 'kms:ListGrants', 'kms:RevokeGrant'],
    Resource: '*',
    Condition: { ArnEquals: { 'aws:PrincipalArn': roleArn(account, 'grant-broker') } },
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

/** This also confines the holder of a grant: a grant can carry no such condition, and a deny outweighs it. */
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
