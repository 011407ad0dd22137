/** That each owner’s account has one broker, with the list of exactly its shares, its own code, and alarms that somebody reads. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AssemblyStack, TemplateResource } from '../../../lib/assembly';
import { lambdaBundle } from '../../../lib/constructs/functions/lambda-bundle';
import { FUNCTION_METRICS } from '../../../lib/names/metrics';
import type { Member } from '../../../lib/register/schema/organisation';
import { isLive, sharesOf } from '../../../lib/register/share';
import { type GrantList, parseGrantList } from '../../../lib/wire';
import { AS_OF, registerOf } from '../../policy/sample-register';
import { ofType, only, type Sample, synthesised } from '../../stacks/sample-assembly';
import { OWN_KEY } from '../../stacks/template-policies';

const register = registerOf();
const members = register.organisations.filter((each): each is Member => each.membership === 'member');
const BROKER = 'AWS::Lambda::Function';
/** How the logical ids of its construct begin. */
const OWN = 'KeyGrants';

let sample: Sample;
beforeAll(() => {
  sample = synthesised();
});

const entryOf = (stack: AssemblyStack, type: string) =>
  Object.entries(stack.resources).find(
    ([id, { Type }]) => Type === type && (id.startsWith(OWN) || type === 'AWS::SNS::Topic'),
  ) ?? ['', undefined];

/** A file in the folder of an asset, by the object key under which the asset is uploaded. */
function assetFile(s3Key: unknown, file: string): string {
  const path = join(sample.folder, `asset.${String(s3Key).replace('.zip', '')}`, file);
  expect([path, existsSync(path)]).toEqual([path, true]);
  return readFileSync(path, 'utf8');
}

/** The object key under which the content of a layer or the code of a function is uploaded. */
function uploaded({ Properties = {} }: TemplateResource, property: 'Content' | 'Code'): string {
  return (Properties[property] as { S3Key: string }).S3Key;
}

function listOf(stack: AssemblyStack): GrantList {
  const key = uploaded(only(stack, 'AWS::Lambda::LayerVersion', OWN), 'Content');
  return JSON.parse(assetFile(key, 'grants.json')) as GrantList;
}

