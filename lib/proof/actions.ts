/** The actions that are asked about, by what they come to. @see https://docs.aws.amazon.com/service-authorization/latest/reference/ */

/** What an action comes to. */
export type Deed =
  | 'read'
  | 'list'
  | 'write'
  | 'delete'
  | 'tag'
  | 'change policy'
  | 'look'
  | 'decrypt'
  | 'encrypt'
  | 'grant'
  | 'end grant'
  | 'administer'
  | 'assume'
  | 'anything else';

/** Actions on objects; their resource is an object. */
export const ON_OBJECTS: Readonly<Record<string, Deed>> = {
  's3:GetObject': 'read',
  's3:GetObjectVersion': 'read',
  's3:GetObjectTorrent': 'read',
  's3:GetObjectAttributes': 'look',
  's3:GetObjectVersionAttributes': 'look',
  's3:GetObjectVersionForReplication': 'read',
  's3:GetObjectAcl': 'look',
  's3:GetObjectVersionAcl': 'look',
  's3:GetObjectTagging': 'look',
  's3:GetObjectVersionTagging': 'look',
  's3:GetObjectRetention': 'look',
  's3:GetObjectLegalHold': 'look',
  's3:ListMultipartUploadParts': 'list',
  's3:PutObject': 'write',
  's3:AbortMultipartUpload': 'write',
  's3:RestoreObject': 'write',
  's3:ReplicateObject': 'write',
  's3:UpdateObjectEncryption': 'write',
  's3:PutObjectAcl': 'change policy',
  's3:PutObjectVersionAcl': 'change policy',
  's3:PutObjectRetention': 'change policy',
  's3:PutObjectLegalHold': 'change policy',
  's3:BypassGovernanceRetention': 'change policy',
  's3:ObjectOwnerOverrideToBucketOwner': 'change policy',
  's3:DeleteObject': 'delete',
  's3:DeleteObjectVersion': 'delete',
  's3:ReplicateDelete': 'delete',
  's3:PutObjectTagging': 'tag',
  's3:PutObjectVersionTagging': 'tag',
  's3:DeleteObjectTagging': 'tag',
  's3:DeleteObjectVersionTagging': 'tag',
  's3:ReplicateTags': 'tag',
  's3:FreshObjectAction': 'anything else',
};

/** Actions on buckets. */
export const ON_BUCKETS: Readonly<Record<string, Deed>> = {
  's3:ListBucket': 'list',
  's3:ListBucketVersions': 'list',
  's3:ListBucketMultipartUploads': 'list',
  's3:GetBucketPolicy': 'look',
  's3:GetBucketAcl': 'look',
  's3:GetBucketLocation': 'look',
  's3:GetBucketNotification': 'look',
  's3:GetEncryptionConfiguration': 'look',
  's3:PutBucketPolicy': 'change policy',
  's3:DeleteBucketPolicy': 'change policy',
  's3:PutBucketAcl': 'change policy',
  's3:PutBucketPublicAccessBlock': 'change policy',
  's3:PutBucketOwnershipControls': 'change policy',
  's3:PutEncryptionConfiguration': 'change policy',
  's3:PutReplicationConfiguration': 'change policy',
  's3:PutLifecycleConfiguration': 'change policy',
  's3:PutBucketNotification': 'change policy',
  's3:PutBucketObjectLockConfiguration': 'change policy',
  's3:PutBucketVersioning': 'change policy',
  's3:DeleteBucket': 'delete',
  's3:FreshBucketAction': 'anything else',
};

