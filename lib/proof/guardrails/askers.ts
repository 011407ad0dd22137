/**
 * Everybody whom guardrails could tell apart: those that are spared, people and roles that nobody names, and whoever fits a
 * condition of a policy.
 */
import type { RegisterFacts, World } from '../../assembly';
import { type CallerInput, callerOf, type Policy } from '../../iam';
import { bareAsker, EVERYTHING, STRANGERS } from '../askers';
import type { Asker } from '../question';
import { hasLeft } from '../shares';
import type { Outsider } from './resource-control';

/** Names of roles that a guardrail could have a word for; with the account and Region where theirs have it. */
const ROLES = [
  'concordat-fresh',
  'administrator',
  'OrganizationAccountAccessRole',
  'aws-reserved/sso.amazonaws.com/AWSReservedSSO_concordat-fresh',
  'stacksets-exec-0123456789abcdef0123456789abcdef',
  'cdk-hnb659fds-cfn-exec-role-#',
  ...['cfn-exec', 'deploy', 'file-publishing', 'lookup'].map((each) => `cdk-concordat-${each}-role-#`),
  ...[
    'collect',
    'config',
    'release-gate',
    'deposit',
    'fresh',
    'grant-broker',
    'ledger-seal',
    'lift',
    'malware-scan',
    'page-release',
    'notices',
    'receipts',
    'stop',
    'stop-all',
    'transfer-audit',
  ].map((each) => `concordat/concordat-${each}`),
];
const ACCOUNT = /\b\d{12}\b/g;

/** The accounts, by number, that policies name. */
export function accountsIn(policies: readonly Policy[]): string[] {
  const texts = policies.flatMap(({ document }) => JSON.stringify(document).match(ACCOUNT) ?? []);
  return [...new Set(texts)].sort();
}

/** Those of one account whom service control policies reach. */
export function insiders(
  account: string,
  { zone }: RegisterFacts,
  policies: readonly Policy[],
): readonly Asker[] {
  const arn = (rest: string) => `arn:aws:iam::${account}:${rest}`;
  const roles = new Set(ROLES.map((name) => arn(`role/${name.replace('#', `${account}-${zone.region}`)}`)));
  for (const { pathname } of zone.guardrails?.deployers.map(roleIn) ?? []) roles.add(arn(pathname));
  for (const each of namedRoles(policies)) roles.add(arn(each));
  return [
    ...[...roles].map((each) =>
      asker({ type: 'role', arn: each, session: 'session' }, zone.awsOrganizationId),
    ),
    asker({ type: 'user', arn: arn('user/concordat-fresh') }, zone.awsOrganizationId),
    asker({ type: 'root', arn: arn('root') }, zone.awsOrganizationId),
  ];
}

function roleIn(deployer: string): { pathname: string } {
  return { pathname: deployer.split(':')[5] ?? '' };
}

/** A role for each text that a condition compares with a caller’s ARN: `role/x`, with something in place of wildcards. */
function namedRoles(policies: readonly Policy[]): string[] {
  return policies.flatMap(({ statements }) =>
    statements.flatMap(({ conditions }) =>
      conditions
        .filter(({ key }) => key === 'aws:principalarn')
        .flatMap(({ values }) => values)
        .flatMap((value) => {
          const [, role] = /(?::|^|\*)(role\/[^:]+)$/.exec(value) ?? [];
          if (role !== undefined) return role.replaceAll('*', 'concordat-fresh').replaceAll('?', 'x');
          // A pattern that takes any ARN, or one of some ending.
          const [, ending] = /\*([\w+=,.@/-]*)$/.exec(value) ?? [];
          return ending === undefined || ending === '' ? [] : `role/concordat-fresh${ending}`;
        }),
    ),
  );
}

/** Those whom resource control policies are about, by how they stand to the AWS organisation; an external that has left is a stranger. */
export function outsiders(
  { register: { zone, organisations }, asOf }: Pick<World, 'register' | 'asOf'>,
  member: string,
  policies: readonly Policy[],
): ReadonlyMap<Outsider, readonly Asker[]> {
  const role = (account: string, organisation: string | undefined, name = 'concordat-fresh') =>
    asker({ type: 'role', arn: `arn:aws:iam::${account}:role/${name}`, session: 'session' }, organisation);
  const externals = organisations.filter((each) => each.membership === 'external' && !hasLeft(each, asOf));
  const known = new Set(externals.map(({ account }) => account));
  // Of an account that a policy names: as if it were no longer in the organisation, since it would be spared then too.
  const named = accountsIn(policies).filter((account) => !known.has(account));
  const providers = ['arn:aws:iam::100000000001:saml-provider/x', 'accounts.concordat-fresh.example'];
  // A role that a policy spares is spared wherever its pattern fits: inside the organisation and outside.
  const names = [
    ...new Set([
      ...['concordat-fresh', 'concordat/concordat-collect', 'concordat/concordat-grant-broker'],
      ...namedRoles(policies).map((each) => each.replace('role/', '')),
    ]),
  ];
  return new Map<Outsider, readonly Asker[]>([
    [
      'stranger',
      [
        ...names.flatMap((name) => [
          role(STRANGERS[0], 'o-elsewhere00', name),
          role(STRANGERS[1], undefined, name),
        ]),
        ...named.flatMap((account) => [role(account, 'o-elsewhere00'), role(account, undefined)]),
        ...organisationsIn(policies)
          .filter((each) => each !== zone.awsOrganizationId)
          .map((each) => role(STRANGERS[0], each)),
        bareAsker({ type: 'anonymous' }, { kind: 'unsigned' }),
      ],
    ],
    ['external', [...known].slice(0, 1).flatMap((account) => role(account, 'o-elsewhere00', names[1]))],
    [
      'federated',
      providers.map((provider) =>
        bareAsker({ type: 'federated', provider }, { kind: 'federated', provider }),
      ),
    ],
    [
      'service',
      ['s3.amazonaws.com', 'concordat-fresh.amazonaws.com'].map((service) =>
        bareAsker({ type: 'service', service }, { kind: 'service', service }),
      ),
    ],
    [
      'member',
      [...names, 'concordat/concordat-deposit', `cdk-concordat-cfn-exec-role-${member}-${zone.region}`].map(
        (name) => role(member, zone.awsOrganizationId, name),
      ),
    ],
  ]);
}

/** AWS organisations that policies name. */
function organisationsIn(policies: readonly Policy[]): string[] {
  return [
    ...new Set(
      policies.flatMap(({ statements }) =>
        statements.flatMap(({ conditions }) =>
          conditions.flatMap(({ key, values }) =>
            key === 'aws:principalorgid' ? values.map((each) => each.replaceAll('*', 'x')) : [],
          ),
        ),
      ),
    ),
  ];
}

/** Somebody with every permission that an account can give. */
function asker(input: Extract<CallerInput, { arn: string }>, awsOrganization: string | undefined): Asker {
  const account = input.arn.split(':')[4] ?? '';
  return {
    caller: callerOf(input),
    party: { kind: 'stranger', account },
    as: { kind: input.type, arn: input.arn },
    role: '',
    permissions: 'at most',
    identity: [EVERYTHING],
    awsOrganization,
  };
}
