/** That whoever is told who holds a key is told what it does not open, and each organisation of no other’s keys. */
import { openAssembly } from '../../lib/assembly';
import { custodyStatement, pageDocument, statementPages } from '../../lib/custody';
import { sealedSections } from '../../lib/joining/sealed';
import type { PackSource } from '../../lib/joining/source';
import { documentText } from '../../lib/words';
import { X25519 } from '../age-keys';
import { AGREEMENT } from '../register/bad-input/cases';
import { LETTERS_ID, letters, SEALS } from '../register/letters';
import { AS_OF, copy, registerAfter, set } from '../register/samples';
import { synthesised } from '../stacks/sample-assembly';

const AGREED = 'child-safeguarding-referrals';

test('the statement on an owner’s key says what it does not open, who can, and what is given up', () => {
  const source = openAssembly(synthesised().folder);
  const statement = custodyStatement(source);
  const told = statementPages(statement).map((page) =>
    documentText(pageDocument(page)).replaceAll(/\s+/g, ' '),
  );
  expect(statement.keys.filter(({ sealed }) => sealed).map(({ organisation }) => organisation)).toEqual([
    'nspcc',
  ]);
  const own = told[statement.keys.findIndex(({ organisation }) => organisation === 'nspcc')] ?? '';
  for (const words of [
    'What this key does not open',
    AGREED,
    'leeds alone',
    'The duty team for children',
    'malware scan sees nothing',
  ])
    expect(own).toContain(words);
  expect(told.filter((text) => text.includes('What this key does not open'))).toEqual([own]);
});

test('of a reciprocal agreement, what each party sends is opened by the other alone, in a page that somebody can change', () => {
  const statement = custodyStatement(openAssembly(synthesised({ files: letters(...SEALS) }).folder));
  const told = statement.keys.map(({ organisation, sealed }) => [
    organisation,
    sealed?.flatMap(({ agreement, holders }) => [agreement, ...holders.map((each) => each.organisation)]),
  ]);
  expect(told).toEqual([
    ['dwp', [LETTERS_ID, 'leeds', 'leeds']],
    ['leeds', [LETTERS_ID, 'dwp', 'dwp']],
  ]);
  expect(statement.keys.map(({ pages }) => pages?.of)).toEqual([['leeds'], ['leeds']]);
  for (const page of statementPages(statement)) {
    const text = documentText(pageDocument(page)).replaceAll(/\s+/g, ' ');
    expect(text).toContain('seals and opens them in their browsers');
    expect(text).toContain('could read that from then on, and keep the key');
  }
});

test('a joining pack tells the owner of all keys, a recipient of its own, and others of nothing', () => {
  const [first, second] = X25519.map(({ recipient }) => recipient) as [string, string];
  const register = registerAfter(
    copy('organisations/leeds.yaml', 'bradford', {
      name: 'Bradford Council',
      account: '100000000029',
      mayCollect: ['arn:aws:iam::100000000029:role/reader'],
      custody: { kind: 'account', administrators: ['arn:aws:iam::100000000029:role/keys'] },
      'identifiers.0.value': 'E08000032',
    }),
    set(AGREEMENT, {
      recipients: ['leeds', 'bradford'],
      sealed: {
        why: 'A caller was promised it.',
        keys: [
          { key: first, holder: 'leeds', keptBy: 'The duty team' },
          { key: second, holder: 'bradford', keptBy: 'The night team' },
        ],
      },
    }),
  );
  const told = (id: string) =>
    JSON.stringify(
      sealedSections({
        register,
        organisation: register.organisation(id as never),
        asOf: AS_OF,
        client: { name: 'concordat-client.mjs', sha256: '' },
      } as unknown as PackSource),
    );
  const seen = (id: string) => [first, second].map((key) => told(id).includes(key));
  expect([seen('dwp'), seen('leeds'), seen('bradford')]).toEqual([
    [true, true],
    [true, false],
    [false, true],
  ]);
  expect(told('leeds')).not.toContain('bradford');
  expect(told('routing')).toBe('[]');
});
