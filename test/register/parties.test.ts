/** That an agreement of two that share with each other is two shares of one agreement, wherever parties are asked for. */
import fc from 'fast-check';
import { entriesBetween } from '../../lib/register';
import { auditIndexOf } from '../../lib/register/audit-index';
import { dateOf } from '../../lib/register/calendar';
import { canonicalRegister } from '../../lib/register/canonical';
import { loadCarried } from '../../lib/register/carried';
import { loadRegister } from '../../lib/register/load';
import {
  directionOwnedBy,
  directionsOf,
  eachWay,
  owns,
  partiesInWords,
  partiesOf,
} from '../../lib/register/parties';
import { profileOf } from '../../lib/register/profile';
import type { Register } from '../../lib/register/register';
import { sealedOf } from '../../lib/register/sealed';
import { sharesOf } from '../../lib/register/share';
import {
  auditIndexText,
  parseAuditIndex,
  parseProfile,
  profileText,
  readRegisterFacts,
} from '../../lib/wire';
import { X25519 } from '../age-keys';
import { LETTERS_FILE, LETTERS_ID, letters } from './letters';
import { AS_OF, type Edit, set } from './samples';

function written(...edits: readonly Edit[]): Register {
  const loaded = loadRegister(letters(...edits), AS_OF, AS_OF);
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join('\n'));
  return loaded.register;
}

const register = written();
const agreement = register.agreements.find(({ id }) => id === LETTERS_ID);
if (agreement === undefined) throw new Error('the register has no letters');
const organisation = (id: string) => {
  const found = register.organisations.find((each) => each.id === id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
};

test('who owns something under an agreement is who has a direction of it', () => {
  const told = register.agreements.flatMap((each) =>
    register.organisations.map(({ id }) => [owns(each, id), directionOwnedBy(each, id) !== undefined]),
  );
  expect(told.filter(([is, hasDirection]) => is !== hasDirection)).toEqual([]);
  expect(told.filter(([is]) => is).length).toBeGreaterThan(register.agreements.length);
});

test('each party owns a share to the other, in its own account, under a name of its own', () => {
  const shares = sharesOf(register, AS_OF).filter((share) => share.agreement.id === LETTERS_ID);
  expect(shares.map(({ owner, recipient, state }) => [owner.id, recipient.id, state])).toEqual([
    ['dwp', 'leeds', 'in-force'],
    ['leeds', 'dwp', 'in-force'],
  ]);
  expect(new Set(shares.map(({ id }) => id)).size).toBe(2);
  expect(directionOwnedBy(agreement, 'routing')).toBeUndefined();
  expect(partiesInWords(agreement)).toBe('dwp and leeds to each other');
});

test('among any parties each shares with each other and never with itself', () => {
  const parties = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(parties, (ids) => {
      const pairs = eachWay(ids).flatMap(({ owner, recipients }) => recipients.map((to) => `${owner} ${to}`));
      const expected = ids.flatMap((owner) => ids.filter((to) => to !== owner).map((to) => `${owner} ${to}`));
      expect(pairs).toEqual(expected);
    }),
  );
});

test('a pause of either party stops both shares, and a suspension of the agreement too', () => {
  const reason = 'A test.';
  for (const edit of [
    set('organisations/dwp.yaml', { paused: { from: '2026-09-01', reason } }),
    set('organisations/leeds.yaml', { paused: { from: '2026-09-01', reason } }),
    set(LETTERS_FILE, { suspended: { from: '2026-09-01', reason } }),
  ]) {
    const shares = sharesOf(written(edit), AS_OF).filter((share) => share.agreement.id === LETTERS_ID);
    expect(shares.map(({ days }) => days)).toEqual([undefined, undefined]);
  }
});

test('what is carried in an assembly is the same agreement, and its facts say both ways', () => {
  const carried = loadCarried(register, register.lines(), AS_OF);
  expect(carried.ok && canonicalRegister(carried.register)).toBe(canonicalRegister(register));
  const facts = readRegisterFacts(JSON.parse(canonicalRegister(register)));
  for (const each of register.agreements)
    expect(facts.agreements.find(({ id }) => id === each.id)?.directions).toEqual(directionsOf(each));
});

