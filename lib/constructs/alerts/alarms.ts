/** Alarms on what the functions of this project report, and on AWS’s own metrics. */
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { FUNCTION_METRICS, type FunctionName, type MetricOf } from '../../names';

/** A metric, and from when on it means that something is wrong. */
export interface Watch {
  /** The end of the alarm’s name, and of its id. */
  readonly name: string;
  readonly metric: string;
  readonly statistic: 'Maximum' | 'Minimum' | 'SampleCount' | 'Sum';
  readonly goesOff: 'from' | 'below';
  readonly threshold: number;
  /** How long one look takes, in seconds; an hour if not given. */
  readonly period?: number;
  /** How many looks in a row must be bad; one, if not given. */
  readonly periods?: number;
  /** Whether it goes off where nothing is reported. */
  readonly missingIsBad?: true;
  /** What has happened, and what to do, for those who get the message. */
  readonly says: string;
}

/** What is made of a metric of ours: an alarm, or the reason why it has none. */
type Watched = Omit<Watch, 'metric'> | { readonly noAlarm: string };

/** One for each metric that a function reports: a new metric does not compile until it has its entry here. */
export type Watches<Name extends FunctionName> = Readonly<Record<MetricOf<Name>, Watched>>;

/** Where the metrics are, and who is told. */
export interface AlarmsProps {
  /** The start of each alarm’s name. */
  readonly prefix: `concordat-${string}`;
  readonly namespace: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly topicArn: string;
}

/** Adds an alarm for each watch. */
export function addAlarms(scope: Construct, props: AlarmsProps, watches: readonly Watch[]): void {
  const { prefix, namespace, dimensions, topicArn } = props;
  for (const watch of watches) {
    new CfnAlarm(scope, `Alarm-${prefix}-${watch.name}`, {
      alarmName: `${prefix}-${watch.name}`,
      alarmDescription: watch.says,
      namespace,
      metricName: watch.metric,
      dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
      statistic: watch.statistic,
      period: watch.period ?? 3600,
      evaluationPeriods: watch.periods ?? 1,
      threshold: watch.threshold,
      comparisonOperator: watch.goesOff === 'from' ? 'GreaterThanOrEqualToThreshold' : 'LessThanThreshold',
      treatMissingData: watch.missingIsBad ? 'breaching' : 'notBreaching',
      alarmActions: [topicArn],
    });
  }
}

/** Adds the alarms on a function’s metrics; each tells the given topic. */
export function addFunctionAlarms<Name extends FunctionName>(
  scope: Construct,
  functionName: Name,
  { prefix, topicArn }: Pick<AlarmsProps, 'prefix' | 'topicArn'>,
  watches: Watches<Name>,
): void {
  const { namespace } = FUNCTION_METRICS[functionName];
  const alarms = Object.entries<Watched>(watches).flatMap(([metric, watched]) =>
    'noAlarm' in watched ? [] : [{ metric, ...watched }],
  );
  addAlarms(scope, { prefix, namespace, dimensions: { FunctionName: functionName }, topicArn }, alarms);
}
