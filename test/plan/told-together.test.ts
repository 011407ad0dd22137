/** That what many organisations lose by one change of their own is one thing to read, and that nothing else is taken together. */
import type { Hole, HoleChange } from '../../lib/plan/holes';
import { tellHoles } from '../../lib/plan/words/access';
import { plainText } from '../../lib/words';

const NAMED = new Map(['leeds', 'camden', 'fife'].map((id) => [id, { name: `Council of ${id}` }]));

function hole(owner: string, asker: string): Hole {
  const account = owner === 'leeds' ? '100000000022' : '100000000023';
  return {
    kind: 'extra',
    owner: { kind: 'organisation', id: owner },
    asker: {
      party: { kind: 'organisation', id: asker },
      as: { kind: 'role', arn: `arn:aws:iam::${account}:role/concordat/concordat-deposit` },
      permissions: 'as made',
    },
    deed: 'decrypt',
    actions: ['kms:Decrypt'],
    resources: [{ place: `Organisation-${owner}/Key`, object: '' }],
    because: [],
    example: { 'kms:viaservice': `s3 of ${owner}` },
  } as Hole;
}

const lost = (owner: string, asker = owner): HoleChange => ({ before: hole(owner, asker), statements: [] });
const gained = (owner: string, asker = owner): HoleChange => ({ after: hole(owner, asker), statements: [] });
const told = (...changes: HoleChange[]) =>
  tellHoles(changes, { named: NAMED } as unknown as Parameters<typeof tellHoles>[1]);
const sentences = (...changes: HoleChange[]) => told(...changes).map(({ sentence }) => plainText(sentence));

test('what several lose of their own is one sentence, with what the first of them loses', () => {
  const [one, ...more] = told(lost('leeds'), lost('camden'), lost('fife'));
  expect(more).toEqual([]);
  expect(one && plainText(one.sentence)).toBe(
    '3 organisations lose decrypt (kms:Decrypt) on what each of them holds itself, which nothing in the register gives',
  );
  expect(one?.widens).toBe(false);
  expect(one?.more.map((each) => plainText(each))).toEqual([
    'as role/concordat/concordat-deposit',
    'on Organisation-leeds/Key, Organisation-camden/Key and Organisation-fife/Key',
    'for example when kms:viaservice = "s3 of leeds"',
  ]);
});

test('what one loses is told with its name', () => {
  expect(sentences(lost('leeds'))).toEqual([
    'Council of leeds loses decrypt (kms:Decrypt) on what Council of leeds holds, which nothing in the register gives',
  ]);
});

test('what several gain, and what they lose of others’, is told of each', () => {
  expect(sentences(gained('leeds'), gained('camden'))).toHaveLength(2);
  expect(sentences(lost('leeds', 'fife'), lost('camden', 'fife'))).toHaveLength(2);
});
