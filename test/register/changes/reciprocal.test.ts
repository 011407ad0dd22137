/** That an organisation which shares both ways can leave or hand over: its place passes, and letters end rather than go to nobody. */
import { dateOf } from '../../../lib/register/calendar';
import { ChangeRefused } from '../../../lib/register/changes/change';
import type { Decision } from '../../../lib/register/changes/decision';
import { departed } from '../../../lib/register/changes/depart';
import { textOf } from '../../../lib/register/changes/yaml-edit';
import { directionsOf, isReciprocal } from '../../../lib/register/parties';
import { LETTERS_FILE, LETTERS_ID, letters } from '../letters';
import { copy, type Edit, set } from '../samples';

const AS_OF = dateOf('2026-12-01');
const LAST_DAY = dateOf('2027-03-31');
const HEIR: Edit = copy('organisations/leeds.yaml', 'yorkshire', {
  name: 'Invented Yorkshire Council',
  account: '100000000029',
  identifiers: [],
  custody: { kind: 'account', administrators: ['arn:aws:iam::100000000029:role/keys'] },
  mayDeposit: ['arn:aws:iam::100000000029:role/letters'],
  mayCollect: ['arn:aws:iam::100000000029:role/letters'],
  signIn: undefined,
  contacts: { security: 'security@yorkshire.example', dataProtection: 'data-protection@yorkshire.example' },
});
const WITHOUT_LETTERS = set(LETTERS_FILE, {
  correspondence: undefined,
  contacts: { breach: 'cyber-security@leeds.example', rights: 'data-protection@leeds.example' },
});
const novated = (into: object): Decision =>
  ({ agreement: LETTERS_ID, decision: 'novate', into: [{ id: 'letters-2', ...into }] }) as Decision;
const awards = { agreement: 'benefit-awards', decision: 'end' } as Decision;

function leaving(decision: Decision, ...edits: readonly Edit[]) {
  const departure = {
    heirs: new Map([['leeds', ['yorkshire']]]),
    lastDay: LAST_DAY,
    decisions: [awards, decision],
    emptyHanded: ['yorkshire'],
  };
  return departed(letters(HEIR, ...edits), departure, AS_OF);
}

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ChangeRefused) return error.settle.join('\n');
    throw error;
  }
  return 'it was not refused';
}

test('its place passes to its successor, and so does who answers in it', () => {
  const change = leaving(novated({ reciprocal: ['dwp', 'yorkshire'] }), WITHOUT_LETTERS);
  const made = change.after.agreements.find(({ id }) => String(id) === 'letters-2');
  expect(made && [isReciprocal(made), directionsOf(made), made.contacts, made.novatedFrom]).toEqual([
    true,
    [
      { owner: 'dwp', recipients: ['yorkshire'] },
      { owner: 'yorkshire', recipients: ['dwp'] },
    ],
    { breach: 'security@yorkshire.example', rights: 'data-protection@yorkshire.example' },
    LETTERS_ID,
  ]);
  const old = change.after.agreements.find(({ id }) => id === LETTERS_ID);
  expect(old?.ends).toBe(LAST_DAY);
  expect(change.says.join('\n')).toContain('letters-2 is new from 1 April 2027: dwp to yorkshire');
  expect(
    change.files
      .filter(({ path }) => path === LETTERS_FILE)
      .map(textOf)
      .join(),
  ).toContain('- leeds');
});

test('who answers stays where it was the other party', () => {
  const contacts = { breach: 'security-operations@dwp.example', rights: 'data-protection@dwp.example' };
  const change = leaving(
    novated({ reciprocal: ['dwp', 'yorkshire'] }),
    WITHOUT_LETTERS,
    set(LETTERS_FILE, { contacts }),
  );
  expect(change.after.agreements.find(({ id }) => String(id) === 'letters-2')?.contacts).toEqual(contacts);
});

test.each([
  ['the parties of the other form', { owner: 'yorkshire' }, 'name its parties under `reciprocal`'],
  ['the one that leaves', {}, 'still names leeds, which leaves'],
  ['a stranger', { reciprocal: ['dwp', 'routing'] }, 'names routing in a place that it does not succeed to'],
])('it does not pass to %s', (_, into, said) => {
  expect(refusal(() => leaving(novated(into), WITHOUT_LETTERS))).toContain(said);
});

test('letters do not pass: nobody knows the inboxes of who comes', () => {
  expect(refusal(() => leaving(novated({ reciprocal: ['dwp', 'yorkshire'] })))).toContain(
    'end it, and write the agreement that follows by hand',
  );
  expect(leaving({ agreement: LETTERS_ID, decision: 'end' } as Decision).says.join()).toContain(
    `${LETTERS_ID} ends on 31 March 2027`,
  );
});
