/** That the ledger’s entries fit the published schema of OCSF, whose version and source `ocsf-schema.json` names. */
import { eventEntry } from '../../lib/transfers/entry';
import { Exchange } from '../../lib/transfers/exchange';
import { interpret } from '../../lib/transfers/interpret';
import { entryIdOf, identified, KINDS } from '../../lib/transfers/meaning';
import { outcomeEntry, signedEntry, zoneEntry } from '../../lib/transfers/own-entry';
import { mayConcern, trailEventOf } from '../../lib/transfers/record';
import { Refusals, refusalEntry } from '../../lib/transfers/refusals';
import { sampleTrail } from '../../lib/transfers/sample-trail';
import { faultsOf } from './ocsf-schema';
import {
  assumed,
  BUCKET,
  collect,
  deposit,
  INDEX,
  KEY,
  read,
  recall,
  STRANGER,
  verdict,
} from './trail-records';

const FROM = { file: '100000000011/CloudTrail/eu-west-2/2026/10/01/a.json.gz', sha256: 'cd'.repeat(32) };
const exchange = new Exchange(INDEX, '2026-04-01T00:00:00Z');

function eventOf(value: object) {
  if (!mayConcern(value)) throw new Error('it concerns the zone');
  return trailEventOf(value);
}

const records = [
  deposit(),
  verdict('NO_THREATS_FOUND'),
  collect(),
  collect({ error: 'AccessDenied' }),
  collect({ by: assumed(STRANGER, 'thief') }),
  recall(),
];

/** An entry for each kind that there is: each is written by the same code, whatever event it is of. */
const ofEachKind = KINDS.flatMap((kind) => {
  const event = eventOf(collect());
  const object = { bucket: BUCKET, key: KEY, version: 'V1' };
  const about = { kind, reasons: [], organisations: ['dwp'] } as const;
  return [
    { ...about, object },
    { ...about, resource: BUCKET },
  ].map((meaning) => eventEntry(event, meaning, exchange, entryIdOf(event, meaning), FROM));
});

function refused(): Uint8Array[] {
  const refusals = new Refusals();
  for (const value of [1, 2].map(() => read({ by: assumed(STRANGER, 'x'), error: 'AccessDenied' }))) {
    const event = eventOf(value);
    for (const each of identified(event, interpret(event, exchange))) refusals.take(event, each, exchange);
  }
  return refusals.sums().map((sum) => refusalEntry(sum, FROM));
}

const OUTCOME = {
  kind: 'not-collected',
  recipient: 'leeds',
  time: '2026-10-04T12:00:00Z',
  release: 'released',
  deposit: {
    kind: 'deposited',
    id: 'id-1',
    time: '2026-10-01T12:00:00Z',
    agreement: 'benefit-awards',
    owner: 'dwp',
    recipients: ['leeds'],
    collectBy: '2026-10-04T12:00:00Z',
  },
} as const;
const zone = { id: 'x#1', time: '2026-10-01T12:00:00Z', region: 'eu-west-2', about: { what: 'x' } };

const ENTRIES: readonly (readonly [string, readonly Uint8Array[]])[] = [
  [
    'of events',
    records.flatMap((value) => {
      const event = eventOf(value);
      return interpret(event, exchange).map((meaning) => eventEntry(event, meaning, exchange, 'x', FROM));
    }),
  ],
  ['of each kind, of an object and not', ofEachKind],
  ['of refusals that are summed up', refused()],
  ['of what the clock tells', [outcomeEntry(OUTCOME, { bucket: BUCKET, key: KEY }, exchange, 'id')]],
  ['of the zone', [zoneEntry('register-changed', zone), zoneEntry('digest-gap', zone)]],
  [
    'of what was signed',
    (['approves', 'withdraws', 'disposes'] as const).map(
      (decision) =>
        signedEntry(
          {
            agreement: 'benefit-awards',
            organisation: 'leeds',
            decision,
            on: '2026-09-30',
            terms: 'a1'.repeat(32),
            sha256: 'b2'.repeat(32),
            after: [],
          },
          zone.time,
          exchange,
        ).entry,
    ),
  ],
  ['of the sample', sampleTrail(JSON.stringify(INDEX), 300).entries.map(({ entry }) => entry)],
];

const parsed = (entry: Uint8Array) =>
  JSON.parse(Buffer.from(entry).toString('utf8')) as Record<string, unknown> & { metadata: object };

it.each(ENTRIES)('entries %s fit the schema', (_, entries) => {
  expect(entries.length).toBeGreaterThan(0);
  for (const entry of entries) expect(faultsOf(parsed(entry))).toEqual([]);
});

it('the check finds a profile that is not named, an attribute that is none, and what is missing or of another form', () => {
  const [entry = Buffer.of()] = ENTRIES[0]?.[1] ?? [];
  const event = parsed(entry);
  const { file: _, ...without } = event;
  expect(faultsOf({ ...event, metadata: { ...event.metadata, profiles: undefined } })).toContain(
    'cloud: the schema has no such attribute without the profile cloud',
  );
  expect(faultsOf({ ...event, agreement: 'x' })).toEqual(['agreement: the schema has no such attribute']);
  expect(faultsOf(without)).toEqual(['file: it is required']);
  expect(faultsOf({ ...event, severity_id: 7 })).toEqual(['severity_id: 7 is no value of it']);
  expect(faultsOf({ ...event, time: '2026' })).toEqual(['time: it is no timestamp_t']);
  expect(faultsOf({ ...event, actor: {} })[0]).toMatch(/^actor\.: it has none of/);
  expect(faultsOf({ ...event, class_uid: 1 })).toEqual(['class_uid: 1 is no class']);
});
