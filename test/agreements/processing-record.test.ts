/** That an organisation’s record of processing has all that the law asks for and the register knows, once, and nothing of others. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { processingRecord, unrecorded } from '../../lib/agreements';
import { BASES, SECTION_35 } from '../../lib/agreements/privacy-law';
import { basisOf } from '../../lib/agreements/processing-law';
import { processingOf } from '../../lib/agreements/processing-parts';
import { directionsOf, type OrganisationId, type Register, termsDigest } from '../../lib/register';
import { type IsoDate, inWords } from '../../lib/register/calendar';
import { loadRegister } from '../../lib/register/load';
import type { Agreement } from '../../lib/register/schema/agreement';
import { goldenIn } from '../golden';
import { AS_OF, type Edit, edited, MINIMAL, replace, SAMPLE, set } from '../register/samples';

const golden = goldenIn(__dirname);
const AWARDS = 'agreements/housing-benefit-awards.yaml';

function loaded(files = SAMPLE): Register {
  const read = loadRegister(files, AS_OF);
  if (!read.ok) throw new Error(read.diagnostics.map(({ message }) => message).join('\n'));
  return read.register;
}
const register = loaded();
const after = (...edits: readonly Edit[]) => loaded(edited(SAMPLE, ...edits));

type Row = Readonly<Record<string, string>>;

function rowsOf(id: string, of = register, asOf: IsoDate = AS_OF): Row[] {
  const organisation = of.organisation(id as OrganisationId);
  return parse(processingRecord({ register: of, organisation, asOf }), { bom: true, columns: true });
}

function rowOf(id: string, agreement: string, of = register, asOf: IsoDate = AS_OF): Row {
  const [row, ...more] = rowsOf(id, of, asOf).filter((each) => each.Agreement === agreement);
  if (row === undefined || more.length > 0) throw new Error(`${id} has not one row of ${agreement}`);
  return row;
}

const all = register.organisations.flatMap(({ id }) => rowsOf(id).map((row) => [id, row] as const));
const agreementOf = (row: Row) => register.agreements.find(({ id }) => id === row.Agreement) as Agreement;

const BASIS = 'Article 6 lawful basis for processing personal data';
const RECIPIENTS = 'Categories of recipients';
const SOURCE = 'The source of the personal data (if applicable)';
const TRANSFERS =
  'Names of third countries or international organisations that personal data are transferred to (if applicable)';
const UNKNOWN = /(?:^|; )Not known here/;

test('of the sample reads as its golden file: of a council, a court’s service and a supplier', () => {
  const told = ['leeds', 'hmcts', 'example-routing'].flatMap((id) =>
    rowsOf(id).map((row) => [
      `# ${id}`,
      ...Object.entries(row).map(([head, cell]) => `${head}: ${cell}`),
      '',
    ]),
  );
  golden('processing-record.txt', told.flat().join('\n'));
});

test('every way of every agreement about people stands once with its owner and once with each recipient, and nowhere else', () => {
  const ids = ['a', 'b', 'c', 'd'] as OrganisationId[];
  const parties = fc.oneof(
    fc
      .shuffledSubarray(ids, { minLength: 2 })
      .map(([owner, ...recipients]) => ({ owner, recipients }) as object),
    fc.shuffledSubarray(ids, { minLength: 2, maxLength: 2 }).map((reciprocal) => ({ reciprocal }) as object),
  );
  const relationship = fc.constantFrom(
    'separate-controllers',
    'joint-controllers',
    'controller-and-processor',
  );
  const regime = fc.constantFrom('uk-gdpr', 'law-enforcement', 'not-personal-data');
  const agreements = fc.array(fc.record({ parties, relationship, regime })).map((drawn) =>
    drawn.map(
      (each, index) =>
        ({
          id: `agreement-${index}`,
          relationship: each.relationship,
          lawfulBasis: { regime: each.regime },
          ...each.parties,
        }) as unknown as Agreement,
    ),
  );
  fc.assert(
    fc.property(agreements, (drawn) => {
      const told = ids.flatMap((id) =>
        processingOf({ agreements: drawn }, id).map(
          ({ agreement, owner, side }) => `${id} ${side} ${agreement.id} of ${owner}`,
        ),
      );
      const expected = drawn
        .filter(({ lawfulBasis }) => lawfulBasis.regime !== 'not-personal-data')
        .flatMap((agreement) =>
          directionsOf(agreement).flatMap(({ owner, recipients }) => [
            `${owner} shares ${agreement.id} of ${owner}`,
            ...recipients.map((each) => `${each} receives ${agreement.id} of ${owner}`),
          ]),
        );
      expect(told.sort()).toEqual(expected.sort());
      for (const id of ids) {
        const kept = new Set(processingOf({ agreements: drawn }, id).map(({ agreement }) => agreement));
        for (const each of unrecorded({ agreements: drawn }, id)) expect(kept.has(each)).toBe(false);
      }
    }),
  );
});

test('each row has what the register knows of the agreement, ended ones with their days', () => {
  expect(all.some(([, row]) => row.State === 'ended')).toBe(true);
  for (const [, row] of all) {
    const { id, title, purpose, data, lawfulBasis, dpia, starts, ends, contacts, retention, ...agreement } =
      agreementOf(row);
    expect(row).toMatchObject({
      Agreement: id,
      'Title of the agreement': title,
      'First day': starts,
      'Last day': ends,
      'Purpose of processing': purpose.aim,
      'Categories of processing': purpose.permittedUses.join('; '),
      'Categories of individuals': data.subjects.join('; '),
      'Categories of personal data': data.items.join('; '),
      'Criminal convictions and offences': data.criminalOffence === 'yes' ? 'Yes' : 'No',
      'Legal power to share': lawfulBasis.gateway,
      'Requests about rights go to': contacts.rights,
      'Personal data breaches are told to': contacts.breach,
      'Digest of the terms': termsDigest(agreementOf(row), register.contracts),
    });
    expect(row['Retention schedule']).toContain(retention.disposal);
    expect(row['Link to Data Protection Impact Assessment']).toContain(
      `${dpia.reference}, signed off on ${inWords(dpia.date)}`,
    );
    expect(row['Withheld from the public']).toContain(agreement.public?.reason ?? 'None');
  }
});

test('who shares names whom it shares with, and who receives names whom it has it from, and no other recipient', () => {
  const both = after(set(AWARDS, { recipients: ['leeds', 'camden'] }));
  const owner = rowOf('dwp', 'housing-benefit-awards', both);
  expect(owner[RECIPIENTS]).toContain('Leeds City Council; London Borough of Camden');
  const recipient = rowOf('leeds', 'housing-benefit-awards', both);
  expect(recipient[SOURCE]).toBe('Department for Work and Pensions');
  expect(Object.values(recipient).join()).not.toContain('Camden');
});

test('an owner is told the state of each recipient where they differ', () => {
  const paused = { from: '2026-09-01', reason: 'A move of systems.' };
  const both = after(
    set(AWARDS, { recipients: ['leeds', 'camden'] }),
    set('organisations/camden.yaml', { paused }),
  );
  expect(rowOf('dwp', 'housing-benefit-awards', both).State).toBe(
    'Leeds City Council: in force; London Borough of Camden: paused',
  );
  expect(rowOf('leeds', 'housing-benefit-awards', both).State).toBe('in force');
  expect(rowOf('camden', 'housing-benefit-awards', both).State).toBe('paused');
});

test('the basis on which the owner shares is never told as that of a recipient', () => {
  const received = all.filter(([, row]) => row['Shares or receives'] === 'receives');
  const shared = all.filter(([, row]) => row['Shares or receives'] === 'shares');
  expect(received.length * shared.length).toBeGreaterThan(0);
  for (const [, row] of received)
    expect(row[BASIS]).toMatch(
      /^(?:Not known here: on which the organisation uses|Not asked of a processor$)/,
    );
  for (const [, row] of shared) expect(row[BASIS]).not.toMatch(UNKNOWN);
  expect(rowOf('dwp', 'housing-benefit-awards')[BASIS]).toBe('Public task (UK GDPR, Article 6(1)(e))');
});

test('people are told the same provisions in their notices', () => {
  for (const [article6, told] of Object.entries(BASES)) {
    const basis = basisOf({ regime: 'uk-gdpr', article6: article6 as keyof typeof BASES, gateway: 'x' });
    expect(told).toContain(basis.slice(basis.indexOf('(')));
  }
  for (const [section35, told] of Object.entries(SECTION_35)) {
    const basis = basisOf({
      regime: 'law-enforcement',
      section35: section35 as keyof typeof SECTION_35,
      gateway: 'x',
    });
    expect(told).toContain(basis.slice(basis.indexOf('(')));
  }
});

test('law enforcement is recorded under its own Act, by its own basis', () => {
  const row = rowOf('hmcts', 'court-warrants');
  expect(row['Record under']).toBe('Data Protection Act 2018, section 61(1): controller');
  expect(row[BASIS]).toBe('Necessary for a competent authority (Data Protection Act 2018, section 35(2)(b))');
});

test('a processor’s record names its controller, and a controller’s its processor', () => {
  const CONTROLLER = 'Name and contact details of controller (if a processor keeps this record)';
  const PROCESSOR = 'Name and contact details of processor (if applicable)';
  const processor = rowOf('example-routing', 'school-transport-surrey');
  expect(processor['Record under']).toBe('UK GDPR, Article 30(2): processor');
  expect(processor[CONTROLLER]).toContain('Surrey County Council (data-protection@');
  expect(processor['Categories of processing']).toContain('Plan routes');
  const controller = rowOf('surrey', 'school-transport-surrey');
  expect(controller['Record under']).toBe('UK GDPR, Article 30(1): controller');
  expect(controller[PROCESSOR]).toBe(processor['Name and contact details']?.split('; ')[0]);
});

test('joint controllers name each other', () => {
  const JOINT = 'Name and contact details of joint controller (if applicable)';
  expect(rowOf('leeds', 'anti-social-behaviour-reviews')[JOINT]).toContain('West Yorkshire Police (');
  expect(rowOf('west-yorks-police', 'anti-social-behaviour-reviews')[JOINT]).toContain(
    'Leeds City Council (',
  );
  expect(rowOf('leeds', 'housing-benefit-awards')[JOINT]).toBe('Not applicable');
});

test('of two that share each way, nobody says which is the processor where the agreement does not', () => {
  const each = after(
    set(AWARDS, {
      owner: undefined,
      recipients: undefined,
      reciprocal: ['dwp', 'leeds'],
      supersedes: undefined,
      relationship: 'controller-and-processor',
    }),
  );
  const rows = rowsOf('leeds', each).filter(({ Agreement }) => Agreement === 'housing-benefit-awards');
  expect(rows.map((row) => row['Shares or receives']).sort()).toEqual(['receives', 'shares']);
  for (const row of rows) expect(row['Record under']).toContain('does not say which of the two');
});

test('what the register does not know is said to be unknown, and is never empty', () => {
  const unknown = [
    'Name and contact details',
    'Name and contact details of data protection officer (if applicable)',
    'Name and contact details of representative (if applicable)',
    'Business function',
    TRANSFERS,
    'Safeguards for exceptional transfers of personal data to third countries or international organisations (if applicable)',
    'General description of technical and organisational security measures',
  ];
  for (const [, row] of all) {
    for (const head of unknown) expect([head, UNKNOWN.test(row[head] ?? '')]).toEqual([head, true]);
    for (const [head, cell] of Object.entries(row)) expect([head, cell]).not.toEqual([head, '']);
  }
});

test('data is told to lie in the United Kingdom only where the zone does', () => {
  expect(rowOf('leeds', 'housing-benefit-awards')[TRANSFERS]).toMatch(
    /^While it is shared it lies in the United Kingdom: AWS Region eu-west-2 \(London\); Not known here: transfers/,
  );
  const regionException = {
    region: 'eu-west-1',
    reason: 'A rehearsal.',
    owner: 'Senior information risk owner',
    until: '2026-12-31',
  };
  const inIreland = edited(
    MINIMAL,
    replace('organisations/leeds.yaml', 'eu-west-2', 'eu-west-1'),
    set('zone.yaml', { region: 'eu-west-1', regionException }),
  );
  const told = rowOf('leeds', 'benefit-awards', loaded(inIreland))[TRANSFERS];
  expect(told).toContain('AWS Region eu-west-1, by an exception until 31 December 2026: A rehearsal.');
  expect(told).toContain('outside the United Kingdom');
});

test('a legal hold that is not over shows in how long it is kept, and its open end in the owner’s', () => {
  const RETENTION = 'Retention schedule';
  const held = after(set(AWARDS, { hold: { from: '2026-09-01', reason: 'An inquiry.', by: 'dwp' } }));
  expect(rowOf('leeds', 'housing-benefit-awards', held)[RETENTION]).toContain('A legal hold forbids');
  expect(rowOf('dwp', 'housing-benefit-awards', held)[RETENTION]).toContain('the legal hold has no last day');
  expect(rowOf('leeds', 'housing-benefit-awards')[RETENTION]).not.toContain('legal hold');
  const deposited = `from ${inWords('2031-06-01' as IsoDate)} on`;
  expect(rowOf('dwp', 'housing-benefit-awards')[RETENTION]).toContain(deposited);
});

test('what is withheld from the public stands in the organisation’s own record, and that it is withheld', () => {
  const row = rowOf('hmcts', 'court-warrants');
  expect(row['Categories of processing']).toBe(agreementOf(row).purpose.permittedUses.join('; '));
  expect(row['Withheld from the public']).toContain('purpose.permittedUses');
});

test('no role, account or key of anybody stands in it', () => {
  for (const [, row] of all) expect(Object.values(row).join('\n')).not.toMatch(/arn:|\b\d{12}\b|ssh-ed25519/);
});

test('a Welsh name stays as it is, and no title is run as a formula', () => {
  const names = after(
    set('organisations/leeds.yaml', { name: 'Cyngor Sir Ynys Môn, Tŷ’r Wŷr' }),
    set(AWARDS, { title: '=1+1' }),
  );
  const row = rowOf('leeds', 'housing-benefit-awards', names);
  expect(row['Name and contact details']).toMatch(/^Cyngor Sir Ynys Môn, Tŷ’r Wŷr \(/);
  expect(row['Title of the agreement']).toBe("'=1+1");
});
