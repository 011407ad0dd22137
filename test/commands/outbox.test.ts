/** `concordat outbox` and `concordat recall`, as they are typed. */
import { outboxCommand } from '../../lib/commands/delivery/outbox';
import { recallCommand } from '../../lib/commands/delivery/recall';
import { EXIT } from '../../lib/commands/terminal';
import { DeliveryRefused, StoreFailure } from '../../lib/delivery';
import type { Profile } from '../../lib/wire';
import { golden } from '../client/golden';
import { profileWith } from '../delivery/collect/running';
import { crc64, MemoryS3 } from '../delivery/memory-store';
import { ledgerOf, MemoryLedger, ORIGIN, type Told } from '../delivery/receipt/ledger';
import { folderWithProfile, NOW, openingWith, runCommand } from './collecting';

const BUCKET = 'uk-exchange-222222222222-eu-west-2-an';
const PREFIX = 'agreements/extract/';
const HOUR = 3_600_000;

const profile: Profile = (() => {
  const made = profileWith();
  return {
    ...made,
    roles: { ...made.roles, deposit: 'arn:aws:iam::222222222222:role/concordat/concordat-deposit' },
    bucket: BUCKET,
    ledger: { ...made.ledger, origin: ORIGIN },
    sends: [
      {
        agreement: 'extract',
        title: 'Extract',
        prefix: PREFIX,
        days: [{ from: '2026-04-01', until: '2027-03-31' }],
        collectWithinDays: 5,
        contract: { none: 'Free text' },
        largestObject: 1_000_000,
        mediaTypes: ['text/csv'],
        recipients: [
          {
            id: 'dwp',
            name: 'Department for Work and Pensions',
            days: [{ from: '2026-04-01', until: '2027-03-31' }],
          },
        ],
      },
    ],
  };
})();

async function world(ledger: 'there' | 'denied' | 'forged' | 'unseen' = 'there') {
  const s3 = new MemoryS3(NOW - 2 * HOUR, 0);
  const store = s3.run();
  const put = async (name: string, tags: Record<string, string> = {}) => {
    const bytes = Buffer.from(`id\n${name}\n`);
    const { version } = await store.put(
      PREFIX + name,
      { mediaType: 'text/csv', metadata: {} },
      {
        bytes: bytes.length,
        crc64nvme: crc64(bytes),
        open: async function* open() {
          yield bytes;
        },
      },
    );
    for (const [key, value] of Object.entries(tags)) s3.current(PREFIX + name)?.tags.set(key, value);
    return version;
  };
  const scanned = { GuardDutyMalwareScanStatus: 'NO_THREATS_FOUND' };
  const versions = {
    a: await put('a.csv', { ...scanned, 'concordat-gate': 'released' }),
    b: await put('b.csv', scanned),
    c: await put('c.csv'),
    bad: await put('bad.csv', { GuardDutyMalwareScanStatus: 'THREATS_FOUND' }),
  };
  const time = NOW - 2 * HOUR;
  const events: Told[] = [
    {
      bucket: BUCKET,
      kind: 'deposited',
      key: `${PREFIX}old.csv`,
      version: 'gone-1',
      time: time - HOUR,
      by: 'leeds',
    },
    { bucket: BUCKET, kind: 'recalled', key: `${PREFIX}old.csv`, time: time - HOUR / 2, by: 'leeds' },
    { bucket: BUCKET, kind: 'deposited', key: `${PREFIX}a.csv`, version: versions.a, time, by: 'leeds' },
    {
      bucket: BUCKET,
      kind: 'collected',
      key: `${PREFIX}a.csv`,
      time: time + HOUR,
      by: 'dwp',
      recipient: 'dwp',
    },
    // Under the same agreement DWP sends too, and gives its files the same names.
    { kind: 'deposited', key: `${PREFIX}theirs.csv`, version: 'theirs-1', time, by: 'dwp' },
    { kind: 'deposited', key: `${PREFIX}a.csv`, version: 'theirs-2', time: time + HOUR / 2, by: 'dwp' },
    { kind: 'recalled', key: `${PREFIX}b.csv`, time: time + HOUR / 2, by: 'dwp' },
  ];
  const files = new Map(await ledgerOf(events));
  if (ledger === 'forged')
    files.set(
      'checkpoint',
      Buffer.from(String(Buffer.from(files.get('checkpoint') ?? [])).replace(/.\n\n/, 'x\n\n')),
    );
  const folder = folderWithProfile(profile);
  const open = openingWith({
    store: (role) => {
      if (!role.endsWith('concordat-receipts')) return s3.run();
      if (ledger === 'denied')
        throw new DeliveryRefused({
          refused: 'role-denied',
          role,
          caller: 'arn:aws:sts::222222222222:assumed-role/Clerk/jo',
        });
      return new MemoryLedger(ledger === 'unseen' ? new Map() : files) as never;
    },
  });
  return {
    s3,
    versions,
    outbox: (...words: string[]) => runCommand(outboxCommand(open), words, folder),
    recall: (words: readonly string[], answer?: string) =>
      runCommand(recallCommand(open), words, folder, answer),
  };
}

