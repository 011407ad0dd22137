/** That the ledger’s former keys are taken as the ledger writes them, and in no other way. */
import fc from 'fast-check';
import { formatVkey, verifierKey } from '../../../lib/ledger';
import { pointedAt, registerAfter, set } from '../samples';

const ORIGIN = 'concordat-ledger-100000000002';
const former = (...formerKeys: string[]) => set('zone.yaml', { ledger: { formerKeys } });
const key = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => formatVkey(verifierKey(ORIGIN, 'ed25519', bytes)));

it('any Ed25519 key of the ledger is taken, as its verifier key', () => {
  fc.assert(
    fc.property(fc.uniqueArray(key, { minLength: 1, maxLength: 3 }), (keys) => {
      expect(registerAfter(former(...keys)).zone.ledger.formerKeys).toEqual(keys);
    }),
    { numRuns: 30 },
  );
});

it('one of which a letter was changed is refused', () => {
  fc.assert(
    fc.property(key, fc.nat(), fc.constantFrom(...'09afAZ+/-'), (line, at, letter) => {
      const place = at % line.length;
      fc.pre(line[place] !== letter);
      const changed = line.slice(0, place) + letter + line.slice(place + 1);
      expect(pointedAt(former(changed))).toHaveLength(1);
    }),
    { numRuns: 60 },
  );
});

it('one of another kind, or more than the sealer’s environment can hold, is refused', () => {
  const one = Buffer.alloc(32, 1);
  expect(pointedAt(former(formatVkey(verifierKey(ORIGIN, 'cosignature', one))))).toHaveLength(1);
  const many = Array.from({ length: 21 }, (_, n) =>
    formatVkey(verifierKey(ORIGIN, 'ed25519', Buffer.alloc(32, n))),
  );
  expect(pointedAt(former(...many))).toHaveLength(1);
});
