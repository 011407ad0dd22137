/** Questions in people's words: who reads, who decrypts, what an organisation reads; answered from templates alone. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../lib/commands/terminal';
import { LETTERS_ID, letters } from '../register/letters';
import { synthesised } from '../stacks/sample-assembly';
import { emptyFolder, run } from './captured-terminal';

const workshop = emptyFolder();
beforeAll(() => {
  cpSync(synthesised().folder, join(workshop, 'cdk.out'), { recursive: true });
});
const ask = (...words: string[]) => run(words, workshop);

interface WhoReads {
  readonly object: string;
  readonly readers: readonly {
    readonly organisation: string;
    readonly reads: boolean;
    readonly isRecipient: boolean;
    readonly takenOnBy: readonly string[];
    readonly ways: readonly { readonly read: { readonly because: readonly string[] } }[];
  }[];
}

test('who reads names the role, whom its template lets take it on, the days and the statements', async () => {
  const { out, err, code } = await ask('who', 'reads', 'benefit-rates');
  expect(out).toContain(`reads: London Borough of Camden (camden)
  by the role arn:aws:iam::100000000021:role/concordat/concordat-collect
  which is taken on by arn:aws:iam::100000000021:role/benefits/awards-reader and arn:aws:iam::100000000021:role/childrens-services/referrals-reader
  through the access point 8b2000fd150a--camden
  from 1 October 2026 to 30 September 2030, both included, by agreement benefit-rates
  S3: allowed
`);
  expect(out).toContain("'GetByCamdenUnderBenefitRates' of 'Organisation-dwp/");
  expect(err).toContain('camden, cardiff, fife and leeds read it under benefit-rates on 1 December 2026.');
  expect(code).toBe(EXIT.clean);
});

test('a reader whom no agreement names is told as that, and a role that nobody may take on as well', async () => {
  const copy = emptyFolder();
  cpSync(join(workshop, 'cdk.out'), copy, { recursive: true });
  const dwp = join(copy, 'Organisation-dwp.template.json');
  const nspcc = '100000000051';
  writeFileSync(
    dwp,
    readFileSync(dwp, 'utf8').replaceAll('100000000021', nspcc).replaceAll('--camden', '--nspcc'),
  );
  const leeds = join(copy, 'Organisation-leeds.template.json');
  writeFileSync(
    leeds,
    readFileSync(leeds, 'utf8').replaceAll(':role/benefits/awards-reader', ':role/nobody'),
  );
  const { out } = await ask('who', 'reads', 'benefit-rates', '--assembly', copy, '--json');
  const { readers } = JSON.parse(out) as WhoReads;
  const of = (id: string) => readers.find(({ organisation }) => organisation === id);
  expect(of('camden')).toMatchObject({ reads: false, isRecipient: true });
  expect(of('leeds')?.takenOnBy).not.toContain('arn:aws:iam::100000000022:role/benefits/awards-reader');
});

test('what an organisation reads is what others are read by it', async () => {
  const { out, err, code } = await ask('what', 'leeds', 'reads', '--json');
  const { reads } = JSON.parse(out) as { reads: { owner: string; agreement: string }[] };
  expect(reads.map(({ agreement }) => agreement).sort()).toEqual([
    'air-quality-readings',
    'benefit-rates',
    'child-safeguarding-referrals',
    'hospital-discharge-referrals',
    'housing-benefit-awards',
    'violence-hotspots',
  ]);
  expect(err).toContain('leeds reads ');
  expect(code).toBe(EXIT.clean);
  const nothing = await ask('what', 'nspcc', 'reads');
  expect([nothing.code, nothing.out]).toEqual([EXIT.findings, '']);
  expect(nothing.err).toBe('nspcc reads nothing of others, by the templates as of 1 December 2026.\n');
});

test('who reads says of a sealed agreement whose keys open what is read', async () => {
  const { out, code } = await ask('who', 'reads', 'child-safeguarding-referrals');
  expect(code).toBe(EXIT.clean);
  expect(out).toContain('opens it by one of these keys alone');
  expect(out).toContain('leeds, age1');
  const { out: json } = await ask('who', 'reads', 'child-safeguarding-referrals', '--json');
  expect(JSON.parse(json)).toMatchObject({ sealed: { keys: [{ holder: 'leeds' }] } });
});

test('who reads asks whose object it is where two share with each other', async () => {
  const { folder } = synthesised({ files: letters() });
  const asked = (...more: string[]) =>
    run(['who', 'reads', LETTERS_ID, '--on', '2026-12-01', '--assembly', folder, ...more], folder);
  expect((await asked()).err).toContain('say whose object, --owner dwp or leeds');
  expect((await asked('--owner', 'routing')).err).toContain('dwp or leeds owns what is shared');
  expect((await asked('--owner', 'leeds')).out).toContain('reads: Department for Work and Pensions (dwp)');
  expect((await asked('--owner', 'dwp')).out).toContain('reads: Leeds City Council (leeds)');
});

test('who decrypts tells of policy and grants, and which are in force', async () => {
  const { out, code } = await ask('who', 'decrypts', 'leeds');
  expect(out).toContain('by the policy of its key: the role concordat/concordat-deposit');
  expect(out).toContain(`  by a grant: dwp, under housing-benefit-extract
    from 1 April 2026 to 31 March 2029, both included
    by the role arn:aws:iam::100000000011:role/concordat/concordat-collect
    The role data-sharing/council-returns-reader. [DeclaredPrincipalsTakeOnTheRole]
`);
  expect(code).toBe(EXIT.clean);
  const later = await ask('who', 'decrypts', 'leeds', '--on', '2035-01-01');
  expect(later.out).toContain('  by a grant on other days: dwp, under housing-benefit-extract\n');
  const without = await ask('who', 'decrypts', 'example-routing');
  expect([without.code, without.out]).toEqual([EXIT.findings, '']);
  expect(without.err).toMatch(/ has no key here: it only receives\.\n$/);
});

test.each<[string[], RegExp]>([
  [['who', 'reads', 'benefit-rat'], /no agreement 'benefit-rat': did you mean benefit-rates\?/],
  [
    ['who', 'reads', 'benefit-rates', '--object', 'x.csv'],
    /--object is 'x\.csv'.* below agreements\/benefit-rates\//,
  ],
  [['who', 'decrypts', 'leads'], /no organisation 'leads': did you mean leeds\?/],
  [['what', 'leeds', 'writes'], /what takes an organisation and then reads, not 'writes'/],
  [['who', 'reads'], /who reads needs AGREEMENT/],
])('wrong words are met with a sentence: %j', async (words, expected) => {
  const { code, out, err } = await ask(...words);
  expect([code, out]).toEqual([EXIT.usage, '']);
  expect(err).toMatch(expected);
});
