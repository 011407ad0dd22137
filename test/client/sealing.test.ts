/** Sealed agreements from desk to desk: nothing leaves in clear, an interruption sends no part twice, and only a key opens it. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Decrypter, Encrypter } from 'age-encryption';
import { collectCommand } from '../../lib/commands/delivery/collect';
import { depositCommand } from '../../lib/commands/delivery/deposit';
import { identityNew } from '../../lib/commands/delivery/identity-new';
import { EXIT } from '../../lib/commands/terminal';
import { sealedBytes } from '../../lib/delivery';
import type { Profile } from '../../lib/wire';
import { POST_QUANTUM, X25519 } from '../age-keys';
import { folderWithProfile, NOW, openingWith, runCommand } from '../commands/collecting';
import { checksumOf, MemoryShelf } from '../delivery/collect/memory';
import { collects, profileWith } from '../delivery/collect/running';
import { Desk } from './delivery-desk';
import { golden } from './golden';

const [FIRST, SECOND] = X25519;
const KEY = 'agreements/benefit-rates/rates.json.age';
const HEADER =
  'award_reference,national_insurance_number,family_name,date_of_birth,uprn,postcode,council_gss_code,benefit,award_start,award_end,weekly_amount\n';
const AWARD = 'AW00000001,AB123456C,Example,1970-01-31,,LS1 1UR,E08000035,state-pension,2026-04-06,,12.50\n';
const WHY = 'What a caller said is for the duty team alone.';

const told: string[] = [];
afterAll(() => golden('sealing.txt', told.join('\n')));
function scene(title: string, { code, out, err }: { code: number; out: string; err: string }) {
  // Sealed twice, a file comes to other bytes.
  const text = `${out}${err === '' ? '' : `--\n${err}`}`.replaceAll(/SHA-256 [0-9a-f]{64}/g, 'SHA-256 …');
  told.push(
    `== ${title}, exit ${code}\n${text.replaceAll(/(?:\/[\w.-]+)*\/concordat-(?:desk|test)-\w+\//g, '/desk/')}`,
  );
}

function sealedDesk(...recipients: readonly string[]): Desk {
  const sealed = {
    kind: 'x25519' as const,
    why: WHY,
    keys: recipients.map((key) => ({ key, holder: 'leeds', keptBy: 'The duty team' })),
  };
  return new Desk('dwp', (profile) => ({
    ...profile,
    sends: profile.sends.map((each) => ({ ...each, sealed })),
  }));
}

const deposit = (desk: Desk, ...words: readonly string[]) => desk.run(depositCommand(desk.open), ...words);

async function opened(bytes: Uint8Array, secret: string): Promise<Buffer> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(secret);
  return Buffer.from(await decrypter.decrypt(bytes));
}

/** All that lies below the state folder. */
function left(desk: Desk): string[] {
  const state = join(desk.folder, 'state');
  return existsSync(state)
    ? readdirSync(state, { recursive: true, encoding: 'utf8' }).filter((each) =>
        statSync(join(state, each)).isFile(),
      )
    : [];
}

