/** What a plan says of organisations, those who act for them, keys and the operator, where one thing differs at a time. */

import type { OrganisationFacts, RegisterFacts } from '../../lib/assembly';
import { planOf } from '../../lib/plan/plan';
import type { Side } from '../../lib/plan/side';
import { tellSetting } from '../../lib/plan/words/organisations';
import { sectionsOf } from '../../lib/plan/words/sections';
import { settingChanges } from '../../lib/plan/zone-settings';
import { markedText } from '../../lib/words';
import { unproven } from './pair';

let side: Side | undefined;
const before = (): Side => {
  side ??= unproven();
  return side;
};

/** The first assembly with another register; nothing else in it is asked about here. */
function registerWith(change: (register: RegisterFacts) => Partial<RegisterFacts>): Side {
  const { world } = before();
  return { ...before(), world: { ...world, register: { ...world.register, ...change(world.register) } } };
}

const dwp = (facts: Partial<OrganisationFacts>) =>
  registerWith(({ organisations }) => ({
    organisations: organisations.map((each) => (each.id === 'dwp' ? { ...each, ...facts } : each)),
  }));
type Guardrails = NonNullable<RegisterFacts['zone']['guardrails']>;
const facts = (): Guardrails => before().world.register.zone.guardrails as Guardrails;
const guardrails = (changed: Partial<Guardrails>) => zone({ guardrails: { ...facts(), ...changed } });
const zone = (facts: Partial<RegisterFacts['zone']>) =>
  registerWith((register) => ({ zone: { ...register.zone, ...facts } }));
const leedsKey = (facts: Partial<Side['custody'][number]>): Side => ({
  ...before(),
  custody: before().custody.map((each) => (each.organisation === 'leeds' ? { ...each, ...facts } : each)),
});
const keyFacts = () => {
  const found = before().custody.find(({ organisation }) => organisation === 'leeds')?.key;
  if (found === undefined) throw new Error('Leeds has no key');
  return found;
};
const PUBLISHER = 'arn:aws:iam::012345678901:role/benefits/publisher';

const SIGNER = { post: 'director', sshKey: `ssh-ed25519 ${'Z'.repeat(68)}`, from: '2026-05-01' };

test('a new name of an organisation takes nothing from those who act for it, and gives them nothing', () => {
  const sections = sectionsOf(planOf(before(), dwp({ name: 'Department for Work' })));
  const told = sections
    .flatMap(({ told }) => told)
    .map(({ mark, sentence, widens }) => [mark, markedText(sentence), widens]);
  const deeds = told.filter(([, sentence]) => / (deposit|collect) for /.test(String(sentence)));
  expect(deeds.length).toBeGreaterThan(0);
  for (const each of deeds)
    expect(each).toEqual([
      '~',
      expect.stringContaining('for Department for Work as before, under another name of the organisation'),
      false,
    ]);
});

test('whose key signs is told, and widens but where it signs less', () => {
  const signers = (...approvers: OrganisationFacts['approvers'] & object) => dwp({ approvers });
  const changed = (was: Side, is: Side) =>
    sectionsOf(planOf(was, is)).flatMap(({ told }) =>
      told.map(({ sentence, widens }) => [markedText(sentence), widens]),
    );
  const other = { ...SIGNER, sshKey: SIGNER.sshKey.replaceAll('Z', 'Y') };
  expect(changed(signers(SIGNER), signers(other))).toEqual([
    [expect.stringContaining('lets sign for it'), true],
  ]);
  const ended = signers({ ...SIGNER, until: '2026-12-31' });
  expect(changed(signers(SIGNER), ended)).toEqual([
    [expect.stringContaining('no longer lets sign, or for fewer days,'), false],
  ]);
  expect(changed(ended, signers(SIGNER))).toEqual([[expect.stringContaining('lets sign for it'), true]]);
  expect(changed(signers(SIGNER), signers(SIGNER))).toEqual([]);
});

