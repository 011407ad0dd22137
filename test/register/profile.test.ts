/** That a profile has what its organisation needs to send and collect, and nothing of anybody else. */

import { profileOfPage } from '../../lib/delivery';
import { auditIndexOf } from '../../lib/register/audit-index';
import { endOfDay, startOfDay } from '../../lib/register/calendar';
import { directionsOf } from '../../lib/register/parties';
import { profileOf } from '../../lib/register/profile';
import { parseProfile, profileText } from '../../lib/wire';
import { registerOf } from '../policy/sample-register';
import { AS_OF } from './samples';

const register = registerOf();
const index = auditIndexOf(register);
const profiles = register.organisations.map((organisation) => ({
  organisation,
  profile: profileOf(register, organisation, AS_OF),
}));

test('a profile is read as it was written', () => {
  for (const { profile } of profiles) expect(parseProfile(profileText(profile))).toEqual(profile);
});

test('a profile names the organisation and the parties of its agreements, and nobody else', () => {
  for (const { organisation, profile } of profiles) {
    const known = new Set(
      register.agreements
        .flatMap(directionsOf)
        .filter(({ owner, recipients }) => [owner, ...recipients].includes(organisation.id))
        .flatMap(({ owner, recipients }) =>
          owner === organisation.id ? [owner, ...recipients] : [owner, organisation.id],
        ),
    );
    const text = profileText(profile);
    for (const { id, name, account } of register.organisations) {
      if (id === organisation.id || known.has(id)) continue;
      expect([organisation.id, text.includes(`"${name}"`), text.includes(account)]).toEqual([
        organisation.id,
        false,
        false,
      ]);
    }
  }
});

test('a profile says whom its people ask for help, as far as the register names them', () => {
  const leeds = register.organisation('leeds' as never);
  const { dataProtection } = leeds.contacts;
  expect(profileOf(register, leeds, AS_OF).help).toEqual({ dataProtection });
  const contacts = {
    ...leeds.contacts,
    helpDesk: 'help-desk@leeds.example',
    helpDeskTelephone: '0113 496 0000',
  };
  const named = profileOf(register, { ...leeds, contacts }, AS_OF);
  const help = { dataProtection, desk: 'help-desk@leeds.example', telephone: '0113 496 0000' };
  expect(profileOfPage(parseProfile(profileText(named))).help).toEqual(help);
});

test('its days are those by which the audit judges, for each agreement that is not over', () => {
  for (const { organisation, profile } of profiles) {
    const audited = index.agreements.flatMap(({ id, owner, shares }) =>
      shares.flatMap(({ recipient, spans }) =>
        (register.agreements.find((each) => each.id === id)?.ends ?? '') < AS_OF
          ? []
          : [{ id, owner, recipient, spans }],
      ),
    );
    expect(
      profile.collects.map(({ agreement, days }) => ({
        agreement,
        spans: days.map(({ from, until }) => ({
          from: startOfDay(from as never),
          until: endOfDay(until as never),
        })),
      })),
    ).toEqual(
      audited
        .filter(({ recipient }) => recipient === organisation.id)
        .map(({ id, spans }) => ({ agreement: id, spans })),
    );
    expect(
      profile.sends.flatMap(({ agreement, recipients }) => recipients.map(({ id }) => [agreement, id])),
    ).toEqual(
      audited.filter(({ owner }) => owner === organisation.id).map(({ id, recipient }) => [id, recipient]),
    );
  }
});

test('an organisation that names nobody who deposits has neither bucket nor deposit role in it', () => {
  const without = profiles.filter(
    ({ organisation }) => organisation.membership === 'external' || organisation.mayDeposit.length === 0,
  );
  expect(without.length).toBeGreaterThan(0);
  for (const { profile } of without) {
    expect(profile).not.toHaveProperty('bucket');
    expect(profile.roles).not.toHaveProperty('deposit');
    expect(profile.sends).toEqual([]);
  }
});

const SIGN_IN = {
  issuer: 'https://login.example.gov.uk/leeds/v2.0',
  client: 'concordat-people',
  audience: 'concordat-people',
  maxSession: 3600,
};

test('a profile says how people sign in, or nothing of it', () => {
  for (const { profile } of profiles.slice(0, 2)) {
    const signing = { ...profile, signIn: SIGN_IN };
    expect(parseProfile(profileText(signing))).toEqual(signing);
  }
});

test.each([
  ['an issuer that is not https', { issuer: 'http://login.example.gov.uk' }, 'signIn.issuer'],
  ['an issuer with a port', { issuer: 'https://login.example.gov.uk:8443' }, 'signIn.issuer'],
  ['no client', { client: '' }, 'signIn.client'],
  ['a session longer than AWS gives', { maxSession: 43_201 }, 'signIn.maxSession'],
  ['a session shorter than AWS gives', { maxSession: 899 }, 'signIn.maxSession'],
])('a profile that signs in by %s is refused', (_what, wrong, place) => {
  const [{ profile } = fail()] = profiles;
  const text = profileText({ ...profile, signIn: { ...SIGN_IN, ...wrong } });
  expect(() => parseProfile(text)).toThrow(place);
});

test.each([
  [
    'another’s collect role',
    'roles.collect of concordat-profile.json is a role of another account than',
    (text: string) =>
      text.replace(
        /iam::\d{12}:role\/concordat\/concordat-collect/,
        'iam::999999999999:role/concordat/concordat-collect',
      ),
  ],
  [
    'another’s access point',
    'accessPoint of concordat-profile.json is not that of leeds',
    (text: string) => text.replace(/--leeds"/, '--fife"'),
  ],
  [
    'an unknown field',
    'concordat-profile.json has the unknown field secret',
    (text: string) => text.replace('{', '{ "secret": 1,'),
  ],
  [
    'another form',
    "it must be 'concordat-profile/v1'",
    (text: string) => text.replace('profile/v1', 'profile/v9'),
  ],
])('a profile with %s is refused, with what to do', (_what, problem, broken) => {
  const leeds = profiles.find(({ organisation }) => organisation.id === 'leeds');
  const text = profileText((leeds ?? fail()).profile);
  expect(() => parseProfile(broken(text))).toThrow(problem);
  expect(() => parseProfile(broken(text))).toThrow('Ask the operator for the profile again');
});

function fail(): never {
  throw new Error('the sample has no leeds');
}
