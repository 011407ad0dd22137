/** That people are told what the law has them told, from the agreement alone, nothing that is withheld, and no more than it knows. */
import { privacyNotice, whyNoNotice } from '../../lib/agreements';
import { BASES, rightsUnder } from '../../lib/agreements/privacy-law';
import { directionsOf, withheldTexts } from '../../lib/register';
import { addDays, dateOf } from '../../lib/register/calendar';
import { loadRegister } from '../../lib/register/load';
import type { Agreement } from '../../lib/register/schema/agreement';
import { documentText } from '../../lib/words';
import { goldenIn } from '../golden';
import { AS_OF, edited, SAMPLE, set } from '../register/samples';

const golden = goldenIn(__dirname);
const loadedFrom = (files = SAMPLE) => {
  const loaded = loadRegister(files, AS_OF);
  if (!loaded.ok) throw new Error('the register is faulty');
  return loaded.register;
};
const register = loadedFrom();
const noticeOf = (agreement: Agreement, of = register) =>
  documentText(privacyNotice({ register: of, agreement, asOf: AS_OF })).replace(/\s+/g, ' ');
const withNotice = register.agreements.filter((each) => whyNoNotice(each) === undefined);

test.each(withNotice.map((each) => [each.id, each] as const))(
  'of %s, it tells all that the register knows and is not withheld',
  (_, agreement) => {
    const text = noticeOf(agreement);
    const { purpose, data, lawfulBasis, retention, contacts } = agreement;
    const withheld = new Set(withheldTexts(agreement).map((each) => each.text));
    const known = [
      purpose.aim,
      purpose.necessity,
      ...purpose.permittedUses,
      ...purpose.prohibitedUses,
      ...data.items,
      ...data.subjects,
      lawfulBasis.gateway,
      retention.disposal,
    ].map((each) => each.replace(/\s+/g, ' ').trim());
    for (const each of known) expect([each, text.includes(each)]).toEqual([each, !withheld.has(each)]);
    expect(text).toContain(contacts.rights);
    expect(text).toContain('the Information Commissioner');
    expect(text).toContain('To be completed before it is published');
  },
);

test('is read out as its golden file', () => {
  const awards = register.agreements.find(({ id }) => id === 'housing-benefit-awards') as Agreement;
  golden('privacy-notice.txt', documentText(privacyNotice({ register, agreement: awards, asOf: AS_OF })));
});

test('there is none of what concerns nobody, nor of what is withheld as a whole', () => {
  expect(
    register.agreements
      .filter((each) => !withNotice.includes(each))
      .map(({ lawfulBasis }) => lawfulBasis.regime),
  ).toContain('not-personal-data');
  const hidden = loadedFrom(
    edited(
      SAMPLE,
      set('agreements/housing-benefit-awards.yaml', {
        public: { withheld: ['everything'], reason: 'An inquiry.' },
      }),
    ),
  );
  const agreement = hidden.agreements.find(({ id }) => id === 'housing-benefit-awards') as Agreement;
  expect(whyNoNotice(agreement)).toContain('An inquiry.');
  expect(() => noticeOf(agreement, hidden)).toThrow(RangeError);
});

test.each([
  ['2025-09-30', 'is to share'],
  ['2026-03-31', 'is to share'],
  ['2026-04-01', 'shares'],
  ['2030-03-31', 'shares'],
  ['2030-04-01', 'shared'],
])('on %s it says that the one %s information', (day, words) => {
  const awards = register.agreements.find(({ id }) => id === 'housing-benefit-awards') as Agreement;
  const on = (agreement: Agreement) =>
    documentText(privacyNotice({ register, agreement, asOf: dateOf(day) }));
  expect(on(awards)).toContain(`Pensions ${words} information about you`);
  const hidden = { ...awards, public: { withheld: ['starts', 'ends'], reason: 'An inquiry.' } } as Agreement;
  expect(on(hidden)).toContain('Pensions shares information about you');
});

test('nobody is sent to a processor with a complaint, and each controller has to answer', () => {
  for (const agreement of withNotice) {
    const text = noticeOf(agreement);
    const [owner = ''] = directionsOf(agreement).map((each) => register.organisation(each.owner).name);
    const isProcessed = agreement.relationship === 'controller-and-processor';
    expect([agreement.id, text.includes(`complain to ${owner}, and`)]).toEqual([agreement.id, isProcessed]);
    expect([agreement.id, text.includes('each has to answer you')]).toEqual([agreement.id, !isProcessed]);
  }
});

test('a legal hold shows in how long it is kept, until it is over', () => {
  const [agreement] = withNotice as [Agreement];
  const held = (until?: string) =>
    noticeOf({
      ...agreement,
      hold: { from: '2026-01-01', until, reason: 'r', by: 'x' },
    } as unknown as Agreement);
  expect([held().includes('legal hold'), held(AS_OF).includes('legal hold')]).toEqual([true, true]);
  expect(held(addDays(AS_OF, -1))).not.toContain('legal hold');
});

test('conditions for sensitive information are told, but not where they would tell what is withheld', () => {
  const referrals = register.agreements.find(({ id }) => id === 'child-safeguarding-referrals') as Agreement;
  const said = 'safeguarding of children and individuals at risk (Data Protection Act 2018, Schedule 1)';
  expect(noticeOf(referrals)).toContain(said);
  for (const setting of ['lawfulBasis', 'data.specialCategories', 'data.criminalOffence']) {
    const hidden = { ...referrals, public: { withheld: [setting], reason: 'An inquiry.' } } as Agreement;
    expect([setting, noticeOf(hidden).includes(said)]).toEqual([setting, false]);
  }
});

test('what is withheld of the parties and the law shows in nothing else', () => {
  const files = edited(
    SAMPLE,
    set('agreements/housing-benefit-awards.yaml', {
      public: { withheld: ['parties', 'lawfulBasis'], reason: 'An inquiry.' },
    }),
  );
  const hidden = loadedFrom(files);
  const agreement = hidden.agreements.find(({ id }) => id === 'housing-benefit-awards') as Agreement;
  const text = noticeOf(agreement, hidden);
  expect(text).toContain('An inquiry.');
  expect(text).not.toContain('dwp.example');
  expect(text).not.toContain('UK GDPR, Article 6');
  expect(text).not.toContain('to object');
});

test('rights are those that the basis gives: nobody is promised a deletion that a public task does not have', () => {
  const rights = (article6: keyof typeof BASES) =>
    rightsUnder({ regime: 'uk-gdpr', article6, gateway: 'x' }).join(' ');
  const having = (words: string) =>
    (Object.keys(BASES) as (keyof typeof BASES)[]).filter((each) => rights(each).includes(words));
  expect(having('deleted')).toEqual(
    Object.keys(BASES).filter((each) => !['legal-obligation', 'public-task'].includes(each)),
  );
  expect(having('to object')).toEqual([
    'public-task',
    'recognised-legitimate-interest',
    'legitimate-interests',
  ]);
  expect(having('take to somebody else')).toEqual(['consent', 'contract']);
  expect(having('withdraw')).toEqual(['consent']);
});
