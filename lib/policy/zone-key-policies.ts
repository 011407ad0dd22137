/**
 * The policies of the zone’s keys. None of them encrypts any organisation’s data: they are for log files, for what is staged,
 * for the ledger, and for its signature.
 */

import { anyRole, bootstrapRoleArn, roleArn, s3Service, trailArn, zoneBucketArn } from '../names';
import type { Zone } from '../register';
import { accountRoot, accountRoots, type PolicyDocument, policy, type ResourceStatement } from './document';
import { TABLE_KEY_USE } from './table-key-use';

type Statements = PolicyDocument<ResourceStatement>;

/** Encrypts CloudTrail’s log files; only the transfer audit decrypts them. */
export function trailKeyPolicy(zone: Zone): Statements {
  const byTheTrail = { ArnEquals: { 'aws:SourceArn': trailArn(zone) } } as const;
  return policy(
    zoneKeepsTheKey(zone),
    {
      // The trail knows the key by this name. KMS asks the key, too, whether it may have one.
      Sid: 'CloudFormationNamesTheKey',
      Effect: 'Allow',
      Principal: accountRoot(zone.accounts.zone),
      Action: ['kms:CreateAlias', 'kms:DeleteAlias', 'kms:UpdateAlias'],
      Resource: '*',
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': bootstrapRoleArn('cfn-exec', zone.accounts.zone, zone) },
      },
    },
    {
      Sid: 'TheTrailEncryptsItsLogFiles',
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: ['kms:GenerateDataKey'],
      Resource: '*',
      Condition: {
        ...byTheTrail,
        StringLike: {
          'kms:EncryptionContext:aws:cloudtrail:arn': `arn:aws:cloudtrail:*:${zone.accounts.management}:trail/*`,
        },
      },
    },
    {
      Sid: 'TheTrailLooksAtTheKey',
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: ['kms:DescribeKey'],
      Resource: '*',
      Condition: byTheTrail,
    },
    byRole(zone, 'transfer-audit', 'TheTransferAuditReadsLogFiles', ['kms:Decrypt']),
  );
}

/** Encrypts the tables; principals that may use a table in this account do so through DynamoDB. */
export function stagingKeyPolicy(zone: Zone): Statements {
  const throughDynamoDb = {
    'kms:CallerAccount': zone.accounts.zone,
    'kms:ViaService': `dynamodb.${zone.region}.amazonaws.com`,
  } as const;
  return policy(
    zoneKeepsTheKey(zone),
    {
      Sid: 'TablesOfThisAccountAreEncrypted',
      Effect: 'Allow',
      Principal: accountRoot(zone.accounts.zone),
      Action: ['kms:DescribeKey', ...TABLE_KEY_USE],
      Resource: '*',
      Condition: { StringEquals: throughDynamoDb },
    },
    {
      Sid: 'DynamoDbKeepsTheTablesReadable',
      Effect: 'Allow',
      Principal: accountRoot(zone.accounts.zone),
      Action: ['kms:CreateGrant'],
      Resource: '*',
      Condition: { StringEquals: throughDynamoDb, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  );
}

/** Encrypts the ledger’s bucket. Organisations decrypt what the bucket’s policy lets them read: their own receipts. */
export function ledgerKeyPolicy(zone: Zone, externals: readonly string[]): Statements {
  const inTheLedger = {
    'kms:ViaService': s3Service(zone),
    'kms:EncryptionContext:aws:s3:arn': zoneBucketArn(zone, 'ledger'),
  } as const;
  const reads = (
    sid: string,
    Principal: ResourceStatement['Principal'],
    who: Record<string, string>,
  ): ResourceStatement => ({
    Sid: sid,
    Effect: 'Allow',
    Principal,
    Action: ['kms:Decrypt'],
    Resource: '*',
    Condition: {
      StringEquals: { ...inTheLedger, ...who },
      ArnLike: { 'aws:PrincipalArn': anyRole('receipts') },
    },
  });
  return policy(
    zoneKeepsTheKey(zone),
    byRole(zone, 'ledger-seal', 'TheSealerWritesTheLedger', ['kms:Decrypt', 'kms:GenerateDataKey']),
    byRole(zone, 'transfer-audit', 'TheTransferAuditKeepsTheRegistersIndex', [
      'kms:Decrypt',
      'kms:GenerateDataKey',
    ]),
    reads('OrganisationsDecryptTheirReceipts', '*', { 'aws:PrincipalOrgID': zone.awsOrganizationId }),
    ...(externals.length > 0
      ? [reads('DeclaredExternalsDecryptTheirReceipts', accountRoots(externals), {})]
      : []),
  );
}

/** Signs checkpoints. Only the sealer may sign, and only in the one way that the ledger uses. */
export function signingKeyPolicy(zone: Zone, algorithm: 'ED25519_SHA_512' | 'ML_DSA_SHAKE_256'): Statements {
  const { account, sealer } = {
    account: zone.accounts.zone,
    sealer: roleArn(zone.accounts.zone, 'ledger-seal'),
  };
  return policy(
    zoneKeepsTheKey(zone),
    {
      Sid: 'TheSealerSignsCheckpoints',
      Effect: 'Allow',
      Principal: accountRoot(account),
      Action: ['kms:Sign'],
      Resource: '*',
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': sealer },
        StringEquals: { 'kms:SigningAlgorithm': algorithm, 'kms:MessageType': 'RAW' },
      },
    },
    {
      Sid: 'TheAccountReadsThePublicKey',
      Effect: 'Allow',
      Principal: accountRoot(account),
      Action: ['kms:GetPublicKey'],
      Resource: '*',
    },
    {
      Sid: 'DenySigningToAllButTheSealer',
      Effect: 'Deny',
      Principal: '*',
      Action: ['kms:Sign'],
      Resource: '*',
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': sealer } },
    },
  );
}

/** Deployment through CloudFormation: settings and policy of the key, never its use or its end. */
export function zoneKeepsTheKey({ accounts }: Zone): ResourceStatement {
  return {
    Sid: 'TheZoneKeepsTheKeyWithoutUsingIt',
    Effect: 'Allow',
    Principal: accountRoot(accounts.zone),
    Action: [
      'kms:DescribeKey',
      'kms:DisableKeyRotation',
      'kms:EnableKeyRotation',
      'kms:GetKeyPolicy',
      'kms:GetKeyRotationStatus',
      'kms:ListGrants',
      'kms:ListKeyPolicies',
      'kms:ListResourceTags',
      'kms:PutKeyPolicy',
      'kms:TagResource',
      'kms:UntagResource',
      'kms:UpdateKeyDescription',
    ],
    Resource: '*',
  };
}

function byRole(
  zone: Zone,
  purpose: 'transfer-audit' | 'ledger-seal',
  sid: string,
  actions: readonly `kms:${string}`[],
): ResourceStatement {
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: accountRoot(zone.accounts.zone),
    Action: actions,
    Resource: '*',
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': roleArn(zone.accounts.zone, purpose) },
      StringEquals: { 'kms:ViaService': s3Service(zone) },
    },
  };
}