describe('deposit', () => {
  test('seals to each key, says neither name of type nor bytes of what is in it, and leaves nothing behind', async () => {
    const desk = sealedDesk(FIRST.recipient, SECOND.recipient);
    desk.file('rates.json', '{"a caller":"said"}');
    const outcome = await deposit(desk, 'benefit-rates', 'rates.json');
    scene('a sealed deposit', outcome);
    expect([...desk.s3.objects.keys()]).toEqual([KEY]);
    const { bytes, about } = desk.s3.current(KEY) ?? {};
    for (const { secret } of [FIRST, SECOND])
      expect((await opened(bytes ?? Buffer.of(), secret)).toString()).toBe('{"a caller":"said"}');
    expect(about?.mediaType).toBe('application/vnd.age');
    expect(JSON.stringify([about, bytes?.toString('latin1')])).not.toContain('caller');
    expect(outcome.out).toContain(`SHA-256 ${about?.metadata.sha256}`);
    expect(left(desk)).toEqual([]);
  });

  test('goes on with the very bytes that it has sealed, wherever it was killed; nobody else may read them', async () => {
    const bytes = Buffer.alloc(17_000_000, 'a caller said ');
    // The upload is begun, one part is there, the object is made: each heard by S3, and not by us.
    for (const call of [2, 3, 5]) {
      const desk = new Desk('dwp', (profile) => sealedIn(profile, 10 ** 12));
      desk.file('rates.json', bytes);
      desk.kill = { call, when: 'after' };
      expect((await deposit(desk, 'benefit-rates', 'rates.json')).code).not.toBe(EXIT.clean);
      for (const each of left(desk)) {
        const path = join(desk.folder, 'state', each);
        expect(statSync(path).mode & 0o077).toBe(0);
        expect(readFileSync(path, 'latin1')).not.toContain('caller');
      }
      desk.kill = undefined;
      const again = await deposit(desk, 'benefit-rates', 'rates.json', '--json');
      expect([call, again.code, again.code === EXIT.clean ? '' : again.out]).toEqual([call, EXIT.clean, '']);
      expect(desk.s3.objects.get(KEY)).toHaveLength(1);
      expect(Math.max(0, ...desk.s3.taken.values())).toBeLessThanOrEqual(1);
      expect(JSON.parse(again.out)).toMatchObject({ opened: { bytes: bytes.length } });
      if (call === 3)
        expect((await opened(desk.s3.current(KEY)?.bytes ?? Buffer.of(), FIRST.secret)).equals(bytes)).toBe(
          true,
        );
      expect(left(desk)).toEqual([]);
    }
  });

  test.each([
    ['the next run', ['rates.json']],
    ['giving up', ['--abandon']],
  ])('what a kill left half-sealed goes with %s', async (_, words) => {
    const desk = new Desk('dwp', (profile) => sealedIn(profile, 10 ** 12));
    desk.file('rates.json', Buffer.alloc(17_000_000, 1));
    desk.kill = { call: 3, when: 'after' };
    await deposit(desk, 'benefit-rates', 'rates.json');
    desk.kill = undefined;
    const [sealed = ''] = left(desk).filter((each) => each.endsWith('.age'));
    writeFileSync(join(desk.folder, 'state', `${sealed}.4711.new`), 'half of it');
    await deposit(desk, 'benefit-rates', ...words);
    expect(left(desk)).toEqual([]);
  });

  test('given up, leaves nothing of what was sealed', async () => {
    const desk = new Desk('dwp', (profile) => sealedIn(profile, 10 ** 12));
    desk.file('rates.json', Buffer.alloc(17_000_000, 1));
    desk.kill = { call: 3, when: 'after' };
    await deposit(desk, 'benefit-rates', 'rates.json');
    desk.kill = undefined;
    await deposit(desk, 'benefit-rates', '--abandon');
    expect(left(desk)).toEqual([]);
  });

  test('checks against the contract before it seals, and counts what sealing adds', async () => {
    const desk = sealedDesk(FIRST.recipient);
    desk.file('awards.csv', HEADER + AWARD.replace('AB123456C', 'none'));
    const broken = await deposit(desk, 'housing-benefit-awards', 'awards.csv');
    expect([broken.code, desk.s3.objects.size]).toEqual([EXIT.findings, 0]);
    const tight = new Desk('dwp', (profile) => sealedIn(profile, 300));
    tight.file('rates.json', 'x'.repeat(150));
    const large = await deposit(tight, 'benefit-rates', 'rates.json');
    scene('a file that sealing makes too large', large);
    expect([large.code, tight.s3.objects.size]).toEqual([EXIT.findings, 0]);
  });

  test('knows how large a file becomes', async () => {
    for (const [kind, keys] of [
      ['x25519', X25519],
      ['post-quantum', POST_QUANTUM],
    ] as const)
      for (const plain of [0, 1, 65_535, 65_536, 65_537]) {
        const encrypter = new Encrypter();
        for (const { recipient } of keys) encrypter.addRecipient(recipient);
        expect(sealedBytes({ kind, keys }, plain)).toBe(
          (await encrypter.encrypt(new Uint8Array(plain))).length,
        );
      }
  });
});

