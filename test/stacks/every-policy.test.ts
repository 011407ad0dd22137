/** Rules that hold for every policy in every template, whoever wrote it. */
import { listed } from '../policy/decision';
import { ofType, type Sample, synthesised } from './sample-assembly';
import {
  acts,
  type PlacedPolicy,
  type PlacedStatement,
  policiesIn,
  policyOf,
  statementsIn,
} from './template-policies';

let sample: Sample;
let policies: PlacedPolicy[];
let statements: PlacedStatement[];
beforeAll(() => {
  sample = synthesised();
  policies = sample.stacks.flatMap(policiesIn);
  statements = statementsIn(sample.stacks);
});

const allows = () => statements.filter(({ statement }) => statement.Effect === 'Allow');
const named = ({ where, statement }: PlacedStatement) => `${where} ${statement.Sid}`;

it('finds policies of each kind, and none of a kind that these rules do not know', () => {
  const kinds = new Set(policies.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual([
    'access point',
    'bucket',
    'identity',
    'key',
    'queue',
    'resource control',
    'service control',
    'table',
    'topic',
    'trust',
  ]);
});

it('gives every policy a version and every statement an effect and actions', () => {
  const ofOtherVersions = policies.filter(({ policy }) => policy.Version !== '2012-10-17');
  expect(ofOtherVersions.map(({ where }) => where)).toEqual([]);
  const actionsOf = ({ Action, ...others }: PlacedStatement['statement']) =>
    Action ?? ('NotAction' in others ? [others.NotAction] : []);
  const otherwise = statements.filter(({ statement }) => !['Allow', 'Deny'].includes(statement.Effect));
  expect(otherwise.map(named)).toEqual([]);
  const idle = statements.filter(({ statement }) => !(actionsOf(statement).length > 0));
  expect(idle.map(named)).toEqual([]);
});

/** Denials of guardrails that hold for all actions, or all roles, but those that they list: what AWS adds is denied too. */
const TURNED_ROUND = [
  'DenyChangingFunctions',
  'DenyChangingStacksOfTheBaseline',
  'DenyChangingStacksOfTheLandingZone',
  'DenyChangingTables',
  'DenyChangingTheMachineOfTheReleaseGate',
  'DenyChangingWhatWakesAndWatchesFunctions',
  'DenyOtherRegionsButForGlobalServices',
  'DenyTheBrokerPoliciesOfOtherRoles',
  'DenyTheMachineOfTheGateOtherFunctions',
];

it('turns a meaning round only where a guardrail denies all but what it lists', () => {
  const turned = statements.filter(
    ({ kind, statement }) => kind === 'service control' && TURNED_ROUND.includes(statement.Sid),
  );
  expect(turned.map(({ statement }) => statement.Sid).sort()).toEqual(TURNED_ROUND);
  expect(turned.filter(({ statement }) => statement.Effect !== 'Deny')).toEqual([]);
  const others = statements.filter((each) => !turned.includes(each));
  for (const element of ['NotAction', 'NotResource', 'NotPrincipal'])
    expect(others.filter(({ statement }) => element in statement).map(named)).toEqual([]);
});

it('allows no action with a wildcard', () => {
  expect(
    allows()
      .filter(({ statement }) => acts(statement, (action) => /[*?]/.test(action)))
      .map(named),
  ).toEqual([]);
});

const isOpen = ({ statement }: PlacedStatement) => JSON.stringify(statement.Principal ?? '').includes('*');

it('allows nothing to everybody, but for the buckets’ delegation to their own access points', () => {
  const open = allows().filter((each) => isOpen(each) && !each.where.startsWith('Zone/'));
  for (const { kind, where, statement } of open) {
    expect([where, kind]).toEqual([where, 'bucket']);
    expect(statement.Sid).toMatch(/^OwnAccessPointsDecideWho/);
    const [, account] =
      /arn:aws:s3:eu-west-2:(\d{12}):accesspoint\/\?{12}--\*/.exec(JSON.stringify(statement)) ?? [];
    expect(statement.Condition?.StringEquals).toEqual({ 's3:DataAccessPointAccount': account });
  }
  const buckets = policies.filter(({ kind, where }) => kind === 'bucket' && !where.startsWith('Zone/'));
  expect(open).toHaveLength(2 * buckets.length);
});

it('opens of the zone only receipts: to roles of organisations and declared externals, each below its own account', () => {
  const externals = sample.register.organisations
    .filter(({ membership }) => membership === 'external')
    .map(({ account }) => account);
  const open = allows().filter((each) => isOpen(each) && each.where.startsWith('Zone/'));
  expect(open.length).toBeGreaterThan(0);
  for (const { where, statement } of open) {
    expect([where, statement.Sid]).toEqual([where, expect.stringMatching(/Receipts/)]);
    const { ArnLike, StringEquals } = statement.Condition ?? {};
    expect(ArnLike).toEqual({ 'aws:PrincipalArn': 'arn:aws:iam::*:role/concordat/concordat-receipts' });
    const inside = StringEquals?.['aws:PrincipalOrgID'] === sample.register.zone.awsOrganizationId;
    expect([statement.Sid, inside || StringEquals?.['aws:PrincipalAccount']]).toEqual([
      statement.Sid,
      inside || externals,
    ]);
    expect(statement.Action).toHaveLength(1);
    for (const resource of listed(statement.Resource ?? []))
      if (resource.includes('/receipts/'))
        expect(resource).toMatch(/\/receipts\/\$\{aws:PrincipalAccount\}\/\*$/);
      else
        expect(resource).not.toMatch(
          /entries|claim|index|\/\*$(?<!(?:checkpoints|keys|timestamp|tile\/\?)\/\*)/,
        );
  }
});

it('allows no principal by an ARN with a wildcard, and only whole accounts that a condition narrows', () => {
  for (const { where, statement } of allows()) {
    const { Principal } = statement;
    if (Principal === undefined || Principal === '*' || Principal.AWS === undefined) continue;
    for (const arn of listed(Principal.AWS))
      expect([where, arn]).toEqual([where, expect.stringMatching(ROOT_OR_ALL)]);
    if (
      /^(?:AccountKeepsTheKeyWithoutUsingIt|AccountKeepsTheKeyOfAlerts|TheZoneKeepsTheKeyWithoutUsingIt|TheAccountReadsThePublicKey)$/.test(
        statement.Sid,
      )
    )
      continue;
    expect([where, statement.Sid, statement.Condition]).toEqual([where, statement.Sid, expect.any(Object)]);
  }
});
const OWN_TRAIL = /^arn:aws:cloudtrail:eu-west-2:\d{12}:trail\/concordat-trail$/;
const OWN_LOG_GROUP = /^arn:aws:logs:eu-west-2:\d{12}:log-group:\/aws\/lambda\/concordat-[a-z-]+$/;
const ROOT_OR_ALL = /^(?:arn:aws:iam::\d{12}:root|\d{12}|\*)$/;

it('allows nothing on every resource, outside key policies, where that means this key', () => {
  const everywhere = allows().filter(
    ({ kind, statement }) => kind !== 'key' && listed(statement.Resource ?? []).includes('*'),
  );
  expect(everywhere.map(named)).toEqual([]);
  const ofKeys = statements.filter(({ kind }) => kind === 'key');
  expect(ofKeys.filter(({ statement }) => statement.Resource !== '*').map(named)).toEqual([]);
});

it('lets services in only for this account', () => {
  for (const { where, statement } of allows()) {
    const { Principal } = statement;
    if (Principal === undefined || Principal === '*' || !('Service' in Principal)) continue;
    if (Principal.Service === 'logs.eu-west-2.amazonaws.com') {
      // CloudWatch Logs says for which log group it asks, and so for which account, in the encryption context.
      const groups = listed(statement.Condition?.ArnEquals?.['kms:EncryptionContext:aws:logs:arn'] ?? []);
      expect(groups.length).toBeGreaterThan(0);
      for (const group of groups)
        expect([where, group]).toEqual([where, expect.stringMatching(OWN_LOG_GROUP)]);
      continue;
    }
    if (statement.Sid === 'GuardDutyTakesOnTheRoleForPlansOfThisAccount') {
      // Whether GuardDuty says for which account it asks is not documented; where it does, it must be this one.
      expect([where, statement.Condition?.StringEqualsIfExists]).toEqual([
        where,
        { 'aws:SourceAccount': expect.stringMatching(/^\d{12}$/) },
      ]);
      continue;
    }
    // The trail belongs to the management account; it is named.
    const named =
      Principal.Service === 'cloudtrail.amazonaws.com'
        ? { ArnEquals: { 'aws:SourceArn': expect.stringMatching(OWN_TRAIL) } }
        : { StringEquals: { 'aws:SourceAccount': expect.stringMatching(/^\d{12}$/) } };
    expect([where, statement.Condition]).toEqual([where, expect.objectContaining(named)]);
  }
});

it('names every statement by a sentence in PascalCase that occurs once in its policy', () => {
  const sidsOf = ({ policy }: PlacedPolicy) => policy.Statement.map(({ Sid }) => Sid);
  const isSentence = (sid: string) => /^(?:[A-Z][a-z]*[0-9]*){3,}$/.test(sid) && sid.length <= 128;
  const ambiguous = policies.filter((each) => new Set(sidsOf(each)).size !== sidsOf(each).length);
  expect(ambiguous.map(({ where }) => where)).toEqual([]);
  expect(statements.filter(({ statement }) => !isSentence(statement.Sid)).map(named)).toEqual([]);
});

it('names the agreement in every statement of an access point', () => {
  for (const stack of sample.stacks)
    for (const accessPoint of ofType(stack, 'AWS::S3::AccessPoint')) {
      const { agreement = '' } = (accessPoint.Metadata?.Concordat ?? {}) as { agreement?: string };
      expect(agreement).toMatch(/^[a-z]/);
      for (const { Sid } of policyOf(accessPoint, 'Policy').Statement)
        expect(Sid.toLowerCase()).toContain(agreement.replaceAll('-', ''));
    }
});

it('lets no role open a bucket, make an access point or change roles, but the broker end sessions of people', () => {
  const forbidden =
    /^(?:s3:(?:PutBucketPolicy|DeleteBucketPolicy|CreateAccessPoint|PutBucketPublicAccessBlock)|iam:(?!Get|List).*|sts:(?!AssumeRole$).*)$/;
  const found = allows().filter(({ statement }) => acts(statement, (action) => forbidden.test(action)));
  const ending = found.filter(({ statement }) => statement.Sid === 'EndSessionsOfTheOwnPeople');
  for (const { where, statement } of ending) {
    expect([where, statement.Action]).toEqual([expect.stringContaining('BrokerRole'), ['iam:PutRolePolicy']]);
    for (const resource of listed(statement.Resource ?? []))
      expect(resource).toMatch(
        /^arn:aws:iam::\d{12}:role\/concordat\/concordat-(?:collect|deposit|receipts)$/,
      );
  }
  expect(found.filter((each) => !ending.includes(each)).map(named)).toEqual([]);
});
