/** Requests that the guardrails on functions, tables, and what wakes and watches them must deny, and those that they must let be. */
import { LEEDS, type Table, ZONE } from './asking';

const at = (service: string, rest: string) => `arn:aws:${service}:eu-west-2:${LEEDS}:${rest}`;
const inZone = (service: string, rest: string) => `arn:aws:${service}:eu-west-2:${ZONE}:${rest}`;

const FUNCTION = at('lambda', 'function:concordat-grant-broker');
const LAYER = at('lambda', 'layer:concordat-grant-broker-file');
const OF_FUNCTION = { 'lambda:FunctionArn': FUNCTION };
const CHANGES_OF_FUNCTIONS = `lambda:AddPermission lambda:CreateFunction lambda:CreateAlias
  lambda:CreateFunctionUrlConfig lambda:DeleteFunction lambda:DeleteResourcePolicy lambda:EnableReplication
  lambda:PublishVersion lambda:PutFunctionConcurrency lambda:PutResourcePolicy lambda:RemovePermission
  lambda:TagResource lambda:UntagResource lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration
  lambda:AnActionOfTomorrow`;

const ALARM = at('cloudwatch', 'alarm:concordat-grants-unexpected');
const CHANGES_OF_ALARMS = `cloudwatch:DeleteAlarms cloudwatch:DisableAlarmActions cloudwatch:PutAlarmMuteRule
  cloudwatch:PutCompositeAlarm cloudwatch:PutMetricAlarm cloudwatch:SetAlarmState cloudwatch:TagResource
  cloudwatch:AnActionOfTomorrow`;
const RULE = at('events', 'rule/Organisation-leeds-Hourly');
const CHANGES_OF_RULES = `events:DeleteRule events:DisableRule events:PutRule events:PutTargets events:RemoveTargets
  events:UntagResource`;
const LOG = at('logs', 'log-group:/aws/lambda/concordat-grant-broker');
const CHANGES_OF_LOGS = `logs:AssociateKmsKey logs:DeleteLogGroup logs:DeleteLogStream logs:DeleteRetentionPolicy
  logs:DisassociateKmsKey logs:PutDataProtectionPolicy logs:PutMetricFilter logs:PutRetentionPolicy
  logs:PutSubscriptionFilter logs:PutTransformer`;
const TOPIC = at('sns', 'concordat-security-alerts');
const CHANGES_OF_TOPICS = `sns:AddPermission sns:DeleteTopic sns:PutDataProtectionPolicy sns:RemovePermission
  sns:SetSubscriptionAttributes sns:SetTopicAttributes sns:Unsubscribe`;
const QUEUE = at('sqs', 'concordat-security-changes');
const LOG_FILES = inZone('sqs', 'concordat-log-files');
const CHANGES_OF_QUEUES = `sqs:AddPermission sqs:DeleteQueue sqs:PurgeQueue sqs:RemovePermission
  sqs:SetQueueAttributes`;

const TABLE = inZone('dynamodb', 'table/concordat-staging');
const CHANGES_OF_TABLES = `dynamodb:CreateBackup dynamodb:DeleteResourcePolicy dynamodb:DeleteTable
  dynamodb:EnableKinesisStreamingDestination dynamodb:ExportTableToPointInTime dynamodb:ImportTable
  dynamodb:PutResourcePolicy dynamodb:RestoreTableFromAwsBackup dynamodb:RestoreTableFromBackup
  dynamodb:RestoreTableToPointInTime dynamodb:TagResource dynamodb:UpdateContinuousBackups dynamodb:UpdateTable
  dynamodb:UpdateTimeToLive dynamodb:AnActionOfTomorrow`;
const CHANGES_OF_ITEMS = `dynamodb:BatchWriteItem dynamodb:DeleteItem dynamodb:PartiQLDelete dynamodb:PartiQLInsert
  dynamodb:PartiQLUpdate dynamodb:PutItem dynamodb:UpdateItem`;