/** Actions on keys. */
export const ON_KEYS: Readonly<Record<string, Deed>> = {
  'kms:Decrypt': 'decrypt',
  'kms:ReEncryptFrom': 'decrypt',
  'kms:Encrypt': 'encrypt',
  'kms:GenerateDataKey': 'encrypt',
  'kms:GenerateDataKeyPair': 'encrypt',
  'kms:GenerateDataKeyPairWithoutPlaintext': 'encrypt',
  'kms:GenerateDataKeyWithoutPlaintext': 'encrypt',
  'kms:ReEncryptTo': 'encrypt',
  'kms:CreateGrant': 'grant',
  'kms:RevokeGrant': 'end grant',
  'kms:PutKeyPolicy': 'change policy',
  'kms:DescribeKey': 'look',
  'kms:GetKeyLastUsage': 'look',
  'kms:GetKeyPolicy': 'look',
  'kms:GetKeyRotationStatus': 'look',
  'kms:GetPublicKey': 'look',
  'kms:ListGrants': 'look',
  'kms:ListKeyPolicies': 'look',
  'kms:ListKeyRotations': 'look',
  'kms:ListResourceTags': 'look',
  'kms:CancelKeyDeletion': 'administer',
  'kms:CreateAlias': 'administer',
  'kms:DeleteAlias': 'administer',
  'kms:DeleteImportedKeyMaterial': 'administer',
  'kms:DisableKey': 'administer',
  'kms:DisableKeyRotation': 'administer',
  'kms:EnableKey': 'administer',
  'kms:EnableKeyRotation': 'administer',
  'kms:GetParametersForImport': 'administer',
  'kms:ImportKeyMaterial': 'administer',
  'kms:ReplicateKey': 'administer',
  'kms:RotateKeyOnDemand': 'administer',
  'kms:ScheduleKeyDeletion': 'administer',
  'kms:TagResource': 'administer',
  'kms:UntagResource': 'administer',
  'kms:UpdateAlias': 'administer',
  'kms:UpdateKeyDescription': 'administer',
  'kms:UpdatePrimaryRegion': 'administer',
  'kms:DeriveSharedSecret': 'decrypt',
  'kms:GenerateMac': 'encrypt',
  'kms:Sign': 'encrypt',
  'kms:Verify': 'look',
  'kms:VerifyMac': 'look',
  'kms:FreshKeyAction': 'anything else',
};

/** Actions on roles. */
export const ON_ROLES: Readonly<Record<string, Deed>> = {
  'sts:AssumeRole': 'assume',
  'sts:AssumeRoleWithSAML': 'assume',
  'sts:AssumeRoleWithWebIdentity': 'assume',
  'sts:SetSourceIdentity': 'assume',
  'sts:TagSession': 'assume',
};

/** Actions on tables. */
export const ON_TABLES: Readonly<Record<string, Deed>> = {
  'dynamodb:BatchGetItem': 'read',
  'dynamodb:ConditionCheckItem': 'look',
  'dynamodb:GetItem': 'read',
  'dynamodb:PartiQLSelect': 'read',
  'dynamodb:Query': 'read',
  'dynamodb:Scan': 'read',
  'dynamodb:BatchWriteItem': 'write',
  'dynamodb:PartiQLInsert': 'write',
  'dynamodb:PartiQLUpdate': 'write',
  'dynamodb:PutItem': 'write',
  'dynamodb:UpdateItem': 'write',
  'dynamodb:DeleteItem': 'delete',
  'dynamodb:PartiQLDelete': 'delete',
  'dynamodb:DeleteTable': 'delete',
  'dynamodb:DescribeContinuousBackups': 'look',
  'dynamodb:DescribeTable': 'look',
  'dynamodb:DescribeTimeToLive': 'look',
  'dynamodb:GetResourcePolicy': 'look',
  'dynamodb:DeleteResourcePolicy': 'change policy',
  'dynamodb:PutResourcePolicy': 'change policy',
  'dynamodb:RestoreTableToPointInTime': 'administer',
  'dynamodb:UpdateContinuousBackups': 'administer',
  'dynamodb:UpdateTable': 'administer',
  'dynamodb:UpdateTimeToLive': 'administer',
};

/**
 * Whether an action of S3 is about objects, or about buckets. One that is in neither list, which a policy names and AWS may have
 * or come to have, could be about either: it is asked of both.
 */
export function isAboutObjects(action: string): boolean {
  return action in ON_OBJECTS || (/^s3:/i.test(action) && !(action in ON_BUCKETS));
}

/** Whether the name of an object, or none for the bucket, is what an action is about. */
export function isOfObject(action: string, object: string): boolean {
  return action in ON_OBJECTS || (object !== '' && isAboutObjects(action));
}

/** What an action comes to. */
export function deedOf(action: string): Deed {
  return (
    ON_OBJECTS[action] ??
    ON_BUCKETS[action] ??
    ON_KEYS[action] ??
    ON_ROLES[action] ??
    ON_TABLES[action] ??
    'anything else'
  );
}
