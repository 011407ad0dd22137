/** That sealed agreements are read, and that a secret key in the register goes nowhere. */
import fc from 'fast-check';
import { ageKeyOf } from '../../lib/register/age-keys';
import { profileOf } from '../../lib/register/profile';
import { textReport } from '../../lib/register/report/text';
import { parseProfile, profileText } from '../../lib/wire';
import { POST_QUANTUM, X25519 } from '../age-keys';
import { AGREEMENT } from './bad-input/cases';
import { AS_OF, append, copy, loadMinimal, registerAfter, set } from './samples';

const WHY = 'What a survivor says is for her case worker alone.';
const all = [...X25519, ...POST_QUANTUM].map(({ recipient }) => recipient);

test('public keys are read by their kind', () => {
  for (const { recipient } of X25519) expect(ageKeyOf(recipient)).toEqual({ kind: 'x25519' });
  for (const { recipient } of POST_QUANTUM) expect(ageKeyOf(recipient)).toEqual({ kind: 'post-quantum' });
});

test('one letter changed anywhere in a public key is noticed', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...all),
      fc.nat(),
      fc.constantFrom(...'qpzry9x8gf2tvdw0s3jn54khce6mua7l'),
      (key, n, by) => {
        const at = 'age1pq1'.length + (n % (key.length - 'age1pq1'.length));
        fc.pre(key[at] !== by);
        expect(ageKeyOf(key.slice(0, at) + by + key.slice(at + 1))).toHaveProperty('fault');
      },
    ),
    { numRuns: 200 },
  );
});

test('a profile tells the sender all keys, and a recipient its own alone', () => {
  const keys = [
    { key: X25519[0].recipient, holder: 'leeds', keptBy: 'The safeguarding team' },
    { key: X25519[1].recipient, holder: 'bradford', keptBy: 'The duty team' },
  ];
  const register = registerAfter(
    copy('organisations/leeds.yaml', 'bradford', {
      name: 'Bradford Council',
      account: '100000000029',
      mayCollect: ['arn:aws:iam::100000000029:role/reader'],
      mayDeposit: [],

      custody: { kind: 'account', administrators: ['arn:aws:iam::100000000029:role/keys'] },
      'identifiers.0.value': 'E08000032',
    }),
    set(AGREEMENT, { recipients: ['leeds', 'bradford'], sealed: { why: WHY, keys } }),
  );
  const [owner, leeds] = (['dwp', 'leeds'] as const).map((id) =>
    parseProfile(profileText(profileOf(register, register.organisation(id as never), AS_OF))),
  );
  expect(owner?.sends[0]?.sealed).toEqual({ kind: 'x25519', why: WHY, keys });
  expect(leeds?.collects[0]?.sealed).toEqual({
    kind: 'x25519',
    why: WHY,
    keys: [{ key: X25519[0].recipient, keptBy: 'The safeguarding team' }],
    largestObject: 2_000_000_000,
    mediaTypes: ['text/csv'],
  });
  expect(JSON.stringify(leeds)).not.toContain(X25519[1].recipient);
  // It checks against the contract itself, once it has opened what was sealed.
  expect(leeds?.contracts.map(({ contract }) => contract.id)).toEqual(['benefit-awards']);
});

test('a secret key stands in no report, wherever in a file it was pasted', () => {
  for (const { secret } of [...X25519, ...POST_QUANTUM])
    for (const edit of [
      append(AGREEMENT, `# ${secret}\n`),
      append('zone.yaml', `note: "${secret.toLowerCase()}"\n`),
      append(AGREEMENT, `\n${secret}: x\n`),
      set(AGREEMENT, { title: `Key ${secret}`, classification: 'SECRET' }),
      set(AGREEMENT, { sealed: { why: WHY, keys: [{ key: secret, holder: 'leeds', keptBy: 'x' }] } }),
    ]) {
      const loaded = loadMinimal(edit);
      if (loaded.ok) throw new Error('it was taken');
      expect(loaded.diagnostics.map(({ code }) => code)).toContain('secret-key');
      const reports = [
        textReport({ ...loaded, folder: 'register' }, false),
        JSON.stringify(loaded.diagnostics),
        JSON.stringify([...loaded.lines]),
      ].join('\n');
      expect(reports.toUpperCase()).not.toContain(secret.slice(-40));
    }
});
