/** That a tab asks the ledger once for what is written there once, checks it all the same, and sticks to nothing faulty. */
import { DeliveryRefused, type LedgerStore, ledgerEvents, StoreFailure } from '../../lib/delivery';
import { collects, profileWith } from '../delivery/collect/running';
import { ACCOUNT, ledgerOf, MemoryLedger, ORIGIN, type Told } from '../delivery/receipt/ledger';

/** Typed for browsers, which this is none of. */
const { KeptLedger } = require('../../lib/mailbox/page/store/kept-ledger') as {
  readonly KeptLedger: new (
    from: LedgerStore,
  ) => { read<T>(reads: (store: LedgerStore) => Promise<T>): Promise<T> };
};

const EVENTS: readonly Told[] = Array.from({ length: 12 }, (_, n) => ({
  kind: 'deposited',
  key: `agreements/awards/${n}.csv`,
  version: `v${n}`,
  time: Date.parse('2026-12-01T09:00:00Z') + n * 1_000,
  by: 'dwp',
}));
const profile = (() => {
  const made = profileWith(collects('awards'));
  return { ...made, ledger: { ...made.ledger, origin: ORIGIN } };
})();

const isReceipt = (path: string) => path.startsWith(`receipts/${ACCOUNT}/`);
const receiptsIn = (paths: Iterable<string>) => [...paths].filter(isReceipt).sort();

/** A tab before a ledger that grows and changes. */
class Tab {
  files = new Map<string, Uint8Array>();
  /** Where a line breaks off. */
  breaks: string | undefined;
  readonly #asked: string[] = [];
  readonly #ledger = new KeptLedger({
    list: (prefix, after) => new MemoryLedger(this.files).list(prefix, after),
    open: async (path) => {
      this.#asked.push(path);
      const opened = await new MemoryLedger(this.files).open(path);
      return opened && path === this.breaks ? { ...opened, content: broken(opened.content) } : opened;
    },
  });

  /** What the ledger tells, by its keys, and which files it was asked for. */
  async looks() {
    const from = this.#asked.length;
    const told = await this.#ledger
      .read((store) => ledgerEvents({ profile, store, since: 0, pinned: [] }))
      .then(
        (events) => (events ?? []).map(({ key }) => key).sort(),
        (error: unknown) => error,
      );
    return { told, asked: this.#asked.slice(from).sort() };
  }
}

async function* broken(content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const piece of content) {
    yield piece;
    throw new StoreFailure('unreachable', 'network');
  }
}

const keysOf = (events: readonly Told[]) => events.map(({ key }) => key).sort();

it('asks for no receipt, tile or key again, and always for the newest checkpoint', async () => {
  const tab = new Tab();
  tab.files = await ledgerOf(EVENTS);
  const first = await tab.looks();
  expect(first.told).toEqual(keysOf(EVENTS));
  expect(receiptsIn(first.asked)).toEqual(receiptsIn(tab.files.keys()));
  expect(await tab.looks()).toEqual({ told: first.told, asked: ['checkpoint'] });
});

it('asks once for what two screens want at the same time', async () => {
  const tab = new Tab();
  tab.files = await ledgerOf(EVENTS);
  const [one, other] = await Promise.all([tab.looks(), tab.looks()]);
  expect([one.told, other.told]).toEqual([keysOf(EVENTS), keysOf(EVENTS)]);
  expect(receiptsIn(other.asked)).toEqual(receiptsIn(tab.files.keys()));
});

it('asks for what was sealed since, and tells of that too', async () => {
  const tab = new Tab();
  tab.files = await ledgerOf(EVENTS.slice(0, 8));
  await tab.looks();
  const before = receiptsIn(tab.files.keys());
  tab.files = await ledgerOf(EVENTS);
  const { told, asked } = await tab.looks();
  expect(told).toEqual(keysOf(EVENTS));
  const since = receiptsIn(tab.files.keys()).filter((path) => !before.includes(path));
  expect(since).toHaveLength(2);
  expect(asked).toEqual(['checkpoint', ...since, 'tile/0/000.p/12']);
});

it('goes on after a line that broke off, and takes no half of a file for the whole', async () => {
  const tab = new Tab();
  tab.files = await ledgerOf(EVENTS);
  tab.breaks = receiptsIn(tab.files.keys()).at(-1);
  expect((await tab.looks()).told).toBeInstanceOf(StoreFailure);
  const broke = tab.breaks;
  tab.breaks = undefined;
  const { told, asked } = await tab.looks();
  expect(told).toEqual(keysOf(EVENTS));
  expect(receiptsIn(asked)).toEqual([broke]);
});

it('checks what it kept against each newest checkpoint', async () => {
  const tab = new Tab();
  tab.files = await ledgerOf(EVENTS.slice(0, 8));
  await tab.looks();
  const other = await ledgerOf([...EVENTS].reverse());
  for (const path of ['checkpoint', 'tile/0/000.p/12']) tab.files.set(path, other.get(path) ?? Buffer.of());
  const { told } = await tab.looks();
  expect(told).toBeInstanceOf(DeliveryRefused);
  expect((told as DeliveryRefused).refusal).toMatchObject({ refused: 'not-continued' });
});

it('asks for all of it anew once something of it was faulty', async () => {
  const tab = new Tab();
  tab.files = await ledgerOf(EVENTS);
  const good = new Map(tab.files);
  tab.files.set('tile/0/000.p/12', Buffer.alloc(12 * 32));
  const first = await tab.looks();
  expect(first.told).toBeInstanceOf(DeliveryRefused);
  tab.files = good;
  expect(await tab.looks()).toEqual({ told: keysOf(EVENTS), asked: first.asked });
});
