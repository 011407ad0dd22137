/** The alarms on what the grant broker reports. */

import type { Construct } from 'constructs';
import { GRANT_BROKER_FUNCTION } from '../../names';
import { type Custody, isImported } from '../../register';
import { documentInZone } from '../../start/documents';
import { addFunctionAlarms, type Watches } from '../alerts/alarms';

/** How many days before imported key material expires its owner is told, day after day. */
const MATERIAL_WARNING_DAYS = 30;

const WATCHES: Watches<typeof GRANT_BROKER_FUNCTION> = {
  UnexpectedGrants: {
    name: 'unexpected',
    statistic: 'Maximum',
    goesOff: 'from',
    threshold: 1,
    says: 'Somebody made a grant that no agreement asks for. The broker has revoked it; its log says whose it was.',
  },
  OldestPendingMinutes: {
    name: 'pending',
    statistic: 'Maximum',
    goesOff: 'from',
    threshold: 60,
    says: 'A share in force has waited for its grant for an hour: for the collect role of its recipient, or for key material. The log says which.',
  },
  Failures: {
    name: 'failing',
    statistic: 'Maximum',
    goesOff: 'from',
    threshold: 1,
    says: 'The grant broker could not make or end a grant. Its log says which and why.',
  },
  CustodyFaults: {
    name: 'custody',
    statistic: 'Maximum',
    goesOff: 'from',
    threshold: 1,
    says: 'The key is not what the register says of it. No new grant is made until it is. The log says what differs.',
  },
  GrantsInForce: {
    name: 'silent',
    statistic: 'SampleCount',
    goesOff: 'below',
    threshold: 1,
    periods: 3,
    missingIsBad: true,
    says: 'The grant broker has not reported for three hours, so shares that ended may still have their grants.',
  },
  KeyMaterialDaysLeft: {
    name: 'key-material',
    statistic: 'Minimum',
    goesOff: 'below',
    threshold: MATERIAL_WARNING_DAYS,
    says: `The imported key material expires in less than ${MATERIAL_WARNING_DAYS} days. From that moment nothing can be read: import it again and correct the register.`,
  },
  GrantsCreated: { noAlarm: 'what the register asks for' },
  GrantsRevoked: { noAlarm: 'what the register asks for; what it does not ask for is in UnexpectedGrants' },
  GrantsPending: { noAlarm: 'waiting is usual on the first day; how long is in OldestPendingMinutes' },
  StoppedShares: {
    name: 'stopped',
    statistic: 'Maximum',
    goesOff: 'from',
    threshold: 1,
    says: `A share in force is stopped, and stays so until the stop is lifted. If nobody here asked for it, find out who did: ${documentInZone('operating')} says how.`,
  },
  StopsHeld: {
    name: 'stops-held',
    statistic: 'Maximum',
    goesOff: 'from',
    threshold: 1,
    says: 'An access point of a stopped share was open, and the grant broker closed it again: a deployment would have lifted the stop, or the stop had no time for all. The log says which share.',
  },
  StopsLifted: {
    name: 'stops-lifted',
    statistic: 'Maximum',
    goesOff: 'from',
    threshold: 1,
    says: `A stop was lifted. If nobody here asked for it, stop again, and find out who did: ${documentInZone('operating')} says how.`,
  },
};

/** Adds the alarms; each tells the given topic. */
export function addGrantAlarms(scope: Construct, topicArn: string, custody: Custody['kind']): void {
  const watches = isImported(custody)
    ? WATCHES
    : { ...WATCHES, KeyMaterialDaysLeft: { noAlarm: 'key material that is not imported does not expire' } };
  addFunctionAlarms(scope, GRANT_BROKER_FUNCTION, { prefix: 'concordat-grants', topicArn }, watches);
}