test.each<[string, () => Side, readonly (readonly [sentence: string, widens: boolean])[]]>([
  [
    'a role that may deposit',
    () => dwp({ mayDeposit: [PUBLISHER, `${PUBLISHER}-2`] }),
    [[`\`${PUBLISHER}-2\` may now deposit for Department for Work and Pensions`, true]],
  ],
  [
    'one more who may sign agreements',
    () => dwp({ approvers: [SIGNER] }),
    [
      [
        'Department for Work and Pensions (`dwp`) lets sign for it director by the key …ZZZZZZZZZZZZ, from 1 May 2026',
        true,
      ],
    ],
  ],
  [
    'a role that may no longer deposit',
    () => dwp({ mayDeposit: [] }),
    [[`\`${PUBLISHER}\` may no longer deposit for Department for Work and Pensions`, false]],
  ],
  [
    'a role that may collect',
    () => dwp({ mayCollect: [PUBLISHER] }),
    [[`\`${PUBLISHER}\` may now collect for Department for Work and Pensions`, true]],
  ],
  [
    'another AWS organisation',
    () => zone({ awsOrganizationId: 'o-another' }),
    [['The operator changes the AWS organisation from `o-example0000` to `o-another`', true]],
  ],
  [
    'another account of the zone',
    () => zone({ accounts: { management: '100000000001', zone: '100000000009' } }),
    [['The operator changes the zone’s account from `100000000002` to `100000000009`', true]],
  ],
  [
    'another prefix of names',
    () => zone({ namePrefix: 'other' }),
    [['The operator changes the prefix of buckets’ names from `concordat` to `other`', false]],
  ],
  [
    'guardrails that reach less far',
    () => guardrails({ stage: 'nowhere' }),
    [[`The operator changes the reach of the guardrails from \`${facts().stage}\` to \`nowhere\``, true]],
  ],
  [
    'guardrails that reach further',
    () => guardrails({ stage: 'all' }),
    [[`The operator changes the reach of the guardrails from \`${facts().stage}\` to \`all\``, false]],
  ],
  [
    'one more role that may deploy',
    () => guardrails({ deployers: [...facts().deployers, 'arn:aws:iam::100000000003:role/zealous'] }),
    [
      [
        `The operator changes who may deploy from \`${facts().deployers.join(', ')}\` to \`${[...facts().deployers, 'arn:aws:iam::100000000003:role/zealous'].join(', ')}\``,
        true,
      ],
    ],
  ],
  [
    'another unit of members',
    () => guardrails({ units: { members: 'ou-abcd-other000' } }),
    [
      [
        expect.stringMatching(
          /^The operator changes the units that guardrails hold from .+ to `members ou-abcd-other000`$/,
        ),
        true,
      ],
    ],
  ],
  [
    'a key whose material comes from elsewhere',
    () => leedsKey({ key: { ...keyFacts(), origin: 'AWS_KMS' } }),
    [
      [
        'The key of Leeds City Council changes: its material from in the organisation’s CloudHSM cluster to made by AWS KMS',
        true,
      ],
    ],
  ],
  [
    'a key that is gone sooner',
    () => leedsKey({ key: { ...keyFacts(), deletionDays: 7 } }),
    [
      [
        'The key of Leeds City Council changes: the days until it is gone once its deletion is asked for from none to `7`',
        false,
      ],
    ],
  ],
])('%s', (_what, after, expected) => {
  const told = sectionsOf(planOf(before(), after())).flatMap((section) => section.told);
  expect(told.map(({ sentence, widens }) => [markedText(sentence), widens])).toEqual(expected);
});

test('a zone that no longer asks for approvals widens, whoever has signed by then, and one that comes to ask does not', () => {
  const asking = zone({ approvals: 'required' });
  const told = (was: Side, is: Side) =>
    settingChanges(was.world, is.world).map((each) => {
      const { sentence, widens } = tellSetting(each);
      return [markedText(sentence), widens];
    });
  const whether = 'The operator changes whether all agreements have to be approved from';
  expect([told(before(), asking), told(asking, before())]).toEqual([
    [[`${whether} \`not asked for\` to \`required\``, false]],
    [[`${whether} \`required\` to \`not asked for\``, true]],
  ]);
});

