/** That the table of GSS codes says of each council when its code was in use, as those who keep the lists say. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHANGES, GSS_ENTITIES, KNOWN_FROM, KNOWN_TO } from '../../lib/contracts/gss/codes';
import { gssLookup, gssOn, knownCodes } from '../../lib/contracts/gss/lookup';

const HISTORY = join(__dirname, '../../../shared/data/councils-history.csv');

it.each([
  ['E08000035', '2010-01-01', 'valid', 'Leeds, all the time'],
  ['E10000023', '2023-03-31', 'valid', 'North Yorkshire’s county, to its last day'],
  ['E10000023', '2023-04-01', 'not-on-that-day', 'and no longer'],
  ['E06000065', '2023-03-31', 'not-on-that-day', 'the council that followed, not before its first day'],
  ['E06000065', '2023-04-01', 'valid', 'and from then on'],
  ['E07000246', '2019-03-31', 'not-on-that-day', 'one that began and ended: before'],
  ['E07000246', '2021-01-01', 'valid', 'while it was'],
  ['E07000246', '2023-04-01', 'not-on-that-day', 'and after'],
  ['S12000015', '2018-03-31', 'valid', 'Fife before its boundary changed'],
  ['S12000047', '2018-04-01', 'valid', 'and since'],
  ['E08000016', '2025-04-01', 'not-on-that-day', 'Barnsley under its old code'],
  ['E08000039', '2025-04-01', 'valid', 'Sheffield under its new one'],
  ['E06000999', '2025-04-01', 'unknown', 'a code that nobody made'],
  ['E01000001', '2025-04-01', 'unknown', 'an area of another kind'],
])('%s on %s is %s: %s', (code, day, expected) => {
  expect(gssOn(code, day)).toBe(expected);
});

it('takes codes that a contract adds, from their first day on', () => {
  const also = [{ code: 'E06000067', from: '2027-04-01' }];
  expect(['2027-03-31', '2027-04-01'].map((day) => gssOn('E06000067', day, also))).toEqual([
    'not-on-that-day',
    'valid',
  ]);
});

it('has each code once, of an entity that it names, and changes that are days of theirs', () => {
  const codes = knownCodes();
  expect(new Set(codes).size).toBe(codes.length);
  expect(new Set(codes.map((code) => code.slice(0, 3)))).toEqual(new Set(Object.keys(GSS_ENTITIES)));
  for (const { on } of CHANGES) {
    expect(on > KNOWN_FROM.E06 && on <= KNOWN_TO).toBe(true);
    // No more than the reorganisations of a year: the number of areas hardly changes.
    const before = codes.filter((code) => gssOn(code, '2009-04-01') === 'valid').length;
    expect(codes.filter((code) => gssOn(code, on) === 'valid').length).toBeLessThanOrEqual(before);
  }
});

it('has as many areas as there are councils: 317 districts in England in 2022, 22 in Wales, 32 in Scotland, 11 in Northern Ireland', () => {
  const on = (day: string, entities: RegExp) =>
    knownCodes().filter((code) => entities.test(code) && gssOn(code, day) === 'valid').length;
  expect(on('2022-06-01', /^E0[6-9]/)).toBe(309);
  expect(on('2025-06-01', /^E0[6-9]/)).toBe(296);
  expect(on('2009-06-01', /^E0[6-9]/)).toBe(326);
  expect(on('2025-06-01', /^E10/)).toBe(21);
  expect(on('2025-06-01', /^W/)).toBe(22);
  expect(on('2025-06-01', /^S/)).toBe(32);
  expect(on('2025-06-01', /^N/)).toBe(11);
});

const skipped = existsSync(HISTORY) ? it : it.skip;
skipped('agrees with the history of councils that mySociety keeps', () => {
  const [head = '', ...lines] = readFileSync(HISTORY, 'utf8').trim().split(/\r?\n/);
  const at = head.split(',').indexOf('gss-code');
  expect(at).toBeGreaterThan(0);
  const entities = new RegExp(`^(?:${Object.keys(GSS_ENTITIES).join('|')})`);
  const theirs = new Map<string, string>();
  for (const line of lines) {
    // A name with a comma stands in quotes; no other field has one.
    const fields = line.replace(/"[^"]*"/g, '').split(',');
    const code = fields[at] ?? '';
    if (entities.test(code)) theirs.set(code, fields[head.split(',').indexOf('end-date')] ?? '');
  }
  expect(theirs.size).toBeGreaterThan(420);
  for (const [code, end] of theirs) {
    const until = gssLookup(code)?.[0]?.until;
    // They give the last day for some reorganisations, and the day after it for others.
    if (end === '' && code !== 'E08000016' && code !== 'E08000019')
      expect([code, until]).toEqual([code, undefined]);
    if (end !== '')
      expect([code, until?.slice(0, 7)]).toEqual([code, end.replace('-03-31', '-04-01').slice(0, 7)]);
  }
});
