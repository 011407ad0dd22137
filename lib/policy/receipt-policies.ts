/** How an organisation reads its receipts in the ledger’s bucket: both sides of it. */

import { anyRole, anyZoneKey, RECEIPTS_PREFIX, s3Service, zoneBucketArn } from '../names';
import type { AccountId, Zone } from '../register';
import {
  accountRoots,
  type ConditionBlock,
  type IdentityStatement,
  type PolicyDocument,
  type Principal,
  policy,
  type ResourceStatement,
} from './document';

/** Stands for the caller’s account; IAM puts it in. */
const CALLER = `\${aws:PrincipalAccount}`;

/** Parts of the ledger that tell nothing of any transfer: heads, keys and hashes. One character is a tile’s level. */
const FOR_ALL = ['checkpoint', 'checkpoints/*', 'keys/*', 'tile/?/*', 'timestamp/*'] as const;

/**
 * The bucket’s side: each account reads what lies below its own number, and the parts that tell nothing of any transfer. Only
 * external organisations make these statements grow.
 */
export function receiptReading(zone: Zone, externals: readonly string[]): ResourceStatement[] {
  const who: [string, Principal, ConditionBlock][] = [
    ['Organisations', '*', { StringEquals: { 'aws:PrincipalOrgID': zone.awsOrganizationId } }],
  ];
  // Named one by one, or S3 would take the policy for a public one and refuse it.
  if (externals.length > 0) who.push(['DeclaredExternals', accountRoots(externals), {}]);
  const bucket = zoneBucketArn(zone, 'ledger');
  return who.flatMap(([name, principal, they]): ResourceStatement[] => [
    {
      Sid: `${name}ReadTheirOwnReceiptsAndTheHeads`,
      Effect: 'Allow',
      Principal: principal,
      Action: ['s3:GetObject'],
      Resource: receiptFiles(zone, CALLER),
      Condition: { ...they, ArnLike: { 'aws:PrincipalArn': anyRole('receipts') } },
    },
    {
      Sid: `${name}ListTheirOwnReceipts`,
      Effect: 'Allow',
      Principal: principal,
      Action: ['s3:ListBucket'],
      Resource: bucket,
      Condition: {
        ...they,
        ArnLike: { 'aws:PrincipalArn': anyRole('receipts') },
        StringLike: { 's3:prefix': `${RECEIPTS_PREFIX}${CALLER}/*` },
      },
    },
  ]);
}

/** The files that an organisation may read, as ARNs; `account` may be a policy variable. */
export function receiptFiles(zone: Zone, account: string): string[] {
  const bucket = zoneBucketArn(zone, 'ledger');
  return [`${RECEIPTS_PREFIX}${account}/*`, ...FOR_ALL].map((path) => `${bucket}/${path}`);
}

/** The role’s side. */
export function receiptPermissions(zone: Zone, account: AccountId): PolicyDocument<IdentityStatement> {
  const bucket = zoneBucketArn(zone, 'ledger');
  return policy(
    {
      Sid: 'ReadOwnReceiptsInTheLedger',
      Effect: 'Allow',
      Action: ['s3:GetObject'],
      Resource: receiptFiles(zone, account),
    },
    {
      Sid: 'ListOwnReceiptsInTheLedger',
      Effect: 'Allow',
      Action: ['s3:ListBucket'],
      Resource: [bucket],
      Condition: { StringLike: { 's3:prefix': `${RECEIPTS_PREFIX}${account}/*` } },
    },
    {
      Sid: 'DecryptOwnReceiptsInTheLedger',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: [anyZoneKey(zone)],
      Condition: {
        StringEquals: {
          'kms:ViaService': s3Service(zone),
          'kms:EncryptionContext:aws:s3:arn': bucket,
        },
      },
    },
  );
}
