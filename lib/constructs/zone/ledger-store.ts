/** What the ledger is kept in: the tables that entries wait in, the bucket that it is published in, and its keys. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { type Acknowledgement, acknowledge } from '../../compliance/packs';
import { NOTICES, STAGING, TRANSFERS, zoneTellsBy } from '../../names';
import {
  ledgerBucketPolicy,
  ledgerKeyPolicy,
  signingKeyPolicy,
  stagingKeyPolicy,
  tablePolicy,
} from '../../policy';
import type { Zone } from '../../register';
import { BY_ZONE } from '../reviewed';
import { LockedBucket } from './locked-bucket';
import { ZoneKey } from './zone-key';

const NO_BACKUP_PLAN: Acknowledgement = {
  rule: 'NIST.800.53.R5::NIST.800.53.R5-DynamoDBInBackupPlan',
  reason:
    'Point-in-time recovery restores the table to any second of the last 35 days. What is staged is in the ledger within minutes, and can be made again from the log archive, which is locked.',
  ...BY_ZONE,
};

/** Whose ledger, and the accounts outside the AWS organisation that may read their receipts. */
export interface LedgerStoreProps {
  readonly zone: Zone;
  readonly externals: readonly string[];
}

/** No organisation’s data is in it: entries say what happened to which object, and hold nothing of what was in it. */
export class LedgerStore extends Construct {
  readonly stagingKeyArn: string;
  readonly ledgerKeyArn: string;
  readonly signingKeyArn: string;
  /** The second, post-quantum signature, where the register asks for it. */
  readonly mlDsaKeyArn: string | undefined;

  constructor(scope: Construct, id: string, { zone, externals }: LedgerStoreProps) {
    super(scope, id);
    this.stagingKeyArn = new ZoneKey(this, 'StagingKey', {
      purpose: 'staged-entries',
      description: 'Concordat: encrypts entries that wait for the ledger, and the life of transfers',
      policy: stagingKeyPolicy(zone),
    }).arn;
    this.ledgerKeyArn = new ZoneKey(this, 'LedgerKey', {
      purpose: 'ledger',
      description: 'Concordat: encrypts the ledger',
      policy: ledgerKeyPolicy(zone, externals),
    }).arn;
    this.signingKeyArn = new ZoneKey(this, signingKeyId(zone), {
      purpose: 'ledger-signature',
      description: 'Concordat: signs the checkpoints of the ledger (Ed25519)',
      policy: signingKeyPolicy(zone, 'ED25519_SHA_512'),
      signs: 'ECC_NIST_EDWARDS25519',
    }).arn;
    this.mlDsaKeyArn =
      zone.ledger.secondSignature === 'ml-dsa-44'
        ? new ZoneKey(this, 'PostQuantumKey', {
            purpose: 'ledger-signature',
            description: 'Concordat: cosigns the checkpoints of the ledger (ML-DSA-44)',
            policy: signingKeyPolicy(zone, 'ML_DSA_SHAKE_256'),
            signs: 'ML_DSA_44',
          }).arn
        : undefined;
    this.#table('Staging', {
      tableName: STAGING.name,
      resourcePolicy: { policyDocument: tablePolicy(zone, 'staging') },
      attributeDefinitions: text(STAGING.partition, STAGING.unsealed.partition, STAGING.unsealed.sort),
      keySchema: keys(STAGING),
      globalSecondaryIndexes: [
        {
          indexName: STAGING.unsealed.name,
          keySchema: keys(STAGING.unsealed),
          // Each attribute more is written twice more: when an entry comes, and when it goes.
          projection: { projectionType: 'KEYS_ONLY' },
        },
      ],
    });
    this.#table('Transfers', {
      tableName: TRANSFERS.name,
      resourcePolicy: { policyDocument: tablePolicy(zone, 'transfers') },
      attributeDefinitions: [
        ...text(TRANSFERS.partition, TRANSFERS.sort, TRANSFERS.due.partition),
        { attributeName: TRANSFERS.due.sort, attributeType: 'N' },
      ],
      keySchema: keys(TRANSFERS),
      globalSecondaryIndexes: [
        {
          indexName: TRANSFERS.due.name,
          keySchema: keys(TRANSFERS.due),
          projection: { projectionType: 'KEYS_ONLY' },
        },
      ],
      timeToLiveSpecification: { attributeName: TRANSFERS.expires, enabled: true },
    });
    if (zoneTellsBy(zone) !== undefined)
      this.#table('Notices', {
        tableName: NOTICES.name,
        resourcePolicy: { policyDocument: tablePolicy(zone, 'notices') },
        attributeDefinitions: [
          ...text(NOTICES.partition, NOTICES.unsent.partition),
          { attributeName: NOTICES.unsent.sort, attributeType: 'N' },
        ],
        keySchema: keys(NOTICES),
        globalSecondaryIndexes: [
          {
            indexName: NOTICES.unsent.name,
            keySchema: keys(NOTICES.unsent),
            projection: { projectionType: 'ALL' },
          },
        ],
        timeToLiveSpecification: { attributeName: NOTICES.expires, enabled: true },
      });
    new LockedBucket(this, 'Ledger', {
      zone,
      which: 'ledger',
      bucketKey: true,
      keyArn: this.ledgerKeyArn,
      policy: ledgerBucketPolicy(zone, externals),
      // People read their receipts in it.
      page: zone.mailbox?.origin,
    });
  }

  /**
   * On demand, encrypted with the zone’s own key, to be restored to any second of the last 35 days, and kept. Its policy
   * denies every write but the functions’.
   */
  #table(id: string, props: Omit<ConstructorParameters<typeof CfnTable>[2], 'billingMode'>): void {
    const table = new CfnTable(this, id, {
      ...props,
      billingMode: 'PAY_PER_REQUEST',
      deletionProtectionEnabled: true,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      sseSpecification: { sseEnabled: true, sseType: 'KMS', kmsMasterKeyId: this.stagingKeyArn },
    });
    table.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    acknowledge(table, NO_BACKUP_PLAN);
  }
}

/**
 * A former key more is a key of another name, so that CloudFormation makes a new one and lets go of the old. That one stays
 * in the account (its policy on removal is to retain): what it signed is checked by its public half, which the sealer is told.
 */
function signingKeyId({ ledger: { formerKeys = [] } }: Zone): string {
  return formerKeys.length === 0 ? 'SigningKey' : `SigningKey${formerKeys.length + 1}`;
}

function keys({ partition, sort }: { readonly partition: string; readonly sort?: string }) {
  return [
    { attributeName: partition, keyType: 'HASH' },
    ...(sort === undefined ? [] : [{ attributeName: sort, keyType: 'RANGE' }]),
  ];
}

function text(...names: readonly string[]) {
  return names.map((attributeName) => ({ attributeName, attributeType: 'S' }));
}
