/** What each file costs in memory: deposits and folders of any number of files are to fit, so little is held of each. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDepositMemory } from '../../lib/client/deposit-memory';
import { fileAt } from '../../lib/client/local-files';
import { freedAsItPasses } from '../../lib/client/passing-bytes';
import { type Noted, Notes } from '../../lib/delivery';
import { collectAll, collectYoung } from '../../lib/start/collecting';
import { UNFINISHED_DEPOSIT_FORM } from '../../lib/wire';

const FILES = 2_000;
/** More than a record of any file here has, and less than a tenth of what it came with. */
const LITTLE = 500;
const LONG = 'long/'.repeat(1_000);

const folder = mkdtempSync(join(tmpdir(), 'concordat-held-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Bytes that stay in use for each file of what is done with all. */
function heldOfEach(act: (n: number) => unknown): number {
  const kept: unknown[] = new Array(FILES).fill(undefined);
  collectAll();
  const before = process.memoryUsage().heapUsed;
  for (let n = 0; n < FILES; n++) kept[n] = act(n);
  collectAll();
  const held = (process.memoryUsage().heapUsed - before) / kept.length;
  return held;
}

test('of a small deposit under way only its key and its place on the disk are held', async () => {
  const memory = await openDepositMemory({ state: folder, account: '111111111111', agreement: 'rates' });
  const held = heldOfEach((n) =>
    memory.write(`${n}`, {
      form: UNFINISHED_DEPOSIT_FORM,
      bucket: 'exchange',
      agreement: 'rates',
      key: `${n}`,
      mediaType: 'text/csv',
      file: { path: `${LONG}${n}`.normalize(), stamp: '1' },
      survey: { bytes: 1, sha256: 'a'.repeat(64), partBytes: 1, crc64nvme: ['AAAAAAAAAAA='] },
      stage: { at: 'sending', since: n },
    }),
  );
  expect(held).toBeLessThan(LITTLE);
  expect(memory.read('1999')).toMatchObject({ key: '1999', file: { path: `${LONG}1999` } });
  await memory.close();
});

test('of a file that is to be sent nothing is held of what the system said, but what tells it from one that was changed', () => {
  expect(heldOfEach(() => fileAt(folder, statSync(folder)))).toBeLessThan(LITTLE);
});

test('of a file that has its name it is not held under which it was about to be placed', () => {
  const notes = new Notes([]);
  const noted = (n: number, name: string): Omit<Noted, 'what'> => ({
    agreement: 'rates',
    key: `${n}`,
    version: 'v',
    etag: 'e',
    bytes: 1,
    deposited: n,
    at: n,
    names: [name],
    checksum: { algorithm: 'SHA256', value: 'x', parts: undefined },
    handOn: false,
  });
  const held = heldOfEach((n) => {
    notes.add({ what: 'placing', ...noted(n, `${LONG}${n}`.normalize()) });
    notes.add({ what: 'collected', ...noted(n, 'short') });
  });
  expect(held).toBeLessThan(2 * LITTLE);
  expect(notes.all).toHaveLength(FILES);
});

const MEGABYTE = 2 ** 20;

test('of bytes that have arrived no more than 4 MB wait until V8 looks what of them can be freed', () => {
  let told = 0;
  let waiting = 0;
  let most = 0;
  const arrived = freedAsItPasses(
    (bytes) => {
      told += bytes;
      waiting += bytes;
      most = Math.max(most, waiting);
    },
    () => {
      waiting = 0;
    },
  );
  for (let n = 0; n < 200; n++) arrived(MEGABYTE / 4);
  expect(told).toBe(50 * MEGABYTE);
  expect(most).toBe(4 * MEGABYTE);
});

test('V8 frees what has gone by when it looks', async () => {
  collectAll();
  const before = process.memoryUsage().arrayBuffers;
  for (let n = 0; n < 40; n++) Buffer.allocUnsafeSlow(MEGABYTE / 4).fill(n);
  const held = () => process.memoryUsage().arrayBuffers - before;
  // It frees in a thread beside, which a busy computer may let wait.
  for (let looks = 0; held() > 5 * MEGABYTE && looks < 1_000; looks++) {
    collectYoung();
    await new Promise(setImmediate);
  }
  expect(held()).toBeLessThanOrEqual(5 * MEGABYTE);
});
