/** What an entry must be before it is staged, and what a stranger asks of it later; and CloudTrail’s digests beside it. */
import { gzipSync } from 'node:zlib';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { fieldsAt, plainFields } from '../../lib/ledger/core/canonical-scan';
import { sha256 } from '../../lib/ledger/core/hash';
import { ENTRY_FORM } from '../../lib/transfers/entry-form';
import { entryFormat, readOcsf } from '../../lib/transfers/ocsf';
import { MOST_ENTRY_BYTES, readStagedItem, type StagedEntry, stagedItem } from '../../lib/wire';
import { bundleOf, smallDay, verdictOf } from './sample';

const STAGED: StagedEntry = {
  eventId: 'a-1',
  entry: Buffer.from('{}'),
  organisations: ['dwp', 'leeds'],
  stagedAt: '2026-12-01T09:00:00.000Z',
};

describe('an entry in staging', () => {
  it('is read as it was written, with or without organisations', () => {
    expect(readStagedItem({ ...stagedItem(STAGED) })).toEqual(STAGED);
    const none = { ...STAGED, organisations: [] };
    expect(stagedItem(none)).not.toHaveProperty('organisations');
    expect(readStagedItem({ ...stagedItem(none) })).toEqual(none);
    expect(stagedItem(STAGED).arrival.S).toBe('2026-12-01T09:00:00.000Z#a-1');
  });

  it.each<[string, Partial<StagedEntry>]>([
    ['eventId', { eventId: '' }],
    ['eventId', { eventId: 'a b' }],
    ['eventId', { eventId: 'x'.repeat(257) }],
    ['0 bytes', { entry: Buffer.of() }],
    ['65536 bytes', { entry: Buffer.alloc(MOST_ENTRY_BYTES + 1) }],
    ['stagedAt', { stagedAt: '2026-12-01T09:00:00Z' }],
    ['stagedAt', { stagedAt: 'yesterday' }],
    ['id of an organisation', { organisations: ['Leeds'] }],
    ['id of an organisation', { organisations: ['a-b-c-d-e-f-g-h-i-j-k-l-m'] }],
    ['sorted', { organisations: ['leeds', 'dwp'] }],
    ['sorted', { organisations: ['dwp', 'dwp'] }],
  ])('is refused for its %s', (why, change) => {
    expect(() => stagedItem({ ...STAGED, ...change })).toThrow(why);
  });
});

describe('an OCSF event', () => {
  const event = () =>
    JSON.parse(String(Buffer.from(smallDay(2)[1]?.entry ?? Buffer.of()))) as Record<string, unknown>;

  it('names the organisations that it concerns', () => {
    expect(readOcsf(event())).toEqual({ organisations: ['dwp'] });
    expect(readOcsf({ ...event(), unmapped: {} })).toEqual({ organisations: undefined });
  });

  it('is read alike where a reader is given no more than the fields that the format says it looks at', () => {
    const whole = {
      ...event(),
      unmapped: { ...Object(event().unmapped), form: ENTRY_FORM, logFile: { sha256: 'x' } },
    };
    const values = fc.constantFrom<unknown>(undefined, null, 1, 'x', [], ['x'], {}, 'CloudTrail', ENTRY_FORM);
    const fields = fieldsAt(entryFormat.fields);
    const places = fc.subarray([
      ...Object.keys(whole),
      ...['version', 'product', 'log_name', 'log_source', 'original_event_uid', 'uid'].map(
        (name) => `metadata.${name}`,
      ),
      ...['organisations', 'form', 'logFile', 'logFile.sha256', 'kind'].map((name) => `unmapped.${name}`),
    ]);
    let plain = 0;
    fc.assert(
      fc.property(places, fc.infiniteStream(values), (paths, drawn) => {
        const changed: unknown = structuredClone(whole);
        for (const path of paths) put(changed, path.split('.'), structuredClone(drawn.next().value));
        const text = canonicalize(changed) ?? '';
        const found = plainFields(Buffer.from(text), text, fields);
        if (found === undefined) return;
        plain += 1;
        expect(readOcsf(found)).toEqual(readOcsf(JSON.parse(text)));
      }),
      { numRuns: 1_000 },
    );
    expect(plain).toBeGreaterThan(900);
  });

  it.each(['activity_id', 'category_uid', 'class_uid', 'severity_id', 'time', 'type_uid', 'metadata'])(
    'has %s',
    (name) => {
      expect(readOcsf({ ...event(), [name]: undefined })).toEqual({
        fault: expect.stringContaining('is no OCSF event'),
      });
    },
  );

  it('has ids that agree', () => {
    expect(readOcsf({ ...event(), type_uid: 600602 })).toEqual({
      fault: expect.stringContaining('do not agree'),
    });
    expect(readOcsf({ ...event(), category_uid: 4 })).toEqual({
      fault: expect.stringContaining('do not agree'),
    });
    expect(readOcsf({ ...event(), unmapped: { organisations: 'dwp' } })).toEqual({
      fault: expect.stringContaining('no list'),
    });
    for (const value of [null, 1, 'x', []])
      expect(readOcsf(value)).toEqual({ fault: expect.stringContaining('is no OCSF event') });
  });
});

