/**
 * That the page of an organisation is put in place where the zone serves it, so that the ledger knows of it first; and that what is
 * served is held against what the ledger tells.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  mailboxPublishCommand,
  type PageFile,
  type PagePlace,
} from '../../lib/commands/mailbox/mailbox-publish';
import { main } from '../../lib/commands/main';
import { sampleBundle } from '../../lib/ledger/bundle';
import { mailboxFolder } from '../../lib/mailbox/folder';
import { ORGANISATIONS, playProfile } from '../../lib/mailbox/play/profiles';
import { Exchange, eventEntry, interpret, trailEventOf } from '../../lib/transfers';
import { profileText } from '../../lib/wire';
import { letters, MAILBOX, SERVES } from '../register/letters';
import { assumed, INDEX, record } from '../transfers/trail-records';

const ZONE = '100000000002';
const [organisation] = ORGANISATIONS;
const profile = playProfile(organisation, '2026-11-29');
const { digest, files } = mailboxFolder(profile);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concordat-publish-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (path: string, bytes: Uint8Array | string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), bytes);
};
function terminal() {
  const told = { out: '', err: '' };
  return {
    told,
    terminal: {
      out: (text: string) => {
        told.out += text;
      },
      err: (text: string) => {
        told.err += text;
      },
      colour: false,
      cwd: folder,
    },
  };
}

describe('publishing', () => {
  const publish = async (edits: typeof SERVES, words: readonly string[], fails = false) => {
    for (const { path, bytes } of letters(...edits)) write(join('register', path), bytes);
    const put: { place?: PagePlace; files: PageFile[] } = { files: [] };
    const { told, terminal: given } = terminal();
    const mailboxPublish = mailboxPublishCommand(async (place, some) => {
      if (fails) throw Object.assign(new Error('not yours'), { name: 'AccessDenied' });
      Object.assign(put, { place });
      put.files.push(...some);
    });
    const code = await mailboxPublish.call([...words, '--as-of', '2026-12-01'], given);
    return { code, put, ...told };
  };

  test('the list of the release comes first and the page last, where CloudFront asks for it', async () => {
    const { code, put } = await publish(SERVES, ['leeds', '--live']);
    expect(code).toBe(0);
    expect(put.place).toEqual({
      region: 'eu-west-2',
      bucket: `concordat-mailbox-${ZONE}-eu-west-2-an`,
      role: `arn:aws:iam::${ZONE}:role/concordat/concordat-page-release`,
    });
    expect(put.files.map(({ key, cache }) => [key.replace(/-[0-9a-f]{10,}\./, '.'), cache])).toEqual([
      ['leeds/release.txt', 'public, max-age=31536000, immutable'],
      ...['page.js', 'reading.js', 'sealed.js', 'page.css', 'icon.svg'].map((each) => [
        `leeds/${each}`,
        'public, max-age=31536000, immutable',
      ]),
      ['leeds/concordat-profile.json', 'no-cache'],
      ['leeds/', 'no-cache'],
    ]);
    expect(put.files.at(-1)?.mediaType).toBe('text/html; charset=utf-8');
  });

  test('nothing is put in place unless it is asked for, of somebody else’s page, or where the zone serves none', async () => {
    expect(await publish(SERVES, ['leeds'])).toMatchObject({ code: 0, put: { files: [] } });
    await expect(publish(SERVES, ['dwp', '--live'])).rejects.toThrow("serves no page of 'dwp', but of leeds");
    await expect(publish(MAILBOX, ['leeds', '--live'])).rejects.toThrow('the zone serves no page');
  });

  test('what AWS refuses is said, and how to go on', async () => {
    const { code, err } = await publish(SERVES, ['leeds', '--live'], true);
    expect([code, err]).toEqual([5, expect.stringContaining('AccessDenied: not yours')]);
  });
});

describe('the ledger', () => {
  const BUCKET = `concordat-mailbox-${ZONE}-eu-west-2-an`;
  const exchange = new Exchange(
    {
      ...INDEX,
      zone: ZONE,
      page: { bucket: BUCKET, role: '/concordat/concordat-page-release' },
      organisations: [
        {
          id: organisation.id,
          account: organisation.account,
          bucket: `concordat-exchange-${organisation.account}-eu-west-2-an`,
        },
      ],
      agreements: [],
    },
    '2026-04-01T00:00:00Z',
  );
  /** What the audit makes of CloudTrail’s record that a file was put in place. */
  const entryOf = (name: string, minute: number, role = 'concordat-page-release') => {
    const key = `${organisation.id}/${name}`;
    const event = trailEventOf(
      record({
        eventName: 'PutObject',
        eventTime: `2026-11-29T12:${String(minute).padStart(2, '0')}:00Z`,
        recipientAccountId: ZONE,
        userIdentity: assumed(ZONE, role),
        requestParameters: { bucketName: BUCKET, key },
        resources: [{ type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${BUCKET}/${key}` }],
      }),
    );
    const [meaning] = interpret(event, exchange);
    if (meaning === undefined) throw new Error('it means nothing');
    const from = { file: `${ZONE}/CloudTrail/eu-west-2/a.json.gz`, sha256: 'ab'.repeat(32) };
    return {
      entry: eventEntry(event, meaning, exchange, `${event.uid}#${meaning.kind}`, from),
      organisations: [organisation.account],
    };
  };
  const verify = async (entries: ReturnType<typeof entryOf>[], receiptsOnly = false) => {
    const bundle = await sampleBundle({
      log: { origin: 'concordat-ledger-test', witness: 'witness.test', word: 'test' },
      entries,
      sizes: [entries.length],
      register: '{}',
      mlDsa: false,
    });
    // No entry here tells of a register, so none is there.
    for (const [path, bytes] of bundle)
      if (!path.startsWith('register/') && (!receiptsOnly || /^(?:receipts|keys)\//.test(path)))
        write(join('ledger', path), bytes);
    for (const [name, { bytes }] of files) write(join('page', name), bytes);
    write('concordat-profile.json', profileText(profile));
    const { told, terminal: given } = terminal();
    return { code: await main(['mailbox', 'verify', 'page', '--ledger', 'ledger'], given), ...told };
  };
  const list = (of: string) => `release-${of}.txt`;

  test.each([false, true])(
    'tells of the release that is served (receipts alone: %s)',
    async (receiptsOnly) => {
      const entries = [entryOf(list('a'.repeat(64)), 1), entryOf('page.js', 2), entryOf(list(digest), 3)];
      const { code, out } = await verify(entries, receiptsOnly);
      expect([code, out]).toEqual([
        0,
        expect.stringContaining('in the ledger concordat-ledger-test: released 29 Nov'),
      ]);
    },
  );

  test.each<[string, () => ReturnType<typeof entryOf>[], string]>([
    [
      'another release alone',
      () => [entryOf(list('a'.repeat(64)), 1)],
      `has no entry of the release ${digest}`,
    ],
    [
      'a later release',
      () => [entryOf(list(digest), 1), entryOf(list('a'.repeat(64)), 2)],
      'has a later release: aaaa',
    ],
    [
      'the digest, written by somebody else',
      () => [entryOf(list(digest), 1, 'administrator')],
      `has no entry of the release ${digest}`,
    ],
    [
      'a file that somebody else put in place',
      () => [entryOf(list(digest), 1), entryOf('page.js', 2, 'administrator')],
      'somebody who may not changed page.js',
    ],
    [
      'the page put in place again without a release, as by one who had shown another meanwhile',
      () => [entryOf(list(digest), 1), entryOf('', 2), entryOf('', 30), entryOf('', 31)],
      'put in place again: the page itself',
    ],
    [
      'a file beside the release, by the very role',
      () => [entryOf(list(digest), 1), entryOf('sign-in.html', 2)],
      'that the release does not have was put in place: sign-in.html',
    ],
  ])('finds %s', async (_, entries, said) => {
    const { code, out } = await verify(entries());
    expect([code, out]).toEqual([1, expect.stringContaining(said)]);
  });

  test('tells of what was changed before the release, which mends it, and how far the copy goes', async () => {
    const { code, out, err } = await verify([
      entryOf('page.js', 1, 'administrator'),
      entryOf(list(digest), 2),
      entryOf('', 3),
      entryOf(list(digest), 4),
      entryOf('', 5),
    ]);
    expect([code, out.split('\n').slice(0, 2)]).toEqual([
      0,
      [
        expect.stringMatching(/released 29 Nov.*12:04.*; before that, 29 Nov.*12:02/),
        expect.stringMatching(/^before that, somebody who may not changed page\.js, 29 Nov.*12:01/),
      ],
    ]);
    expect(err).toMatch(/ledger tells of what was until 29 Nov.*12:05/);
  });

  test('that does not hold together tells nothing', async () => {
    const entries = [entryOf(list(digest), 1)];
    await verify(entries);
    write('ledger/tile/entries/000.p/1', Buffer.from('\0\x02{}'));
    const { told, terminal: given } = terminal();
    expect(await main(['mailbox', 'verify', 'page', '--ledger', 'ledger'], given)).toBe(3);
    expect(told.err).toContain('holds together');
  });
});
