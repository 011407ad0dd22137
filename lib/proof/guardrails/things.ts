/** The things in an account that guardrails are to protect, by their ARNs: those that the register asks for there, and their like. */
import type { OrganisationFacts, RegisterFacts } from '../../assembly';
import type { Expected } from '../settings/expected';
import { inOrganisation } from '../settings/member';
import { inZone } from '../settings/operator';

/** By kind, for an account. */
export interface Things {
  readonly functions: Of;
  readonly layers: Of;
  readonly alarms: Of;
  readonly rules: Of;
  readonly logGroups: Of;
  readonly topics: Of;
  readonly queues: Of;
  readonly noticesOfLogFiles: Of;
  readonly verdicts: Of;
  readonly machines: Of;
  readonly executions: Of;
  /** The one function that the state machine calls. */
  readonly gate: Of;
  readonly tables: Of;
  /** Of these, those that the ledger is made from: a guardrail keeps what they hold. The policy of another keeps its own. */
  readonly tablesOfTheLedger: Of;
  readonly recordsOfStops: Of;
  readonly buckets: Of;
  readonly accessPoints: Of;
  readonly keys: Of;
  readonly aliases: Of;
  readonly ownRoles: Of;
  readonly bootstrapRoles: Of;
  readonly boundaries: Of;
  readonly stacks: Of;
  readonly baselineStacks: Of;
  readonly records: Of;
  readonly deployers: Of;
  readonly providers: Of;
  /** The bucket of what is to be deployed, and that of AWS Config. */
  readonly assets: (account: string) => string;
  readonly configBucket: (account: string) => string;
}

/** How things are set is no matter here, so no day is. */
const NO_DAY = '';

type Of = (account: string) => readonly string[];

/** Stands for what a name of the landing zone ends in that nothing bears yet. */
const FRESH = 'concordat-fresh';

/**
 * Things as one member and the operator have them: guardrails name no account, so those of one stand for those of all.
 * @param member undefined where the register names none
 */
export function thingsOf(register: RegisterFacts, member: OrganisationFacts | undefined): Things {
  const { zone } = register;
  const { region, namePrefix } = zone;
  const expected = [
    ...(member === undefined ? [] : inOrganisation(member, register, NO_DAY, () => undefined)),
    ...inZone(register, undefined, NO_DAY),
  ];
  const named = (type: string, pattern = /^/) => [
    ...new Set(
      expected
        .filter((each: Expected) => each.type === type && pattern.test(each.name))
        .map(({ name }) => name),
    ),
  ];
  const here = (service: string, rest: string) => (account: string) =>
    `arn:aws:${service}:${region}:${account}:${rest}`;
  const each = (
    service: string,
    kind: string,
    names: readonly string[],
    ends: readonly string[] = [''],
  ): Of => {
    const make = names.flatMap((name) => ends.map((end) => here(service, `${kind}${name}${end}`)));
    return (account) => make.map((one) => one(account));
  };
  const functions = named('AWS::Lambda::Function');
  const bootstrapRole = (account: string, name: string) =>
    `arn:aws:iam::${account}:role/cdk-concordat-${name}-role-${account}-${region}`;
  const bucket = (account: string, which: string) =>
    `arn:aws:s3:::${namePrefix}-${which}-${account}-${region}-an`;
  const assets = (account: string) => `arn:aws:s3:::cdk-concordat-assets-${account}-${region}-an`;
  const stacks = [...(member === undefined ? [] : [`Organisation-${member.id}`]), 'Zone'];
  const deployers = (zone.guardrails?.deployers ?? []).map((arn) => arn.split(':')[5] ?? '');
  return {
    functions: each('lambda', 'function:', [...functions, FRESH], ['', ':1', ':stop', ':lift']),
    layers: each('lambda', 'layer:', [...named('AWS::Lambda::LayerVersion'), FRESH], ['', ':1']),
    alarms: each('cloudwatch', 'alarm:', [...named('AWS::CloudWatch::Alarm'), FRESH]),
    // CloudFormation names those that have no name, after their stack.
    rules: each('events', 'rule/', [
      ...named('AWS::Events::Rule', /^concordat-/),
      ...stacks.map((stack) => `${stack}-Schedule-ABCDEFGHIJKL`),
    ]),
    logGroups: each('logs', 'log-group:/aws/lambda/', [...functions, FRESH], ['', ':log-stream:any1']),
    topics: each('sns', '', [...named('AWS::SNS::Topic'), FRESH]),
    queues: each('sqs', '', [...named('AWS::SQS::Queue'), FRESH]),
    noticesOfLogFiles: each('sqs', '', ['concordat-log-files']),
    verdicts: each('sqs', '', ['concordat-gate-verdicts']),
    machines: each('states', 'stateMachine:', named('AWS::StepFunctions::StateMachine')),
    executions: each('states', 'execution:', named('AWS::StepFunctions::StateMachine'), [':any1']),
    gate: each('lambda', 'function:', ['concordat-release-gate']),
    tables: each('dynamodb', 'table/', named('AWS::DynamoDB::Table')),
    tablesOfTheLedger: each(
      'dynamodb',
      'table/',
      named('AWS::DynamoDB::Table').filter((name) => name !== 'concordat-notices'),
    ),
    recordsOfStops: each('ssm', 'parameter/concordat/stops/', ['2027-04-01T00.00.00.000Z-1', FRESH]),
    buckets: (account) => [
      ...['exchange', 'ledger', 'logs', 'config'].map((which) => bucket(account, which)),
      ...(zone.mailbox?.served === undefined ? [] : [bucket(account, 'mailbox')]),
      assets(account),
    ],
    accessPoints: each('s3', 'accesspoint/0123456789ab--', [member?.id ?? 'x', FRESH]),
    keys: each('kms', 'key/', ['11111111-2222-4333-8444-555555555555']),
    aliases: each('kms', 'alias/', ['concordat-log-files', FRESH]),
    ownRoles: (account) =>
      [...named('AWS::IAM::Role'), 'concordat-config', FRESH].map(
        (name) => `arn:aws:iam::${account}:role/concordat/${name}`,
      ),
    bootstrapRoles: (account) => [
      ...['cfn-exec', 'deploy', 'file-publishing', 'lookup'].map((name) => bootstrapRole(account, name)),
      ...(zone.rollout?.watchedBy === undefined ? [] : [bootstrapRole(account, 'status')]),
      `arn:aws:iam::${account}:role/stacksets-exec-0123456789abcdef0123456789abcdef`,
    ],
    boundaries: (account) =>
      ['deployment', 'member-roles', 'zone-roles'].map(
        (name) => `arn:aws:iam::${account}:policy/concordat-${name}-boundary`,
      ),
    stacks: (account) => stacks.map((name) => here('cloudformation', `stack/${name}/any1`)(account)),
    baselineStacks: each('cloudformation', 'stack/', [
      'StackSet-concordat-baseline-x/any2',
      'StackSet-concordat-budgets-x/any3',
    ]),
    records: (account) => [
      '*',
      here('access-analyzer', `analyzer/concordat-external-access`)(account),
      here('cloudtrail', `trail/concordat-trail`)(account),
      here('config', `config-rule/config-rule-abcdef`)(account),
      here('guardduty', `detector/0123abcd`)(account),
    ],
    deployers: (account) => deployers.map((name) => `arn:aws:iam::${account}:${name}`),
    providers: (account) => [
      `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`,
      `arn:aws:iam::${account}:saml-provider/directory`,
    ],
    assets,
    configBucket: (account) => bucket(account, 'config'),
  };
}
