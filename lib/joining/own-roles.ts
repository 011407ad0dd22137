/**
 * The roles of the organisation’s own that the register names, as a template that it deploys itself: each may do what the templates
 * of the landing zone let it do, and nothing else. Who takes them on is for the organisation to say, when it deploys them.
 */

import { isGroup, type TemplateResource } from '../assembly';
import { yamlText } from '../register';
import type { PackSource } from './source';

/** The template’s name in the pack. */
export const OWN_ROLES_FILE = 'own-roles.template.yaml';

/** A role that the organisation makes. */
export interface OwnRole {
  readonly arn: string;
  /** By which the template knows it. */
  readonly id: string;
  /** ARNs of roles of the landing zone. */
  readonly takesOn: readonly string[];
  /** What it may do with the organisation’s key, by its policy. */
  readonly key: readonly string[];
}

/** Roles that IAM Identity Center makes, from its permission sets: no template can. */
const BY_IDENTITY_CENTER = /:role\/aws-reserved\/sso\.amazonaws\.com\//;

/** Whom the templates let take on a role or run the key, by the ARNs that their conditions name. */
export function ownRoles({ organisation, stacks }: PackSource): OwnRole[] {
  const own = `arn:aws:iam::${organisation.account}:role/`;
  const inRegister = new Set(JSON.stringify(organisation).match(/arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+/g));
  const found = new Map<string, { takesOn: Set<string>; key: Set<string> }>();
  const of = (arn: string) => {
    const there = found.get(arn) ?? { takesOn: new Set(), key: new Set() };
    found.set(arn, there);
    return there;
  };
  for (const resource of stacks.flatMap(({ resources }) => Object.values(resources)))
    for (const { arns, actions, trusts } of named(resource))
      for (const arn of arns.filter(
        (each) => inRegister.has(each) && each.startsWith(own) && !BY_IDENTITY_CENTER.test(each),
      ))
        if (trusts) of(arn).takesOn.add(`${own}${pathAndName(resource)}`);
        else for (const action of actions) of(arn).key.add(action);
  const ids = new Set<string>();
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([arn, { takesOn, key }]) => ({
      arn,
      id: handle(arn.slice(own.length), ids),
      takesOn: [...takesOn].sort(),
      key: [...key].sort(),
    }));
}

