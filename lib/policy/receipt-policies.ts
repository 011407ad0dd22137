/** How an organisation reads its receipts in the ledger’s bucket: both sides of it. */
import type { Zone } from '../register/schema/zone';
import type { IdentityStatement, ResourceStatement } from './document';
import { anyKey, ROLE_PATH, roleName, s3Service } from './names';
import { RECEIPTS_PREFIX, zoneBucketArn } from './zone-names';

/** The roles of an organisation, in whichever account, that may read its receipts. */
export const RECEIPT_READERS = (['collect', 'deposit'] as const).map(
  (purpose) => `arn:aws:iam::*:role${ROLE_PATH}${roleName(purpose)}`,
);

/** Stands for the account of whoever asks; IAM puts it in. */
const CALLER = `\${aws:PrincipalAccount}`;

/** Parts of the ledger that tell nothing of anybody’s transfers: heads, keys, and hashes. One character is a tile’s level. */
const FOR_ALL = ['checkpoint', 'checkpoints/*', 'keys/*', 'tile/?/*', 'timestamp/*'] as const;

/**
 * The bucket’s side: each account reads what lies below its own number, and what tells nothing of anybody. The size of these
 * statements does not grow with organisations, but for external ones.
 */
export function receiptReading(zone: Zone, externals: readonly string[]): ResourceStatement[] {
  const who: [string, Record<string, string | readonly string[]>][] = [
    ['Organisations', { 'aws:PrincipalOrgID': zone.awsOrganizationId }],
  ];
  if (externals.length > 0) who.push(['DeclaredExternals', { 'aws:PrincipalAccount': externals }]);
  const bucket = zoneBucketArn(zone, 'ledger');
  return who.flatMap(([name, they]): ResourceStatement[] => [
    {
      Sid: `${name}ReadTheirOwnReceiptsAndTheHeads`,
      Effect: 'Allow',
      Principal: '*',
      Action: ['s3:GetObject'],
      Resource: [`${RECEIPTS_PREFIX}${CALLER}/*`, ...FOR_ALL].map((path) => `${bucket}/${path}`),
      Condition: { StringEquals: they, ArnLike: { 'aws:PrincipalArn': RECEIPT_READERS } },
    },
    {
      Sid: `${name}ListTheirOwnReceipts`,
      Effect: 'Allow',
      Principal: '*',
      Action: ['s3:ListBucket'],
      Resource: bucket,
      Condition: {
        StringEquals: they,
        ArnLike: { 'aws:PrincipalArn': RECEIPT_READERS },
        StringLike: { 's3:prefix': `${RECEIPTS_PREFIX}${CALLER}/*` },
      },
    },
  ]);
}

/** The role’s side. Which account it is, is settled by the bucket. */
export function readsReceipts(zone: Zone): IdentityStatement[] {
  const bucket = zoneBucketArn(zone, 'ledger');
  return [
    {
      Sid: 'ReadOwnReceiptsInTheLedger',
      Effect: 'Allow',
      Action: ['s3:GetObject'],
      Resource: [`${bucket}/*`],
    },
    {
      Sid: 'ListOwnReceiptsInTheLedger',
      Effect: 'Allow',
      Action: ['s3:ListBucket'],
      Resource: [bucket],
      Condition: { StringLike: { 's3:prefix': `${RECEIPTS_PREFIX}*` } },
    },
    {
      Sid: 'DecryptOwnReceiptsInTheLedger',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: [anyKey(zone)],
      Condition: {
        StringEquals: {
          'kms:ViaService': s3Service(zone),
          'kms:EncryptionContext:aws:s3:arn': bucket,
        },
      },
    },
  ];
}
