/**
 * That a ledger agrees with the log archive that it was made from, and that whatever is put in, changed or taken out on
 * either side is found at its place.
 */
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { compareWithArchive } from '../../lib/transfers/archive/compare';
import type { ArchiveFault } from '../../lib/transfers/archive/faults';
import { IdIndex } from '../../lib/transfers/archive/id-index';
import { logFileName } from '../../lib/transfers/entry';
import { sampleTrail } from '../../lib/transfers/sample-trail';
import { canonicalEntry, type Json } from '../../lib/transfers/text';
import { auditIndexText } from '../../lib/wire/audit-index';
import { INDEX } from './trail-records';

const COUNT = 120;
const day = sampleTrail(auditIndexText(INDEX), COUNT);
const [, indexText] = day.index;
const indexDigest = createHash('sha256').update(indexText).digest('hex');

/** Both sides, as they are or changed. */
interface Sides {
  readonly entries: readonly Uint8Array[];
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const whole: Sides = { entries: day.entries.map(({ entry }) => entry), files: day.logFiles };
const paths = [...whole.files.keys()];
/** Of the first files: the last hour’s may still come. */
const early = paths.slice(0, 40);

async function compared({ entries, files }: Sides, withIndex = true) {
  return compareWithArchive(
    { size: entries.length, at: (place) => entries[place] ?? new Uint8Array() },
    {
      paths: () => [...files.keys()],
      async *open(path) {
        yield files.get(path) ?? new Uint8Array();
      },
    },
    (sha256) => (withIndex && sha256 === indexDigest ? indexText : undefined),
  );
}

const faultsOf = async (sides: Sides, withIndex = true) => (await compared(sides, withIndex)).faults;
type Entry = { readonly [key: string]: Json };
const read = (entry: Uint8Array | undefined) => JSON.parse(String(Buffer.from(entry ?? []))) as Entry;
const originOf = (entry: Uint8Array | undefined) => {
  const { metadata } = read(entry) as never as {
    metadata: { log_source: string; original_event_uid: string };
  };
  return { file: metadata.log_source, eventId: metadata.original_event_uid };
};
const withEntry = (place: number, change: (entry: Entry) => Entry): Sides => ({
  ...whole,
  entries: whole.entries.with(place, canonicalEntry(change(read(whole.entries[place])))),
});
const withFile = (path: string, change: (records: { [key: string]: unknown }[]) => unknown[]): Sides => {
  const { Records } = JSON.parse(String(gunzipSync(whole.files.get(path) ?? Buffer.of()))) as never;
  return {
    ...whole,
    files: new Map(whole.files).set(path, gzipSync(JSON.stringify({ Records: change(Records) }))),
  };
};
const inFile = (path: string) =>
  whole.entries.flatMap((entry, place) =>
    place > 0 && originOf(entry).file === logFileName(path) ? [place] : [],
  );
/** A file from which entries were made. */
const used = early.find((path) => inFile(path).length > 0) ?? '';

it('finds nothing wrong with a ledger and its archive, and compares every entry but the register’s', async () => {
  expect(await compared(whole)).toEqual({
    faults: [],
    files: paths.length,
    compared: COUNT - 1,
    comparedInPart: 0,
    foundById: 0,
    withoutFile: 0,
    ofTheAudit: 1,
    notYetDue: 0,
    missingIndexes: [],
  });
});

describe('an entry', () => {
  const place = fc.integer({ min: 1, max: COUNT - 1 });

  it('that is changed in any of its facts is found, with what it differs in', async () => {
    const changes: readonly (readonly [string, (entry: Entry) => Entry])[] = [
      ['time', (entry) => ({ ...entry, time: Number(entry.time) + 1 })],
      ['status_id', (entry) => ({ ...entry, status_id: 2 - (Number(entry.status_id) - 1) })],
      ['severity_id', (entry) => ({ ...entry, severity_id: 5 })],
      ['file.path', (entry) => ({ ...entry, file: { ...(entry.file as Entry), path: 'elsewhere' } })],
      [
        'api.operation',
        (entry) => ({ ...entry, api: { ...(entry.api as Entry), operation: 'ListObjects' } }),
      ],
      ['src_endpoint.uid', (entry) => ({ ...entry, src_endpoint: { uid: '999999999999' } })],
      [
        'unmapped.agreement',
        (entry) => ({ ...entry, unmapped: { ...(entry.unmapped as Entry), agreement: 'x' } }),
      ],
      [
        'unmapped.verdict',
        (entry) => ({ ...entry, unmapped: { ...(entry.unmapped as Entry), verdict: 'x' } }),
      ],
    ];
    await fc.assert(
      fc.asyncProperty(place, fc.constantFrom(...changes), async (at, [field, change]) => {
        const [fault, ...others] = await faultsOf(withEntry(at, change));
        expect(others).toEqual([]);
        expect(fault).toMatchObject({ kind: 'facts-differ', entry: at, ...originOf(whole.entries[at]) });
        expect(fault && 'fields' in fault && fault.fields).toContain(field);
      }),
      { numRuns: 40 },
    );
  });

  it('that is left out is a lost event of its file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...early.flatMap(inFile)), async (at) => {
        const found = await faultsOf({ ...whole, entries: whole.entries.toSpliced(at, 1) });
        const { uid } = read(whole.entries[at]).metadata as { uid: string };
        // Both accounts’ logs may have a copy of the event.
        expect(found.length).toBeGreaterThan(0);
        for (const each of found) expect(each).toMatchObject({ kind: 'entry-lost', id: uid });
        expect(found).toContainEqual(expect.objectContaining(originOf(whole.entries[at])));
      }),
      { numRuns: 20 },
    );
  });

  const forged = (change: (entry: Entry) => Entry): Sides => ({
    ...whole,
    entries: [...whole.entries, canonicalEntry(change(read(whole.entries[inFile(used)[0] ?? 0])))],
  });
  const metadata = (entry: Entry, change: Entry): Entry => ({
    ...entry,
    metadata: { ...(entry.metadata as Entry), ...change },
  });

  it.each<[string, (entry: Entry) => Entry, Partial<ArchiveFault>]>([
    [
      'with an event that no file holds',
      (entry) => metadata(entry, { uid: 'x#collected', original_event_uid: 'x' }),
      { kind: 'not-in-file' },
    ],
    [
      'with a file that there is not',
      (entry) => metadata(entry, { uid: 'x#collected', log_source: 'x.json.gz' }),
      { kind: 'file-missing' },
    ],
    [
      'for an event that means something else',
      (entry) => metadata(entry, { uid: 'x#collected' }),
      { file: logFileName(used) },
    ],
    ['a second time', (entry) => entry, { kind: 'entry-twice' }],
  ])('put in %s is found', async (_, change, expected) => {
    for (const withIndex of [true, false])
      expect(await faultsOf(forged(change), withIndex)).toContainEqual(
        expect.objectContaining({ ...expected, entry: COUNT }),
      );
  });

  it('of the first form, which names no file, is held against its event by its id', async () => {
    const old = (entry: Entry): Entry => {
      const { log_source: _, original_event_uid: __, ...rest } = entry.metadata as Entry;
      const { form: ___, logFile: ____, ...unmapped } = entry.unmapped as Entry;
      return { ...entry, metadata: rest, unmapped };
    };
    const verdict = await compared(withEntry(5, old));
    expect(verdict).toMatchObject({ faults: [], compared: COUNT - 2, foundById: 1, withoutFile: 0 });
    const lying = (entry: Entry) => old({ ...entry, severity_id: 5 });
    expect(await faultsOf(withEntry(5, lying))).toContainEqual(
      expect.objectContaining({ kind: 'facts-differ', entry: 5, fields: ['severity_id'] }),
    );
  });
});

