/** That an organisation hears at once of each deposit that was not found clean, with what to do, and of a scan that fails. */
import type { Member } from '../../../lib/register/schema/organisation';
import { registerOf } from '../../policy/sample-register';
import { ofType, only, synthesised } from '../../stacks/sample-assembly';
import { fits } from '../event-pattern';

const sample = synthesised();
const members = registerOf().organisations.filter((each): each is Member => each.membership === 'member');
const NAME = 'concordat-deposits-held';

describe.each(members.map((member) => [member.id, member] as const))('%s', (id, { account }) => {
  const stack = sample.stackOf(id);
  const [rule] = Object.entries(stack.resources).filter(
    ([, { Type, Properties }]) => Type === 'AWS::Events::Rule' && Properties?.Name === NAME,
  );
  const properties = (rule?.[1].Properties ?? {}) as {
    EventPattern: object;
    Targets: { InputTransformer: { InputTemplate: string; InputPathsMap: Record<string, string> } }[];
  };
  const hears = (detailType: string, detail: object) =>
    fits(properties.EventPattern, { source: 'aws.guardduty', 'detail-type': detailType, detail });
  const bucketName = `concordat-exchange-${account}-eu-west-2-an`;
  const result = (scanResultStatus: string, bucket = bucketName) =>
    hears('GuardDuty Malware Protection Object Scan Result', {
      scanStatus: 'COMPLETED',
      s3ObjectDetails: { bucketName: bucket, objectKey: 'agreements/x/a.zip' },
      scanResultDetails: { scanResultStatus },
    });

  it('hears of every verdict but the clean one, whatever AWS adds to them, and of no bucket but its own', () => {
    for (const verdict of ['THREATS_FOUND', 'UNSUPPORTED', 'ACCESS_DENIED', 'FAILED', 'SOMETHING_NEW'])
      expect([verdict, result(verdict)]).toEqual([verdict, true]);
    expect(result('NO_THREATS_FOUND')).toBe(false);
    expect(result('UNSUPPORTED', 'councils-own-bucket')).toBe(false);
  });

  it('hears where the plan has a fault, as when its key still waits for material, and where tagging fails', () => {
    const s3BucketDetails = { bucketName };
    for (const status of ['Warning', 'warning', 'Error'])
      expect(hears(`GuardDuty Malware Protection Resource Status ${status}`, { s3BucketDetails })).toBe(true);
    expect(hears('GuardDuty Malware Protection Resource Status Active', { s3BucketDetails })).toBe(false);
    expect(
      hears('GuardDuty Malware Protection Resource Status Error', { s3BucketDetails: { bucketName: 'x' } }),
    ).toBe(false);
    const s3ObjectDetails = { bucketName, objectKey: 'agreements/x/a.csv' };
    expect(hears('GuardDuty Malware Protection Post Scan Action Failed', { s3ObjectDetails })).toBe(true);
    const plan = only(stack, 'AWS::GuardDuty::MalwareProtectionPlan');
    expect(plan.DependsOn).toContain(rule?.[0]);
  });

  it('says which file it is and what to do, and nothing else of it', () => {
    const [{ InputTransformer } = { InputTransformer: { InputTemplate: '', InputPathsMap: {} } }] =
      properties.Targets;
    const named = Object.values(InputTransformer.InputPathsMap);
    expect(named.filter((path) => path.includes('s3ObjectDetails'))).toEqual([
      '$.detail.s3ObjectDetails.objectKey',
      '$.detail.s3ObjectDetails.versionId',
    ]);
    const message: unknown = JSON.parse(InputTransformer.InputTemplate);
    for (const words of ['UNSUPPORTED', 'password', 'THREATS_FOUND', 'ACCESS_DENIED', 'FAILED', 'Deposit it'])
      expect(message).toContain(words);
    for (const name of Object.keys(InputTransformer.InputPathsMap)) expect(message).toContain(`<${name}>`);
    expect(InputTransformer.InputTemplate.length).toBeLessThan(8_192);
  });

  it('tells the security team within a minute, by the rule’s own count', () => {
    const [topic] = Object.entries(stack.resources).find(([, { Type }]) => Type === 'AWS::SNS::Topic') ?? [];
    const alarms = ofType(stack, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
    for (const metric of ['Invocations', 'FailedInvocations'])
      expect(alarms).toContainEqual(
        expect.objectContaining({
          Namespace: 'AWS/Events',
          MetricName: metric,
          Dimensions: [{ Name: 'RuleName', Value: NAME }],
          Period: 60,
          Threshold: 1,
          AlarmActions: [{ Ref: topic }],
        }),
      );
  });
});
