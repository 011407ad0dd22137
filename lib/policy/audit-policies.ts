/** What the transfer audit and the sealer need. Neither may decrypt anything of an organisation’s. */

import {
  LEDGER_SEAL_FUNCTION,
  LOG_FILES_QUEUE,
  queueArn,
  STAGING,
  s3Service,
  TRANSFER_AUDIT_FUNCTION,
  TRANSFERS,
  tableArn,
  zoneBucketArn,
} from '../names';
import type { Zone } from '../register';
import { type IdentityStatement, type PolicyDocument, policy } from './document';
import { fromItsOwnCode, writesItsOwnLog } from './lambda-policies';

/** Reads log files, keeps the register’s index, and stages entries. */
export function auditPermissions(
  zone: Zone,
  keys: { readonly trail: string; readonly ledger: string; readonly staging: string },
): PolicyDocument<IdentityStatement> {
  const Condition = fromItsOwnCode(zone, zone.accounts.zone, TRANSFER_AUDIT_FUNCTION);
  const logs = zoneBucketArn(zone, 'logs');
  const ledger = zoneBucketArn(zone, 'ledger');
  const transfers = tableArn(zone, TRANSFERS.name);
  return policy(
    {
      // Lambda asks for messages itself, not from the function’s code.
      Sid: 'TakeMessagesFromTheQueueOfLogFiles',
      Effect: 'Allow',
      Action: [
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ReceiveMessage',
      ],
      Resource: [queueArn(zone, LOG_FILES_QUEUE)],
    },
    {
      Sid: 'ReadLogFiles',
      Effect: 'Allow',
      Action: ['s3:GetObject'],
      Resource: [`${logs}/AWSLogs/*`],
      Condition,
    },
    {
      Sid: 'KeepTheRegistersIndex',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: [`${ledger}/index/*`],
      Condition,
    },
    {
      // Without it S3 answers that a missing file is forbidden, and the audit could not tell the two apart.
      Sid: 'LearnThatAFileIsMissing',
      Effect: 'Allow',
      Action: ['s3:ListBucket'],
      Resource: [logs, ledger],
      Condition,
    },
    {
      Sid: 'StageEntriesForTheLedger',
      Effect: 'Allow',
      Action: ['dynamodb:PutItem'],
      Resource: [tableArn(zone, STAGING.name)],
      Condition,
    },
    {
      Sid: 'KeepTheLifeOfTransfers',
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      Resource: [transfers, `${transfers}/index/${TRANSFERS.due.name}`],
      Condition,
    },
    throughS3(
      zone,
      'DecryptLogFilesAndKeepTheIndex',
      ['kms:Decrypt', 'kms:GenerateDataKey'],
      [keys.trail, keys.ledger],
    ),
    throughDynamoDb(zone, keys.staging),
    writesItsOwnLog(zone, zone.accounts.zone, TRANSFER_AUDIT_FUNCTION),
  );
}

/** Reads what is staged, writes the ledger, and signs its checkpoints. */
export function sealerPermissions(
  zone: Zone,
  keys: { readonly ledger: string; readonly staging: string; readonly signing: readonly string[] },
): PolicyDocument<IdentityStatement> {
  const Condition = fromItsOwnCode(zone, zone.accounts.zone, LEDGER_SEAL_FUNCTION);
  const ledger = zoneBucketArn(zone, 'ledger');
  const staging = tableArn(zone, STAGING.name);
  return policy(
    {
      Sid: 'WriteTheLedger',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: [`${ledger}/*`],
      Condition,
    },
    {
      // Without it S3 answers that a missing file is forbidden, and the sealer could not tell the two apart.
      Sid: 'LearnThatAFileIsMissing',
      Effect: 'Allow',
      Action: ['s3:ListBucket'],
      Resource: [ledger],
      Condition,
    },
    {
      Sid: 'SealWhatIsStaged',
      Effect: 'Allow',
      Action: ['dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      Resource: [staging, `${staging}/index/${STAGING.unsealed.name}`],
      Condition,
    },
    {
      Sid: 'SignTheCheckpoints',
      Effect: 'Allow',
      Action: ['kms:GetPublicKey', 'kms:Sign'],
      Resource: keys.signing,
      Condition,
    },
    throughS3(zone, 'EncryptAndReadTheLedger', ['kms:Decrypt', 'kms:GenerateDataKey'], [keys.ledger]),
    throughDynamoDb(zone, keys.staging),
    writesItsOwnLog(zone, zone.accounts.zone, LEDGER_SEAL_FUNCTION),
  );
}

function throughS3(
  zone: Zone,
  sid: string,
  actions: IdentityStatement['Action'],
  keys: readonly string[],
): IdentityStatement {
  return {
    Sid: sid,
    Effect: 'Allow',
    Action: actions,
    Resource: keys,
    Condition: { StringEquals: { 'kms:ViaService': s3Service(zone) } },
  };
}

/** The use of the zone’s tables, which one key encrypts. */
export function throughDynamoDb({ region }: Zone, key: string): IdentityStatement {
  return {
    Sid: 'UseTheTablesThroughDynamoDb',
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:DescribeKey'],
    Resource: [key],
    Condition: { StringEquals: { 'kms:ViaService': `dynamodb.${region}.amazonaws.com` } },
  };
}
