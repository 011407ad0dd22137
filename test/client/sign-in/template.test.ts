/**
 * That whom the register names gets in, and nobody else: by the trust policies and the provider as the organisation’s template has
 * them, and with the profile that its people are given.
 */
import { EXIT } from '../../../lib/commands/terminal';
import { type OrganisationId, profileOf } from '../../../lib/register';
import { ofType, synthesised } from '../../stacks/sample-assembly';
import { CLAIM, PROVIDER, SIGNING, signingIn } from '../../stacks/signing-in';
import type { Person } from './identity';
import { CLIENT, ISSUER, Office } from './office';

/** Who deposits, by the subject that the register names. */
const CLERK: Person = { subject: '7c9e6679-benefits', methods: ['pwd', 'mfa'] };
/** Who collects, as the holder of an app role; no subject is named. */
const COLLECTOR: Person = {
  subject: 'f47ac10b',
  methods: ['mfa'],
  tags: { 'concordat-role': ['collector'] },
};

const { register, asOf, stackOf } = synthesised({ files: signingIn() });
const stack = stackOf(SIGNING);
const made = (type: string) => ofType(stack, type).map(({ Properties = {} }) => Properties);

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
afterAll(() => office.close());
beforeEach(() => {
  office.reset(() => ({}));
  office.profile = profileOf(register, register.organisation(SIGNING as OrganisationId), asOf);
  const [provider = {}] = made('AWS::IAM::OIDCProvider');
  office.sts.providers = office.sts.providers.map((each) => ({
    ...each,
    issuer: String(provider.Url),
    audiences: provider.ClientIdList as string[],
  }));
  office.sts.roles.clear();
  for (const role of made('AWS::IAM::Role'))
    office.sts.roles.set(
      `arn:aws:iam::${office.profile.organisation.account}:role${role.Path}${role.RoleName}`,
      {
        trust: role.AssumeRolePolicyDocument as object,
        maxSession: Number(role.MaxSessionDuration ?? 3600),
      },
    );
});

/** What a person may do after signing in. */
async function may(person: Person): Promise<readonly string[] | undefined> {
  await office.identity.seat(person);
  const { code, out } = await office.signin({}, '--json');
  const last = JSON.parse(out.trim().split('\n').at(-1) ?? '{}');
  return code === EXIT.clean ? last.roles : undefined;
}

test('the profile, the provider and the roles are of one piece', () => {
  expect(office.profile.signIn).toEqual({
    issuer: ISSUER,
    client: CLIENT,
    audience: CLIENT,
    maxSession: 7200,
  });
  expect(office.sts.providers).toMatchObject([
    { arn: PROVIDER, issuer: `https://${CLAIM}`, audiences: [CLIENT] },
  ]);
  expect(Object.values(office.profile.roles).filter((arn) => !office.sts.roles.has(arn))).toEqual([]);
});

test('a subject that the register names deposits, and reads receipts', async () => {
  expect(await may(CLERK)).toEqual(['deposit', 'receipts']);
});

test('the holder of an app role collects, and reads receipts', async () => {
  expect(await may(COLLECTOR)).toEqual(['collect', 'receipts']);
});

test('so does one whose provider gives each tag a claim of its own', async () => {
  const { tags: _, ...collector } = COLLECTOR;
  expect(await may({ ...collector, flatTags: { 'concordat-role': 'collector' } })).toEqual([
    'collect',
    'receipts',
  ]);
});

test.each<[string, Person]>([
  ['another subject', { ...CLERK, subject: 'somebody-else' }],
  ['the subject in capitals', { ...CLERK, subject: CLERK.subject.toUpperCase() }],
  ['the subject by one factor', { ...CLERK, methods: ['pwd'] }],
  ['the subject by factors that nobody says', { subject: CLERK.subject }],
  ['the subject, whose token has a session tag as well', { ...CLERK, tags: { 'concordat-role': ['clerk'] } }],
  ['an app role that the register does not name', { ...COLLECTOR, tags: { 'concordat-role': ['reader'] } }],
  ['the app role under another name', { ...COLLECTOR, tags: { role: ['collector'] } }],
  ['the holder of the app role by one factor', { ...COLLECTOR, methods: ['pwd'] }],
])('%s gets in nowhere', async (_who, person) => {
  expect(await may(person)).toBeUndefined();
});

test('a role gives the longest session that the register says, and no longer one', async () => {
  const deposit = office.profile.roles.deposit ?? '';
  expect(office.sts.roles.get(deposit)?.maxSession).toBe(7200);
  await may(CLERK);
  const client = office.open({ cwd: office.folder, env: {}, state: office.state });
  await client.store('deposit', office.profile.bucket ?? '');
  const seconds = [...office.sts.sessions.values()].map(({ ends }) => Math.round((ends - Date.now()) / 1000));
  expect(Math.max(...seconds)).toBeGreaterThan(7_100);
  expect(Math.max(...seconds)).toBeLessThanOrEqual(7_200);
});
