/**
 * The alarms of an account, as docs/zone.md and docs/operating.md name them: on what metric, from when on, and that they tell
 * the topic of alerts. An alarm that is not there, looks elsewhere, or can’t go off is a silence that nobody would notice.
 */
import type { OrganisationFacts } from '../../assembly';
import { type Expected, type Place, topicArn } from './expected';
import { ANYTHING, unlessGiven, type WantedGroup } from './wanted';

/** How an alarm looks at its metric. */
interface Look {
  readonly statistic: 'Maximum' | 'Minimum' | 'SampleCount' | 'Sum';
  readonly goesOff: 'from' | 'below';
  readonly threshold: number;
  readonly period: number;
  readonly periods: number;
  /** Whether silence counts as bad. */
  readonly silence: 'good' | 'bad';
}

/** Goes off at the first, within a minute. */
const AT_ONCE: Look = {
  statistic: 'Sum',
  goesOff: 'from',
  threshold: 1,
  period: 60,
  periods: 1,
  silence: 'good',
};
const WITHIN_THE_HOUR: Look = { ...AT_ONCE, period: 3600 };
const EACH_RUN: Look = { ...WITHIN_THE_HOUR, statistic: 'Maximum' };

/** What one thing’s metrics are, and who looks at them. */
interface Watched {
  readonly namespace: string;
  readonly dimension: 'FunctionName' | 'QueueName' | 'RuleName' | 'StateMachineArn';
  readonly of: string;
  /** By the alarm’s name: the metric, and how it looks. */
  readonly alarms: Readonly<Record<string, readonly [metric: string, Look]>>;
}

function rule(name: string, alarm: string): Watched {
  return {
    namespace: 'AWS/Events',
    dimension: 'RuleName',
    of: name,
    alarms: {
      [alarm]: ['Invocations', AT_ONCE],
      [`${alarm}-unkept`]: ['FailedInvocations', AT_ONCE],
    },
  };
}

const CHANGES = rule('concordat-security-changes', 'concordat-security-changes');
const HELD = rule('concordat-deposits-held', 'concordat-deposits-held');

const BROKER: Watched = {
  namespace: 'Concordat/KeyGrants',
  dimension: 'FunctionName',
  of: 'concordat-grant-broker',
  alarms: {
    'concordat-grants-unexpected': ['UnexpectedGrants', EACH_RUN],
    'concordat-grants-pending': ['OldestPendingMinutes', { ...EACH_RUN, threshold: 60 }],
    'concordat-grants-failing': ['Failures', EACH_RUN],
    'concordat-grants-custody': ['CustodyFaults', EACH_RUN],
    'concordat-grants-silent': [
      'GrantsInForce',
      { ...EACH_RUN, statistic: 'SampleCount', goesOff: 'below', periods: 3, silence: 'bad' },
    ],
    'concordat-grants-stopped': ['StoppedShares', EACH_RUN],
    'concordat-grants-stops-held': ['StopsHeld', EACH_RUN],
    'concordat-grants-stops-lifted': ['StopsLifted', EACH_RUN],
  },
};
/** Of a key whose material the organisation imports. */
const MATERIAL: Watched = {
  ...BROKER,
  alarms: {
    'concordat-grants-key-material': [
      'KeyMaterialDaysLeft',
      { ...EACH_RUN, statistic: 'Minimum', goesOff: 'below', threshold: 30 },
    ],
  },
};

