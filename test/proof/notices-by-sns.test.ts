/**
 * That where the zone has a mailbox and no key of GOV.UK Notify, the notifier alone tells teams by the zone’s own topics, each of them read
 * by one mailbox; that it has no right anywhere else; and that the proof finds what would widen it.
 */
import { openAssembly, worldOf } from '../../lib/assembly';
import { findingsOf } from '../../lib/proof/findings';
import { linesOf } from '../../lib/proof/in-words';
import { prove } from '../../lib/proof/prove';
import { Judge } from '../mutation/judge';
import { mutantsOf } from '../mutation/policies';
import { letters, MAILBOX } from '../register/letters';
import { synthesised } from '../stacks/sample-assembly';
import { changed } from './world';

type Any = import('../compliance/judged-sample').Json;
const source = openAssembly(synthesised({ files: letters(...MAILBOX) }).folder);

const ZONE_ACCOUNT = '100000000002';
const edited = (change: (resources: Record<string, Any>) => void) =>
  findingsOf(prove(worldOf(changed('Zone', change, source)), new Set([ZONE_ACCOUNT]))).map((each) =>
    linesOf(each).join('\n'),
  );
const zone = source.stacks.find(({ name }) => name === 'Zone');
const ofType = (resources: Record<string, Any>, type: string, words: RegExp): Any[] =>
  Object.values(resources).filter(
    ({ Type, Properties }) => Type === type && words.test(JSON.stringify(Properties)),
  );
const topics = (resources: Record<string, Any>) =>
  ofType(resources, 'AWS::SNS::Topic', /concordat-notices-/).sort((a, b) =>
    JSON.stringify(a.Properties.Subscription) < JSON.stringify(b.Properties.Subscription) ? -1 : 1,
  );
const topicPolicy = (resources: Record<string, Any>): Any =>
  ofType(resources, 'AWS::SNS::TopicPolicy', /TheNotifier/)[0].Properties.PolicyDocument;
const statementCalled = (resources: Record<string, Any>, sid: string): Any => {
  const found = Object.values(resources)
    .flatMap(({ Properties }) => [
      ...(Properties?.Policies ?? []).map(({ PolicyDocument }: Any) => PolicyDocument),
      ...(Properties?.KeyPolicy ? [Properties.KeyPolicy] : []),
    ])
    .flatMap(({ Statement }: Any) => Statement)
    .find(({ Sid }: Any) => Sid === sid);
  if (found === undefined) throw new Error(`no statement is called ${sid}`);
  return found;
};

test('the whole zone is proved', () => {
  expect(findingsOf(prove(worldOf(source))).map((each) => linesOf(each).join('\n'))).toEqual([]);
});

test('each team has one topic in the zone’s account, encrypted with its key of alerts, that the team’s mailbox alone reads', () => {
  const resources: Record<string, Any> = zone?.resources ?? {};
  const made = topics(resources).map(({ Properties }) => Properties);
  expect(made.map(({ Subscription }) => Subscription)).toEqual([
    [{ Protocol: 'email', Endpoint: 'adult-safeguarding@leeds.example' }],
    [{ Protocol: 'email', Endpoint: 'safeguarding-desk@dwp.example' }],
  ]);
  const alerts = ofType(resources, 'AWS::SNS::Topic', /concordat-security-alerts/)[0].Properties;
  expect(new Set(made.map(({ KmsMasterKeyId }) => JSON.stringify(KmsMasterKeyId)))).toEqual(
    new Set([JSON.stringify(alerts.KmsMasterKeyId)]),
  );
});

test('the notifier may publish to these topics and to nothing else, and has no right in another account', () => {
  const resources: Record<string, Any> = zone?.resources ?? {};
  const { Resource } = statementCalled(resources, 'TellTeamsBySns');
  expect([...Resource].sort()).toEqual(
    topics(resources)
      .map(({ Properties }) => `arn:aws:sns:eu-west-2:${ZONE_ACCOUNT}:${Properties.TopicName}`)
      .sort(),
  );
  const [role] = ofType(resources, 'AWS::IAM::Role', /"RoleName":"concordat-notices"/);
  const accounts = JSON.stringify(role.Properties.Policies).match(/\b\d{12}\b/g) ?? [];
  expect(new Set(accounts)).toEqual(new Set([ZONE_ACCOUNT]));
});

