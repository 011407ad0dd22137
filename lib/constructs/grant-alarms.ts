/** The alarms on what the grant broker reports. */
import type { Construct } from 'constructs';
import { GRANT_BROKER_FUNCTION } from '../names/names';
import type { Custody } from '../register/schema/organisation';
import { addAlarms, type Watch } from './alarms';

/** The namespace of the broker’s metrics. Their one dimension is the function’s name. */
export const GRANT_METRICS = 'Concordat/KeyGrants';
/** How many days before imported key material expires its owner is told, day after day. */
export const MATERIAL_WARNING_DAYS = 30;

const WATCHES: readonly Watch[] = [
  {
    name: 'unexpected',
    metric: 'UnexpectedGrants',
    statistic: 'Maximum',
    goesOff: 'from',
    threshold: 1,
    says: 'Somebody made a grant that no agreement asks for. The broker has revoked it; its log says whose it was.',
  },
  {
    name: 'pending',
    metric: 'OldestPendingMinutes',
    statistic: 'Maximum',
    goesOff: 'from',
    threshold: 60,
    says: 'A share in force has waited for its grant for an hour: for the collect role of its recipient, or for key material. The log says which.',
  },
  {
    name: 'failing',
    metric: 'Failures',
    statistic: 'Maximum',
    goesOff: 'from',
    threshold: 1,
    says: 'The grant broker could not make or end a grant. Its log says which and why.',
  },
  {
    name: 'custody',
    metric: 'CustodyFaults',
    statistic: 'Maximum',
    goesOff: 'from',
    threshold: 1,
    says: 'The key is not what the register says of it. No new grant is made until it is. The log says what differs.',
  },
  {
    name: 'silent',
    metric: 'GrantsInForce',
    statistic: 'SampleCount',
    goesOff: 'below',
    threshold: 1,
    periods: 3,
    missingIsBad: true,
    says: 'The grant broker has not reported for three hours, so shares that ended may still have their grants.',
  },
];

const MATERIAL: Watch = {
  name: 'key-material',
  metric: 'KeyMaterialDaysLeft',
  statistic: 'Minimum',
  goesOff: 'below',
  threshold: MATERIAL_WARNING_DAYS,
  says: `The imported key material expires in less than ${MATERIAL_WARNING_DAYS} days. From that moment nothing can be read: import it again and correct the register.`,
};

/** Adds the alarms; each tells the given topic. */
export function addGrantAlarms(scope: Construct, topicArn: string, custody: Custody['kind']): void {
  const watches = custody === 'imported' ? [...WATCHES, MATERIAL] : WATCHES;
  addAlarms(
    scope,
    {
      prefix: 'concordat-grants',
      namespace: GRANT_METRICS,
      dimensions: { FunctionName: GRANT_BROKER_FUNCTION },
      topicArn,
    },
    watches,
  );
}