/** The template as YAML, for the CloudFormation console; undefined where the organisation has no role to make. */
export function ownRolesTemplate(source: PackSource): string | undefined {
  const roles = ownRoles(source);
  if (roles.length === 0) return undefined;
  const { organisation, register } = source;
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `The roles of ${organisation.id} that the register of ${register.zone.operator} names, in account ${organisation.account}`,
    Parameters: {
      SamlProvider: {
        Type: 'String',
        Default: '',
        AllowedPattern: `^$|^arn:aws:iam::${organisation.account}:saml-provider/[\\w.-]+$`,
        Description:
          'ARN of the SAML provider of this account by which your people sign in; empty if they do not',
      },
      ...Object.fromEntries(roles.map((each) => [`${each.id}TakenOnBy`, takenOnBy(each)])),
    },
    Rules: Object.fromEntries(
      roles.map(({ id, arn }) => [
        `SomebodyTakesOn${id}`,
        {
          Assertions: [
            {
              Assert: { 'Fn::Or': [given('SamlProvider'), given(`${id}TakenOnBy`)] },
              AssertDescription: `Say who takes on ${arn}: a SAML provider, or ${id}TakenOnBy`,
            },
          ],
        },
      ]),
    ),
    Conditions: {
      BySamlProvider: given('SamlProvider'),
      ...Object.fromEntries(roles.map(({ id }) => [`${id}ByRole`, given(`${id}TakenOnBy`)])),
    },
    Resources: Object.fromEntries(roles.map((each) => [each.id, roleResource(each, source)])),
    Outputs: Object.fromEntries(
      roles.map(({ id, arn }) => [
        id,
        { Value: { 'Fn::GetAtt': [id, 'Arn'] }, Description: `${arn}, as the register names it` },
      ]),
    ),
  };

  return `${consoleSteps(source)
    .map((line) => `# ${line}`.trimEnd())
    .join('\n')}\n${yamlText(template)}`;
}

/** What somebody does with the template who has nothing but the console. */
function consoleSteps({ organisation, register }: PackSource): string[] {
  const whose = organisation.membership === 'member' ? 'the operator’s' : 'your own';
  return [
    `The roles of its own that ${organisation.name} makes, in its account ${organisation.account}. In about 10 minutes:`,
    '',
    '1. Sign in to the AWS console of that account as somebody who may make roles.',
    `2. Choose the Region ${register.zone.region} at the top, open CloudFormation, then Create stack, With new resources.`,
    '3. Choose Upload a template file, and this file. Next. Stack name: own-roles.',
    '4. Parameters: SamlProvider, if your people come by a SAML provider of this account. If not, give for each role the',
    `   ARN of the role, in an account of ${whose} AWS organisation, that takes it on. Let other people administer the key`,
    '   than those who send and collect. Next.',
    '5. Tick that CloudFormation might create IAM resources with custom names. Next, then Submit.',
    '6. Wait for CREATE_COMPLETE, and tell the operator.',
    '',
    'Demand a second factor where people sign in: a role cannot ask it of those who come by a provider.',
    'If a role exists already, CloudFormation says so and makes nothing: take it out of here, and give it the policy that',
    'stands here. Roles of IAM Identity Center (AWSReservedSSO_…) come from its permission sets, and are not here.',
  ];
}

function given(parameter: string) {
  return { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: parameter }, ''] }] };
}

function takenOnBy({ arn }: OwnRole) {
  return {
    Type: 'String',
    Default: '',
    AllowedPattern: '^$|^arn:aws:iam::\\d{12}:role/[\\w+=,.@/-]+$',
    Description: `ARN of the role, of an account in the same AWS organisation, that takes on ${arn}; empty if a SAML provider vouches for people`,
  };
}

function roleResource({ arn, id, takesOn, key }: OwnRole, { organisation, register }: PackSource) {
  const [, path = '', name = ''] = /:role(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
  const { region } = register.zone;
  const trust = [
    when('BySamlProvider', {
      Sid: 'PeopleBySaml',
      Effect: 'Allow',
      Principal: { Federated: { Ref: 'SamlProvider' } },
      Action: 'sts:AssumeRoleWithSAML',
      Condition: {
        StringEquals: {
          'SAML:aud': ['https://signin.aws.amazon.com/saml', `https://${region}.signin.aws.amazon.com/saml`],
        },
      },
    }),
    when(`${id}ByRole`, {
      Sid: 'TheRoleThatIsGiven',
      Effect: 'Allow',
      Principal: { AWS: { Ref: `${id}TakenOnBy` } },
      Action: 'sts:AssumeRole',
    }),
  ];
  const keys = [`arn:aws:kms:${region}:${organisation.account}:key/*`];
  const aliases = key.some((each) => each.endsWith('Alias'))
    ? [`arn:aws:kms:${region}:${organisation.account}:alias/*`]
    : [];
  const may = [
    ...(takesOn.length > 0
      ? [{ Sid: 'TakeOnRolesOfTheLandingZone', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: takesOn }]
      : []),
    // Which key it is, its own policy says.
    ...(key.length > 0
      ? [{ Sid: 'RunTheKeyAsItsPolicySays', Effect: 'Allow', Action: key, Resource: [...keys, ...aliases] }]
      : []),
  ];
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: name,
      Path: path,
      Description: `Named by the register of ${register.zone.operator}`,
      MaxSessionDuration: 3600,
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: trust },
      Policies: [{ PolicyName: 'concordat', PolicyDocument: { Version: '2012-10-17', Statement: may } }],
    },
  };
}

function when(condition: string, statement: object) {
  return { 'Fn::If': [condition, statement, { Ref: 'AWS::NoValue' }] };
}

/** What the statements of a role’s trust, or of a key’s policy, allow to principals that they name by a condition. */
function named({ Type, Properties }: TemplateResource) {
  const trusts = Type === 'AWS::IAM::Role';
  if (!trusts && Type !== 'AWS::KMS::Key') return [];
  const document = trusts ? Properties?.AssumeRolePolicyDocument : Properties?.KeyPolicy;
  const statements = isGroup(document) && Array.isArray(document.Statement) ? document.Statement : [];
  return statements.filter(isGroup).flatMap(({ Effect, Action, Condition }) => {
    const equals = isGroup(Condition) && isGroup(Condition.ArnEquals) ? Condition.ArnEquals : {};
    const arns = texts(equals['aws:PrincipalArn']);
    return Effect === 'Allow' && arns.length > 0 ? [{ arns, actions: texts(Action), trusts }] : [];
  });
}

function texts(value: unknown): string[] {
  return [value].flat().filter((each): each is string => typeof each === 'string');
}

function pathAndName({ Properties }: TemplateResource): string {
  return `${String(Properties?.Path ?? '/').slice(1)}${String(Properties?.RoleName)}`;
}

/** `benefits/publisher` as `BenefitsPublisher`: names of templates have letters and digits alone. */
function handle(pathAndName: string, taken: Set<string>): string {
  const words = pathAndName.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const plain = words.map((each) => each.slice(0, 1).toUpperCase() + each.slice(1)).join('');
  let unused = plain;
  for (let next = 2; taken.has(unused); next++) unused = `${plain}${next}`;
  taken.add(unused);
  return unused;
}
