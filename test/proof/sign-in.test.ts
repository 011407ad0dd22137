/**
 * That the proof holds who signs in against the register: what lets anybody else in, or one of those not, is a finding, in the
 * trust of roles, in the provider and in the guardrails.
 */
import { openAssembly, type World, worldOf } from '../../lib/assembly';
import { findingsOf } from '../../lib/proof/findings';
import { linesOf } from '../../lib/proof/in-words';
import { prove } from '../../lib/proof/prove';
import { Judge } from '../mutation/judge';
import { mutantsOf } from '../mutation/policies';
import { synthesised } from '../stacks/sample-assembly';
import { CLAIM, PROVIDER, SIGNING, SIGNING_ACCOUNT, signingIn } from '../stacks/signing-in';
import { all, changed, type Json } from './world';

const STACK = `Organisation-${SIGNING}`;
const source = openAssembly(synthesised({ files: signingIn() }).folder);
const found = (world: World) =>
  findingsOf(prove(world, new Set([SIGNING_ACCOUNT]))).map((each) => linesOf(each).join('\n'));
const foundIn = (change: (resources: Record<string, Json>) => void) =>
  found(worldOf(changed(STACK, change, source)));
const roleIn = (resources: Record<string, Json>, name: string) => {
  const one = all(resources, 'AWS::IAM::Role').find(({ Properties }) => Properties.RoleName === name);
  if (one === undefined) throw new Error(`there is no ${name}`);
  return one.Properties;
};
const signIn = (resources: Record<string, Json>, name: string, sid = 'SignedInSubjectsTakeOnTheRole') => {
  const one = roleIn(resources, name).AssumeRolePolicyDocument.Statement.find(({ Sid }) => Sid === sid);
  if (one?.Condition === undefined) throw new Error(`there is no ${sid} in ${name}`);
  return one as typeof one & { Condition: Record<string, Record<string, unknown>> };
};

test('people sign in as the register says, and the whole zone is proved, guardrails among it', () => {
  expect(findingsOf(prove(worldOf(source))).map((each) => linesOf(each).join('\n'))).toEqual([]);
});

test.each<[string, (resources: Record<string, Json>) => void, string]>([
  [
    'whoever the provider knows',
    (resources) => {
      delete signIn(resources, 'concordat-deposit').Condition.StringEquals?.[`${CLAIM}:sub`];
    },
    `extra: whomever the identity provider ${PROVIDER} vouches for can take on a role (sts:AssumeRoleWithWebIdentity)`,
  ],
  [
    'a token for another program',
    (resources) => {
      delete signIn(resources, 'concordat-deposit').Condition.StringEquals?.[`${CLAIM}:aud`];
    },
    'extra: whomever the identity provider',
  ],
  [
    'a person with one factor',
    (resources) => {
      delete signIn(resources, 'concordat-deposit').Condition['ForAnyValue:StringEquals'];
    },
    'extra: whomever the identity provider',
  ],
  [
    'a token that says nothing of factors',
    (resources) => {
      const { Condition } = signIn(resources, 'concordat-deposit');
      Condition['ForAllValues:StringEquals'] = Condition['ForAnyValue:StringEquals'] ?? {};
      delete Condition['ForAnyValue:StringEquals'];
    },
    'extra: whomever the identity provider',
  ],
  [
    'one more subject',
    (resources) => {
      const { StringEquals = {} } = signIn(resources, 'concordat-deposit').Condition;
      StringEquals[`${CLAIM}:sub`] = [StringEquals[`${CLAIM}:sub`], 'somebody'].flat();
    },
    'extra: whomever the identity provider',
  ],
  [
    'holders of another app role',
    (resources) => {
      const { StringEquals = {} } = signIn(
        resources,
        'concordat-collect',
        'HoldersOfAppRolesTakeOnTheRole',
      ).Condition;
      StringEquals['aws:RequestTag/concordat-role'] = ['collector', 'everybody'];
    },
    'extra: whomever the identity provider',
  ],
  [
    'the app role that collects, to deposit',
    (resources) => {
      roleIn(resources, 'concordat-deposit').AssumeRolePolicyDocument.Statement.push(
        signIn(resources, 'concordat-collect', 'HoldersOfAppRolesTakeOnTheRole'),
      );
    },
    'extra: whomever the identity provider',
  ],
  [
    'another provider',
    (resources) => {
      signIn(resources, 'concordat-deposit').Principal = {
        Federated: [PROVIDER, `arn:aws:iam::${SIGNING_ACCOUNT}:oidc-provider/login.other.example`],
      };
    },
    `extra: whomever the identity provider arn:aws:iam::${SIGNING_ACCOUNT}:oidc-provider/login.other.example vouches for`,
  ],
])('a trust that lets in %s is found', (_who, change, expected) => {
  expect(foundIn(change)).toContainEqual(expect.stringContaining(expected));
});

