/** The alarms on what the release gate reports, and on what wakes it and has it go on. */
import type { Construct } from 'constructs';
import { GATE_ALARMS, GATE_DEAD_LETTERS, GATE_QUEUE, RELEASE_GATE_FUNCTION } from '../../names';
import { type AlarmsProps, addAlarms, addFunctionAlarms, type Watches } from '../alerts/alarms';

const PREFIX: AlarmsProps['prefix'] = GATE_ALARMS;

const WATCHES: Watches<typeof RELEASE_GATE_FUNCTION> = {
  Failures: {
    name: 'failing',
    statistic: 'Maximum',
    goesOff: 'from',
    threshold: 1,
    says: 'The release gate could not decide on a deposit, or could not tell of a report; it tries again. Until then nobody can collect the deposit. Its log says which and why.',
  },
  Swept: {
    name: 'silent',
    statistic: 'SampleCount',
    goesOff: 'below',
    threshold: 1,
    periods: 3,
    missingIsBad: true,
    says: 'The release gate has not looked for deposits without a decision for three hours. One that no event told of stays where it is, and nobody can collect it.',
  },
  OldestWaitingMinutes: {
    name: 'waiting',
    statistic: 'Maximum',
    goesOff: 'from',
    threshold: 180,
    says: 'A deposit with a clean verdict has waited for the release gate for three hours, or it was sent in parts and its upload began so long ago. Nobody can collect it. The log of the gate says why.',
  },
  Released: { noAlarm: 'what the gate is for' },
  Rejected: { noAlarm: 'what the gate is for; the owner gets a report and an e-mail' },
  HandedOn: { noAlarm: 'usual for large objects; one that never ends is in OldestWaitingMinutes' },
};

const MINUTES = 300;

/** Adds the alarms; each tells the given topic. */
export function addGateAlarms(scope: Construct, topicArn: string, machineArn: string): void {
  addFunctionAlarms(scope, RELEASE_GATE_FUNCTION, { prefix: PREFIX, topicArn }, WATCHES);
  const queue = (name: string): AlarmsProps => ({
    prefix: PREFIX,
    topicArn,
    namespace: 'AWS/SQS',
    dimensions: { QueueName: name },
  });
  addAlarms(scope, queue(GATE_QUEUE), [
    {
      name: 'late',
      metric: 'ApproximateAgeOfOldestMessage',
      statistic: 'Maximum',
      goesOff: 'from',
      threshold: 7200,
      period: MINUTES,
      says: 'A verdict has waited for the release gate for two hours: the function does not take them, or has failed on it more than once. Its log says why.',
    },
  ]);
  addAlarms(scope, queue(GATE_DEAD_LETTERS), [
    {
      name: 'dead-letters',
      metric: 'ApproximateNumberOfMessagesVisible',
      statistic: 'Maximum',
      goesOff: 'from',
      threshold: 1,
      period: MINUTES,
      says: 'The release gate could not decide on a deposit after several tries, or was not told of it. The queue concordat-gate-dead-letters holds the verdict; the sweep goes on trying each hour.',
    },
  ]);
  addAlarms(
    scope,
    { prefix: PREFIX, topicArn, namespace: 'AWS/Events', dimensions: { RuleName: GATE_QUEUE } },
    [
      {
        name: 'unheard',
        metric: 'FailedInvocations',
        statistic: 'Sum',
        goesOff: 'from',
        threshold: 1,
        period: MINUTES,
        says: 'A clean verdict could not be put into the queue of the release gate. The sweep finds the deposit within the hour; look at the rule and the queue concordat-gate-verdicts.',
      },
    ],
  );
  addAlarms(
    scope,
    { prefix: PREFIX, topicArn, namespace: 'AWS/States', dimensions: { StateMachineArn: machineArn } },
    [
      {
        name: 'not-ended',
        metric: 'ExecutionsFailed',
        statistic: 'Sum',
        goesOff: 'from',
        threshold: 1,
        period: MINUTES,
        says: 'The check of a large deposit, or a long sweep, ended in an error. The next sweeps begin it anew; the execution of the state machine concordat-release-gate and the log of the gate say why.',
      },
    ],
  );
}
