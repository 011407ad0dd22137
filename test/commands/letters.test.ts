/** That an agreement by which two organisations write to each other is made by answering questions, or by options alone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agreementNew } from '../../lib/commands/agreements/agreement-new';
import { EXIT } from '../../lib/commands/terminal';
import { dateOf } from '../../lib/register/calendar';
import { Agreeing } from '../../lib/register/changes';
import { goldenIn } from '../golden';
import { LETTERS } from '../register/letters';
import { edited, MINIMAL } from '../register/samples';
import { answering, folderWithRegister, run } from './captured-terminal';

const golden = goldenIn(__dirname);
const AS_OF = ['--as-of', '2026-12-01'];
const TODAY = dateOf('2026-12-01');
/** Both deposit and collect; the agreement itself is made here. */
const ABLE = edited(MINIMAL, ...LETTERS.slice(0, 2));

/** What is typed, by the questions that ask for it. */
const TYPED: Readonly<Record<string, string>> = {
  id: 'safeguarding',
  title: 'Letters about adults at risk',
  owner: 'each-other',
  reciprocal: '1, 2',
  letters: 'yes',
  'first-inbox': 'vulnerable-customers',
  'first-team': 'Vulnerable customer team',
  'first-notices': 'safeguarding-desk@dwp.example',
  'first-readers': '1',
  'second-inbox': 'adult-safeguarding',
  'second-team': 'Adult safeguarding team',
  'second-notices': 'adult-safeguarding@leeds.example',
  'second-readers': '2, safeguarding',
  relationship: '',
  aim: 'To protect adults at risk.',
  necessity: 'Each body knows what the other must know to act.',
  'permitted-uses': 'Acting on the letter',
  'prohibited-uses': 'Anything else',
  items: 'What a letter says',
  regime: 'uk-gdpr',
  subjects: 'Adults at risk',
  'special-categories': '',
  'criminal-offence': '',
  article6: 'public-task',
  gateway: 'Care Act 2014, section 45',
  'dpia-reference': 'DPIA-2026-200',
  'dpia-date': '2026-10-01',
  'dpia-outcome': 'risks-mitigated',
  markings: '',
  contract: '',
  'without-contract': 'Each message is a letter about one person.',
  'collect-within': '',
  'largest-object': '50 MB',
  'media-types': '',
  starts: '2027-01-01',
  ends: '2028-12-31',
  review: '2027-12-31',
  retention: 'P1Y',
  disposal: 'It is deleted',
  'breach-mailbox': '',
  'rights-mailbox': '',
  approvals: '',
  withheld: '',
};
const fileIn = (folder: string) =>
  readFileSync(join(folder, 'register/agreements/safeguarding.yaml'), 'utf8');

test('it asks who writes to whom as its golden file does, and writes the file that another one shows', async () => {
  const folder = folderWithRegister(ABLE);
  const { code, out, err } = await answering(agreementNew, folder, {}, [...Object.values(TYPED), 'yes'], 80);
  golden('agreement-new-letters.txt', `${err}---\n${out}`);
  expect(code).toBe(EXIT.clean);
  golden('agreement-new-letters.yaml', fileIn(folder));
  expect((await run(['check', ...AS_OF], folder)).code).toBe(EXIT.clean);
});

test('it takes the same from options', async () => {
  const asked = folderWithRegister(ABLE);
  await answering(agreementNew, asked, {}, [...Object.values(TYPED), 'yes'], 80);
  const folder = folderWithRegister(ABLE);
  const options = {
    ...TYPED,
    reciprocal: 'dwp, leeds',
    'first-readers': 'arn:aws:iam::012345678901:role/safeguarding/desk',
    'second-readers': 'arn:aws:iam::100000000022:role/social-care/duty-team, safeguarding',
    relationship: 'separate-controllers',
    'special-categories': 'none',
    'criminal-offence': 'no',
    markings: 'SENSITIVE, PERSONAL DATA',
    contract: 'none',
    'collect-within': 'P5D',
    'media-types': 'message/rfc822, application/pdf, text/plain',
    'breach-mailbox': /breach: (\S+)/.exec(fileIn(asked))?.[1] ?? '',
    'rights-mailbox': /rights: (\S+)/.exec(fileIn(asked))?.[1] ?? '',
    approvals: 'none',
    withheld: 'none',
  };
  const words = Object.entries(options).flatMap(([name, answer]) => [`--${name}`, answer]);
  const { code, err } = await run(['agreement', 'new', ...words, ...AS_OF], folder);
  expect([code, err]).toEqual([EXIT.clean, expect.anything()]);
  expect(fileIn(folder)).toBe(fileIn(asked));
});

test('what stands for an answer is right as far as the answers go, at every question', () => {
  const agreeing = new Agreeing(ABLE, TODAY, TODAY);
  let answers: Record<string, string> = { id: 'a-new-one', owner: 'each-other', letters: 'yes' };
  for (let left = 60; left > 0; left--) {
    const [next] = agreeing.missing(answers);
    if (next === undefined) break;
    expect([next.name, agreeing.faults(answers)]).toEqual([next.name, []]);
    answers = { ...answers, [next.name]: next.meanwhile(answers, agreeing.around) };
  }
  expect(agreeing.agreed(answers).says).toHaveLength(2);
});

test('a party that cannot answer, and an inbox that nobody may read, are told where they are typed', () => {
  const agreeing = new Agreeing(ABLE, TODAY, TODAY);
  const told = (answers: Record<string, string>) =>
    agreeing.faults(answers).map(({ question }) => question.name);
  const letters = { owner: 'each-other', reciprocal: 'dwp, leeds', letters: 'yes' };
  expect(told({ ...letters, reciprocal: 'dwp, routing' })).toContain('reciprocal');
  expect(told({ ...letters, 'second-readers': 'everybody' })).toEqual(['second-readers']);
  expect(told({ ...letters, 'first-notices': 'jane.smith@dwp.example' })).toEqual(['first-notices']);
});

test('where fewer than two could answer each other, it is not offered', () => {
  const { asked, around } = {
    asked: new Agreeing(MINIMAL, TODAY).asked({}),
    around: new Agreeing(MINIMAL, TODAY).around,
  };
  const owner = asked.find(({ name }) => name === 'owner');
  expect(owner?.offers({}, around).map(({ answer }) => answer)).toEqual(['dwp']);
});