test.each([
  ['without parties', { reciprocal: undefined }],
  ['with an owner and no recipients', { reciprocal: undefined, owner: 'dwp' }],
  ['with parties named in both forms', { owner: 'dwp', recipients: ['leeds'] }],
])('facts of an agreement %s are refused', (_, change) => {
  const content = JSON.parse(canonicalRegister(register)) as { agreements: { id: string }[] };
  const agreements = content.agreements.map((each) =>
    each.id === LETTERS_ID ? JSON.parse(JSON.stringify({ ...each, ...change })) : each,
  );
  expect(() => readRegisterFacts({ ...content, agreements })).toThrow('neither `owner` and `recipients`');
});

test('the audit’s index has what each party shares, and is read as it was written', () => {
  const index = auditIndexOf(register);
  const own = index.agreements.filter(({ id }) => id === LETTERS_ID);
  expect(own.map(({ owner, shares }) => [owner, shares.map(({ recipient }) => recipient)])).toEqual([
    ['dwp', ['leeds']],
    ['leeds', ['dwp']],
  ]);
  expect(parseAuditIndex(auditIndexText(index))).toEqual(index);
  const [first] = own;
  const twice = { ...index, agreements: [...index.agreements, ...(first ? [first] : [])] };
  expect(() => parseAuditIndex(auditIndexText(twice))).toThrow("names 'safeguarding-letters of dwp' twice");
});

test('a profile sends and collects under it, writes to the other’s inboxes and reads its own', () => {
  const told = ['dwp', 'leeds'].map((id) => {
    const profile = parseProfile(profileText(profileOf(register, organisation(id), AS_OF)));
    const sends = profile.sends.find((each) => each.agreement === LETTERS_ID);
    const collects = profile.collects.find((each) => each.agreement === LETTERS_ID);
    return {
      to: sends?.recipients.map((each) => each.id),
      writesTo: sends?.writesTo,
      from: collects?.owner.id,
      reads: collects?.inboxes?.map((each) => each.id),
      point: collects?.accessPoint.split(/:|\//).slice(4),
    };
  });
  const hash = sharesOf(register, AS_OF)
    .find((share) => share.agreement.id === LETTERS_ID)
    ?.id.slice(0, 12);
  expect(told).toEqual([
    {
      to: ['leeds'],
      writesTo: [{ id: 'adult-safeguarding', team: 'Adult safeguarding team' }],
      from: 'leeds',
      reads: ['vulnerable-customers'],
      point: ['100000000022', 'accesspoint', `${hash}--dwp`],
    },
    {
      to: ['dwp'],
      writesTo: [{ id: 'vulnerable-customers', team: 'Vulnerable customer team' }],
      from: 'dwp',
      reads: ['adult-safeguarding'],
      point: ['012345678901', 'accesspoint', `${hash}--leeds`],
    },
  ]);
  // Where a team is told of messages is nothing that a counterparty needs.
  expect(profileText(profileOf(register, organisation('dwp'), AS_OF))).not.toContain('@leeds.example');
});

test('what a party sends under a sealed one is sealed to the other’s keys alone', () => {
  const keys = [
    { key: X25519[0].recipient, holder: 'dwp', keptBy: 'The desk' },
    { key: X25519[1].recipient, holder: 'leeds', keptBy: 'The duty team' },
  ];
  const sealed = written(set(LETTERS_FILE, { sealed: { why: 'It is about one person.', keys } }));
  const one = sealed.agreements.find(({ id }) => id === LETTERS_ID);
  expect(one && sealedOf(one, 'dwp')?.keys.map(({ holder }) => holder)).toEqual(['leeds']);
  expect(one && sealedOf(one, 'leeds')?.keys.map(({ holder }) => holder)).toEqual(['dwp']);
});

test('a calendar names each of its days once, with both parties', () => {
  const entries = entriesBetween(register, dateOf('2020-01-01'), dateOf('2040-01-01'));
  const own = entries.filter((entry) => 'agreement' in entry && entry.agreement === LETTERS_ID);
  expect(own.map(({ kind, organisations }) => [kind, organisations])).toEqual([
    ['agreement-starts', partiesOf(agreement)],
    ['agreement-review', partiesOf(agreement)],
    ['agreement-ends', partiesOf(agreement)],
    ['copies-deployment', partiesOf(agreement)],
    ['copies-go', partiesOf(agreement)],
  ]);
});
