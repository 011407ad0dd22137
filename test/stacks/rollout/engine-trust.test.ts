/** Who takes on the roles of the engine of rollouts, judged by our model of IAM. Whatever changes a trust policy turns an answer. */
import type { TemplateResource } from '../../../lib/assembly';
import { compile, decide, environmentOf, requestOf } from '../../../lib/iam';
import {
  type Document,
  engineResources,
  LEEDS,
  MACHINE,
  mutants,
  ROLES,
  type Role,
  roleOf,
  type Statement,
} from './engine-policies';
import { ENGINE_ACCOUNT, PIPELINE, WATCHER } from './engine-setting';

let resources: readonly TemplateResource[];
beforeAll(() => {
  resources = engineResources();
});

describe('who takes on its roles', () => {
  type Caller = Parameters<typeof requestOf>[0]['caller'];
  const takesOn = (
    role: Role,
    caller: Caller,
    context: Record<string, string>,
    trust = roleOf(resources, role).trust,
    action = 'provider' in caller ? 'sts:AssumeRoleWithWebIdentity' : 'sts:AssumeRole',
  ) =>
    decide(
      requestOf({
        caller,
        action,
        resource: `arn:aws:iam::${ENGINE_ACCOUNT}:role/concordat/concordat-rollout-${role}`,
        context,
      }),
      environmentOf({
        resource: compile(trust, { kind: 'trust', name: role }),
        identity: [
          compile(
            { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'sts:*', Resource: '*' } },
            { kind: 'identity', name: 'anything' },
          ),
        ],
      }),
    ).verdict === 'allowed';
  const provider = `arn:aws:iam::${ENGINE_ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
  const token = (sub: string, aud = 'sts.amazonaws.com') => ({
    'token.actions.githubusercontent.com:sub': sub,
    'token.actions.githubusercontent.com:aud': aud,
  });
  const pipeline = { type: 'federated', provider } as const;
  const person = (name: string) =>
    ({ type: 'role', arn: `arn:aws:iam::${ENGINE_ACCOUNT}:role/${name}`, session: 'a' }) as const;

  const states = { type: 'service', service: 'states.amazonaws.com' } as const;
  const lambda = { type: 'service', service: 'lambda.amazonaws.com' } as const;
  const second = person('security/second-person');
  const watcher = { type: 'role', arn: WATCHER, session: 'a' } as const;
  const says = { 'sts:SourceIdentity': 'a.person' };
  const ofMachine = { 'aws:SourceAccount': ENGINE_ACCOUNT, 'aws:SourceArn': MACHINE };
  const tagged = 'sts:TagSession';
  type Attempt = readonly [caller: Caller, context: Record<string, string>, does: boolean, action?: string];
  /** Attempts to take each role on, and whether they go through. */
  const attempts: Readonly<Record<Role, readonly Attempt[]>> = {
    start: [
      [pipeline, token(PIPELINE), true],
      ...[
        `${PIPELINE}2`,
        'repo:example@1234567/zone@890123456:ref:refs/heads/main',
        'repo:example@1234567/other@890123457:environment:production',
        // Somebody who got the names later.
        'repo:example@7654321/zone@987654321:environment:production',
        'repo:example/zone:environment:production',
        '',
      ].map((sub): Attempt => [pipeline, token(sub), false]),
      [pipeline, token(PIPELINE, 'another'), false],
      [{ ...pipeline, provider: `${provider}.other` }, token(PIPELINE), false],
      [pipeline, token(PIPELINE), false, tagged],
      [second, says, false],
    ],
    approve: [
      [second, says, true],
      [second, says, true, 'sts:SetSourceIdentity'],
      [second, says, false, tagged],
      [second, {}, false],
      [person('concordat/concordat-rollout-start'), says, false],
      [{ type: 'role', arn: `arn:aws:iam::${LEEDS}:role/security/second-person`, session: 'a' }, says, false],
      [pipeline, token(PIPELINE), false],
    ],
    machine: [
      [states, ofMachine, true],
      [states, { ...ofMachine, 'aws:SourceArn': `${MACHINE}2` }, false],
      [states, { ...ofMachine, 'aws:SourceAccount': LEEDS }, false],
      [states, ofMachine, false, tagged],
      [lambda, ofMachine, false],
      [second, says, false],
    ],
    status: [
      [watcher, {}, true],
      [watcher, {}, false, tagged],
      [second, says, false],
      [person('concordat/concordat-rollout-start'), says, false],
      [person('deployment'), says, false],
      [pipeline, token(PIPELINE), false],
    ],
    step: [
      [lambda, { 'aws:SourceAccount': ENGINE_ACCOUNT }, true],
      [lambda, { 'aws:SourceAccount': LEEDS }, false],
      [lambda, { 'aws:SourceAccount': ENGINE_ACCOUNT }, false, tagged],
      [states, { 'aws:SourceAccount': ENGINE_ACCOUNT }, false],
      [person('deployment'), says, false],
    ],
  };
  const asExpected = (role: Role, trust = roleOf(resources, role).trust) =>
    attempts[role].every(
      ([caller, context, does, action]) => takesOn(role, caller, context, trust, action) === does,
    );

  it.each<[role: Role, who: string]>([
    ['start', 'the one pipeline, to the letter'],
    ['approve', 'whom the register declares, by name and saying who they are: never the pipeline'],
    ['machine', 'Step Functions, for this machine and this account alone'],
    ['step', 'Lambda, for this account alone'],
    ['status', 'whom the register declares to watch'],
  ])('is, for %s, %s', (role) => {
    expect(
      attempts[role].filter(
        ([caller, context, does, action]) => takesOn(role, caller, context, undefined, action) !== does,
      ),
    ).toEqual([]);
  });

  it.each(ROLES)('is noticed to be others whatever is changed in whom %s trusts', (role) => {
    const unseen = [...trustMutants(roleOf(resources, role).trust)].filter(([, mutant]) =>
      asExpected(role, mutant),
    );
    expect(unseen.map(([what]) => what)).toEqual([]);
  });
});

/** Every trust policy that trusts more, or others, than this one. */
function* trustMutants(trust: Document): Generator<[what: string, mutant: Document]> {
  for (const [what, mutant] of mutants(trust)) if (!what.endsWith('says any resource')) yield [what, mutant];
  const [statement] = trust.Statement;
  if (statement === undefined) return;
  // Where a condition names the caller by the whole ARN, the principal lets in nobody more.
  if (!JSON.stringify(statement.Condition).includes('aws:PrincipalArn'))
    yield ['anybody', { ...trust, Statement: [{ ...statement, Principal: { AWS: '*' } } as Statement] }];
  for (const action of statement.Action)
    yield [
      `not ${action}`,
      { ...trust, Statement: [{ ...statement, Action: statement.Action.filter((each) => each !== action) }] },
    ];
}
