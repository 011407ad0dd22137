/** That entries keep to OCSF 1.8 and RFC 8785, to their size, and name nobody. */
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { MOST_RECIPIENTS } from '../../lib/register/schema/agreement';
import { eventEntry, logFileName } from '../../lib/transfers/entry';
import { Exchange } from '../../lib/transfers/exchange';
import { interpret } from '../../lib/transfers/interpret';
import { entryIdOf, type Meaning } from '../../lib/transfers/meaning';
import { readOcsf } from '../../lib/transfers/ocsf';
import { outcomeEntry, signedEntry, zoneEntry } from '../../lib/transfers/own-entry';
import { mayConcern, trailEventOf } from '../../lib/transfers/record';
import { canonicalEntry, LONGEST_TEXT, safeText } from '../../lib/transfers/text';
import { MOST_ENTRY_BYTES } from '../../lib/wire';
import {
  assumed,
  BUCKET,
  collect,
  deposit,
  GRANT,
  INDEX,
  KEY,
  LEEDS,
  onKey,
  otherAccount,
  recall,
  STRANGER,
  type Record as TrailRecord,
  verdict,
} from './trail-records';

const FROM = { file: '100000000011/CloudTrail/eu-west-2/2026/10/01/a.json.gz', sha256: 'cd'.repeat(32) };
const exchange = new Exchange(INDEX, '2026-04-01T00:00:00Z');

function entriesOf(value: TrailRecord): Uint8Array[] {
  if (!mayConcern(value)) throw new Error('it concerns the zone');
  const event = trailEventOf(value);
  return interpret(event, exchange).map((meaning) =>
    eventEntry(event, meaning, exchange, entryIdOf(event, meaning), FROM),
  );
}

const read = (bytes: Uint8Array | undefined) =>
  JSON.parse(Buffer.from(bytes ?? []).toString('utf8')) as { [key: string]: never };
const entryOf = (value: TrailRecord) => read(entriesOf(value)[0]);

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
const SIGNED = {
  agreement: 'benefit-awards',
  organisation: 'leeds',
  on: '2026-09-30',
  terms: 'a1'.repeat(32),
  sha256: 'b2'.repeat(32),
  after: ['c3'.repeat(32)],
};
const everyKind: [string, Uint8Array | undefined][] = [
  ...[
    deposit(),
    verdict('THREATS_FOUND'),
    collect(),
    collect({ by: otherAccount(LEEDS) }),
    recall(),
    collect({ by: { type: 'AWSAccount', accountId: 'ANONYMOUS_PRINCIPAL', principalId: '' } }),
    collect({ by: { type: 'AWSService', invokedBy: 'backup.amazonaws.com' } }),
    collect({ by: { type: 'IAMUser', userName: 'jane', principalId: 'AIDA', accountId: STRANGER } }),
    collect({ by: {} }),
    collect({ error: 'AccessDenied' }),
    onKey('CreateGrant', GRANT),
    onKey('RetireGrant', {}),
    onKey('PutKeyPolicy', {}),
    onKey('DisableKey', {}),
    onKey('DisableKey', {}, { errorCode: 'AccessDenied' }),
  ].map((value): [string, Uint8Array | undefined] => [
    `${value.eventName} ${value.errorCode ?? ''}`,
    entriesOf(value)[0],
  ]),
  [
    'not-collected',
    outcomeEntry(OUTCOME, { bucket: BUCKET, key: KEY }, exchange, 'id-1#leeds#not-collected'),
  ],
  [
    'expired',
    outcomeEntry(
      { ...OUTCOME, kind: 'expired' },
      { bucket: BUCKET, key: KEY },
      exchange,
      'id-1#leeds#expired',
    ),
  ],
  ['register-changed', zoneEntry('register-changed', zone)],
  ['digest-gap', zoneEntry('digest-gap', zone)],
  ...(['approves', 'withdraws', 'disposes'] as const).map((decision): [string, Uint8Array] => [
    decision,
    signedEntry({ ...SIGNED, decision }, '2026-10-01T12:00:00Z', exchange).entry,
  ]),
];