/** Of the release gate. */
function gate({ account, region }: Place): Watched[] {
  const inMinutes: Look = { ...AT_ONCE, period: 300 };
  return [
    {
      namespace: 'Concordat/ReleaseGate',
      dimension: 'FunctionName',
      of: 'concordat-release-gate',
      alarms: {
        'concordat-gate-failing': ['Failures', EACH_RUN],
        'concordat-gate-silent': [
          'Swept',
          { ...EACH_RUN, statistic: 'SampleCount', goesOff: 'below', periods: 3, silence: 'bad' },
        ],
        'concordat-gate-waiting': ['OldestWaitingMinutes', { ...EACH_RUN, threshold: 180 }],
      },
    },
    {
      namespace: 'AWS/SQS',
      dimension: 'QueueName',
      of: 'concordat-gate-verdicts',
      alarms: {
        'concordat-gate-late': [
          'ApproximateAgeOfOldestMessage',
          { ...inMinutes, statistic: 'Maximum', threshold: 7200 },
        ],
      },
    },
    {
      namespace: 'AWS/SQS',
      dimension: 'QueueName',
      of: 'concordat-gate-dead-letters',
      alarms: {
        'concordat-gate-dead-letters': [
          'ApproximateNumberOfMessagesVisible',
          { ...inMinutes, statistic: 'Maximum' },
        ],
      },
    },
    {
      namespace: 'AWS/Events',
      dimension: 'RuleName',
      of: 'concordat-gate-verdicts',
      alarms: { 'concordat-gate-unheard': ['FailedInvocations', inMinutes] },
    },
    {
      namespace: 'AWS/States',
      dimension: 'StateMachineArn',
      of: `arn:aws:states:${region}:${account}:stateMachine:concordat-release-gate`,
      alarms: { 'concordat-gate-not-ended': ['ExecutionsFailed', inMinutes] },
    },
  ];
}

const NOTIFIER: Watched = {
  namespace: 'Concordat/Notices',
  dimension: 'FunctionName',
  of: 'concordat-notices',
  alarms: {
    'concordat-notices-silent': [
      'Sent',
      { ...WITHIN_THE_HOUR, statistic: 'SampleCount', goesOff: 'below', silence: 'bad' },
    ],
    'concordat-notices-failing': ['Failures', WITHIN_THE_HOUR],
    'concordat-notices-given-up': ['GivenUp', WITHIN_THE_HOUR],
    'concordat-notices-late': ['WaitingSeconds', { ...EACH_RUN, threshold: 7200 }],
  },
};

const ZONE: readonly Watched[] = [
  CHANGES,
  {
    namespace: 'Concordat/Audit',
    dimension: 'FunctionName',
    of: 'concordat-transfer-audit',
    alarms: {
      'concordat-audit-violations': ['Violations', AT_ONCE],
      'concordat-audit-silencing-change': ['SilencingChanges', AT_ONCE],
      'concordat-audit-threat-found': ['ThreatsFound', AT_ONCE],
      'concordat-audit-unreadable': ['Unreadable', AT_ONCE],
      'concordat-audit-digest-gap': ['DigestGaps', AT_ONCE],
      'concordat-audit-not-collected': ['NonDelivery', WITHIN_THE_HOUR],
      'concordat-audit-failing': ['Failures', WITHIN_THE_HOUR],
      'concordat-audit-late': ['LagSeconds', { ...EACH_RUN, threshold: 3600 }],
    },
  },
  {
    namespace: 'Concordat/Ledger',
    dimension: 'FunctionName',
    of: 'concordat-ledger-seal',
    alarms: {
      'concordat-ledger-late': [
        'SealingLagSeconds',
        { ...AT_ONCE, statistic: 'Maximum', threshold: 900, period: 300 },
      ],
      'concordat-ledger-damaged': ['Damaged', AT_ONCE],
      'concordat-ledger-failing': ['Failures', { ...AT_ONCE, period: 300, periods: 3 }],
      'concordat-ledger-silent': [
        'Sealed',
        {
          ...AT_ONCE,
          statistic: 'SampleCount',
          goesOff: 'below',
          period: 300,
          periods: 3,
          silence: 'bad',
        },
      ],
    },
  },
  {
    namespace: 'AWS/SQS',
    dimension: 'QueueName',
    of: 'concordat-log-files',
    alarms: {
      'concordat-logs-trail-stopped': [
        'NumberOfMessagesSent',
        { ...WITHIN_THE_HOUR, goesOff: 'below', periods: 2, silence: 'bad' },
      ],
      'concordat-logs-waiting': [
        'ApproximateAgeOfOldestMessage',
        { ...AT_ONCE, statistic: 'Maximum', threshold: 3600, period: 300 },
      ],
    },
  },
  {
    namespace: 'AWS/SQS',
    dimension: 'QueueName',
    of: 'concordat-log-files-unreadable',
    alarms: {
      'concordat-logs-dead-letters': [
        'ApproximateNumberOfMessagesVisible',
        { ...AT_ONCE, statistic: 'Maximum', period: 300 },
      ],
    },
  },
];

