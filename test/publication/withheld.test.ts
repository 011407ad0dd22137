/** That what is withheld, and what is never public, is nowhere in the record, and that it is said to be withheld. */

import { bucketName } from '../../lib/names';
import { leaksIn } from '../../lib/publication';
import { withheldTexts } from '../../lib/register';
import { EVERYTHING, PUBLIC_SETTINGS } from '../../lib/register/schema/agreement';
import { type Edit, set } from '../register/samples';
import { filesOf, registerAfter } from './sample-record';

const REASON = 'It would put people at risk.';
const withholding = (id: string, ...withheld: readonly string[]): Edit =>
  set(`agreements/${id}.yaml`, { public: { withheld, reason: REASON } });
const all = (files: ReadonlyMap<string, string>) =>
  [...files.entries()]
    .flat()
    .join('\n')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

/** Every text of a value. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (value !== null && typeof value === 'object')
    for (const each of Object.values(value)) yield* textsIn(each);
}

test('of the sample, each fact that is withheld is nowhere, and that it is withheld is said with the reason', () => {
  const register = registerAfter();
  const text = all(filesOf(register));
  const withheld = register.agreements.flatMap(withheldTexts);
  expect(withheld.length).toBeGreaterThan(3);
  for (const each of withheld) expect(text).not.toContain(each.text.trim());
  expect(text).toContain('How orders are acted on, and how often');
  expect(leaksIn(filesOf(register), register)).toEqual([]);
});

test('no account, ARN, bucket, key, mailbox or post of an approver is anywhere in the record', () => {
  const approver = {
    post: 'senior-information-risk-owner',
    role: 'Senior information risk owner of the department',
    sshKey: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${'A'.repeat(43)}`,
    from: '2026-01-01',
  };
  const register = registerAfter(set('organisations/dwp.yaml', { approvers: [approver] }));
  const text = all(filesOf(register));
  const { zone, organisations, agreements } = register;
  const secret = (each: string) =>
    /^\d{12}$|^arn:|@|^age1|^ssh-|^o-[a-z0-9]+$|^ou-/.test(each) ? [each] : [];
  const texts = [...textsIn([zone, organisations, agreements])].flatMap(secret);
  const buckets = organisations.map(({ account }) => bucketName(zone, account));
  expect(new Set(texts).size).toBeGreaterThan(50);
  const posts = organisations
    .flatMap((each) => each.approvers ?? [])
    .flatMap(({ post, role }) => [post, role]);
  expect(posts.length).toBeGreaterThan(2);
  for (const each of [...texts, ...buckets, ...posts]) expect(text).not.toContain(each);
});

test.each(PUBLIC_SETTINGS)('where %s is withheld, its own page says so and not what it is', (setting) => {
  const id = 'housing-benefit-awards';
  const register = registerAfter(withholding(id, setting));
  const files = filesOf(register);
  const page = files.get(`agreements/${id}.html`) ?? '';
  expect(page).toContain(REASON);
  expect(files.get('index.html')).toContain(REASON);
  const open = filesOf(registerAfter()).get(`agreements/${id}.html`) ?? '';
  const shown: Readonly<Record<string, string>> = {
    parties: 'Department for Work and Pensions',
    'data.specialCategories': '<dd>none</dd>',
    'data.criminalOffence': '<dd>No</dd>',
    lawfulBasis: 'Public task',
    dpia: '20 February 2026',
    retention: '14 months',
    starts: '1 April 2026',
    ends: '31 March 2030',
    review: '31 March 2028',
    contract: 'weekly_amount',
    counts: 'Not counted for this edition',
  };
  const agreement = register.agreements.find((each) => each.id === id);
  const secrets = [
    ...(agreement ? withheldTexts(agreement).map(({ text }) => text.trim().replaceAll("'", '&#39;')) : []),
    ...(shown[setting] === undefined ? [] : [shown[setting] as string]),
  ];
  expect(secrets.some((each) => open.includes(each))).toBe(true);
  // A short text is a word of other sentences too; as an item of a list it stands after a dash.
  for (const each of secrets) expect(page).not.toContain(setting === 'data.items' ? `– ${each}` : each);
});

test('an agreement that is withheld whole leaves nothing behind but that there is one, and why', () => {
  const id = 'housing-benefit-extract';
  const before = registerAfter();
  const withheld = before.agreements.find((each) => each.id === id);
  const files = filesOf(registerAfter(withholding(id, EVERYTHING)));
  const text = all(files);
  for (const each of [id, withheld?.title, withheld?.purpose.aim, withheld?.lawfulBasis.gateway])
    expect(text).not.toContain(each);
  expect(files.get('index.html')).toContain('One agreement is withheld whole.');
  expect(text).toContain(REASON);
});

test('whatever stands in an agreement that is withheld whole, the record is the same to the letter', () => {
  const id = 'housing-benefit-extract';
  const one = filesOf(registerAfter(withholding(id, EVERYTHING)));
  const other = filesOf(
    registerAfter(withholding(id, EVERYTHING), (files) => {
      const path = `agreements/${id}.yaml`;
      const text = Buffer.from(files.get(path) ?? [])
        .toString('utf8')
        .replace(/^title: .*$/m, 'title: Something else');
      files.set(path, Buffer.from(text));
    }),
  );
  expect(other).toEqual(one);
});

test('where the parties are withheld, no page of an organisation tells of the agreement', () => {
  const id = 'housing-benefit-awards';
  const title = 'Benefit awards that affect Housing Benefit in Leeds';
  const files = filesOf(registerAfter(withholding(id, 'parties')));
  for (const organisation of ['dwp', 'leeds'])
    expect(files.get(`organisations/${organisation}.html`)).not.toContain(title);
  expect(files.get('data/shares.csv')).not.toContain(id);
});

test('what somebody wrote into a public text all the same is found before anything is written', () => {
  const path = 'agreements/housing-benefit-awards.yaml';
  const found = (disposal: string, ...more: readonly Edit[]) => {
    const register = registerAfter(set(path, { 'retention.disposal': disposal }), ...more);
    return [...new Set(leaksIn(filesOf(register), register).map(({ what }) => what))];
  };
  expect(found('Write to disposal-team@leeds.example.')).toEqual(['a mailbox']);
  expect(found('It lies in 100000000022 until then.')).toEqual(['an account of AWS']);
  expect(found('By arn:aws:iam::aws:role/x.')).toEqual(['an ARN of AWS']);
  const told = 'Combine the data with other data about named people.';
  expect(found(told, withholding('violence-hotspots', 'purpose.prohibitedUses'))).toEqual([]);
  expect(found(`${told} Then it goes.`, withholding('violence-hotspots', 'purpose.prohibitedUses'))).toEqual([
    'a text that is withheld',
  ]);
});

test('it is found in other capitals and lines too: a page breaks lines where a file does not', () => {
  const id = 'violence-hotspots';
  const path = `agreements/${id}.yaml`;
  const secret = 'To find the streets\nwhere people are hurt';
  const register = registerAfter(
    set(path, { 'purpose.aim': secret }),
    withholding(id, 'purpose.aim'),
    set('agreements/benefit-rates.yaml', {
      'retention.disposal': 'Not TO FIND the streets where\n\npeople are  hurt.',
    }),
  );
  const found = leaksIn(filesOf(register), register);
  expect(found.map(({ file }) => file)).toEqual(
    expect.arrayContaining(['agreements/benefit-rates.html', 'data/agreements.csv']),
  );
  expect(new Set(found.map(({ agreement }) => agreement))).toEqual(new Set([id]));
});

test('conditions of law that there are for nothing but what is withheld go with it', () => {
  const page = (id: string, ...withheld: string[]) => {
    const files = filesOf(registerAfter(...(withheld.length > 0 ? [withholding(id, ...withheld)] : [])));
    return `${files.get(`agreements/${id}.html`)} ${files.get('catalogue.jsonld')?.split(`"${id}"`)[1]?.split('odrl:permission')[0]}`;
  };
  const health = 'hospital-discharge-referrals';
  expect(page(health)).toMatch(/Article 9[\s\S]*Schedule 1/);
  expect(page(health, 'data.specialCategories')).not.toMatch(/Article 9|Schedule 1|health-or-social/i);
  expect(page('court-warrants')).toContain('Schedule 8');
  expect(page('court-warrants', 'data.specialCategories')).not.toContain('Schedule 8');
  const convictions = 'anti-social-behaviour-reviews';
  expect(page(convictions)).toContain('Schedule 1');
  expect(page(convictions, 'data.criminalOffence')).not.toContain('Schedule 1');
});

test('a contract does not say again what its agreement withholds: why, what for, how often', () => {
  const id = 'housing-benefit-awards';
  const contract = registerAfter().contracts.find((each) => each.id === id);
  const { purpose = '', usage = '', limitations = '' } = contract?.description ?? {};
  const text = (...withheld: string[]) =>
    all(filesOf(registerAfter(...(withheld.length > 0 ? [withholding(id, ...withheld)] : []))));
  for (const [said, setting] of [
    [purpose, 'purpose.aim'],
    [purpose, 'purpose.necessity'],
    [usage, 'purpose.permittedUses'],
    [limitations, 'purpose.prohibitedUses'],
    ['"@value": "P1D"', 'counts'],
  ] as const) {
    expect(text()).toContain(said);
    expect(text(setting)).not.toContain(said);
  }
});

test('the name of a party that is withheld is found on the page of the agreement, wherever it comes from', () => {
  const id = 'housing-benefit-awards';
  const register = registerAfter(
    withholding(id, 'parties'),
    set(`contracts/${id}.yaml`, { 'description.usage': 'Made by Department for Work  and Pensions.' }),
  );
  expect(leaksIn(filesOf(register), register)).toEqual([
    { file: `agreements/${id}.html`, what: 'the name of a party that is withheld', agreement: id },
  ]);
});