describe('a log file', () => {
  it('that is missing is told of for each entry that was made from it', async () => {
    const files = new Map(whole.files);
    files.delete(used);
    const found = (await faultsOf({ ...whole, files })).filter(({ kind }) => kind === 'file-missing');
    expect(found).toEqual(
      inFile(used).map((entry) => ({ kind: 'file-missing', entry, file: logFileName(used) })),
    );
  });

  it('that was changed has another hash than its entries say, though no fact is touched', async () => {
    const sides = withFile(used, (records) => records.map((each) => ({ ...each, userAgent: 'x' })));
    const found = await faultsOf(sides);
    expect(found.map(({ kind }) => kind)).toEqual(inFile(used).map(() => 'file-changed'));
    expect(found).toEqual(
      inFile(used).map((entry) => expect.objectContaining({ entry, file: logFileName(used) })),
    );
  });

  it('from which an event was taken does not hold its entry', async () => {
    const [at = 0] = inFile(used);
    const { eventId } = originOf(whole.entries[at]);
    const sides = withFile(used, (records) => records.filter(({ eventID }) => eventID !== eventId));
    expect(await faultsOf(sides)).toContainEqual({
      kind: 'not-in-file',
      entry: at,
      file: logFileName(used),
      eventId,
    });
  });

  it('into which an event was put lacks the entry of that event', async () => {
    const sides = withFile(used, (records) => [
      ...records,
      { ...records[0], eventID: 'put-in', sharedEventID: 'put-in' },
    ]);
    expect(await faultsOf(sides)).toContainEqual(
      expect.objectContaining({ kind: 'entry-lost', file: logFileName(used), eventId: 'put-in' }),
    );
  });

  it('that cannot be read is told of once', async () => {
    const cut = whole.files.get(used)?.subarray(0, 30) ?? new Uint8Array();
    expect(await faultsOf({ ...whole, files: new Map(whole.files).set(used, cut) })).toEqual([
      { kind: 'file-unreadable', file: logFileName(used), why: expect.stringContaining('gzip') },
    ]);
  });

  it('of the last hour may have events that are not in the ledger yet', async () => {
    const last = whole.entries.slice(0, -3);
    const verdict = await compared({ ...whole, entries: last });
    expect(verdict.faults).toEqual([]);
    expect(verdict.notYetDue).toBeGreaterThan(0);
  });

  it('may lie at any depth, and others beside it do no harm', async () => {
    const files = new Map([...whole.files].map(([path, bytes]) => [`copies/${path}`, bytes]));
    files.set(
      'AWSLogs/o-sample/100000000011/CloudTrail-Digest/eu-west-2/2026/12/01/a.json.gz',
      Buffer.from('x'),
    );
    files.set('.DS_Store', Buffer.from('x'));
    expect(await faultsOf({ ...whole, files })).toEqual([]);
  });
});

describe('without the index of the register', () => {
  it('says so, and compares what the event alone tells', async () => {
    expect(await compared(whole, false)).toMatchObject({
      faults: [],
      compared: COUNT - 1,
      comparedInPart: COUNT - 1,
      missingIndexes: [indexDigest],
    });
    const later = withEntry(5, (entry) => ({ ...entry, time: Number(entry.time) + 1 }));
    expect(await faultsOf(later, false)).toEqual([
      expect.objectContaining({ kind: 'facts-differ', entry: 5, fields: ['time'] }),
    ]);
  });
});

it('finds every place that was added under a key, among many', () => {
  const index = new IdIndex(5_000);
  for (let n = 0; n < 5_000; n++) index.add(`id-${n % 4_000}`, n);
  for (let n = 0; n < 1_000; n++)
    expect([...index.find(`id-${n}`)]).toEqual(expect.arrayContaining([n, n + 4_000]));
  expect([...index.find('none')].length).toBeLessThan(3);
});
