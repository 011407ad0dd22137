/** What the operator is told of: violations, what can’t be read, what is late, and silence. */

import type { Construct } from 'constructs';
import {
  LEDGER_SEAL_FUNCTION,
  LOG_FILES_QUEUE,
  TRANSFER_AUDIT_FUNCTION,
  UNREADABLE_QUEUE,
  type ZoneFunction,
  zoneFunctions,
} from '../../names';
import type { Zone } from '../../register';
import { documentInZone } from '../../start/documents';
import { type AlarmsProps, addAlarms, addFunctionAlarms, type Watch, type Watches } from '../alerts/alarms';
import { addRefusalAlarm } from './refusal-alarm';

const MINUTE = 60;

/** What is watched of a function, and how the names of its alarms begin. */
interface Watching<Name extends ZoneFunction> {
  readonly prefix: AlarmsProps['prefix'];
  readonly watches: Watches<Name>;
}

const AUDIT: Watches<typeof TRANSFER_AUDIT_FUNCTION> = {
  Staged: {
    noAlarm: 'a day on which nothing is shared is no fault; that the trail has stopped is seen at its queue',
  },
  Violations: {
    name: 'violations',
    statistic: 'Sum',
    goesOff: 'from',
    threshold: 1,
    period: MINUTE,
    says: 'Somebody read, or was let in, without an agreement. The audit’s log says who and what; the owner has to be told.',
  },
  SilencingChanges: {
    name: 'silencing-change',
    statistic: 'Sum',
    goesOff: 'from',
    threshold: 1,
    period: MINUTE,
    says: 'A key of the landing zone was put out of use, or who may use one of its tables or topics was changed past a deployment: alarms and logs there may have fallen silent. The audit’s log says what, and the ledger who.',
  },
  ThreatsFound: {
    name: 'threat-found',
    statistic: 'Sum',
    goesOff: 'from',
    threshold: 1,
    period: MINUTE,
    says: 'A scan found malware in a deposit. Nobody can collect it. The audit’s log says whose it is, the ledger which file; the owner has its own alarm.',
  },
  Refusals: { noAlarm: 'it has one by account (refusal-alarm.ts), since it is reported so' },
  Unreadable: {
    name: 'unreadable',
    statistic: 'Sum',
    goesOff: 'from',
    threshold: 1,
    period: MINUTE,
    says: 'A log file could not be read. It is tried again, and then kept in the queue of unreadable files.',
  },
  DigestGaps: {
    name: 'digest-gap',
    statistic: 'Sum',
    goesOff: 'from',
    threshold: 1,
    period: MINUTE,
    says: 'CloudTrail’s digests name a log file that is missing or was changed, or a digest is missing. The log says which.',
  },
  NonDelivery: {
    name: 'not-collected',
    statistic: 'Sum',
    goesOff: 'from',
    threshold: 1,
    says: 'A recipient has not collected in time. The ledger has a non-delivery report for the owner.',
  },
  Failures: {
    name: 'failing',
    statistic: 'Sum',
    goesOff: 'from',
    threshold: 1,
    says: 'The transfer audit failed. Its log says why. What it had not done is tried again.',
  },
  LagSeconds: {
    name: 'late',
    statistic: 'Maximum',
    goesOff: 'from',
    threshold: 3600,
    says: 'Events are staged more than an hour after they happened. CloudTrail takes some minutes; the rest is ours.',
  },
};