describe.each(members.map((member) => [member.id, member] as const))(
  'the grant broker of %s',
  (id, member) => {
    const { account, custody } = member;

    it('is given one grant for each of its shares in force or to come, and no other', () => {
      const shares = sharesOf(register, AS_OF)
        .filter(({ owner }) => owner.id === id)
        .filter(isLive);
      const list = listOf(sample.stackOf(id));
      expect(list.shares.map(({ share, grantee }) => [share, grantee])).toEqual(
        shares
          .map((share) => [
            share.id,
            `arn:aws:iam::${share.recipient.account}:role/concordat/concordat-collect`,
          ])
          .sort(),
      );
      for (const { share, from, until } of list.shares) {
        const { days } = shares.find((each) => each.id === share) ?? {};
        // The first moment of the first day and the last of the last, in London.
        const london = (moment: number) =>
          new Intl.DateTimeFormat('sv-SE', {
            timeZone: 'Europe/London',
            dateStyle: 'short',
            timeStyle: 'medium',
          }).format(moment);
        expect(london(Date.parse(from))).toBe(`${days?.from} 00:00:00`);
        expect(london(Date.parse(until) - 1000)).toBe(`${days?.until} 23:59:59`);
      }
    });

    it('reads its list: the broker takes it, for a key of this account', () => {
      const text = JSON.stringify(listOf(sample.stackOf(id)));
      const arn = 'keyArn' in custody ? custody.keyArn : OWN_KEY.replace('111122223333', account);
      expect(parseGrantList(text, arn).key.account).toBe(account);
    });

    it('knows every account of the register, and what the register says of the key', () => {
      const { accounts, custody: claim } = listOf(sample.stackOf(id));
      expect(accounts).toEqual(register.organisations.map((each) => each.account).sort());
      const origins = {
        account: 'AWS_KMS',
        imported: 'EXTERNAL',
        cloudhsm: 'AWS_CLOUDHSM',
        external: 'EXTERNAL_KEY_STORE',
      };
      expect(claim.origin).toBe(origins[custody.kind]);
    });

    it('runs the bundle of the broker, on Node 24 and arm64, as its own role, with its list beside it', () => {
      const stack = sample.stackOf(id);
      const { Code, Role, Layers, Environment, ...settings } = only(stack, BROKER, OWN).Properties as Record<
        string,
        never
      >;
      expect(settings).toMatchObject({
        FunctionName: 'concordat-grant-broker',
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        Timeout: 900,
      });
      expect(assetFile((Code as unknown as { S3Key: string }).S3Key, 'index.mjs')).toBe(
        lambdaBundle('key-grants').text,
      );
      const [layer] = entryOf(stack, 'AWS::Lambda::LayerVersion');
      expect(Layers).toEqual([{ Ref: layer }]);
      expect(Environment).toMatchObject({
        Variables: {
          BROKER_ROLE_ARN: `arn:aws:iam::${account}:role/concordat/concordat-grant-broker`,
          GRANTS_FILE: '/opt/grants.json',
        },
      });
      const { 'Fn::GetAtt': [role = ''] = [] } = Role as unknown as { 'Fn::GetAtt'?: string[] };
      expect(stack.resources[role]?.Properties).toMatchObject({ RoleName: 'concordat-grant-broker' });
    });

    it('is asked again when its list or its code changes, after the access points are as they are to be', () => {
      const stack = sample.stackOf(id);
      const grants = only(stack, 'AWS::CloudFormation::CustomResource');
      const { List, Code } = grants.Properties as Record<string, string>;
      expect([`${List}.zip`, `${Code}.zip`]).toEqual([
        uploaded(only(stack, 'AWS::Lambda::LayerVersion', OWN), 'Content'),
        uploaded(only(stack, BROKER, OWN), 'Code'),
      ]);
      const accessPoints = Object.entries(stack.resources).flatMap(([logicalId, { Type }]) =>
        Type === 'AWS::S3::AccessPoint' ? [logicalId] : [],
      );
      expect([grants.DependsOn ?? []].flat().sort()).toEqual(accessPoints.sort());
      expect(Number(grants.Properties?.ServiceTimeout)).toBeGreaterThan(900);
    });

    it('runs every hour, and nothing but that rule may call it without a role', () => {
      const stack = sample.stackOf(id);
      const [broker] = entryOf(stack, BROKER);
      const rules = Object.entries(stack.resources).filter(
        ([logicalId, { Type, Properties }]) =>
          Type === 'AWS::Events::Rule' &&
          Properties?.ScheduleExpression !== undefined &&
          logicalId.startsWith(OWN),
      );
      expect(rules).toHaveLength(1);
      const [[rule, { Properties }] = ['', { Properties: {} }]] = rules;
      expect(Properties).toMatchObject({
        ScheduleExpression: 'rate(1 hour)',
        Targets: [{ Arn: { 'Fn::GetAtt': [broker, 'Arn'] } }],
      });
      expect(only(stack, 'AWS::Lambda::Permission', OWN).Properties).toEqual({
        Action: 'lambda:InvokeFunction',
        FunctionName: { Ref: broker },
        Principal: 'events.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': [rule, 'Arn'] },
      });
    });

    it('tells the organisation’s security team, through an encrypted topic, of all that may be wrong', () => {
      const stack = sample.stackOf(id);
      const [topic, { Properties } = { Properties: {} }] = entryOf(stack, 'AWS::SNS::Topic') as [
        string,
        { Properties: Record<string, unknown> },
      ];
      expect(Properties).toMatchObject({
        KmsMasterKeyId: { 'Fn::GetAtt': [expect.any(String), 'Arn'] },
        Subscription: [{ Protocol: 'email', Endpoint: member.contacts.security }],
      });
      const alarms = ofType(stack, 'AWS::CloudWatch::Alarm', OWN).map((alarm) => alarm.Properties ?? {});
      for (const alarm of alarms) {
        expect(alarm).toMatchObject({
          Namespace: 'Concordat/KeyGrants',
          AlarmActions: [{ Ref: topic }],
          Dimensions: [{ Name: 'FunctionName', Value: 'concordat-grant-broker' }],
        });
        expect(Object.keys(FUNCTION_METRICS['concordat-grant-broker'].units)).toContain(alarm.MetricName);
      }
      const watched = alarms.map(({ MetricName }) => MetricName);
      expect(watched).toEqual(
        expect.arrayContaining([
          'UnexpectedGrants',
          'OldestPendingMinutes',
          'Failures',
          'CustodyFaults',
          'GrantsInForce',
        ]),
      );
      expect(watched.includes('KeyMaterialDaysLeft')).toBe(custody.kind === 'imported');
    });

    it('keeps its log encrypted, for more than a year, whatever becomes of the stack', () => {
      expect(only(sample.stackOf(id), 'AWS::Logs::LogGroup', OWN)).toMatchObject({
        DeletionPolicy: 'RetainExceptOnCreate',
        Properties: {
          LogGroupName: '/aws/lambda/concordat-grant-broker',
          RetentionInDays: 400,
          KmsKeyId: { 'Fn::GetAtt': [expect.any(String), 'Arn'] },
        },
      });
    });
  },
);

it('is bundled once: every stack has the same code', () => {
  const codes = sample.organisations.flatMap((stack) =>
    ofType(stack, BROKER, OWN).map((each) => uploaded(each, 'Code')),
  );
  expect(codes).toHaveLength(members.length);
  expect(new Set(codes).size).toBe(1);
});
