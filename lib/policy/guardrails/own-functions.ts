/** That functions of the landing zone, what wakes them and what watches them change by its deployment alone. */
import type { ServiceControlStatement } from '../document';
import { askedByAllBut, CLOUD_FORMATION } from './spared';

/** Calling a function is another matter: see own-stops.ts. */
const CHANGE_FUNCTIONS = [
  'lambda:AddPermission',
  'lambda:Create*',
  'lambda:Delete*',
  'lambda:Publish*',
  'lambda:Put*',
  'lambda:RemovePermission',
  'lambda:UpdateFunction*',
] as const;

/** What would silence an alarm, or take away a queue, a table or a log. */
const CHANGE_WATCH = [
  'cloudwatch:DeleteAlarms',
  'cloudwatch:DisableAlarmActions',
  'cloudwatch:PutMetricAlarm',
  'cloudwatch:SetAlarmState',
  'dynamodb:DeleteTable',
  'dynamodb:UpdateTable',
  'events:DeleteRule',
  'events:DisableRule',
  'events:PutRule',
  'events:PutTargets',
  'events:RemoveTargets',
  'logs:DeleteLogGroup',
  'logs:DeleteLogStream',
  'logs:PutRetentionPolicy',
  'sns:DeleteTopic',
  'sns:SetTopicAttributes',
  'sqs:DeleteQueue',
  'sqs:PurgeQueue',
  'sqs:SetQueueAttributes',
] as const;

/** Most rules are named by CloudFormation, after their stack. */
const WATCH = [
  'arn:aws:cloudwatch:*:*:alarm:concordat-*',
  'arn:aws:dynamodb:*:*:table/concordat-*',
  'arn:aws:events:*:*:rule/Organisation-*',
  'arn:aws:events:*:*:rule/concordat-*',
  'arn:aws:events:*:*:rule/Zone-*',
  'arn:aws:logs:*:*:log-group:/aws/lambda/concordat-*',
  'arn:aws:sns:*:*:concordat-*',
  'arn:aws:sqs:*:*:concordat-*',
] as const;

/** The statements on functions. */
export function ownFunctions(): ServiceControlStatement[] {
  const functions = 'arn:aws:lambda:*:*:function:concordat-*';
  return [
    {
      Sid: 'DenyChangingFunctions',
      Effect: 'Deny',
      Action: CHANGE_FUNCTIONS,
      Resource: [functions, 'arn:aws:lambda:*:*:layer:concordat-*'],
      Condition: askedByAllBut(CLOUD_FORMATION),
    },
    {
      Sid: 'DenyChangingWhatFeedsFunctions',
      Effect: 'Deny',
      Action: ['lambda:*EventSourceMapping'],
      Resource: '*',
      Condition: { ...askedByAllBut(CLOUD_FORMATION), ArnLike: { 'lambda:FunctionArn': functions } },
    },
    {
      Sid: 'DenyChangingWhatWakesAndWatchesFunctions',
      Effect: 'Deny',
      Action: CHANGE_WATCH,
      Resource: WATCH,
      Condition: askedByAllBut(CLOUD_FORMATION),
    },
  ];
}
