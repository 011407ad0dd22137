/** That a proof fails where a role is given what it is not there for, whatever the service, or lacks what it is there for. */
import { worldOf } from '../../lib/assembly';
import { rightLines } from '../../lib/proof/rights/in-words';
import { rightFindings } from '../../lib/proof/rights/rights';
import { resourceOf, withEdited } from '../assembly/edited-copy';
import type { Json } from '../compliance/judged-sample';
import { sampleFolder } from '../stacks/sample-assembly';

const DWP = '100000000011';

/** What is found where the policy of a role is changed. */
function found(stack: string, role: string, change: (statements: Json[]) => void): string[] {
  const edits = {
    [`${stack}.template.json`]: (template: Json) =>
      change(resourceOf(template, 'AWS::IAM::Role', role).Properties.Policies[0].PolicyDocument.Statement),
  };
  return rightFindings(worldOf(withEdited(sampleFolder(), edits))).map((each) => rightLines(each).join('\n'));
}

function given(statement: object): string[] {
  return found('Organisation-dwp', 'DepositRole', (all) =>
    all.push({ Sid: 'More', Effect: 'Allow', ...statement }),
  );
}

/** Takes a statement away, or changes it. */
function by(sid: string, change: (statement: Json, all: Json[]) => void) {
  return (all: Json[]) => {
    const one = all.find(({ Sid }) => Sid === sid);
    if (one === undefined) throw new Error(`there is no ${sid}`);
    change(one, all);
  };
}

test('of the sample, each role may do what it is there for, and nothing else', () => {
  expect(found('Zone', 'AuditRole', () => undefined)).toEqual([]);
});

test('an access point that a condition names is one more, however open the resource is', () => {
  const theirs = 'arn:aws:s3:eu-west-2:100000000022:accesspoint/aaaaaaaaaaaa--leeds';
  for (const Resource of ['*', 'arn:aws:s3:eu-west-2:*:accesspoint/*', `${theirs}/object/*`])
    for (const named of [theirs, 'arn:aws:s3:eu-west-2:100000000022:accesspoint/*'])
      expect([
        Resource,
        named,
        given({
          Action: 's3:GetObject',
          Resource,
          Condition: { ArnLike: { 's3:DataAccessPointArn': named } },
        }).length,
      ]).toEqual([Resource, named, 1]);
});

const LAMBDA = `arn:aws:lambda:eu-west-2:${DWP}:function:concordat-grant-broker`;

