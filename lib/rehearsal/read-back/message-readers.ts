/** Reads topics, queues, alarms, dashboards and logs back. */
import { DescribeAlarmsCommand, GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { type Deployed, policyIn, type Reader } from './reading';

const topic: Reader = async ({ clients, physicalId, properties }) => {
  const { Attributes = {} } = await clients
    .sns()
    .send(new GetTopicAttributesCommand({ TopicArn: physicalId }));
  return [
    ['address', physicalId, Attributes.TopicArn],
    ['encryption key', properties.KmsMasterKeyId, Attributes.KmsMasterKeyId],
  ];
};

const topicPolicy: Reader = async ({ clients, properties }) => {
  const [TopicArn = ''] = (properties.Topics ?? []) as readonly string[];
  const { Attributes = {} } = await clients.sns().send(new GetTopicAttributesCommand({ TopicArn }));
  return [['policy', properties.PolicyDocument, policyIn(Attributes.Policy)]];
};

async function queueAttributes({ clients }: Deployed, QueueUrl: string) {
  const { Attributes = {} } = await clients
    .sqs()
    .send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  return Attributes;
}

const queue: Reader = async (deployed) => {
  const { physicalId, properties } = deployed;
  const found = await queueAttributes(deployed, physicalId);
  const number = (name: string) => (properties[name] === undefined ? undefined : String(properties[name]));
  return [
    ['encryption', properties.SqsManagedSseEnabled === true ? 'true' : undefined, found.SqsManagedSseEnabled],
    ['dead letters', properties.RedrivePolicy, policyIn(found.RedrivePolicy)],
    ['who may send dead letters', properties.RedriveAllowPolicy, policyIn(found.RedriveAllowPolicy)],
    ['visibility timeout', number('VisibilityTimeout'), found.VisibilityTimeout],
    ['retention', number('MessageRetentionPeriod'), found.MessageRetentionPeriod],
  ];
};

const queuePolicy: Reader = async (deployed) => {
  const { properties } = deployed;
  const [url = ''] = (properties.Queues ?? []) as readonly string[];
  const found = await queueAttributes(deployed, url);
  return [['policy', properties.PolicyDocument, policyIn(found.Policy)]];
};

const alarm: Reader = async ({ clients, properties }) => {
  const { MetricAlarms = [] } = await clients
    .cloudWatch()
    .send(new DescribeAlarmsCommand({ AlarmNames: [String(properties.AlarmName)] }));
  const [found] = MetricAlarms;
  return [
    ['metric', properties.MetricName, found?.MetricName],
    ['namespace', properties.Namespace, found?.Namespace],
    ['threshold', properties.Threshold, found?.Threshold],
    ['comparison', properties.ComparisonOperator, found?.ComparisonOperator],
    ['missing data', properties.TreatMissingData, found?.TreatMissingData],
    ['whom it tells', properties.AlarmActions, found?.AlarmActions],
  ];
};

const dashboard: Reader = async ({ clients, properties }) => {
  const { DashboardBody } = await clients
    .cloudWatch()
    .send(new GetDashboardCommand({ DashboardName: String(properties.DashboardName) }));
  return [['body', policyIn(String(properties.DashboardBody)), policyIn(DashboardBody)]];
};

const logGroup: Reader = async ({ clients, properties }) => {
  const logGroupName = String(properties.LogGroupName);
  const { logGroups = [] } = await clients
    .logs()
    .send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }));
  const found = logGroups.find((each) => each.logGroupName === logGroupName);
  return [
    ['retention', properties.RetentionInDays, found?.retentionInDays],
    ['encryption key', properties.KmsKeyId, found?.kmsKeyId],
  ];
};

export const MESSAGE_READERS: Readonly<Record<string, Reader>> = {
  'AWS::SNS::Topic': topic,
  'AWS::SNS::TopicPolicy': topicPolicy,
  'AWS::SQS::Queue': queue,
  'AWS::SQS::QueuePolicy': queuePolicy,
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::CloudWatch::Dashboard': dashboard,
  'AWS::Logs::LogGroup': logGroup,
};
