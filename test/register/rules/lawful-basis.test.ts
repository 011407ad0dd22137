/** That the lawful basis of an agreement fits the data that is shared and the organisations that share it. */
import { SECTORS } from '../../../lib/register/schema/organisation';
import { type Edit, pointedAt, registerAfter, set } from '../samples';

const AGREEMENT = 'agreements/benefit-awards.yaml';
const refused = (line: string) => [`lawful-basis at ${AGREEMENT}, ${line}`];

const ownerIs = (sector: string) => set('organisations/dwp.yaml', { sector });
const recipientIs = (sector: string) => set('organisations/leeds.yaml', { sector });
const agreement = (settings: Record<string, unknown>) => set(AGREEMENT, settings);
const basis = (settings: Record<string, unknown>) =>
  agreement(
    Object.fromEntries(Object.entries(settings).map(([key, value]) => [`lawfulBasis.${key}`, value])),
  );
const regime = (settings: Record<string, unknown>) =>
  agreement({ lawfulBasis: { ...settings, gateway: 'Crime and Disorder Act 1998, section 115.' } });

const NOT_PUBLIC = ['third-sector', 'private-sector'];
const PUBLIC = SECTORS.filter((sector) => !NOT_PUBLIC.includes(sector));

function accepts(...edits: Edit[]): void {
  expect(registerAfter(...edits).agreements).toHaveLength(1);
}

describe('UK GDPR Article 6', () => {
  const safeguarding = basis({
    article6: 'recognised-legitimate-interest',
    recognisedInterest: 'safeguarding',
  });

  test.each(PUBLIC)('a public authority (%s) may not rely on a recognised legitimate interest', (sector) => {
    expect(pointedAt(ownerIs(sector), safeguarding)).toEqual(
      refused('article6: recognised-legitimate-interest'),
    );
  });

  test.each(PUBLIC)('a public authority (%s) may not rely on legitimate interests', (sector) => {
    const edits = [ownerIs(sector), basis({ article6: 'legitimate-interests' })];
    expect(pointedAt(...edits)).toEqual(refused('article6: legitimate-interests'));
  });

  test.each(NOT_PUBLIC)('an organisation that is no public authority (%s) may rely on either', (sector) => {
    accepts(ownerIs(sector), safeguarding);
    accepts(ownerIs(sector), basis({ article6: 'legitimate-interests' }));
  });

  test.each(['consent', 'contract', 'legal-obligation', 'vital-interests', 'public-task'])(
    'a public authority may rely on %s',
    (article6) => accepts(basis({ article6 })),
  );

  test('a recognised legitimate interest needs the condition that it meets, and no other basis takes one', () => {
    const charity = ownerIs('third-sector');
    expect(pointedAt(charity, basis({ article6: 'recognised-legitimate-interest' }))).toEqual(
      refused('article6: recognised-legitimate-interest'),
    );
    expect(pointedAt(charity, basis({ recognisedInterest: 'crime' }))).toEqual(
      refused('recognisedInterest: crime'),
    );
  });

  test('a disclosure for a public task goes to an organisation that has one', () => {
    const disclosure = basis({
      article6: 'recognised-legitimate-interest',
      recognisedInterest: 'disclosure-for-public-task',
    });
    accepts(ownerIs('third-sector'), disclosure);
    expect(pointedAt(ownerIs('third-sector'), recipientIs('private-sector'), disclosure)).toEqual(
      refused('- leeds'),
    );
  });
});

describe('special categories', () => {
  const health = agreement({ 'data.specialCategories': ['health'] });

  test('special-category data needs a condition in Article 9', () => {
    expect(pointedAt(health)).toEqual(refused('lawfulBasis:'));
    accepts(health, basis({ article9: 'explicit-consent' }));
  });

  test('a condition in Article 9 needs special-category data', () => {
    expect(pointedAt(basis({ article9: 'explicit-consent' }))).toEqual(refused('article9: explicit-consent'));
  });

  test.each([
    ['employment-and-social-protection-law', 'employment-and-social-protection', 'preventing-fraud'],
    ['health-or-social-care', 'health-or-social-care-purposes', 'safeguarding-of-economic-well-being'],
    ['public-health', 'public-health-purposes', 'counselling'],
    ['archiving-research-and-statistics', 'research-purposes', 'insurance'],
    ['substantial-public-interest', 'preventing-fraud', 'research-purposes'],
  ])('%s also needs a condition in its Part of Schedule 1', (article9, right, wrong) => {
    expect(pointedAt(health, basis({ article9 }))).toEqual(refused(`article9: ${article9}`));
    expect(pointedAt(health, basis({ article9, schedule1: [wrong] }))).toEqual(refused('schedule1:'));
    accepts(health, basis({ article9, schedule1: [right] }));
    accepts(health, basis({ article9, schedule1: [wrong, right] }));
  });
});

describe('criminal offences', () => {
  const offences = agreement({ 'data.criminalOffence': 'yes' });

  test('criminal-offence data needs a condition in Schedule 1', () => {
    expect(pointedAt(offences)).toEqual(refused('criminalOffence: yes'));
    accepts(offences, basis({ schedule1: ['preventing-fraud'] }));
  });
});

describe('subjects', () => {
  test('personal data is about somebody', () => {
    expect(pointedAt(agreement({ 'data.subjects': [] }))).toEqual(refused('subjects: []'));
  });

  test('data about nobody has no subjects, special categories or offences', () => {
    const nobody = regime({ regime: 'not-personal-data' });
    accepts(nobody, agreement({ 'data.subjects': [] }));
    const line = refused('regime: not-personal-data');
    expect(pointedAt(nobody)).toEqual(line);
    const empty = { 'data.subjects': [] };
    expect(pointedAt(nobody, agreement({ ...empty, 'data.specialCategories': ['health'] }))).toEqual(line);
    expect(pointedAt(nobody, agreement({ ...empty, 'data.criminalOffence': 'yes' }))).toEqual(line);
  });
});

describe('law enforcement', () => {
  const enforcement = { regime: 'law-enforcement', section35: 'necessary-for-a-competent-authority' };

  test('it is open to public organisations', () => {
    accepts(regime(enforcement), ownerIs('police'), recipientIs('justice'));
  });

  test.each(NOT_PUBLIC)('it is not open to an organisation of the %s, as owner or as recipient', (sector) => {
    expect(pointedAt(regime(enforcement), ownerIs(sector))).toEqual(refused('owner: dwp'));
    expect(pointedAt(regime(enforcement), recipientIs(sector))).toEqual(refused('- leeds'));
  });

  test('it is of people too', () => {
    expect(pointedAt(regime(enforcement), agreement({ 'data.subjects': [] }))).toEqual(
      refused('subjects: []'),
    );
  });

  test('sensitive processing needs a condition in Schedule 8', () => {
    const health = agreement({ 'data.specialCategories': ['health'] });
    expect(pointedAt(regime(enforcement), health)).toEqual(refused('lawfulBasis:'));
    accepts(regime({ ...enforcement, schedule8: ['administration-of-justice'] }), health);
  });
});
