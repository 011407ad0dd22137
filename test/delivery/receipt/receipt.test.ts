/** The receipt of one transfer: its own entries alone, each proved, under a key that is the log’s. */
import fc from 'fast-check';
import { DeliveryRefused } from '../../../lib/delivery';
import { ofTransfer } from '../../../lib/delivery/receipt/events';
import { receiptsSince } from '../../../lib/delivery/receipt/ledger-files';
import { type ReceiptRequest, receiptOfTransfer } from '../../../lib/delivery/receipt/receipt';
import type { ReceiptRefusal } from '../../../lib/delivery/receipt/refusals';
import { throwawayKey, verifyBundle } from '../../../lib/ledger/bundle';
import { SAMPLE_LOG } from '../../../lib/transfers';
import { collects, profileWith } from '../collect/running';
import { ACCOUNT, FIRST, ledgerOf, MemoryLedger, ORIGIN, type Told } from './ledger';

const KEY = 'agreements/awards/a.csv';
const T = Date.parse('2026-12-01T09:00:00Z');

const DAY: readonly Told[] = [
  { kind: 'deposited', key: KEY, version: 'v1', time: T, by: 'dwp' },
  { kind: 'deposited', key: 'agreements/awards/other.csv', version: 'w1', time: T + 1_000, by: 'dwp' },
  { kind: 'scanned', key: KEY, version: 'v1', time: T + 2_000 },
  { kind: 'released', key: KEY, version: 'v1', time: T + 3_000, by: 'dwp' },
  { kind: 'collected', key: KEY, time: T + 4_000, by: 'leeds', recipient: 'leeds' },
  { kind: 'collected', key: 'agreements/awards/other.csv', time: T + 5_000, by: 'leeds', recipient: 'leeds' },
  { kind: 'deposited', key: KEY, version: 'v2', time: T + 6_000, by: 'dwp' },
  { kind: 'collected', key: KEY, time: T + 7_000, by: 'leeds', recipient: 'leeds' },
];

const profile = (() => {
  const made = profileWith(collects('awards'));
  return { ...made, ledger: { ...made.ledger, origin: ORIGIN } };
})();

const request = (store: MemoryLedger, rest: Partial<ReceiptRequest> = {}): ReceiptRequest => ({
  profile,
  store,
  transfer: { key: KEY, version: 'v1' },
  since: 0,
  needs: 'collected',
  pinned: [],
  ...rest,
});

const refusalOf = async (work: Promise<unknown>): Promise<ReceiptRefusal> => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DeliveryRefused)) throw error ?? new Error('it was not refused');
  return error.refusal as ReceiptRefusal;
};

it('holds this transfer’s entries and no other’s, and is a bundle that the ledger’s verifier takes', async () => {
  const receipt = await receiptOfTransfer(request(new MemoryLedger(await ledgerOf(DAY))));
  expect(receipt.lines.map(({ event, index }) => [event.kind, index])).toEqual([
    ['deposited', 0],
    ['scanned', 2],
    ['released', 3],
    ['collected', 4],
  ]);
  const { files } = receipt;
  expect(Buffer.concat([...files.values()]).toString()).not.toContain(
    Buffer.from('other.csv').toString('base64').slice(0, 8),
  );
  const verdict = await verifyBundle(
    { paths: () => [...files.keys()].sort(), read: (path) => files.get(path) ?? Buffer.of() },
    { pinned: [], known: undefined, receiptsOnly: true, entries: undefined },
  );
  expect(verdict.findings).toEqual([]);
  expect(verdict.head).toMatchObject({ origin: ORIGIN, size: DAY.length });
});

it('is of the transfer that lasted when somebody read, where a read names no version', async () => {
  const receipt = await receiptOfTransfer(
    request(new MemoryLedger(await ledgerOf(DAY)), { transfer: { key: KEY, version: 'v2' } }),
  );
  expect(receipt.lines.map(({ index }) => index)).toEqual([6, 7]);
});

