/** The sealer: each minute it puts what is staged into the ledger and signs the ledger’s new head. */
import type { CfnRule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { Acknowledgement } from '../../compliance/packs';
import { ledgerOrigin, STAGING_TABLE, zoneBucketArn, zoneBucketName } from '../../names';
import { sealerPermissions } from '../../policy';
import type { Zone } from '../../register';
import { LambdaFunction } from '../functions/lambda-function';
import { BY_ZONE } from '../reviewed';
import type { LedgerStore } from './ledger-store';

/** Whose ledger, and where it is kept. */
export interface LedgerSealProps {
  readonly zone: Zone;
  readonly store: LedgerStore;
  readonly logKeyArn: string;
}

/** Below the schedule’s minute twice over: what one run leaves, the next does. */
const RUN_SECONDS = 120;

const ACKNOWLEDGED: readonly Acknowledgement[] = [
  {
    rule: 'NIST.800.53.R5::NIST.800.53.R5-LambdaConcurrency',
    reason:
      'Two sealers at once can neither fork the ledger nor lose an entry: batches are claimed by conditional writes.',
    ...BY_ZONE,
  },
  {
    rule: 'NIST.800.53.R5::NIST.800.53.R5-LambdaDLQ',
    reason:
      'Each run goes on from what the last one left, so a lost run is made good by the next, within a minute.',
    ...BY_ZONE,
  },
];

/** Nothing else signs: the key’s policy denies it to all but this function’s role. */
export class LedgerSeal extends Construct {
  /** What wakes it. */
  readonly waker: CfnRule;

  constructor(scope: Construct, id: string, { zone, store, logKeyArn }: LedgerSealProps) {
    super(scope, id);
    const { mlDsaKeyArn } = store;
    const { timestampAuthority, formerKeys } = zone.ledger;
    const ledger = `${zoneBucketArn(zone, 'ledger')}/*`;
    const sealer = new LambdaFunction(this, 'Sealer', {
      zone,
      account: zone.accounts.zone,
      source: 'ledger-seal',
      purpose: 'ledger-seal',
      roleDescription: 'Concordat: writes and signs the ledger',
      description: 'Concordat: seals what is staged into the ledger, and signs its checkpoints',
      permissions: sealerPermissions(zone, {
        ledger: store.ledgerKeyArn,
        staging: store.stagingKeyArn,
        signing: [store.signingKeyArn, ...(mlDsaKeyArn === undefined ? [] : [mlDsaKeyArn])],
      }),
      wildcards: {
        [ledger]: 'The ledger grows: its files are named by their place in it. None can be deleted.',
      },
      environment: {
        LEDGER_BUCKET: zoneBucketName(zone, 'ledger'),
        STAGING_TABLE,
        LEDGER_ORIGIN: ledgerOrigin(zone),
        KEY_ARN: store.signingKeyArn,
        ...(mlDsaKeyArn !== undefined && { ML_DSA_KEY_ARN: mlDsaKeyArn }),
        ...(formerKeys !== undefined && { FORMER_KEYS: formerKeys.join(' ') }),
        ...(timestampAuthority !== undefined && { TIMESTAMP_URL: timestampAuthority }),
      },
      timeoutSeconds: RUN_SECONDS,
      memoryMegabytes: 1024,
      logKeyArn,
      acknowledged: ACKNOWLEDGED,
    });
    this.waker = sealer.schedule(
      'EachMinute',
      'rate(1 minute)',
      'Concordat: seals what is staged, each minute',
      {},
    );
  }
}