describe('outbox', () => {
  test('says of each transfer how it stands and who has collected it, also of what is not there any more', async () => {
    const { outbox } = await world();
    const { code, out, err } = await outbox();
    golden('outbox.txt', out);
    expect([code, err]).toEqual([EXIT.clean, '']);
    const lines = (await outbox('extract', '--json')).out
      .trim()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as { key: string; state: string; recipients: { collected: string | null }[] },
      );
    expect(
      lines.map(({ key, state, recipients }) => [key.slice(PREFIX.length), state, recipients[0]?.collected]),
    ).toEqual([
      ['old.csv', 'recalled', null],
      ['a.csv', 'released', '2026-11-29T11:00:00.000Z'],
      ['b.csv', 'awaiting', null],
      ['bad.csv', 'not-clean', null],
      ['c.csv', 'awaiting', null],
    ]);
  });

  test('knows who collected what came in parts, also where both were before the day that --since names', async () => {
    const { s3, outbox } = await world();
    const sent = s3.current(`${PREFIX}a.csv`);
    s3.objects.set(`${PREFIX}a.csv`, sent ? [{ ...sent, etag: `${sent.etag}-2` }] : []);
    const { out } = await outbox('--since', '2026-12-02');
    expect(out.trim().split('\n')).toEqual([
      expect.stringMatching(/a\.csv .*Department for Work and Pensions: collected 29 November 2026/),
    ]);
  });

  test('shows what it can where receipts may not be read, and claims nothing of them', async () => {
    const { outbox } = await world('denied');
    const { code, out, err } = await outbox();
    expect(code).toBe(EXIT.clean);
    expect(err).toMatch(
      /^Who has collected is not known here, since the ledger could not be asked\. AWS does not let/,
    );
    expect(out).toContain('Department for Work and Pensions: not known');
    expect(out).not.toMatch(/: (?:not )?collected/);
  });

  test('takes a ledger of which it sees nothing for none that tells of no collection', async () => {
    const { outbox } = await world('unseen');
    const { code, out, err } = await outbox();
    expect([code, err]).toEqual([
      EXIT.clean,
      'Who has collected is not known here: there is no ledger yet, or none that this role may see.\n',
    ]);
    expect(out).toContain('Department for Work and Pensions: not known');
    expect(out).not.toMatch(/: (?:not )?collected/);
  });

  test('says so where the ledger is not what it must be, and goes by none of it', async () => {
    const { outbox } = await world('forged');
    const { code, out, err } = await outbox();
    expect(code).toBe(EXIT.findings);
    expect(err).toMatch(/^error: .*checkpoint/);
    expect(out).not.toMatch(/: (?:not )?collected/);
  });
});

describe('recall', () => {
  test('takes back what was confirmed by its name, by a delete marker that keeps the versions', async () => {
    const { s3, versions, recall, outbox } = await world();
    const { code, out, err } = await recall(['extract/a.csv'], 'a.csv');
    expect([code, out]).toEqual([EXIT.clean, `recalled ${PREFIX}a.csv, version ${versions.a}\n`]);
    expect(err).toContain('Nobody can collect it any more.');
    expect(s3.current(`${PREFIX}a.csv`)).toBeUndefined();
    expect(s3.objects.get(`${PREFIX}a.csv`)).toHaveLength(2);
    expect((await outbox()).out).toMatch(/a\.csv .*replaced|recalled/);
    const again = await recall(['extract/a.csv', '--yes']);
    expect([again.code, again.err]).toEqual([
      EXIT.findings,
      expect.stringMatching(/^error: There is no .*a\.csv now/),
    ]);
  });

  test('takes back nothing that was not confirmed, and asks for --yes where nobody is there', async () => {
    const { s3, recall } = await world();
    const { code, err } = await recall(['extract/a.csv'], 'yes');
    expect([code, err]).toEqual([EXIT.findings, expect.stringContaining('what was typed is not its name')]);
    for (const words of [['extract/a.csv'], ['extract/a.csv', '--no-input']]) {
      const error = await recall(words, words.length > 1 ? 'a.csv' : undefined).catch(
        (thrown: Error) => thrown.message,
      );
      expect(error).toContain('add --yes');
    }
    expect(s3.current(`${PREFIX}a.csv`)).toBeDefined();
  });

  test('finds a transfer by its version, and takes back no other version in its place', async () => {
    const { s3, versions, recall } = await world();
    expect((await recall([versions.b, '--yes', '--json'])).out).toContain(`"version":"${versions.b}"`);
    expect(s3.current(`${PREFIX}b.csv`)).toBeUndefined();
    const gone = await recall(['no-such-version', '--yes']);
    expect([gone.code, gone.err]).toEqual([
      EXIT.findings,
      expect.stringContaining('There is no no-such-version now'),
    ]);
  });

  test('is refused where S3 refuses it, and says so', async () => {
    const folder = folderWithProfile(profile);
    const open = openingWith({
      store: () => {
        throw new StoreFailure('denied', 'AccessDenied');
      },
    });
    const { code, err } = await runCommand(recallCommand(open), ['extract/a.csv', '--yes'], folder);
    expect([code, err]).toEqual([
      EXIT.findings,
      expect.stringMatching(/^error: S3 refused it \(AccessDenied\)/),
    ]);
  });
});