/** An alarm beside those that are to be there: it may look at anything, and tells the same topic, so that it harms nobody. */
export function anyAlarm(place: Place): WantedGroup {
  const free = [
    'AlarmName',
    'Metrics',
    'Namespace',
    'MetricName',
    'Dimensions',
    'Statistic',
    'Period',
    'EvaluationPeriods',
  ];
  const more = ['DatapointsToAlarm', 'Threshold', 'ComparisonOperator', 'TreatMissingData', 'ActionsEnabled'];
  return {
    ...Object.fromEntries([...free, ...more].map((name) => [name, ANYTHING])),
    AlarmActions: [topicArn(place)],
  };
}

/** Those of a member’s account. */
export function memberAlarms(place: Place, { custody }: OrganisationFacts): Expected[] {
  const imported = custody?.kind === 'imported' ? [MATERIAL] : [];
  return [CHANGES, HELD, BROKER, ...imported, ...gate(place)].flatMap((each) => alarmsOn(place, each));
}

/** Those of the operator’s account. @param hasNotifier whether it tells teams of letters */
export function zoneAlarms(place: Place, hasNotifier: boolean): Expected[] {
  const watched = [...ZONE, ...(hasNotifier ? [NOTIFIER] : [])];
  return [...watched.flatMap((each) => alarmsOn(place, each)), manyRefusals(place)];
}

/** Of the account that is refused most, so that many of one are not lost among few of all. */
function manyRefusals(place: Place): Expected {
  return {
    account: place.account,
    type: 'AWS::CloudWatch::Alarm',
    name: 'concordat-audit-many-refusals',
    settings: {
      AlarmName: 'concordat-audit-many-refusals',
      ActionsEnabled: unlessGiven(true),
      AlarmActions: [topicArn(place)],
      Metrics: [
        {
          Id: ANYTHING,
          Expression:
            'SELECT SUM("Refusals") FROM SCHEMA("Concordat/Audit", "FunctionName", "Account") GROUP BY "Account" ORDER BY SUM() DESC',
          Period: 300,
          ReturnData: unlessGiven(true),
        },
      ],
      EvaluationPeriods: 1,
      DatapointsToAlarm: unlessGiven(1),
      Threshold: 1000,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    },
  };
}

function alarmsOn(place: Place, { namespace, dimension, of, alarms }: Watched): Expected[] {
  return Object.entries(alarms).map(([name, [metric, look]]) => ({
    account: place.account,
    type: 'AWS::CloudWatch::Alarm',
    name,
    settings: {
      AlarmName: name,
      ActionsEnabled: unlessGiven(true),
      AlarmActions: [topicArn(place)],
      Namespace: namespace,
      MetricName: metric,
      Dimensions: [{ Name: dimension, Value: of }],
      Statistic: look.statistic,
      Period: look.period,
      EvaluationPeriods: look.periods,
      DatapointsToAlarm: unlessGiven(look.periods),
      Threshold: look.threshold,
      ComparisonOperator: look.goesOff === 'from' ? 'GreaterThanOrEqualToThreshold' : 'LessThanThreshold',
      TreatMissingData: look.silence === 'bad' ? 'breaching' : 'notBreaching',
    },
  }));
}
