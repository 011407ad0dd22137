/** Checks on data in transit. */
import type { Check } from '../check';
import { bucketPolicyOf } from '../facts';
import { eachOf, fail, holds, inStack, pass, type Seen, textsOf, type Verdict } from '../judging';
import { deniesAll, statementsAt } from '../statements';

/** The bucket’s policy denies everything under one condition. @param values any of them serves */
function bucketDenies(
  seen: Seen,
  operator: string,
  key: string,
  values: readonly string[],
  what: string,
): Verdict {
  const policy = bucketPolicyOf(seen);
  if (policy === undefined) return fail('No template gives this bucket a policy.', 'Properties');
  const arn = `arn:aws:s3:::${String(seen.resource.properties.BucketName)}`;
  const found = statementsAt(policy, 'PolicyDocument').find((statement) =>
    values.some((value) =>
      deniesAll(statement, ['s3:getobject', 's3:anythingelse'], [arn, `${arn}/any`], {
        operator,
        key,
        value,
      }),
    ),
  );
  return found
    ? pass(
        `${found.sid} denies ${what} to everybody, for the bucket and all its objects.`,
        'Properties',
        'BucketName',
      )
    : fail(`No statement of the bucket’s policy denies ${what} to everybody.`, 'Properties', 'BucketName');
}

const BUCKET_READS = ['AWS::S3::Bucket BucketName', 'AWS::S3::BucketPolicy PolicyDocument'];
const TRANSIT_GOALS = ['csp-1_goal.1', 'csp-1_goal.3', 'csp-1_goal.4', 'csp-1_goal.7'];

/** What TLS may not be below; the second asks for more. */
const FLOORS = ['1.2', '1.3'] as const;

export const TRANSIT: readonly Check[] = [
  {
    id: 'S3-TLS',
    title: 'Every bucket refuses requests that are not encrypted in transit.',
    reads: BUCKET_READS,
    why: 'Without the denial, a permitted caller could read over plain HTTP and be overheard.',
    goals: ['csp-10_goal.7', ...TRANSIT_GOALS, 'csp-14.1_goal.6'],
    doesNotProve: 'Which clients connect, or which cipher they choose.',
    remediation: 'Deny s3:* to everybody on the bucket and its objects where aws:SecureTransport is false.',
    judge: eachOf(
      ['AWS::S3::Bucket'],
      (seen) => bucketDenies(seen, 'Bool', 'aws:SecureTransport', ['false'], 'requests without TLS'),
      'The assembly has no bucket.',
    ),
  },
  {
    id: 'S3-TLS12',
    title: 'Every bucket refuses TLS older than version 1.2.',
    reads: BUCKET_READS,
    why: 'Older versions of TLS have known weaknesses.',
    goals: ['csp-1_goal.3', 'csp-1_goal.5', 'csp-1_goal.6'],
    doesNotProve: 'That TLS 1.3 is used.',
    remediation: 'Deny s3:* to everybody on the bucket and its objects where s3:TlsVersion is less than 1.2.',
    judge: eachOf(
      ['AWS::S3::Bucket'],
      (seen) => bucketDenies(seen, 'NumericLessThan', 's3:TlsVersion', FLOORS, 'TLS below 1.2'),
      'The assembly has no bucket.',
    ),
  },
  {
    id: 'SQS-TLS',
    title: 'Every queue refuses requests that are not encrypted in transit.',
    reads: ['AWS::SQS::Queue QueueName', 'AWS::SQS::QueuePolicy PolicyDocument'],
    why: 'Messages name objects and organisations.',
    goals: ['csp-1_goal.2', 'csp-1_goal.4'],
    doesNotProve: 'Which cipher is chosen.',
    remediation: 'Deny sqs:* to everybody where aws:SecureTransport is false.',
    judge: eachOf(
      ['AWS::SQS::Queue'],
      (seen) => {
        const { stack, assembly, resource } = seen;
        const name = String(resource.properties.QueueName);
        const arn = `arn:aws:sqs:${stack.region}:${stack.account}:${name}`;
        const denied = inStack({ stack, assembly }, 'AWS::SQS::QueuePolicy').some((policy) =>
          statementsAt(policy, 'PolicyDocument').some((statement) =>
            deniesAll(statement, ['sqs:receivemessage', 'sqs:sendmessage'], [arn], {
              operator: 'Bool',
              key: 'aws:SecureTransport',
              value: 'false',
            }),
          ),
        );
        return holds(
          denied,
          'Its policy denies requests without TLS to everybody.',
          'No policy denies requests without TLS to everybody.',
          'Properties',
          'QueueName',
        );
      },
      'The assembly has no queue.',
    ),
  },
  {
    id: 'SNS-SEC',
    title:
      'Every topic is encrypted with a key of its own account, refuses plain HTTP and takes messages from AWS services alone.',
    reads: ['AWS::SNS::Topic KmsMasterKeyId', 'AWS::SNS::TopicPolicy PolicyDocument'],
    why: 'Alerts say what is wrong before it is mended; a forged one would mislead.',
    goals: ['csp-1_goal.2', 'csp-2.3', 'csp-11_goal.1'],
    doesNotProve: 'That mail, by which alerts leave AWS, is encrypted on its way to the mailbox.',
    remediation:
      'Set KmsMasterKeyId, and a topic policy that allows only AWS services and denies requests without TLS.',
    judge: eachOf(
      ['AWS::SNS::Topic'],
      (seen) => {
        const { stack, assembly, resource } = seen;
        const key = String(resource.properties.KmsMasterKeyId ?? '');
        if (!key.startsWith(`arn:aws:kms:${stack.region}:${stack.account}:key/`))
          return fail('It is encrypted with no key of its own account.', 'Properties', 'KmsMasterKeyId');
        const statements = inStack({ stack, assembly }, 'AWS::SNS::TopicPolicy')
          .filter((policy) =>
            textsOf(policy.resource.properties.Topics).some((each) => each.includes(resource.logicalId)),
          )
          .flatMap((policy) => statementsAt(policy, 'PolicyDocument'));
        const outside = statements.find(
          ({ allows, principals: { anybody, aws, others } }) =>
            allows && (anybody || aws.length + others.length > 0),
        );
        if (outside)
          return fail(`${outside.sid} lets in others than AWS services.`, 'Properties', 'KmsMasterKeyId');
        const denied = statements.some((statement) =>
          deniesAll(statement, ['sns:publish'], statement.resources, {
            operator: 'Bool',
            key: 'aws:SecureTransport',
            value: 'false',
          }),
        );
        return holds(
          denied,
          'Its key is its account’s own, only AWS services publish, and publishing without TLS is denied.',
          'No policy denies publishing without TLS to everybody.',
          'Properties',
          'KmsMasterKeyId',
        );
      },
      'The assembly has no topic.',
    ),
  },
];
