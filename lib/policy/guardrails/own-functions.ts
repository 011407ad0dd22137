/**
 * That functions of the landing zone, what wakes them and what watches them change by its deployment alone. On our own names
 * everything is denied that is not listed as looking, so that an action that AWS adds is denied from its first day.
 */

import { LOG_FILES_QUEUE } from '../../names';
import type { ServiceControlStatement } from '../document';
import { askedByAllBut, CLOUD_FORMATION, OWN_ROLES, TRANSFER_AUDIT } from './spared';

/** Looking, and putting back in force what was turned off. What goes through a topic or a queue is no change of it. */
const LEAVE_THE_WATCH_AS_IT_IS = [
  'cloudwatch:Describe*',
  'cloudwatch:EnableAlarmActions',
  'cloudwatch:List*',
  'events:Describe*',
  'events:EnableRule',
  'events:List*',
  'logs:CreateLogStream',
  'logs:Describe*',
  'logs:FilterLogEvents',
  'logs:Get*',
  'logs:List*',
  'logs:PutLogEvents',
  'logs:StartLiveTail',
  'logs:StartQuery',
  'sns:ConfirmSubscription',
  'sns:Get*',
  'sns:List*',
  'sns:Publish',
  'sns:Subscribe',
  'sqs:*MessageMoveTask*',
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:Get*',
  'sqs:ListDeadLetterSourceQueues',
  'sqs:ListQueueTags',
  'sqs:ReceiveMessage',
  'sqs:SendMessage',
] as const;

/** Whoever takes a message from a queue keeps it from the function that it is for. */
export const TAKE_MESSAGES = [
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:ReceiveMessage',
] as const;

const LOGS_OF_FUNCTIONS = 'arn:aws:logs:*:*:log-group:/aws/lambda/concordat-*';

/** Most rules are named by CloudFormation, after their stack. */
const WATCH = [
  'arn:aws:cloudwatch:*:*:alarm:concordat-*',
  'arn:aws:events:*:*:rule/Organisation-*',
  'arn:aws:events:*:*:rule/concordat-*',
  'arn:aws:events:*:*:rule/Zone-*',
  LOGS_OF_FUNCTIONS,
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
      NotAction: ['lambda:Get*', 'lambda:Invoke*', 'lambda:List*'],
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
      NotAction: LEAVE_THE_WATCH_AS_IT_IS,
      Resource: WATCH,
      Condition: askedByAllBut(CLOUD_FORMATION),
    },
    {
      // Alarms go by what functions log. A policy for all logs of the account can alter it on the way.
      Sid: 'DenyWritingLogsOfFunctions',
      Effect: 'Deny',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: [LOGS_OF_FUNCTIONS],
      Condition: askedByAllBut(OWN_ROLES),
    },
    { Sid: 'DenyAlteringAllLogs', Effect: 'Deny', Action: ['logs:PutAccountPolicy'], Resource: '*' },
    {
      // Functions report metrics by their logs, and nobody by this call.
      Sid: 'DenyReportingMetricsOfFunctions',
      Effect: 'Deny',
      Action: ['cloudwatch:PutMetricData'],
      Resource: '*',
      Condition: { StringLike: { 'cloudwatch:namespace': 'Concordat/*' } },
    },
    {
      Sid: 'DenyTakingNoticesOfLogFiles',
      Effect: 'Deny',
      Action: TAKE_MESSAGES,
      Resource: [`arn:aws:sqs:*:*:${LOG_FILES_QUEUE}`],
      Condition: askedByAllBut(TRANSFER_AUDIT),
    },
  ];
}
