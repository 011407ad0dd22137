/** That a claim is read whole, as it was written, or not at all. */
import canonicalize from 'canonicalize';
import { formatClaim, parseClaim } from '../../../lambda/ledger-seal/claim';

const CLAIM = {
  start: 3,
  entries: [
    {
      eventId: 'event-1',
      entry: Uint8Array.from(Buffer.from('{"a":1}')),
      organisations: ['dwp', 'leeds'],
      stagedAt: '2026-12-01T09:00:00.000Z',
    },
  ],
};
const written = JSON.parse(Buffer.from(formatClaim(CLAIM)).toString('utf8'));
const [entry] = written.entries;

it('is read back as it was written', () => {
  const { start, entries } = parseClaim(formatClaim(CLAIM), 3);
  expect(start).toBe(3);
  expect(entries.map((each) => ({ ...each, entry: Buffer.from(each.entry).toString() }))).toEqual([
    { ...CLAIM.entries[0], entry: '{"a":1}' },
  ]);
});

it('is written as canonical JSON', () => {
  const [first] = CLAIM.entries;
  const odd = {
    ...first,
    organisations: [],
    entry: Buffer.from('x'),
    eventId: 'event-"2"\\',
    stagedAt: '2026-12-01T09:00:00.001Z',
  };
  const text = Buffer.from(formatClaim({ ...CLAIM, entries: [...CLAIM.entries, odd] })).toString();
  expect(text).toBe(canonicalize(JSON.parse(text)));
});

it.each([
  ['nothing', null],
  ['another format', { ...written, format: 'concordat-claim/v2' }],
  ['another start', { ...written, start: 4 }],
  ['no entries', { ...written, entries: [] }],
  ['entries that are no list', { ...written, entries: { length: 1 } }],
  ['an entry without an id', { ...written, entries: [{ ...entry, eventId: undefined }] }],
  ['an entry that is no base 64', { ...written, entries: [{ ...entry, entry: '*' }] }],
  ['organisations that are no list', { ...written, entries: [{ ...entry, organisations: 'dwp' }] }],
])('is damage where it has %s', (_what, claim) => {
  expect(() => parseClaim(Buffer.from(JSON.stringify(claim)), 3)).toThrow('the claim at 3 can’t be read');
});