/** By the statement’s Sid. */
export const FUNCTION_TABLES: Readonly<Record<string, Table>> = {
  DenyChangingFunctions: {
    deny: [
      ['administrator', CHANGES_OF_FUNCTIONS, FUNCTION],
      ['operator', 'lambda:UpdateFunctionCode', inZone('lambda', 'function:concordat-ledger-seal')],
      ['administrator', 'lambda:PublishLayerVersion', LAYER],
      ['administrator', 'lambda:AddLayerVersionPermission lambda:DeleteLayerVersion', `${LAYER}:1`],
      ['deployment', 'lambda:UpdateFunctionCode', FUNCTION],
      ['stackSets', 'lambda:UpdateFunctionCode', FUNCTION],
    ],
    allow: [
      ['cloudFormation', CHANGES_OF_FUNCTIONS, FUNCTION],
      ['cloudFormation', 'lambda:PublishLayerVersion', LAYER],
      ['administrator', 'lambda:GetFunction lambda:ListTags', FUNCTION],
      ['stop', 'lambda:InvokeFunction', FUNCTION],
      ['administrator', CHANGES_OF_FUNCTIONS, at('lambda', 'function:benefits')],
    ],
  },
  DenyChangingWhatFeedsFunctions: {
    deny: [
      ['administrator', 'lambda:CreateEventSourceMapping lambda:DeleteEventSourceMapping', '*', OF_FUNCTION],
      ['administrator', 'lambda:UpdateEventSourceMapping', '*', OF_FUNCTION],
    ],
    allow: [
      ['cloudFormation', 'lambda:CreateEventSourceMapping lambda:UpdateEventSourceMapping', '*', OF_FUNCTION],
      [
        'administrator',
        'lambda:UpdateEventSourceMapping',
        '*',
        { 'lambda:FunctionArn': at('lambda', 'function:benefits') },
      ],
    ],
  },
  DenyChangingWhatWakesAndWatchesFunctions: {
    deny: [
      ['administrator', CHANGES_OF_ALARMS, ALARM],
      ['operator', CHANGES_OF_ALARMS, inZone('cloudwatch', 'alarm:concordat-audit-late')],
      ['administrator', CHANGES_OF_RULES, RULE],
      ['operator', 'events:DisableRule', inZone('events', 'rule/Zone-Minutely')],
      ['administrator', 'events:DisableRule', at('events', 'rule/concordat-security-changes')],
      ['administrator', CHANGES_OF_LOGS, LOG],
      ['administrator', CHANGES_OF_TOPICS, TOPIC],
      ['administrator', 'sns:Unsubscribe', `${TOPIC}:0123abcd`],
      ['administrator', CHANGES_OF_QUEUES, QUEUE],
      ['operator', CHANGES_OF_QUEUES, LOG_FILES],
      ['deployment', 'cloudwatch:PutAlarmMuteRule', ALARM],
      ['stranger', 'sns:Unsubscribe', TOPIC],
    ],
    allow: [
      ['cloudFormation', CHANGES_OF_ALARMS, ALARM],
      ['cloudFormation', CHANGES_OF_RULES, RULE],
      ['cloudFormation', CHANGES_OF_LOGS, LOG],
      ['cloudFormation', CHANGES_OF_TOPICS, TOPIC],
      ['zoneCloudFormation', CHANGES_OF_QUEUES, LOG_FILES],
      ['administrator', CHANGES_OF_ALARMS, at('cloudwatch', 'alarm:benefits')],
      ['administrator', 'cloudwatch:DescribeAlarms cloudwatch:DescribeAlarmHistory', ALARM],
      ['administrator', 'cloudwatch:ListTagsForResource cloudwatch:EnableAlarmActions', ALARM],
      ['administrator', 'events:DescribeRule events:EnableRule events:ListTargetsByRule', RULE],
      ['administrator', 'logs:DescribeLogStreams logs:FilterLogEvents logs:GetLogEvents', LOG],
      ['administrator', 'logs:ListTagsForResource logs:StartLiveTail logs:StartQuery', LOG],
      ['broker', 'logs:CreateLogStream logs:PutLogEvents', LOG],
      ['administrator', 'sns:ConfirmSubscription sns:Publish sns:Subscribe', TOPIC],
      ['administrator', 'sns:GetTopicAttributes sns:ListSubscriptionsByTopic', TOPIC],
      ['administrator', 'sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes', QUEUE],
      ['administrator', 'sqs:ListQueueTags sqs:ReceiveMessage', QUEUE],
      ['operator', 'sqs:SendMessage sqs:ListDeadLetterSourceQueues', LOG_FILES],
      ['operator', 'sqs:StartMessageMoveTask sqs:ListMessageMoveTasks', `${LOG_FILES}-unreadable`],
    ],
  },
  DenyWritingLogsOfFunctions: {
    deny: [
      ['administrator', 'logs:CreateLogStream', LOG],
      ['administrator', 'logs:PutLogEvents', `${LOG}:log-stream:forged`],
      ['cloudFormation', 'logs:PutLogEvents', `${LOG}:log-stream:forged`],
      [
        'operator',
        'logs:PutLogEvents',
        inZone('logs', 'log-group:/aws/lambda/concordat-ledger-seal:log-stream:x'),
      ],
    ],
    allow: [
      ['broker', 'logs:CreateLogStream', LOG],
      ['broker', 'logs:PutLogEvents', `${LOG}:log-stream:2026/11/28`],
      [
        'sealer',
        'logs:PutLogEvents',
        inZone('logs', 'log-group:/aws/lambda/concordat-ledger-seal:log-stream:x'),
      ],
      ['administrator', 'logs:PutLogEvents', at('logs', 'log-group:/aws/lambda/benefits:log-stream:x')],
    ],
  },
  DenyAlteringAllLogs: {
    deny: [
      ['administrator', 'logs:PutAccountPolicy', '*'],
      ['cloudFormation', 'logs:PutAccountPolicy', '*'],
    ],
    allow: [['administrator', 'logs:DescribeAccountPolicies logs:DeleteAccountPolicy', '*']],
  },
  DenyReportingMetricsOfFunctions: {
    deny: [
      ['administrator', 'cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'Concordat/KeyGrants' }],
      ['operator', 'cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'Concordat/Audit' }],
      ['broker', 'cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'Concordat/KeyGrants' }],
    ],
    allow: [
      ['administrator', 'cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'Benefits' }],
      ['administrator', 'cloudwatch:GetMetricData', '*'],
    ],
  },
  DenyTakingNoticesOfLogFiles: {
    deny: [
      ['operator', 'sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:ReceiveMessage', LOG_FILES],
      ['sealer', 'sqs:DeleteMessage', LOG_FILES],
      ['zoneCloudFormation', 'sqs:ReceiveMessage', LOG_FILES],
    ],
    allow: [
      ['audit', 'sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:ReceiveMessage', LOG_FILES],
      ['operator', 'sqs:DeleteMessage sqs:ReceiveMessage', `${LOG_FILES}-unreadable`],
      ['operator', 'sqs:GetQueueAttributes', LOG_FILES],
    ],
  },
  DenyChangingTables: {
    deny: [
      ['operator', CHANGES_OF_TABLES, TABLE],
      ['operator', 'dynamodb:DeleteBackup', `${TABLE}/backup/0123`],
      ['operator', 'dynamodb:PutResourcePolicy', inZone('dynamodb', 'table/concordat-transfers')],
      ['audit', 'dynamodb:UpdateTimeToLive', TABLE],
      ['stranger', 'dynamodb:ImportTable', TABLE],
    ],
    allow: [
      ['zoneCloudFormation', CHANGES_OF_TABLES, TABLE],
      ['operator', 'dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:DescribeTable', TABLE],
      ['operator', 'dynamodb:GetItem dynamodb:ListTagsOfResource dynamodb:PartiQLSelect', TABLE],
      ['operator', 'dynamodb:Query dynamodb:Scan', `${TABLE}/index/unsealed`],
      ['audit', CHANGES_OF_ITEMS, TABLE],
      ['operator', CHANGES_OF_TABLES, inZone('dynamodb', 'table/helpdesk')],
    ],
  },
  DenyChangingWhatTablesHold: {
    deny: [
      ['operator', CHANGES_OF_ITEMS, TABLE],
      ['zoneCloudFormation', CHANGES_OF_ITEMS, TABLE],
      ['operator', 'dynamodb:PutItem', inZone('dynamodb', 'table/concordat-transfers')],
      ['administrator', 'dynamodb:PutItem', TABLE],
      ['stranger', 'dynamodb:PutItem', TABLE],
    ],
    allow: [
      ['audit', CHANGES_OF_ITEMS, TABLE],
      ['sealer', CHANGES_OF_ITEMS, TABLE],
      ['operator', CHANGES_OF_ITEMS, inZone('dynamodb', 'table/helpdesk')],
    ],
  },
};