/** What OCSF 1.8 demands of both classes and of the objects in them, and of the profile `cloud`. */
function holdsToOcsf(entry: { [key: string]: never }): void {
  const {
    class_uid: classId,
    activity_id: activity,
    metadata,
    actor,
    src_endpoint: source,
    cloud,
    api,
    file,
  } = entry as never as {
    [key: string]: { [key: string]: unknown };
  };
  expect([6006, 6003]).toContain(classId);
  const named = { 6006: [1, 2, 4, 99], 6003: [1, 2, 3, 4, 99] }[String(classId)];
  expect(named).toContain(activity);
  expect(entry).toMatchObject({
    category_uid: 6,
    type_uid: Number(classId) * 100 + Number(activity),
    severity_id: expect.any(Number),
    time: expect.any(Number),
    metadata: { version: '1.8.0', product: { name: expect.any(String), vendor_name: expect.any(String) } },
    cloud: { provider: 'AWS' },
  });
  if (Number(activity) === 99) expect(entry).toHaveProperty('activity_name');
  expect(metadata?.profiles).toEqual(['cloud']);
  expect(cloud?.region).toBe('eu-west-2');
  expect(['user', 'app_name'].some((name) => actor?.[name] !== undefined)).toBe(true);
  if (actor?.user) expect((actor.user as { uid: string }).uid).toMatch(/./);
  expect(['uid', 'name', 'svc_name'].some((name) => source?.[name] !== undefined)).toBe(true);
  if (Number(classId) === 6003) expect(api?.operation).toMatch(/./);
  else expect(file).toMatchObject({ name: expect.stringMatching(/./), type_id: 1 });
}

describe.each(everyKind)('the entry for %s', (_, bytes) => {
  it('keeps to OCSF 1.8', () => holdsToOcsf(read(bytes)));

  it('is canonical, and within its size', () => {
    const text = Buffer.from(bytes ?? []).toString('utf8');
    expect(canonicalize(JSON.parse(text))).toBe(text);
    expect(bytes?.length).toBeLessThanOrEqual(MOST_ENTRY_BYTES);
  });

  it('names no person and no address', () => {
    expect(Buffer.from(bytes ?? []).toString('utf8')).not.toMatch(/jane|doe|203\.0\.113|ASIA|AROA|AIDA/);
  });
});

describe('an entry', () => {
  it('says what was read, by whom and under what', () => {
    expect(entryOf(collect({ id: 'e-1' }))).toMatchObject({
      activity_id: 2,
      class_uid: 6006,
      severity_id: 1,
      status_id: 1,
      time: Date.parse('2026-10-01T12:00:00Z'),
      metadata: { uid: 'e-1#collected', event_code: 'collected', log_name: 'CloudTrail' },
      actor: {
        user: { uid: `arn:aws:iam::${LEEDS}:role/concordat/concordat-collect`, org: { uid: 'leeds' } },
      },
      api: { operation: 'GetObject' },
      file: { name: '2026-10-01.csv', path: `${BUCKET}/${KEY}` },
      unmapped: {
        verdict: 'in-order',
        reasons: [],
        owner: 'dwp',
        recipient: 'leeds',
        agreement: 'benefit-awards',
      },
    });
  });

  it('says by which event of which log file it was made, and of what form it is', () => {
    expect(entryOf({ ...collect({ id: 'e-1', shared: 'shared-1' }) })).toMatchObject({
      metadata: { uid: 'shared-1#collected', log_source: FROM.file, original_event_uid: 'e-1' },
      unmapped: { form: 'concordat-entry/v2', logFile: { sha256: FROM.sha256 } },
    });
  });

  it('names the log file without the AWS organisation, whose id is nobody else’s to know', () => {
    for (const before of ['AWSLogs/', 'AWSLogs/o-example0000/', ''])
      expect(logFileName(`${before}${FROM.file}`)).toBe(FROM.file);
    expect(logFileName('elsewhere/a.json.gz')).toBe('elsewhere/a.json.gz');
  });

  it('is read in the form of before, which names no log file, and in no form that is not known', () => {
    const entry = entryOf(collect()) as never as {
      metadata: { log_source?: string };
      unmapped: { form?: string; logFile?: unknown };
    };
    expect(readOcsf(entry)).toHaveProperty('organisations');
    const { form: _, logFile: __, ...unmapped } = entry.unmapped;
    const { log_source: ___, ...metadata } = entry.metadata;
    expect(readOcsf({ ...entry, metadata, unmapped })).toHaveProperty('organisations');
    expect(readOcsf({ ...entry, metadata })).toEqual({
      fault: expect.stringContaining('does not say which event'),
    });
    expect(readOcsf({ ...entry, unmapped: { ...entry.unmapped, form: 'concordat-entry/v9' } })).toEqual({
      fault: expect.stringContaining('which this release does not know'),
    });
  });

  it('says what is wrong with a violation, and that what was refused failed', () => {
    expect(entryOf(collect({ by: assumed(STRANGER, 'x') }))).toMatchObject({
      severity_id: 4,
      unmapped: { verdict: 'violation', reasons: ['unexpected-principal'] },
    });
    expect(entryOf(collect({ error: 'AccessDenied' }))).toMatchObject({
      activity_id: 99,
      severity_id: 3,
      status_id: 2,
      api: { response: { error: 'AccessDenied' } },
      unmapped: { verdict: 'denied' },
    });
  });

  it('ties the sessions of one name under one role together, and no others', () => {
    const session = (name: string, account = LEEDS) =>
      (
        entryOf(collect({ by: assumed(account, 'concordat-collect', name) })) as never as {
          actor: { session: { uid: string } };
        }
      ).actor.session.uid;
    expect(session('a')).toBe(session('a'));
    expect(session('a')).toMatch(/^[0-9a-f]{16}$/);
    expect(new Set([session('a'), session('b'), session('a', STRANGER)]).size).toBe(3);
  });

  it('gets a receipt to the owner and to whom it concerns', () => {
    const receipts = (value: TrailRecord) => {
      const found: readonly Meaning[] = interpret(trailEventOf(value), exchange);
      return found.map(({ organisations }) => organisations);
    };
    expect(receipts(deposit())).toEqual([['camden', 'dwp', 'leeds']]);
    expect(receipts(collect())).toEqual([['dwp', 'leeds']]);
    expect(receipts(collect({ by: assumed(STRANGER, 'x') }))).toEqual([['dwp']]);
    expect(receipts(onKey('CreateGrant', GRANT))).toEqual([['dwp', 'leeds']]);
    expect(receipts(onKey('DisableKey', {}))).toEqual([['dwp']]);
  });
});