it('is of the transfer in one bucket, though another organisation gave a file of its own the same name', async () => {
  const bucket = 'uk-exchange-333333333333-eu-west-2-an';
  const told: readonly Told[] = [
    ...DAY.slice(0, 4),
    { kind: 'deposited', bucket, key: KEY, version: 'x1', time: T + 3_500, by: 'york' },
    { kind: 'collected', bucket, key: KEY, time: T + 3_600, by: 'leeds', recipient: 'leeds' },
    ...DAY.slice(4, 5),
  ];
  const of = async (version: string) =>
    (
      await receiptOfTransfer(
        request(new MemoryLedger(await ledgerOf(told)), { transfer: { key: KEY, version } }),
      )
    ).lines.map(({ index }) => index);
  expect(await of('v1')).toEqual([0, 2, 3, 6]);
  expect(await of('x1')).toEqual([4, 5]);
});

it('waits for what makes it one, and says what is sealed', async () => {
  const store = new MemoryLedger(await ledgerOf(DAY.slice(0, 4)));
  expect(await refusalOf(receiptOfTransfer(request(store)))).toEqual({
    refused: 'not-sealed',
    key: KEY,
    sealed: ['deposited', 'scanned', 'released'],
    missing: 'collected',
  });
  expect(await refusalOf(receiptOfTransfer(request(new MemoryLedger(new Map()))))).toMatchObject({
    sealed: [],
  });
  const byAnother = DAY.map((each) =>
    each.kind === 'collected' ? { ...each, by: 'york', recipient: 'york' } : each,
  );
  const others = new MemoryLedger(await ledgerOf(byAnother));
  expect(await refusalOf(receiptOfTransfer(request(others)))).toMatchObject({ refused: 'not-sealed' });
});

it('is refused or the same, whichever byte of whichever file is changed', async () => {
  const files = await ledgerOf(DAY);
  const sound = await receiptOfTransfer(request(new MemoryLedger(files)));
  const ledger = new MemoryLedger(files);
  await receiptOfTransfer(request(ledger));
  const read = ledger.opened.filter((path) => files.has(path));
  const kinds = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...read),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      async (path, at, by) => {
        const bytes = Buffer.from(files.get(path) ?? []);
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ by;
        const spoilt = new MemoryLedger(new Map([...files, [path, bytes]]));
        const found = await receiptOfTransfer(request(spoilt)).catch((error: unknown) => {
          if (!(error instanceof DeliveryRefused)) throw error;
          kinds.add(error.refusal.refused);
          return undefined;
        });
        // A witness’s line is for those who have its key.
        if (found !== undefined)
          expect([found.lines, found.newest.root, found.keys]).toEqual([
            sound.lines,
            sound.newest.root,
            sound.keys,
          ]);
      },
    ),
    { numRuns: 150 },
  );
  expect([...kinds].sort()).toEqual(expect.arrayContaining(['faulty-ledger', 'not-signed']));
});

it('is refused where the entry is another than the one that was sealed, however well it is written', async () => {
  const files = new Map(await ledgerOf(DAY));
  const path = [...files.keys()].find((each) => each.startsWith(`receipts/${ACCOUNT}/`)) ?? '';
  const text = Buffer.from(files.get(path) ?? []).toString();
  const [, entry = ''] = /"entry":"([^"]+)"/.exec(text) ?? [];
  const forged = Buffer.from(
    Buffer.from(entry, 'base64').toString().replace('in-order', 'violated'),
  ).toString('base64');
  files.set(path, Buffer.from(text.replace(entry, forged)));
  expect(await refusalOf(receiptOfTransfer(request(new MemoryLedger(files))))).toMatchObject({
    refused: 'not-proved',
    path,
  });
});

