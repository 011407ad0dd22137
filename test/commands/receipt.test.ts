/** `concordat inbox` and `concordat receipt`, as they are typed. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectCommand } from '../../lib/commands/delivery/collect';
import { inboxCommand } from '../../lib/commands/delivery/inbox';
import { receiptCommand } from '../../lib/commands/delivery/receipt';
import { EXIT } from '../../lib/commands/terminal';
import { StoreFailure } from '../../lib/delivery';
import { golden } from '../client/golden';
import { checksumOf, type MemoryObject, MemoryShelf } from '../delivery/collect/memory';
import { collects, profileWith } from '../delivery/collect/running';
import { ledgerOf, MemoryLedger, ORIGIN, type Told } from '../delivery/receipt/ledger';
import { run } from './captured-terminal';
import { folderWithProfile, NOW, openingWith, runCommand } from './collecting';

const KEY = 'agreements/awards/2026/a.csv';
const HOUR = 3_600_000;

const object = (name: string, rest: Partial<MemoryObject> = {}): MemoryObject => {
  const bytes = Buffer.from('id\n1\n');
  return {
    key: `agreements/awards/${name}`,
    version: `version-of-${name}`,
    bytes,
    modified: NOW - HOUR,
    checksum: checksumOf(bytes, 'CRC64NVME'),
    ...rest,
  };
};

const VERSION = 'version-of-2026/a.csv';
const EVENTS: readonly Told[] = [
  { kind: 'deposited', key: KEY, version: VERSION, time: NOW - HOUR, by: 'dwp' },
  { kind: 'scanned', key: KEY, version: VERSION, time: NOW - HOUR + 60_000 },
  { kind: 'released', key: KEY, version: VERSION, time: NOW - HOUR + 120_000, by: 'dwp' },
  // Of others the receipts role learns what concerns it; their names are no business of the page.
  { kind: 'denied', key: KEY, time: NOW - 1_000, by: 'york' },
  { kind: 'collected', key: KEY, time: NOW, by: 'leeds', recipient: 'leeds' },
];

async function world(events: readonly Told[] = EVENTS, objects = [object('2026/a.csv')]) {
  const files = await ledgerOf(events);
  const profile = profileWith(collects('awards'));
  const folder = folderWithProfile({ ...profile, ledger: { ...profile.ledger, origin: ORIGIN } });
  const shelf = new MemoryShelf(new Map(objects.map((each) => [each.key, each])));
  const asked: string[] = [];
  const open = openingWith({
    shelf: () => shelf,
    store: (role, bucket) => {
      asked.push(`${role.split('/').at(-1)} ${bucket}`);
      return new MemoryLedger(files) as never;
    },
  });
  return {
    folder,
    files,
    shelf,
    asked,
    collect: (...words: string[]) => runCommand(collectCommand({ open }), words, folder),
    inbox: (...words: string[]) => runCommand(inboxCommand(open), words, folder),
    receipt: (...words: string[]) =>
      runCommand(receiptCommand({ open, wait: async () => undefined }), words, folder),
  };
}

describe('inbox', () => {
  test('says of each transfer from whom, until when and how it stands, and reads nothing', async () => {
    const held = object('b.csv', { released: false, modified: NOW - 30 * 60_000 });
    const late = object('late.csv', { modified: NOW - 6 * 24 * HOUR });
    const { collect, inbox, shelf } = await world(EVENTS, [object('2026/a.csv'), held, late]);
    const first = await inbox();
    golden('inbox.txt', first.out);
    expect(shelf.reads).toEqual([]);
    await collect();
    const second = await inbox('awards', '--json');
    const lines = second.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { key: string; state: string });
    expect(lines.map(({ key, state }) => [key.slice(18), state])).toEqual([
      ['late.csv', 'collected'],
      ['2026/a.csv', 'collected'],
      ['b.csv', 'held'],
    ]);
    expect(lines[1]).toMatchObject({
      owner: 'dwp',
      deposited: '2026-11-29T11:00:00.000Z',
      collectBy: '2026-12-04T11:00:00.000Z',
      names: ['awards', '2026', 'a.csv'],
    });
  });

  test('says that nothing lies there, and what is closed', async () => {
    const { inbox } = await world(EVENTS, []);
    expect(await inbox()).toEqual({
      code: EXIT.clean,
      out: '',
      err: 'Nothing lies for your organisation.\n',
    });
    const folder = folderWithProfile(profileWith(collects('awards')));
    const closed = new MemoryShelf(new Map(), undefined, {
      before: () => {
        throw new StoreFailure('denied', 'AccessDenied');
      },
    });
    const { code, err } = await runCommand(inboxCommand(openingWith({ shelf: () => closed })), [], folder);
    expect([code, err]).toEqual([EXIT.findings, expect.stringMatching(/^error: awards: S3 refused it/)]);
  });
});

describe('collect with --receipts', () => {
  test('writes the receipt of what the ledger has sealed, and the next run writes no second one', async () => {
    const { folder, collect } = await world();
    const first = await collect('--receipts', 'receipts');
    const name = 'a.csv-version--5';
    expect(first.out).toContain(`receipts/${name}.html\nreceipts/${name}\n`);
    expect([first.code, first.err]).toEqual([
      EXIT.clean,
      expect.stringContaining('1 receipt written, checked against the ledger.'),
    ]);
    const verified = await run(['verify', `receipts/${name}`, '--receipts-only'], folder);
    expect(verified.code).toBe(EXIT.clean);
    expect(readFileSync(join(folder, 'receipts', `${name}.html`), 'utf8')).toContain(
      'collected/awards/2026/a.csv',
    );
    rmSync(join(folder, 'receipts'), { recursive: true });
    const again = await collect('--receipts', 'receipts', '--json');
    expect(again.out).toContain('{"event":"receipts","written":0,"awaiting":0}');
    expect(existsSync(join(folder, 'receipts'))).toBe(false);
  });

  test('leaves what is not sealed to the next run, which finds it though nothing new is there', async () => {
    const { files, collect } = await world(EVENTS.slice(0, 3));
    const first = await collect('--receipts', 'receipts');
    expect([first.code, first.err]).toEqual([
      EXIT.clean,
      expect.stringContaining('has not sealed yet that you'),
    ]);
    for (const [path, bytes] of await ledgerOf(EVENTS)) files.set(path, bytes);
    const next = await collect('--receipts', 'receipts', '--json');
    const lines = next.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines).toEqual([
      expect.objectContaining({ event: 'done', collected: 0, before: 1 }),
      expect.objectContaining({ event: 'receipt', key: KEY, version: VERSION }),
      { event: 'receipts', written: 1, awaiting: 0 },
    ]);
  });

  test('files nothing from a ledger that does not hold, and says so; what was collected stays', async () => {
    const { folder, files, collect } = await world();
    const path = [...files.keys()].find((each) => each.startsWith('receipts/')) ?? '';
    const text = Buffer.from(files.get(path) ?? []).toString();
    const [, entry = ''] = /"entry":"([^"]+)"/.exec(text) ?? [];
    const forged = Buffer.from(Buffer.from(entry, 'base64').toString().replace('in-order', 'violated'));
    files.set(path, Buffer.from(text.replace(entry, forged.toString('base64'))));
    const { code, err } = await collect('--receipts', 'receipts');
    expect([code, err]).toEqual([EXIT.findings, expect.stringContaining('tampered with')]);
    expect(existsSync(join(folder, 'collected/awards/2026/a.csv'))).toBe(true);
    expect(existsSync(join(folder, 'receipts'))).toBe(false);
  });
});

describe('receipt', () => {
  test('writes the proof, which `verify` takes, and a page that names nobody else', async () => {
    const { folder, asked, collect, receipt } = await world();
    await collect();
    const { code, out, err } = await receipt('collected/awards/2026/a.csv');
    const name = 'a.csv-version--5';
    expect([code, out]).toEqual([EXIT.clean, `receipts/${name}.html\nreceipts/${name}\n`]);
    expect(err).toContain(
      'Checked: 5 entries of the ledger, each with its proof, under the key that lies beside',
    );
    expect(asked).toEqual(['concordat-receipts uk-ledger-333333333333-eu-west-2-an']);
    const page = readFileSync(join(folder, 'receipts', `${name}.html`), 'utf8');
    expect(page).not.toMatch(/york/i);
    golden('receipt.html', page);
    const verified = await run(['verify', `receipts/${name}`, '--receipts-only'], folder);
    expect([verified.code, verified.out]).toEqual([
      EXIT.clean,
      expect.stringContaining('5 proofs in 3 receipts'),
    ]);
    const again = await receipt(VERSION);
    expect(again.err).toContain('It was there already, the same.');
  });

  test.each([
    ['its version', VERSION],
    ['its agreement and name', 'awards/2026/a.csv'],
    ['its key', KEY],
  ])('finds the transfer by %s, also where it was collected elsewhere', async (_by, named) => {
    const { receipt } = await world();
    const { code, out } = await receipt(named, '--json', '--since', '2026-11-01');
    expect(JSON.parse(out)).toMatchObject({ event: 'receipt', key: KEY, version: VERSION, pinned: false });
    expect(code).toBe(EXIT.clean);
  });

  test('says that the ledger has not sealed it yet, or waits for that', async () => {
    const { folder, collect, receipt } = await world(EVENTS.slice(0, 3));
    await collect();
    const { code, err } = await receipt('awards/2026/a.csv');
    expect(code).toBe(EXIT.unfinished);
    expect(err).toBe(
      `error: ${KEY}: the ledger has not sealed that you collected it yet. It has 3 entries of it: deposited, scanned and released.\nCloudTrail tells the ledger after some minutes. Run it again in a quarter of an hour, or with --wait 30; if it was longer ago, --since DATE has it look further back.\n`,
    );
    expect(existsSync(join(folder, 'receipts'))).toBe(false);
    const odd = await receipt('x', '--wait', 'long').catch((error: Error) => error.message);
    expect(odd).toContain("--wait takes minutes, from 0 to 1440: 'long' is none");
  });

  test('takes a key that was had from elsewhere, and refuses another', async () => {
    const { folder, files, receipt } = await world();
    const [path = ''] = [...files.keys()].filter((each) => each.endsWith('.pem') && each.includes('ed25519'));
    const keys = [...files].filter(([each]) => each.endsWith('.pem')).map(([, bytes]) => Buffer.from(bytes));
    writeFileSync(join(folder, 'all.pem'), Buffer.concat(keys));
    expect((await receipt(VERSION, '--key', 'all.pem')).err).toContain('under the key that you gave');
    const witness = keys.find((pem) => !pem.equals(Buffer.from(files.get(path) ?? [])));
    writeFileSync(join(folder, 'other.pem'), witness ?? '');
    const { code, err } = await receipt(VERSION, '--key', 'other.pem');
    expect([code, err]).toEqual([
      EXIT.findings,
      expect.stringContaining('is not signed with the key that you gave'),
    ]);
    writeFileSync(join(folder, 'none.pem'), 'x');
    const none = await receipt(VERSION, '--key', 'none.pem').catch((error: Error) => error.message);
    expect(none).toMatch(/^--key: none.pem: /);
  });

  test('of what is no transfer says how one is named, and writes nothing', async () => {
    const { folder, receipt } = await world();
    const { code, err } = await receipt('awards/none.csv');
    expect([code, err]).toEqual([
      EXIT.findings,
      expect.stringMatching(/^error: No transfer is known as awards\/none.csv/),
    ]);
    expect(readdirSync(folder)).toEqual(['concordat-profile.json']);
  });
});