test('an organisation that is paused neither deposits nor shares, and none of that widens', () => {
  const told = sectionsOf(planOf(before(), dwp({ paused: { from: '2026-11-01' } }))).flatMap(
    (section) => section.told,
  );
  expect(told.map(({ widens }) => widens)).not.toContain(true);
  const text = told.map(({ sentence }) => markedText(sentence)).join('\n');
  expect(text).toMatch(/Department for Work and Pensions \(`dwp`\) is paused/);
  expect(text).toMatch(/publisher` may no longer deposit/);
  expect(text.match(/loses read on .*; one of the two is paused/g)).toHaveLength(7);
});

test('a policy that an organisation is asked to set is told when it changes', () => {
  const { source } = before();
  const file = 'key-policy-leeds.json';
  const other = (name: string) => (name === file ? `${source.file(name)} ` : source.file(name));
  const { asked } = planOf(before(), { ...before(), source: { ...source, file: other } });
  expect(asked.map((each) => [each.organisation, each.file, each.change])).toEqual([
    ['leeds', file, 'changed'],
  ]);
});

describe('those who sign in', () => {
  const signIn: NonNullable<OrganisationFacts['signIn']> = {
    issuer: 'https://login.dwp.example',
    client: 'concordat-people',
    mayDeposit: { subjects: ['7c9e6679'] },
    mayCollect: { appRoles: ['collector'] },
    multiFactor: 'mfa',
    maxSession: 'PT2H',
  };
  const { multiFactor: _, ...byOneFactor } = signIn;
  const whoever = 'Whoever signs in for Department for Work and Pensions';

  test.each<[string, OrganisationFacts['signIn'], readonly (readonly [sentence: string, widens: boolean])[]]>(
    [
      [
        'no second factor',
        byOneFactor,
        [[`${whoever} may now do so by one factor alone: no token has to say \`mfa\` any more`, true]],
      ],
      [
        'another second factor',
        { ...signIn, multiFactor: 'otp' },
        [
          [
            `${whoever} may now do so with a token that says \`otp\` of its factors, in place of \`mfa\``,
            true,
          ],
        ],
      ],
      [
        'an audience',
        { ...signIn, audience: 'api://another' },
        [
          [
            `${whoever} may now do so with a token for the program \`api://another\`, in place of \`concordat-people\``,
            true,
          ],
        ],
      ],
      [
        'another client',
        { ...signIn, client: 'another' },
        [
          [
            `${whoever} may now do so with a token for the program \`another\`, in place of \`concordat-people\``,
            true,
          ],
        ],
      ],
      [
        'another client with tokens for the same program',
        { ...signIn, client: 'another', audience: 'concordat-people' },
        [
          [
            `${whoever} now does so by the program \`another\`, in place of \`concordat-people\`: it acts for them`,
            true,
          ],
        ],
      ],
      [
        'longer sessions',
        { ...signIn, maxSession: 'PT8H' },
        [[`${whoever} may go on for 8 hours without signing in again; it was 2 hours`, true]],
      ],
      [
        'shorter sessions',
        { ...signIn, maxSession: 'PT1H' },
        [[`${whoever} may go on for 1 hour without signing in again; it was 2 hours`, false]],
      ],
      ['the same', { ...signIn }, []],
    ],
  )('%s', (_what, after, expected) => {
    const plan = planOf(dwp({ signIn }), dwp({ signIn: after }));
    const told = sectionsOf(plan).flatMap((section) => section.told);
    expect(told.map(({ sentence, widens }) => [markedText(sentence), widens])).toEqual(expected);
    for (const { more } of told)
      expect(more.map(markedText)).toEqual([
        'whoever holds the app role `collector`, as the identity provider `https://login.dwp.example` says may collect',
        'the subject `7c9e6679`, for whom the identity provider `https://login.dwp.example` vouches may deposit',
      ]);
  });

  test('a second factor that is asked for widens nothing', () => {
    const told = sectionsOf(planOf(dwp({ signIn: byOneFactor }), dwp({ signIn }))).flatMap(
      (section) => section.told,
    );
    expect(told.map(({ sentence, widens }) => [markedText(sentence), widens])).toEqual([
      [`${whoever} has to prove it by more than one factor: a token is to say \`mfa\``, false],
    ]);
  });

  test('another provider is told of each of them, as one who gains', () => {
    const other = { ...signIn, issuer: 'https://login.another.example', maxSession: 'PT8H' };
    const told = sectionsOf(planOf(dwp({ signIn }), dwp({ signIn: other }))).flatMap(
      (section) => section.told,
    );
    expect(told.map(({ widens }) => widens)).toEqual([true, true, false, false]);
  });
});
