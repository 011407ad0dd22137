/** Checks on data at rest in tables, queues and logs. */
import type { Check } from '../check';
import { eachOf, holds, valueAt } from '../judging';

const WITH_KMS_KEY = (type: string, property: string) =>
  eachOf(
    [type],
    ({ resource }) => {
      const value = resource.properties[property];
      return holds(
        typeof value === 'string' && value.startsWith('arn:aws:kms:'),
        `It is encrypted with ${String(value)}.`,
        'No KMS key is named.',
        'Properties',
        property,
      );
    },
    `The assembly has no ${type}.`,
  );

export const ENCRYPTION: readonly Check[] = [
  {
    id: 'DDB-KMS',
    title: 'Every table is encrypted with a KMS key that the template names.',
    reads: ['AWS::DynamoDB::Table SSESpecification'],
    why: 'The life of transfers says who shares with whom.',
    goals: ['csp-2.3'],
    doesNotProve: 'Who reads the table: IAM decides.',
    remediation: 'Set SSEEnabled, SSEType KMS and KMSMasterKeyId.',
    judge: eachOf(
      ['AWS::DynamoDB::Table'],
      ({ resource: { properties } }) => {
        const sse = (name: string) => valueAt(properties, 'SSESpecification', name);
        return holds(
          sse('SSEEnabled') === true &&
            sse('SSEType') === 'KMS' &&
            String(sse('KMSMasterKeyId')).startsWith('arn:aws:kms:'),
          `It is encrypted with ${String(sse('KMSMasterKeyId'))}.`,
          'It is not encrypted with a KMS key that the template names.',
          'Properties',
          'SSESpecification',
        );
      },
      'The assembly has no table.',
    ),
  },
  {
    id: 'SQS-SSE',
    title: 'Every queue is encrypted at rest.',
    reads: ['AWS::SQS::Queue SqsManagedSseEnabled', 'AWS::SQS::Queue KmsMasterKeyId'],
    why: 'Messages name log files of all organisations.',
    goals: ['csp-2.3'],
    doesNotProve: 'Who holds the key, where SQS manages it.',
    remediation: 'Set SqsManagedSseEnabled or KmsMasterKeyId.',
    judge: eachOf(
      ['AWS::SQS::Queue'],
      ({ resource: { properties } }) =>
        holds(
          properties.SqsManagedSseEnabled === true || typeof properties.KmsMasterKeyId === 'string',
          'It is encrypted at rest.',
          'It is not said to be encrypted at rest.',
          'Properties',
          'SqsManagedSseEnabled',
        ),
      'The assembly has no queue.',
    ),
  },
  {
    id: 'LOG-KMS',
    title: 'Every log group is encrypted with a KMS key.',
    reads: ['AWS::Logs::LogGroup KmsKeyId'],
    why: 'Logs of functions name shares and organisations.',
    goals: ['csp-2.3', 'csp-13.1_goal.2'],
    doesNotProve: 'Who reads the log.',
    remediation: 'Set KmsKeyId.',
    judge: WITH_KMS_KEY('AWS::Logs::LogGroup', 'KmsKeyId'),
  },
  {
    id: 'CT-KMS',
    title: 'The trail’s log files are encrypted with a KMS key.',
    reads: ['AWS::CloudTrail::Trail KMSKeyId'],
    why: 'Log files say who read what of all organisations.',
    goals: ['csp-2.3', 'csp-13.1_goal.2'],
    doesNotProve: 'Who may decrypt: KMS-SEP looks at that key.',
    remediation: 'Set KMSKeyId.',
    judge: WITH_KMS_KEY('AWS::CloudTrail::Trail', 'KMSKeyId'),
  },
];