it('entries that are no canonical OCSF events are found in a ledger that is right in all else', async () => {
  const day = smallDay(6);
  const wrong = ['{"a":1,"a":1}', '{}', '\u00ff', '[]'].map((text) => ({
    entry: Buffer.from(text, 'latin1'),
    organisations: [],
  }));
  const { findings } = await verdictOf(await bundleOf([...day, ...wrong], [10]));
  expect(findings.map(({ kind, message }) => [kind, message.slice(0, 12)])).toEqual([
    ['entry', 'entry 6 is n'],
    ['entry', 'entry 7 is n'],
    ['entry', 'entry 8 it i'],
    ['entry', 'entry 9 is n'],
  ]);
});

it('threads find what one thread finds', async () => {
  const bundle = await bundleOf(smallDay(600), [600]);
  const wrong = new Map(bundle).set(
    'tile/entries/001',
    Buffer.from(bundle.get('tile/entries/001') ?? Buffer.of()).fill(0, 300, 301),
  );
  for (const files of [bundle, wrong])
    expect(await verdictOf(files, { threads: 2 })).toEqual(await verdictOf(files, { threads: 0 }));
  expect((await verdictOf(wrong, { threads: 2 })).findings.length).toBeGreaterThan(1);
});

describe('CloudTrail digests', () => {
  const HOUR = 'AWSLogs/111111111111/CloudTrail-Digest/eu-west-2/2026/12/01/';
  const LOG = 'AWSLogs/111111111111/CloudTrail/eu-west-2/2026/12/01/log.json.gz';
  const log = Buffer.from('{"Records":[]}');
  const hex = (bytes: Uint8Array) => Buffer.from(sha256(bytes)).toString('hex');
  const first = Buffer.from(
    JSON.stringify({
      previousDigestS3Object: null,
      previousDigestHashValue: null,
      logFiles: [{ s3Object: LOG, hashValue: hex(log) }],
    }),
  );
  const second = Buffer.from(
    JSON.stringify({
      previousDigestS3Object: `${HOUR}1.json.gz`,
      previousDigestHashValue: hex(first),
      logFiles: [],
    }),
  );
  const trail = async () => {
    const files = new Map(await bundleOf(smallDay(3), [3]));
    files.set(`cloudtrail/${LOG}`, gzipSync(log));
    files.set(`cloudtrail/${HOUR}1.json.gz`, gzipSync(first));
    return files.set(`cloudtrail/${HOUR}2.json.gz`, gzipSync(second));
  };

  it('that fit are checked as far as hashes go, and it is said how far that is', async () => {
    const { findings, checked, unchecked } = await verdictOf(await trail());
    expect(findings).toEqual([]);
    expect(checked).toContain('2 hashes that 2 CloudTrail digests state');
    expect(unchecked.some((line) => line.includes('validate-logs'))).toBe(true);
  });

  it.each([
    [LOG, gzipSync('{"Records":[1]}')],
    [LOG, Buffer.from('x')],
    [`${HOUR}1.json.gz`, gzipSync(`${first} `)],
    [`${HOUR}2.json.gz`, gzipSync('{}')],
    ['AWSLogs/more.json.gz', gzipSync('{}')],
  ])('show that %s is another', async (path, bytes) => {
    const files = (await trail()).set(`cloudtrail/${path}`, bytes);
    expect((await verdictOf(files)).findings.map(({ kind }) => kind)).toContain('cloudtrail');
  });

  it('whose log files are not here are said to be unchecked', async () => {
    const files = await trail();
    files.delete(`cloudtrail/${LOG}`);
    expect((await verdictOf(files)).unchecked).toContain(
      '1 file that CloudTrail digests name: it is not in cloudtrail/',
    );
  });
});

/** Puts a value at a path, as far as there are objects on the way. */
function put(value: unknown, [name = '', ...rest]: readonly string[], into: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (rest.length === 0) Object.assign(value, { [name]: into });
  else put(Reflect.get(value, name), rest, into);
}