function sealedIn(profile: Profile, largestObject: number): Profile {
  const keys = [{ key: FIRST.recipient, holder: 'leeds', keptBy: 'The duty team' }];
  const sealed = { kind: 'x25519' as const, why: WHY, keys };
  return { ...profile, sends: profile.sends.map((each) => ({ ...each, largestObject, sealed })) };
}

describe('collect', () => {
  async function world(
    plain: string,
    to: readonly string[] = [FIRST.recipient],
    change = (bytes: Uint8Array) => bytes,
  ) {
    const encrypter = new Encrypter();
    for (const each of to) encrypter.addRecipient(each);
    const bytes = change(await encrypter.encrypt(plain));
    const [sample] = new Desk('dwp').profile.contracts;
    if (sample === undefined) throw new Error('the sample has no contract');
    const folder = folderWithProfile({
      ...profileWith({
        ...collects('awards'),
        contract: { id: sample.contract.id, version: '1.0.0' },
        sealed: {
          kind: 'x25519',
          why: WHY,
          keys: [{ key: FIRST.recipient, keptBy: 'The duty team' }],
          largestObject: 1_000_000,
          mediaTypes: ['text/csv'],
        },
      }),
      contracts: [sample],
    });
    const object = {
      key: 'agreements/awards/awards.csv.age',
      version: 'v1',
      bytes,
      modified: NOW - 3_600_000,
      checksum: checksumOf(bytes, 'CRC64NVME'),
    };
    const shelf = new MemoryShelf(new Map([[object.key, object]]));
    const command = collectCommand({
      open: openingWith({ shelf: () => shelf }),
      wait: async () => undefined,
    });
    mkdirSync(join(folder, 'keys'));
    const identity = (text: string, mode = 0o600) => {
      writeFileSync(join(folder, 'keys/own'), text);
      chmodSync(join(folder, 'keys/own'), mode);
    };
    identity(`# created: 2026-11-29\n# public key: ${FIRST.recipient}\r\n\n${FIRST.secret}\n`);
    return {
      folder,
      identity,
      collect: (...words: readonly string[]) => runCommand(command, words, folder),
      held: () =>
        existsSync(join(folder, 'collected/awards')) ? readdirSync(join(folder, 'collected/awards')) : [],
    };
  }

  test('opens by the identity, checks the contract, and says that nobody has scanned it', async () => {
    const { folder, collect, held } = await world(HEADER + AWARD);
    const outcome = await collect('--identity', 'keys/own');
    scene('opened', outcome);
    expect([outcome.code, held()]).toEqual([EXIT.clean, ['awards.csv']]);
    expect(readFileSync(join(folder, 'collected/awards/awards.csv'), 'utf8')).toBe(HEADER + AWARD);
    expect((await collect('--identity', 'keys/own')).out).toBe('');
  });

  test.each([
    ['no identity', [], HEADER + AWARD, [FIRST.recipient]],
    ['sealed to somebody else', ['--identity', 'keys/own'], HEADER + AWARD, [SECOND.recipient]],
    [
      'a contract that is broken',
      ['--identity', 'keys/own'],
      HEADER + AWARD.replace('AB123456C', 'x'),
      [FIRST.recipient],
    ],
    [
      'a scan that finds something',
      ['--identity', 'keys/own', '--scan', `${process.execPath} -e process.exit(3)`],
      HEADER + AWARD,
      [FIRST.recipient],
    ],
  ] as const)('keeps nothing: %s', async (title, words, plain, to) => {
    const { collect, held } = await world(plain, to);
    const outcome = await collect(...words);
    scene(title, outcome);
    expect([outcome.code, held()]).toEqual([EXIT.findings, []]);
  });

  test('keeps nothing of an age file that was changed or cut anywhere', async () => {
    const changes: [string, (bytes: Uint8Array) => Uint8Array][] = [
      ['cut', (bytes) => bytes.subarray(0, bytes.length - 1)],
      ['in its payload', (bytes) => bytes.map((each, n) => (n === bytes.length - 1 ? each ^ 1 : each))],
      ['in its code', (bytes) => bytes.map((each, n) => (n === 160 ? 0x41 + ((each + 1) % 26) : each))],
      ['in clear', () => Buffer.from(HEADER)],
    ];
    for (const [title, change] of changes) {
      const { collect, held } = await world(HEADER + AWARD, undefined, change);
      const outcome = await collect('--identity', 'keys/own');
      scene(`damaged: ${title}`, outcome);
      expect([title, outcome.code, held()]).toEqual([title, EXIT.findings, []]);
    }
  });

  test('says of an identity file what is the matter with it, and never what stands in it', async () => {
    const files: [string, string, number?][] = [
      ['readable by others', FIRST.secret, 0o644],
      ['empty', '# nothing\n'],
      ['cut short', FIRST.secret.slice(0, -3)],
      ['a public key', FIRST.recipient],
      ['of a plugin', 'AGE-PLUGIN-YUBIKEY-1QQPQQQQ'],
      ['of SSH', '-----BEGIN OPENSSH PRIVATE KEY-----'],
      ['encrypted', 'age-encryption.org/v1'],
    ];
    const { collect, identity, held } = await world(HEADER + AWARD);
    for (const [title, text, mode] of files) {
      identity(text, mode);
      const outcome = await collect('--identity', 'keys/own');
      scene(`an identity file: ${title}`, outcome);
      expect([title, outcome.code, held()]).toEqual([title, EXIT.faultyInput, []]);
      if (text.length > 40) expect(outcome.err).not.toContain(text.slice(20));
    }
    scene('an identity file: missing', await collect('--identity', 'keys/none'));
  });

  test('is scanned where it lies before it has its name; left sealed, it is not opened', async () => {
    const { folder, collect, held } = await world(HEADER + AWARD);
    writeFileSync(
      join(folder, 'scan.cjs'),
      `require('fs').appendFileSync(${JSON.stringify(join(folder, 'seen'))}, require('fs').readFileSync(process.argv.at(-1)));`,
    );
    const scanned = await collect(
      '--identity',
      'keys/own',
      '--scan',
      `${process.execPath} ${folder}/scan.cjs`,
    );
    expect(scanned.err).not.toContain('nobody could scan');
    expect([scanned.code, readFileSync(join(folder, 'seen'), 'utf8'), held()]).toEqual([
      EXIT.clean,
      HEADER + AWARD,
      ['awards.csv'],
    ]);
    const other = await world(HEADER + AWARD);
    await other.collect('--leave-sealed');
    expect(other.held()).toEqual(['awards.csv.age']);
  });
});

test('a new identity is a file of one’s own, never written over, whose public key it prints', async () => {
  const desk = new Desk();
  for (const words of [[], ['--post-quantum']]) {
    const name = `own${words.length}.key`;
    const { code, out, err } = await runCommand(identityNew, [name, ...words], desk.folder);
    const text = readFileSync(join(desk.folder, name), 'utf8');
    expect([code, statSync(join(desk.folder, name)).mode & 0o777]).toEqual([EXIT.clean, 0o600]);
    expect(text).toContain(`# public key: ${out}`);
    const secret = text.trim().split('\n').at(-1) ?? '';
    expect(out + err).not.toContain(secret);
    const encrypter = new Encrypter();
    encrypter.addRecipient(out.trim());
    expect((await opened(await encrypter.encrypt('for me'), secret)).toString()).toBe('for me');
    if (words.length === 0) {
      told.push(`== a new identity\n${out.replace(/age1\w+/, 'age1…')}--\n${err}`);
      await expect(runCommand(identityNew, [name], desk.folder)).rejects.toThrow('is there already');
    }
  }
});