const LEDGER: Watches<typeof LEDGER_SEAL_FUNCTION> = {
  SealingLagSeconds: {
    name: 'late',
    statistic: 'Maximum',
    goesOff: 'from',
    threshold: 900,
    period: 5 * MINUTE,
    says: 'Entries wait more than a quarter of an hour to be sealed.',
  },
  Damaged: {
    name: 'damaged',
    statistic: 'Sum',
    goesOff: 'from',
    threshold: 1,
    period: MINUTE,
    says: `The ledger’s bucket holds what the sealer has not written: evidence of tampering. Nothing more is sealed. Follow “The ledger is damaged” in ${documentInZone('operating')}.`,
  },
  Failures: {
    name: 'failing',
    statistic: 'Sum',
    goesOff: 'from',
    threshold: 1,
    period: 5 * MINUTE,
    periods: 3,
    says: 'The sealer has failed for a quarter of an hour. Nothing is lost: entries stay staged. Its log says why.',
  },
  Sealed: {
    name: 'silent',
    statistic: 'SampleCount',
    goesOff: 'below',
    threshold: 1,
    period: 5 * MINUTE,
    periods: 3,
    missingIsBad: true,
    says: 'The sealer has not run for a quarter of an hour.',
  },
  TimestampFailures: {
    noAlarm: 'an authority that is down holds up nothing: the next checkpoint is stamped instead',
  },
};

const NOTIFIER: Watches<'concordat-notices'> = {
  Sent: {
    name: 'silent',
    statistic: 'SampleCount',
    goesOff: 'below',
    threshold: 1,
    missingIsBad: true,
    says: 'The notifier has not run for an hour. Nobody is told of letters until it does.',
  },
  Failures: {
    name: 'failing',
    statistic: 'Sum',
    goesOff: 'from',
    threshold: 1,
    says: 'GOV.UK Notify, or SNS where that tells teams, did not take a notice. It is tried again, unless it may have gone. The notifier’s log says why.',
  },
  GivenUp: {
    name: 'given-up',
    statistic: 'Sum',
    goesOff: 'from',
    threshold: 1,
    says: 'A team was not told of a letter, or it cannot be known whether it was. The notifier’s log says which.',
  },
  WaitingSeconds: {
    name: 'late',
    statistic: 'Maximum',
    goesOff: 'from',
    threshold: 7200,
    says: 'A notice has waited for two hours to be sent.',
  },
};

/** Every function of the operator’s account: one without alarms does not compile. */
const FUNCTIONS: { readonly [Name in ZoneFunction]: Watching<Name> } = {
  [TRANSFER_AUDIT_FUNCTION]: { prefix: 'concordat-audit', watches: AUDIT },
  [LEDGER_SEAL_FUNCTION]: { prefix: 'concordat-ledger', watches: LEDGER },
  'concordat-notices': { prefix: 'concordat-notices', watches: NOTIFIER },
};

const QUEUE: readonly Watch[] = [
  {
    name: 'trail-stopped',
    metric: 'NumberOfMessagesSent',
    statistic: 'Sum',
    goesOff: 'below',
    threshold: 1,
    periods: 2,
    missingIsBad: true,
    says: 'No log file and no digest has landed for two hours: the trail has stopped, or may not write.',
  },
  {
    name: 'waiting',
    metric: 'ApproximateAgeOfOldestMessage',
    statistic: 'Maximum',
    goesOff: 'from',
    threshold: 3600,
    period: 5 * MINUTE,
    says: 'A log file has waited for an hour to be read.',
  },
];

const UNREADABLE: readonly Watch[] = [
  {
    name: 'dead-letters',
    metric: 'ApproximateNumberOfMessagesVisible',
    statistic: 'Maximum',
    goesOff: 'from',
    threshold: 1,
    period: 5 * MINUTE,
    says: 'A log file could not be read in five attempts. Look at the audit’s log, mend, and redrive the queue of unreadable files.',
  },
];

/** Adds every alarm; each tells the operator’s topic. */
export function addZoneAlarms(scope: Construct, zone: Zone, topicArn: string): void {
  for (const name of zoneFunctions(zone)) {
    const { prefix, watches } = FUNCTIONS[name];
    addFunctionAlarms(scope, name, { prefix, topicArn }, watches);
  }
  addRefusalAlarm(scope, topicArn);
  const ofQueue = (QueueName: string) => ({ namespace: 'AWS/SQS', dimensions: { QueueName }, topicArn });
  addAlarms(scope, { prefix: 'concordat-logs', ...ofQueue(LOG_FILES_QUEUE) }, QUEUE);
  addAlarms(scope, { prefix: 'concordat-logs', ...ofQueue(UNREADABLE_QUEUE) }, UNREADABLE);
}
