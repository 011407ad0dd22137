/** The alarm on what AWS refuses, by account: one alarm however many accounts there are, and its message says which. */
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { FUNCTION_METRICS, REFUSED_ACCOUNT, TRANSFER_AUDIT_FUNCTION } from '../../names';

/** More than honest work comes to in one look, and less than a program that tries names. */
const MOST_REFUSALS = 1_000;
/** Five minutes: CloudTrail writes a file about as often. */
const PERIOD = 300;

/**
 * Each account is a time series of its own, goes off by itself, and is named in the message. Every name stands in double quotes:
 * `Account` is a reserved word, with which CloudWatch would refuse the query, and with the alarm the whole stack.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Metrics_Insights_Alarm.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-reserved-keywords.html
 */
export function addRefusalAlarm(scope: Construct, topicArn: string): void {
  const { namespace } = FUNCTION_METRICS[TRANSFER_AUDIT_FUNCTION];
  const name = 'concordat-audit-many-refusals';
  new CfnAlarm(scope, `Alarm-${name}`, {
    alarmName: name,
    alarmDescription: `AWS refused one account ${MOST_REFUSALS} requests or more in five minutes. The message names the account; the ledger’s entries “refused” say of whose data. Ask its organisation, and stop its shares if need be.`,
    metrics: [
      {
        id: 'refusals',
        expression: `SELECT SUM("Refusals") FROM SCHEMA("${namespace}", "FunctionName", "${REFUSED_ACCOUNT}") GROUP BY "${REFUSED_ACCOUNT}" ORDER BY SUM() DESC`,
        period: PERIOD,
        returnData: true,
      },
    ],
    evaluationPeriods: 1,
    threshold: MOST_REFUSALS,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    treatMissingData: 'notBreaching',
    alarmActions: [topicArn],
  });
}