test.each<[string, object]>([
  ['changes functions', { Action: 'lambda:PublishVersion', Resource: LAMBDA }],
  ['stops shares', { Action: ['lambda:InvokeFunction'], Resource: `${LAMBDA}:stop` }],
  [
    'opens access points',
    { Action: 's3:PutAccessPointPolicy', Resource: `arn:aws:s3:eu-west-2:${DWP}:accesspoint/*` },
  ],
  ['makes access points', { Action: 's3:CreateAccessPoint*', Resource: '*' }],
  ['deploys', { Action: 'cloudformation:ExecuteChangeSet', Resource: '*' }],
  [
    'silences alarms',
    {
      Action: 'cloudwatch:SetAlarmState',
      Resource: `arn:aws:cloudwatch:eu-west-2:${DWP}:alarm:concordat-grants-silent`,
    },
  ],
  [
    'empties queues',
    { Action: 'sqs:PurgeQueue', Resource: `arn:aws:sqs:eu-west-2:${DWP}:concordat-security-changes` },
  ],
  [
    'forges records of stops',
    { Action: 'ssm:PutParameter', Resource: `arn:aws:ssm:eu-west-2:${DWP}:parameter/concordat/stops/x` },
  ],
  ['writes elsewhere', { Action: 's3:PutObject', Resource: 'arn:aws:s3:::somebodys-own-bucket/*' }],
  [
    'encrypts under keys of others',
    { Action: 'kms:Encrypt', Resource: 'arn:aws:kms:eu-west-2:100000000021:key/*' },
  ],
  [
    'takes on roles of others',
    { Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::100000000021:role/anything' },
  ],
  ['may do all but a few things', { NotAction: 's3:*', Resource: '*' }],
  ['may do a thing to all but a few', { Action: 'lambda:InvokeFunction', NotResource: 'arn:aws:s3:::x' }],
])('a deposit role that %s is found', (_, statement) => {
  expect(given(statement)).toContainEqual(
    expect.stringMatching(
      /^extra: role\/concordat\/concordat-deposit of account 100000000011 is given .*'More' of 'Organisation-dwp\/DepositRole\w+' allows it: take it out$/s,
    ),
  );
});

test('a right of the broker’s that is no longer its function’s alone is found', () => {
  expect(
    found(
      'Organisation-dwp',
      'BrokerRole',
      by('RecordStopsAndLifts', (statement) => {
        delete statement.Condition;
      }),
    ),
  ).toContainEqual(
    expect.stringMatching(/^extra: role\/concordat\/concordat-grant-broker .* is given ssm:PutParameter/),
  );
});

test.each<[string, string, string, string]>([
  ['Organisation-dwp', 'BrokerRole', 'EndSessionsOfTheOwnPeople', 'iam:PutRolePolicy'],
  ['Organisation-dwp', 'BrokerRole', 'CloseAndOpenAccessPointsOfShares', 's3:PutAccessPointPolicy'],
  ['Zone', 'AuditRole', 'TakeMessagesFromTheQueueOfLogFiles', 'sqs:ReceiveMessage'],
  ['Zone', 'SealerRole', 'WriteItsOwnLog', 'logs:PutLogEvents'],
])('a role of %s without what it is there for is found: %s, %s', (stack, role, sid, action) => {
  const without = found(
    stack,
    role,
    by(sid, (statement, all) => all.splice(all.indexOf(statement), 1)),
  );
  expect(without).toContainEqual(
    expect.stringMatching(new RegExp(`^missing: .* cannot do ${action}, which`)),
  );
});

test.each<[string, (all: Json[]) => void]>([
  [
    'another order and other names',
    (all) => {
      for (const [n, each] of all.reverse().entries()) each.Sid = `S${n}`;
    },
  ],
  [
    'a statement in parts, in other letters',
    by('TakeMessagesFromTheQueueOfLogFiles', (statement, all) => {
      const [first, ...rest] = statement.Action;
      statement.Action = rest;
      all.push({ ...statement, Sid: 'Apart', Action: first.toUpperCase().replace('SQS', 'sqs') });
    }),
  ],
  ['a Deny more', (all) => all.push({ Sid: 'No', Effect: 'Deny', Action: 'iam:*', Resource: '*' })],
])('%s: nothing is found', (_, change) => {
  expect(found('Zone', 'AuditRole', change)).toEqual([]);
});

test.each([
  ['MalwareProtectionScanRole', 'ReadDepositsToScanThem'],
  ['MalwareProtectionScanRole', 'WriteTheVerdictAsATag'],
  ['MalwareProtectionScanRole', 'KeepTheBucketSendingEvents'],
  ['MalwareProtectionScanRole', 'WriteTheProbeOfThePlan'],
  ['MalwareProtectionScanRole', 'DecryptDepositsThroughS3'],
  ['ReceiptsRole', 'ReadOwnReceiptsInTheLedger'],
  ['ReceiptsRole', 'ListOwnReceiptsInTheLedger'],
  ['ReceiptsRole', 'DecryptOwnReceiptsInTheLedger'],
])('%s lacks what %s gives it', (role, sid) => {
  const lost = found(
    'Organisation-dwp',
    role,
    by(sid, (statement, all) => all.splice(all.indexOf(statement), 1)),
  );
  expect(lost).toContainEqual(expect.stringMatching(/^missing: /));
});

test.each([
  ['agreements/*', 'agreements/leeds-*'],
  [':*:accesspoint/', ':123456789012:accesspoint/'],
  ['????????????--', 'aaaaaaaaaaaa--'],
  ['o-example0000', 'o-elsewhere99'],
])('the role that is handed to an external recipient fits every share: %s, not %s', (whole, part) => {
  const narrowed = found('Organisation-example-routing', 'CollectRole', (all) => {
    const text = JSON.stringify(all).replaceAll(whole, part);
    expect(text).not.toBe(JSON.stringify(all));
    all.splice(0, all.length, ...(JSON.parse(text) as Json[]));
  });
  expect(narrowed).toContainEqual(
    expect.stringMatching(/^missing: role\/concordat\/concordat-collect of account 900000000061/),
  );
});

test('what a scan or a reader of receipts is given in a bucket beyond its purpose is found, whatever its boundary says', () => {
  const more = (sid: string, action: string) => by(sid, ({ Action }) => Action.push(action));
  expect(
    found('Organisation-dwp', 'ScanRole', more('ReadDepositsToScanThem', 's3:DeleteObject')),
  ).not.toEqual([]);
  expect(
    found('Organisation-dwp', 'ReceiptsRole', more('ReadOwnReceiptsInTheLedger', 's3:PutObject')),
  ).not.toEqual([]);
});

test('a condition on who asks is answered by who asks', () => {
  const forAnother = by('ReadOwnReceiptsInTheLedger', (statement) => {
    statement.Condition = { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::999999999999:role/*' } };
  });
  expect(found('Organisation-dwp', 'ReceiptsRole', forAnother)).toContainEqual(
    expect.stringMatching(/^missing: /),
  );
});