it('takes the key that was given and no other, and another log for none', async () => {
  const store = new MemoryLedger(await ledgerOf(DAY));
  const raw = (word: string) => {
    const { x = '' } = throwawayKey(word).export({ format: 'jwk' });
    return Buffer.from(x, 'base64url');
  };
  const own = await receiptOfTransfer(request(store, { pinned: [raw(`${SAMPLE_LOG.word}: log`)] }));
  expect(own.pinned).toBe(true);
  expect(await refusalOf(receiptOfTransfer(request(store, { pinned: [raw('another')] })))).toMatchObject({
    refused: 'not-signed',
    pinned: true,
  });
  const elsewhere = { ...profile, ledger: { ...profile.ledger, origin: 'another-ledger' } };
  expect(await refusalOf(receiptOfTransfer(request(store, { profile: elsewhere })))).toEqual({
    refused: 'other-log',
    wanted: 'another-ledger',
    found: ORIGIN,
  });
});

it('is refused where the newest checkpoint does not continue its own', async () => {
  const files = new Map(await ledgerOf(DAY));
  const other = await ledgerOf([...DAY].reverse());
  for (const [path, bytes] of other)
    if (path === 'checkpoint' || path.startsWith('tile/')) files.set(path, bytes);
  expect(await refusalOf(receiptOfTransfer(request(new MemoryLedger(files))))).toMatchObject({
    refused: 'not-continued',
  });
});

it('asks for the tiles that many receipts are held against side by side, and for each once', async () => {
  const told = Array.from({ length: 1_100 }, (_, n): Told => {
    return { kind: 'deposited', key: `${KEY}.${n}`, version: 'v1', time: T + n, by: 'dwp' };
  });
  const files = await ledgerOf(told, 100);
  const opened: string[] = [];
  let [under, most] = [0, 0];
  const store = new MemoryLedger(files);
  const open = store.open.bind(store);
  store.open = async (path) => {
    if (!path.startsWith('tile/')) return open(path);
    opened.push(path);
    most = Math.max(most, ++under);
    await new Promise(setImmediate);
    under -= 1;
    return open(path);
  };
  const first = { transfer: { key: `${KEY}.0`, version: 'v1' }, needs: 'deposited' };
  expect((await receiptOfTransfer(request(store, first))).lines).toHaveLength(1);
  const whole = [0, 1, 2, 3].map((index) => `tile/0/00${index}`);
  expect(opened.sort()).toEqual([...whole, 'tile/0/004.p/76', 'tile/1/000.p/4']);
  expect(most).toBeGreaterThan(3);
});

it('finds the receipts since a moment without going through those of years', async () => {
  const files = new Map<string, Uint8Array>();
  for (let n = 1; n <= 3_000; n++)
    files.set(`receipts/${ACCOUNT}/${String(n * 7).padStart(16, '0')}.json`, Buffer.of());
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 3_000 }), async (n) => {
      const store = new MemoryLedger(files);
      const since = FIRST + n * 60_000;
      const found: string[] = [];
      for await (const { key } of receiptsSince(store, ACCOUNT, 21_000, since)) found.push(key);
      expect(found).toEqual([...files.keys()].slice(n));
      expect(store.listed - found.length).toBeLessThan(200);
    }),
    { numRuns: 20 },
  );
});

it('has each entry in one transfer of its key at most', () => {
  const time = fc.integer({ min: 0, max: 20 });
  const event = fc.record({
    kind: fc.constantFrom('deposited', 'collected', 'released'),
    bucket: fc.constantFrom('ours', 'theirs'),
    version: fc.constantFrom('v1', 'v2', undefined),
    time,
  });
  fc.assert(
    fc.property(fc.array(event), (list) => {
      const all = list.map((each) => ({
        event: {
          ...each,
          key: KEY,
          agreement: 'awards',
          owner: 'dwp',
          by: undefined,
          recipient: undefined,
          verdict: undefined,
        },
      }));
      const [one, two] = ['v1', 'v2'].map((version) => new Set(ofTransfer(all, { key: KEY, version })));
      const both = [...(one ?? [])].filter((each) => two?.has(each));
      // Two deposits in one moment share what has no version.
      const deposits = list.filter(({ kind, version }) => kind === 'deposited' && version !== undefined);
      if (new Set(deposits.map((each) => each.time)).size === deposits.length && deposits.length <= 2)
        expect(both).toEqual([]);
    }),
  );
});
