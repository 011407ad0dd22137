/** That a proof fails where a queue, a topic or a key of alerts lets in others than it is there for, or shuts those out. */
import { worldOf } from '../../lib/assembly';
import { findingsOf } from '../../lib/proof/findings';
import { linesOf } from '../../lib/proof/in-words';
import { prove } from '../../lib/proof/prove';
import { rightLines } from '../../lib/proof/rights/in-words';
import { lettingInFindings } from '../../lib/proof/rights/letting-in';
import { resourceOf, withEdited } from '../assembly/edited-copy';
import type { Json } from '../compliance/judged-sample';
import { sampleFolder } from '../stacks/sample-assembly';

const CAMDEN = 'arn:aws:iam::100000000021:root';

function found(stack: string, type: string, id: string, change: (statements: Json[]) => void): string[] {
  const edits = {
    [`${stack}.template.json`]: (template: Json) =>
      change(resourceOf(template, type, id).Properties.PolicyDocument.Statement),
  };
  const world = worldOf(withEdited(sampleFolder(), edits));
  return lettingInFindings(world).map((each) => rightLines(each).join('\n'));
}

const ofQueue = (change: (statements: Json[]) => void) =>
  found('Zone', 'AWS::SQS::QueuePolicy', 'ArchiveQueue', change);
const ofTopic = (change: (statements: Json[]) => void) =>
  found('Organisation-leeds', 'AWS::SNS::TopicPolicy', '', change);
const without = (sid: string) => (all: Json[]) =>
  all.splice(
    all.findIndex(({ Sid }) => Sid === sid),
    1,
  );

test('of the sample, each queue and topic lets in whom it is there for, and nobody else', () => {
  expect(ofQueue(() => undefined)).toEqual([]);
});

test.each<[string, object, RegExp]>([
  [
    'another account reads',
    { Principal: { AWS: CAMDEN }, Action: 'sqs:ReceiveMessage' },
    /^extra: root of account 100000000021 is given sqs:ReceiveMessage/,
  ],
  [
    'a user of another account reads',
    { Principal: { AWS: 'arn:aws:iam::100000000021:user/alice' }, Action: 'sqs:ReceiveMessage' },
    /^extra: user\/alice of account 100000000021 is given sqs:ReceiveMessage/,
  ],
  [
    'a role of another account reads',
    { Principal: { AWS: 'arn:aws:iam::100000000021:role/analyst' }, Action: 'sqs:ReceiveMessage' },
    /^extra: role\/analyst of account 100000000021 is given sqs:ReceiveMessage/,
  ],
  [
    'one session of a role of another account reads',
    {
      Principal: { AWS: 'arn:aws:sts::100000000021:assumed-role/analyst/alice' },
      Action: 'sqs:ReceiveMessage',
    },
    /^extra: role\/analyst of account 100000000021 is given sqs:ReceiveMessage/,
  ],
  [
    'anybody of another AWS organisation does anything',
    { Principal: '*', Action: 'sqs:*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-other' } } },
    /^(?:extra|not judged): .* sqs:Fresh/,
  ],
  [
    'another service writes',
    { Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage' },
    /^extra: sns\.amazonaws\.com is given sqs:SendMessage/,
  ],
  [
    'S3 writes for any bucket of the account',
    {
      Principal: { Service: 's3.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Condition: { StringEquals: { 'aws:SourceAccount': '100000000002' } },
    },
    /^extra: s3\.amazonaws\.com is given sqs:SendMessage/,
  ],
])('a queue where %s is found', (_, statement, first) => {
  expect(
    ofQueue((all) => all.push({ Sid: 'More', Effect: 'Allow', Resource: '*', ...statement })),
  ).toContainEqual(expect.stringMatching(first));
});

test('a queue that its own bucket may no longer write to is found', () => {
  const lost = ofQueue((all) => {
    all[0].Condition.StringEquals['aws:SourceAccount'] = '100000000021';
  });
  expect(lost).toContainEqual(
    expect.stringMatching(/^missing: s3\.amazonaws\.com cannot do sqs:SendMessage/),
  );
});