test.each<[string, (resources: Record<string, Any>) => void, RegExp]>([
  [
    'a topic that others of the account publish to',
    (resources) => {
      topicPolicy(resources).Statement.shift();
    },
    /role\/concordat-fresh .*sns:Publish/,
  ],
  [
    'a topic that anybody publishes to',
    (resources) => {
      topicPolicy(resources).Statement = [
        { Sid: 'Open', Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: '*' },
      ];
    },
    /anybody, without a signature .*sns:Publish/,
  ],
  [
    'a topic that the notifier cannot publish to',
    (resources) => {
      topicPolicy(resources).Statement[0].Condition.ArnNotEquals['aws:PrincipalArn'] += 'x';
    },
    /missing: .*concordat-notices .*sns:Publish/,
  ],
  [
    'a topic that is published to without TLS',
    (resources) => {
      topicPolicy(resources).Statement.pop();
      topicPolicy(resources).Statement[0].Condition.Bool = { 'aws:SecureTransport': 'true' };
    },
    /sns:Publish/,
  ],
  [
    'a topic that a second mailbox reads',
    (resources) => {
      topics(resources)[0].Properties.Subscription.push({ Protocol: 'email', Endpoint: 'else@else.example' });
    },
    /else@else\.example/,
  ],
  [
    'a topic of a mailbox that is not the register’s',
    (resources) => {
      topics(resources)[0].Properties.Subscription[0].Endpoint = 'else@else.example';
    },
    /else@else\.example/,
  ],
  [
    'a topic that no key of the zone’s encrypts',
    (resources) => {
      topics(resources)[0].Properties.KmsMasterKeyId = 'alias/aws/sns';
    },
    /KmsMasterKeyId/,
  ],
  [
    'a topic that is not there',
    (resources) => {
      for (const [id, each] of Object.entries(resources))
        if (each === topics(resources)[0]) delete resources[id];
    },
    /missing: no template makes .*concordat-notices-/,
  ],
  [
    'a notifier that publishes to the topic of alerts',
    (resources) => {
      statementCalled(resources, 'TellTeamsBySns').Resource.push(
        `arn:aws:sns:eu-west-2:${ZONE_ACCOUNT}:concordat-security-alerts`,
      );
    },
    /concordat-notices .*sns:Publish/,
  ],
  [
    'a notifier that publishes in the account of an owner',
    (resources) => {
      statementCalled(resources, 'TellTeamsBySns').Resource = ['arn:aws:sns:eu-west-2:*:concordat-*'];
    },
    /concordat-notices .*sns:Publish/,
  ],
  [
    'a notifier that may not publish to a team’s topic',
    (resources) => {
      statementCalled(resources, 'TellTeamsBySns').Resource.pop();
    },
    /missing: .*sns:Publish/,
  ],
  [
    'a notifier that anything may act as',
    (resources) => {
      delete statementCalled(resources, 'TellTeamsBySns').Condition;
    },
    /sns:Publish/,
  ],
  [
    'a notifier that uses the key of alerts by any way',
    (resources) => {
      delete statementCalled(resources, 'NotifierEncryptsWhatItTellsTeams').Condition.StringEquals;
      delete statementCalled(resources, 'EncryptWhatItTellsThroughSns').Condition;
    },
    /concordat-notices\) .*kms:Decrypt/,
  ],
  [
    'a key of alerts that anybody of the account uses through SNS',
    (resources) => {
      delete statementCalled(resources, 'NotifierEncryptsWhatItTellsTeams').Condition.ArnEquals;
    },
    /kms:Decrypt/,
  ],
  [
    'a notifier that is told of a key of GOV.UK Notify',
    (resources) => {
      const [notifier] = ofType(resources, 'AWS::Lambda::Function', /"concordat-notices"/);
      notifier.Properties.Environment.Variables.NOTIFY_KEY_AT =
        'arn:aws:secretsmanager:eu-west-2:100000000002:secret:concordat/notify-a1B2c3';
    },
    /NOTIFY_KEY_AT/,
  ],
])('%s is found', (_what, change, said) => {
  expect(edited(change).join('\n')).toMatch(said);
});

test('every small change of a topic’s policy, and of what the notifier may do, is found or makes no difference', () => {
  const judge = new Judge(source);
  const [topic] = ofType(zone?.resources ?? {}, 'AWS::SNS::TopicPolicy', /TheNotifier/);
  const [role] = ofType(zone?.resources ?? {}, 'AWS::IAM::Role', /"RoleName":"concordat-notices"/);
  const ids = Object.entries(zone?.resources ?? {}).flatMap(([id, each]) =>
    each === topic || each === role ? [id] : [],
  );
  const mutants = mutantsOf(source, ({ stack, id }) => stack.name === 'Zone' && ids.includes(id ?? ''));
  expect(mutants.length).toBeGreaterThan(40);
  const alive = mutants
    .map((mutant) => ({ how: mutant.how, sort: mutant.policy.sort, ...judge.judge(mutant) }))
    .filter(({ fate }) => fate === 'survived' || fate === 'not asked')
    // To deny more to its own account’s people harms nobody.
    .filter(({ how, sort }) => sort !== 'topic' || !/: (?:also |sns:Publish cut short)/.test(how));
  expect(alive).toEqual([]);
});