describe('an entry about an agreement of very many', () => {
  const RECIPIENTS = Array.from({ length: MOST_RECIPIENTS }, (_, n) => ({
    id: `r${n}`,
    account: String(200_000_000_000 + n),
  }));
  const many = new Exchange(
    {
      ...INDEX,
      organisations: [...INDEX.organisations, ...RECIPIENTS],
      agreements: INDEX.agreements.map((agreement) => ({
        ...agreement,
        shares: RECIPIENTS.map(({ id }) => ({
          ...(agreement.shares[0] as (typeof agreement.shares)[number]),
          recipient: id,
          share: `0123456789ab--${id}`,
        })),
      })),
    },
    '2026-04-01T00:00:00Z',
  );

  it('names each that gets a receipt, whatever else is in it', () => {
    const longest = '\u0001'.repeat(900);
    for (const key of [KEY, `agreements/benefit-awards/${longest}`]) {
      const event = trailEventOf(deposit({ key }) as never);
      const [meaning] = interpret(event, many);
      if (meaning === undefined) throw new Error('it means nothing');
      const entry = read(eventEntry(event, meaning, many, entryIdOf(event, meaning), FROM));
      expect(readOcsf(entry)).toEqual({ organisations: many.accountsOf(meaning.organisations) });
      expect(many.accountsOf(meaning.organisations)).toHaveLength(MOST_RECIPIENTS + 1);
    }
  });

  it('is refused rather than cut where it could not name them all', () => {
    const tooMany = { organisations: Array.from({ length: 5_000 }, (_, n) => String(200_000_000_000 + n)) };
    expect(() => canonicalEntry(tooMany)).toThrow(RangeError);
  });
});

describe('text in an entry', () => {
  it('is kept as it is up to its longest, and beyond is cut and ends with its digest', () => {
    const longest = 'x'.repeat(LONGEST_TEXT);
    expect(safeText(longest)).toBe(longest);
    expect(safeText(`${longest}y`)).toMatch(/^x{1200}…sha256:[0-9a-f]{16}$/);
    expect(safeText(`${longest}y`)).not.toBe(safeText(`${longest}z`));
  });

  it('holds no half of a surrogate pair, not even where it is cut', () => {
    expect(safeText('a\uD800b\uDC00')).toBe('a\uFFFDb\uFFFD');
    expect(safeText('\uD83D\uDE00')).toBe('😀');
    expect(safeText(`${'x'.repeat(LONGEST_TEXT - 1)}😀`)).toMatch(/x\uFFFD…/);
  });

  it('always fits and is always canonical, whatever the log holds', () => {
    const units = fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 })
      .map((list) => String.fromCharCode(...list));
    const hostile = fc.oneof(
      units,
      units.map((text) => text.repeat(3_000)),
    );
    fc.assert(
      fc.property(hostile, hostile, hostile, (key, name, code) => {
        const value = {
          ...collect({
            key: `agreements/benefit-awards/${key}`,
            by: { ...assumed(LEEDS, 'x'), invokedBy: name },
          }),
          vpcEndpointId: code,
          awsRegion: code,
        };
        for (const bytes of entriesOf(value)) {
          const text = Buffer.from(bytes).toString('utf8');
          expect(bytes.length).toBeLessThanOrEqual(MOST_ENTRY_BYTES);
          expect(text).not.toMatch(/\\ud[89a-f]/i);
          expect(canonicalize(JSON.parse(text))).toBe(text);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is cut further where there is much of it', () => {
    const many = Object.fromEntries(
      Array.from({ length: 90 }, (_, n) => [`field${n}`, '\u0001'.repeat(LONGEST_TEXT)]),
    );
    expect(canonicalEntry(many).length).toBeLessThanOrEqual(MOST_ENTRY_BYTES);
  });
});
