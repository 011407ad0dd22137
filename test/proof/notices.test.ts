/**
 * That where the zone names a key of GOV.UK Notify, the notifier alone reads it, changes no transfer and is all that tells teams; and
 * that the proof finds what would widen it.
 */
import { openAssembly, worldOf } from '../../lib/assembly';
import { findingsOf } from '../../lib/proof/findings';
import { linesOf } from '../../lib/proof/in-words';
import { prove } from '../../lib/proof/prove';
import { letters, NOTIFY } from '../register/letters';
import { synthesised } from '../stacks/sample-assembly';
import { changed } from './world';

type Any = import('../compliance/judged-sample').Json;
const source = openAssembly(synthesised({ files: letters(NOTIFY) }).folder);

const ZONE_ACCOUNT = '100000000002';
const edited = (change: (resources: Record<string, Any>) => void) =>
  findingsOf(prove(worldOf(changed('Zone', change, source)), new Set([ZONE_ACCOUNT]))).map((each) =>
    linesOf(each).join('\n'),
  );

const statementCalled = (resources: Record<string, Any>, sid: string): Any => {
  const found = Object.values(resources)
    .flatMap(({ Properties }) => Properties?.Policies ?? [])
    .flatMap(({ PolicyDocument }: Any) => PolicyDocument.Statement)
    .find(({ Sid }: Any) => Sid === sid);
  if (found === undefined) throw new Error(`no statement is called ${sid}`);
  return found;
};
const notifier = (resources: Record<string, Any>): Any =>
  Object.values(resources).find(({ Properties }) => Properties?.FunctionName === 'concordat-notices');
const topics = (name: string) =>
  Object.values<Any>(source.stacks.find((each) => each.name === name)?.resources ?? {}).filter(
    ({ Type, Properties }) => Type === 'AWS::SNS::Topic' && /inbox/.test(String(Properties.TopicName)),
  );

test('no organisation’s account tells teams by SNS, and its gate may not', () => {
  expect(['Organisation-dwp', 'Organisation-leeds'].flatMap(topics)).toEqual([]);
  expect(JSON.stringify(source.stacks.map(({ resources }) => resources))).not.toContain(
    'TellTeamsThatAMessageWaits',
  );
});

test.each<[string, (resources: Record<string, Any>) => void, RegExp]>([
  [
    'a notifier that reads any secret',
    (resources) => {
      statementCalled(resources, 'ReadTheKeyOfNotify').Resource = '*';
    },
    /secretsmanager:GetSecretValue/,
  ],
  [
    'another that reads the key',
    (resources) => {
      statementCalled(resources, 'SealWhatIsStaged').Action.push('secretsmanager:GetSecretValue');
      statementCalled(resources, 'SealWhatIsStaged').Resource.push(
        ...[statementCalled(resources, 'ReadTheKeyOfNotify').Resource].flat(),
      );
    },
    /concordat-ledger-seal of account 100000000002 is given secretsmanager:GetSecretValue/,
  ],
  [
    'a notifier that cannot read its key',
    (resources) => {
      statementCalled(resources, 'ReadTheKeyOfNotify').Action = ['secretsmanager:DescribeSecret'];
    },
    /secretsmanager:/,
  ],
  [
    'a notifier that changes transfers',
    (resources) => {
      statementCalled(resources, 'LookAtTransfers').Action = ['dynamodb:Query', 'dynamodb:UpdateItem'];
    },
    /dynamodb:UpdateItem/,
  ],
  [
    'a notifier that anything may act as',
    (resources) => {
      delete statementCalled(resources, 'ReadTheKeyOfNotify').Condition;
    },
    /secretsmanager:GetSecretValue/,
  ],
  [
    'a notifier that is told another secret',
    (resources) => {
      notifier(resources).Properties.Environment.Variables.NOTIFY_KEY_AT += 'x';
    },
    /NOTIFY_KEY_AT/,
  ],
  [
    'a notifier that is told another address of Notify',
    (resources) => {
      notifier(resources).Properties.Environment.Variables.NOTIFY_ENDPOINT = 'https://else.example';
    },
    /NOTIFY_ENDPOINT/,
  ],
  [
    'a notifier that nothing starts',
    (resources) => {
      for (const [id, { Type, Properties }] of Object.entries(resources))
        if (Type === 'AWS::Events::Rule' && Properties.ScheduleExpression === 'rate(15 minutes)')
          delete resources[id];
    },
    /missing: no template makes .*schedule of concordat-notices/,
  ],
  [
    'a table of notices that others write to',
    (resources) => {
      const table = Object.values(resources).find(
        ({ Properties }) => Properties?.TableName === 'concordat-notices',
      );
      table.Properties.ResourcePolicy.PolicyDocument.Statement.shift();
    },
    /dynamodb:PutItem/,
  ],
])('%s is found', (_what, change, said) => {
  expect(edited(change).join('\n')).toMatch(said);
});

test('the whole zone is proved', () => {
  expect(findingsOf(prove(worldOf(source))).map((each) => linesOf(each).join('\n'))).toEqual([]);
});
