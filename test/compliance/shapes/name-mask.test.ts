/** That names are found in any text as one pattern of all names finds them. */
import fc from 'fast-check';
import { type NameKind, NameMask } from '../../../lib/compliance/shapes';

const NAMES = new Map<string, NameKind>([
  ['leeds', 'organisation'],
  ['leeds-2', 'organisation'],
  ['dwp-to-leeds', 'agreement'],
  ['GetByLeedsUnderA', 'sid'],
  ['111122223333', 'account'],
  ['Ysbyty Gwynedd', 'words'],
  ['Ysbyty', 'words'],
  ['data@leeds.gov.uk', 'words'],
  ['arn:aws:iam::111122223333:role/officer', 'role'],
]);

const HYPHENATED = '[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*';
const EVIDENT: readonly (readonly [NameKind, string])[] = [
  ['asset', '\\b[0-9a-f]{64}\\b'],
  ['share', '\\b[0-9a-f]{12}(?=--)'],
  ['instant', '\\b20\\d\\d-[01]\\d-[0-3]\\dT\\d\\d:\\d\\d:\\d\\dZ'],
  ['day', '\\b20\\d\\d-[01]\\d-[0-3]\\d\\b'],
];
const others = [...NAMES.keys()].filter((name) => !new RegExp(`^${HYPHENATED}$`).test(name));
const PATTERN = new RegExp(
  [
    ...others
      .sort((a, b) => b.length - a.length)
      .map((name) => `(?<![A-Za-z0-9])${name.replaceAll('.', '\\.')}(?![A-Za-z0-9])`),
    ...EVIDENT.map(([, form]) => `(${form})`),
    HYPHENATED,
  ].join('|'),
  'g',
);

/** The names in a text, each with where it begins, as one pattern finds them. */
function found(text: string): string[] {
  return [...text.matchAll(PATTERN)].flatMap((match) => {
    const [whole, ...groups] = match;
    const kind = EVIDENT[groups.findIndex((group) => group !== undefined)]?.[0] ?? NAMES.get(whole);
    if (kind !== undefined) return [`${kind} ${whole} ${match.index}`];
    const id = whole.replace(/^Organisation-/, '');
    if (id !== whole && NAMES.get(id) === 'organisation')
      return [`organisation ${id} ${match.index + whole.length - id.length}`];
    return [...whole.matchAll(/(?<![A-Za-z0-9])\d{12}(?![A-Za-z0-9])/g)]
      .filter(([account]) => NAMES.get(account) === 'account')
      .map((account) => `account ${account[0]} ${match.index + account.index}`);
  });
}

const pieces = fc.constantFrom(
  ...NAMES.keys(),
  ...['Organisation-', 'organisation-', '444455556666', '0123456789ab', '0123456789ab--', '2027-01-02'],
  ...['2027-01-02T03:04:05Z', '2027-13-41', '20', '0123456789abcdef'.repeat(4), '0'.repeat(63), 'shares'],
  ...['-', '--', '_', '/', ':', '.', ' ', 'x', 'é', '⟦', '1', 'T'],
);

test('they are the same names in the same places, and the pieces together are the text', () => {
  const mask = new NameMask(NAMES);
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      let at = 0;
      const told = mask.split(text).flatMap((piece) => {
        const from = at;
        at += typeof piece === 'string' ? piece.length : piece.name.length;
        return typeof piece === 'string' ? [] : [`${piece.kind} ${piece.name} ${from}`];
      });
      expect(told).toEqual(found(text));
      expect(mask.replace(text, (name) => name)).toBe(text);
    }),
    { numRuns: 1000 },
  );
});