test('a queue that its function may no longer read is found', () => {
  const lost = ofQueue((all) =>
    all.push({ Sid: 'No', Effect: 'Deny', Principal: '*', Action: 'sqs:DeleteMessage', Resource: '*' }),
  );
  expect(lost).toEqual([
    expect.stringMatching(/^missing: .*concordat-transfer-audit .* cannot do sqs:DeleteMessage/),
  ]);
});

test('a topic that no alarm may tell is found', () => {
  expect(ofTopic(without('AlarmsOfThisAccountPublish'))).toEqual([
    expect.stringMatching(/^missing: cloudwatch\.amazonaws\.com cannot do sns:Publish/),
  ]);
});

test('a topic that is told in clear is found', () => {
  expect(ofTopic(without('DenyPublishingWithoutTls'))).toContainEqual(
    expect.stringMatching(
      /^extra: cloudwatch\.amazonaws\.com is given sns:Publish.*aws:securetransport = "false"/s,
    ),
  );
});

test.each<[string, (all: Json[]) => void]>([
  [
    'another order and no names',
    (all) => {
      for (const each of all.reverse()) delete each.Sid;
    },
  ],
  [
    'a Deny of a stranger more',
    (all) => all.push({ Effect: 'Deny', Principal: { AWS: '999999999999' }, Action: 'sqs:*', Resource: '*' }),
  ],
])('%s: nothing is found', (_, change) => {
  expect(ofQueue(change)).toEqual([]);
});

describe('the key of alerts of a member', () => {
  const ofKey = (change: (statements: Json[]) => void) => {
    const edits = {
      'Organisation-leeds.template.json': (template: Json) =>
        change(resourceOf(template, 'AWS::KMS::Key', 'SecurityAlerts').Properties.KeyPolicy.Statement),
    };
    const world = worldOf(withEdited(sampleFolder(), edits));
    return findingsOf(prove(world, new Set(['100000000022']))).map((each) => linesOf(each)[0]);
  };

  test('that another account may use is found', () => {
    expect(
      ofKey((all) =>
        all.push({ Effect: 'Allow', Principal: { AWS: CAMDEN }, Action: 'kms:Decrypt', Resource: '*' }),
      ),
    ).toContainEqual(expect.stringMatching(/^extra: camden .* can decrypt \(kms:Decrypt\)/));
  });

  test('that alarms may no longer use is found', () => {
    expect(ofKey(without('AlarmsOfThisAccountEncryptWhatTheyPublish'))).toContainEqual(
      expect.stringMatching(/^missing: the AWS service cloudwatch\.amazonaws\.com cannot/),
    );
  });
});

test('a member that left for an AWS organisation that the key’s policy names must lose the key', () => {
  const edits = {
    'Organisation-dwp.template.json': (template: Json) => {
      const { Statement } = resourceOf(template, 'AWS::KMS::Key', 'EncryptionKey').Properties.KeyPolicy;
      for (const { Condition } of Statement)
        for (const test of Object.values<Json>(Condition ?? {}))
          if (test['aws:PrincipalOrgID'] !== undefined)
            test['aws:PrincipalOrgID'] = ['o-example0000', 'o-somewhere0'];
    },
  };
  const world = worldOf(withEdited(sampleFolder(), edits));
  const all = findingsOf(prove(world, new Set(['100000000011']))).map((each) => linesOf(each)[0]);
  expect(all).toContainEqual(
    expect.stringMatching(/^extra: leeds .*having left the AWS organisation for another, can decrypt/),
  );
});

test.each([
  ['queue', () => ofQueue(without('DenyRequestsWithoutTls'))],
  ['topic', () => ofTopic(without('DenyPublishingWithoutTls'))],
])('a %s that its own account’s people may use without TLS is found', (_, lost) => {
  expect(lost()).toContainEqual(expect.stringMatching(/^extra: .*concordat-fresh/));
});