test('a trust that does not let in whom the register has sign in is found', () => {
  const lines = foundIn((resources) => {
    const { AssumeRolePolicyDocument: trust } = roleIn(resources, 'concordat-collect');
    trust.Statement = trust.Statement.filter(({ Sid }) => Sid !== 'HoldersOfAppRolesTakeOnTheRole');
  });
  expect(lines).toContainEqual(
    expect.stringContaining(`missing: whomever the identity provider ${PROVIDER}`),
  );
});

test.each<[string, (resources: Record<string, Json>) => void]>([
  [
    'takes tokens for a further program',
    (resources) => {
      for (const each of all(resources, 'AWS::IAM::OIDCProvider'))
        (each.Properties as unknown as { ClientIdList: string[] }).ClientIdList.push('any-program');
    },
  ],
  [
    'is another',
    (resources) => {
      for (const each of all(resources, 'AWS::IAM::OIDCProvider'))
        (each.Properties as unknown as { Url: string }).Url = 'https://login.other.example';
    },
  ],
  ...(
    [
      ['has no tag', undefined],
      ['has another tag', [{ Key: 'concordat:organization', Value: SIGNING }]],
      ['is tagged as another’s', [{ Key: 'concordat:organisation', Value: 'camden' }]],
    ] as const
  ).map(([how, Tags]): [string, (resources: Record<string, Json>) => void] => [
    // Guardrails let nobody but the deployment change what has the tag.
    how,
    (resources) => {
      for (const each of all(resources, 'AWS::IAM::OIDCProvider')) Object.assign(each.Properties, { Tags });
    },
  ]),
  [
    'is gone',
    (resources) => {
      for (const [id, each] of Object.entries(resources))
        if (each.Type === 'AWS::IAM::OIDCProvider') delete resources[id];
    },
  ],
  [
    'is one of two',
    (resources) => {
      const [first] = all(resources, 'AWS::IAM::OIDCProvider');
      if (first !== undefined)
        resources.Further = {
          ...first,
          Properties: { ...first.Properties, Url: 'https://login.other.example' },
        } as Json;
    },
  ],
])('a provider that %s is found', (_how, change) => {
  expect(foundIn(change).length).toBeGreaterThan(0);
});

test('a longer session than the register has is found', () => {
  const lines = foundIn((resources) => {
    (
      roleIn(resources, 'concordat-receipts') as unknown as { MaxSessionDuration: number }
    ).MaxSessionDuration = 43_200;
  });
  expect(lines.join('\n')).toContain('MaxSessionDuration');
});

test('every small change of the trust of those who sign in is found, or makes no difference', () => {
  const judge = new Judge(source);
  const mutants = mutantsOf(
    source,
    ({ sort, stack, document }) =>
      sort === 'who takes on a role' &&
      stack.name === STACK &&
      JSON.stringify(document).includes('"HoldersOfAppRolesTakeOnTheRole"') &&
      JSON.stringify(document).includes('"SignedInSubjectsTakeOnTheRole"'),
  ).filter(({ how }) => /^(?:SignedIn|Holders)/.test(how));
  const fates = mutants.map((mutant) => ({ how: mutant.how, outcome: judge.judge(mutant) }));
  expect(fates.filter(({ outcome }) => outcome.fate === 'survived')).toEqual([]);
  expect(fates.filter(({ outcome }) => outcome.fate === 'killed').length).toBeGreaterThan(60);
});
