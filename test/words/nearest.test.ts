/** That the word suggested for a slip is the one that was most likely meant, and that none is where none is near. */
import fc from 'fast-check';
import { editDistance, nearest } from '../../lib/words/nearest';

/** Optimal string alignment distance, straight from its definition. */
function distance(a: string, b: string): number {
  const known = new Map<string, number>();
  const of = (i: number, j: number): number => {
    if (i === 0 || j === 0) return i + j;
    const key = `${i} ${j}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    const found = Math.min(
      of(i - 1, j) + 1,
      of(i, j - 1) + 1,
      of(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
      swapped ? of(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
    );
    known.set(key, found);
    return found;
  };
  return of(a.length, b.length);
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 });
const KEYS = [
  'owner',
  'recipients',
  'lawfulBasis',
  'dpia',
  'classification',
  'markings',
  'starts',
  'ends',
  'review',
];

test('the distance is that of the definition, or one more than the bound', () => {
  fc.assert(
    fc.property(word, word, fc.nat(9), (a, b, bound) => {
      expect(editDistance(a, b, bound)).toBe(Math.min(distance(a, b), bound + 1));
    }),
    { numRuns: 3000, seed: 11 },
  );
});

test('the distance is none between equal words only, and the same in both directions', () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, b, 9) === 0).toBe(a === b);
      expect(editDistance(a, b, 9)).toBe(editDistance(b, a, 9));
    }),
    { seed: 12 },
  );
});

test('a swap of neighbours is one edit', () => {
  expect(editDistance('recipeints', 'recipients', 3)).toBe(1);
});

test('any one slip in a word of five letters or more is mended', () => {
  const long = KEYS.filter((key) => key.length >= 5);
  fc.assert(
    fc.property(
      fc.constantFrom(...long),
      fc.nat(),
      fc.constantFrom('x', 'q', ''),
      fc.boolean(),
      (key, at, letter, swap) => {
        const place = at % (key.length - 1);
        const slip = swap
          ? key.slice(0, place) + key.charAt(place + 1) + key.charAt(place) + key.slice(place + 2)
          : key.slice(0, place) + letter + key.slice(place + 1);
        expect(nearest(slip, KEYS)).toEqual({ word: key, because: 'spelling' });
      },
    ),
    { numRuns: 1000, seed: 13 },
  );
});

test('what is suggested is at most one edit away for each three letters', () => {
  const near = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(near, near, (found, allowed) => {
      const letters = Math.max(found.length, allowed.length);
      const isNear = distance(found, allowed) <= Math.min(3, Math.max(1, Math.floor(letters / 3)));
      expect(nearest(found, [allowed]) !== undefined).toBe(isNear);
    }),
    { numRuns: 1000, seed: 17 },
  );
});

test('what is suggested is always one of the words allowed', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string()), (found, allowed) => {
      const near = nearest(found, allowed);
      if (near) expect(allowed).toContain(near.word);
    }),
    { seed: 14 },
  );
});

test.each(['date', 'xyz', 'chiefExecutive', '', '__proto__', 'organisationOfTheYear'])(
  'nothing is suggested for %p',
  (found) => {
    expect(nearest(found, KEYS)).toBeUndefined();
  },
);

test('capitals, hyphens, underscores and spaces do not make a word another', () => {
  for (const found of ['lawful-basis', 'lawful_basis', 'Lawful Basis', 'LAWFULBASIS'])
    expect(nearest(found, KEYS)?.word).toBe('lawfulBasis');
});

test.each([
  ['recognizedInterest', 'recognisedInterest'],
  ['recognized-legitimate-interest', 'recognised-legitimate-interest'],
  ['organization', 'organisation'],
  ['organizations', 'organisations'],
  ['analyzed', 'analysed'],
  ['license', 'licence'],
  ['center', 'centre'],
  ['color', 'colour'],
  ['standards-of-behavior-in-sport', 'standards-of-behaviour-in-sport'],
  ['national-security-public-security-or-defense', 'national-security-public-security-or-defence'],
])('%s is the American spelling of %s', (american, british) => {
  expect(nearest(american, ['owner', british])).toEqual({ word: british, because: 'american' });
});

test('awsOrganisationId is the British spelling of a name that AWS spells the American way', () => {
  const allowed = ['operator', 'awsOrganizationId'];
  expect(nearest('awsOrganisationId', allowed)).toEqual({ word: 'awsOrganizationId', because: 'british' });
});
