/** A rule of the recipient that hears of keys being disabled, the queue that it tells, and a key to disable. */
import { probeName } from '../../names';
import type { Sandbox } from '../sandbox';
import {
  attribute,
  document,
  KEY_DAYS,
  ofItsAccount,
  type ProbeTemplate,
  ref,
  resource,
  template,
} from './template';

/** The output with the id of the key. */
export const EVENTS_KEY = 'KeyId';
/** The output with the address of the queue. */
export const EVENTS_QUEUE = 'QueueUrl';

export function eventsTemplate({ accounts: { recipient } }: Sandbox): ProbeTemplate {
  return template('a rule that hears of a key being disabled', {
    Resources: {
      Key: resource('AWS::KMS::Key', {
        Description: 'Concordat probe: is disabled and enabled again',
        PendingWindowInDays: KEY_DAYS,
        KeyPolicy: document(ofItsAccount(recipient)),
      }),
      Queue: resource('AWS::SQS::Queue', { QueueName: probeName('events'), SqsManagedSseEnabled: true }),
      QueuePolicy: resource('AWS::SQS::QueuePolicy', {
        Queues: [ref('Queue')],
        PolicyDocument: document({
          Sid: 'TheRuleTellsTheQueue',
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: attribute('Queue', 'Arn'),
          Condition: { StringEquals: { 'aws:SourceAccount': recipient } },
        }),
      }),
      Rule: resource(
        'AWS::Events::Rule',
        {
          Name: probeName('events'),
          State: 'ENABLED',
          EventPattern: {
            source: ['aws.kms'],
            'detail-type': ['AWS API Call via CloudTrail'],
            detail: { eventName: ['DisableKey'] },
          },
          Targets: [{ Id: 'queue', Arn: attribute('Queue', 'Arn') }],
        },
        'QueuePolicy',
      ),
    },
    Outputs: {
      [EVENTS_KEY]: { Value: ref('Key') },
      [EVENTS_QUEUE]: { Value: ref('Queue') },
    },
  });
}
