/** That every account’s security team hears of what was changed past a deployment. */
import { ofType, synthesised } from '../../stacks/sample-assembly';
import { fits } from '../event-pattern';

const sample = synthesised();
const NAME = 'concordat-security-changes';

const call = (eventSource: string, eventName: string, issuer?: string) => ({
  source: eventSource.replace(/^(\w+)\..*/, 'aws.$1'),
  'detail-type': 'AWS API Call via CloudTrail',
  detail: {
    eventSource,
    eventName,
    userIdentity:
      issuer === undefined ? { type: 'Root' } : { sessionContext: { sessionIssuer: { arn: issuer } } },
  },
});

describe.each(
  [...sample.organisations, sample.zone]
    .filter((stack) => ofType(stack, 'AWS::SNS::Topic').length > 0)
    .map((stack) => [stack.name, stack] as const),
)('in %s,', (_name, stack) => {
  const { account } = stack;
  const [rule] = ofType(stack, 'AWS::Events::Rule').filter(({ Properties }) => Properties?.Name === NAME);
  const [queue] = Object.entries(stack.resources).filter(
    ([, { Properties }]) => Properties?.QueueName === NAME,
  );
  const sees = (event: object) => fits(rule?.Properties?.EventPattern, event);

  it('a change of a key, a policy or the trail is seen, whoever made it but a deployment or the broker', () => {
    const deploys = `arn:aws:iam::${account}:role/cdk-concordat-cfn-exec-role-${account}-eu-west-2`;
    const broker = `arn:aws:iam::${account}:role/concordat/concordat-grant-broker`;
    for (const [source, name] of [
      ['kms.amazonaws.com', 'PutKeyPolicy'],
      ['kms.amazonaws.com', 'DisableKey'],
      ['kms.amazonaws.com', 'ScheduleKeyDeletion'],
      ['s3.amazonaws.com', 'PutBucketPolicy'],
      ['s3.amazonaws.com', 'DeleteBucketPolicy'],
      ['s3.amazonaws.com', 'PutAccessPointPolicy'],
      ['kms.amazonaws.com', 'DeleteImportedKeyMaterial'],
      ['s3.amazonaws.com', 'DeleteAccessPointPolicy'],
      ['cloudtrail.amazonaws.com', 'StopLogging'],
      ['cloudtrail.amazonaws.com', 'DeleteTrail'],
      ['cloudtrail.amazonaws.com', 'UpdateTrail'],
      ['cloudtrail.amazonaws.com', 'PutEventSelectors'],
      ['kms.amazonaws.com', 'CreateGrant'],
      ['s3.amazonaws.com', 'CreateAccessPoint'],
      ['s3.amazonaws.com', 'PutBucketNotification'],
      ['s3.amazonaws.com', 'PutBucketPublicAccessBlock'],
      ['s3.amazonaws.com', 'DeleteAccountPublicAccessBlock'],
      ['s3.amazonaws.com', 'DeleteBucketEncryption'],
      ['s3.amazonaws.com', 'PutBucketVersioning'],
      ['lambda.amazonaws.com', 'UpdateFunctionCode20150331v2'],
    ] as const) {
      expect(sees(call(source, name, `arn:aws:iam::${account}:role/security/key-administrator`))).toBe(true);
      expect(sees(call(source, name))).toBe(true);
      expect(sees(call(source, name, deploys))).toBe(false);
      expect(sees(call(source, name, broker))).toBe(false);
    }
    expect(sees(call('kms.amazonaws.com', 'Decrypt'))).toBe(false);
  });

  it('what was seen is kept, and an alarm on the rule, not on a queue that may be idle, tells of it; another tells if it could not be kept', () => {
    expect(rule?.Properties?.Targets).toEqual([{ Id: 'Queue', Arn: { 'Fn::GetAtt': [queue?.[0], 'Arn'] } }]);
    expect(queue?.[1].Properties).toMatchObject({
      MessageRetentionPeriod: 14 * 86_400,
      SqsManagedSseEnabled: true,
    });
    const [topic] = Object.entries(stack.resources).find(([, { Type }]) => Type === 'AWS::SNS::Topic') ?? [];
    const alarms = ofType(stack, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties ?? {});
    for (const [metric, dimension] of [
      ['Invocations', 'RuleName'],
      ['FailedInvocations', 'RuleName'],
    ])
      expect(alarms).toContainEqual(
        expect.objectContaining({
          Namespace: 'AWS/Events',
          MetricName: metric,
          Dimensions: [{ Name: dimension, Value: NAME }],
          Threshold: 1,
          AlarmActions: [{ Ref: topic }],
        }),
      );
    const idle = alarms.filter(({ MetricName }) => MetricName === 'NumberOfMessagesSent');
    expect(idle.filter(({ ComparisonOperator }) => ComparisonOperator !== 'LessThanThreshold')).toEqual([]);
  });
});
