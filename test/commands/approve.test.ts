/** That approvals are given and withdrawn as they are typed, and checked by programs of others as docs/approvals.md says. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kmsSigner } from '../../lib/commands/agreements/kms-signing';
import { EXIT } from '../../lib/commands/terminal';
import { asked, LEEDS } from '../register/approvals/world';
import { edited, set } from '../register/samples';
import { emptyFolder, folderWithRegister, run } from './captured-terminal';

const ON = ['--as-of', '2026-10-01'];

/** A key of OpenSSH, made once for each passphrase: a process each is dear. */
const keys = new Map<string, string>();
function keyUnder(passphrase: string): string {
  const known = keys.get(passphrase);
  if (known !== undefined) return known;
  const key = join(emptyFolder(), 'key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', 'a comment', '-f', key]);
  keys.set(passphrase, key);
  return key;
}

/** A folder with such a key, whose public half dwp names, and a register in which approvals are asked for. */
function office(passphrase = '') {
  const key = keyUnder(passphrase);
  const sshKey = readFileSync(`${key}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
  const files = edited(asked(), set('organisations/dwp.yaml', { 'approvers.0.sshKey': sshKey }));
  const folder = folderWithRegister(files);
  for (const half of ['', '.pub']) cpSync(`${key}${half}`, join(folder, `key${half}`));
  return { folder, sshKey };
}
const approve = (folder: string, ...more: string[]) =>
  run(['approve', 'benefit-awards', '--as', 'dwp', ...more, ...ON], folder);

describe('approve', () => {
  it('writes one envelope, which ssh-keygen and openssl find signed as the page says', async () => {
    const { folder, sshKey } = office();
    const { code, out } = await approve(folder, '--key', 'key');
    expect([code, out]).toEqual([
      EXIT.clean,
      expect.stringMatching(
        /^The Data owner for benefits of dwp approves benefit-awards: terms [0-9a-f]{64}\.\nStill waited for: leeds\.\n$/,
      ),
    ]);
    const [file = '', ...others] = readdirSync(join(folder, 'register/approvals'));
    expect(others).toEqual([]);
    const page = readFileSync(join(__dirname, '../../docs/approvals.md'), 'utf8');
    const [, steps = ''] = /```bash\n([\s\S]+?)```/.exec(page) ?? [];
    const APPROVAL = join(folder, 'register/approvals', file);
    const env = { ...process.env, APPROVAL, KEY: sshKey };
    const check = () => spawnSync('bash', ['-e', '-c', steps], { cwd: folder, env, encoding: 'utf8' });
    const good = check();
    expect(`${good.stderr}`).toBe('');
    expect(good.stdout).toMatch(
      /^Good "approval@concordat\.example" signature for approver with ED25519 key SHA256:.*\nSignature Verified Successfully\n\{"_type":"https:\/\/in-toto\.io\/Statement\/v1","predicate":\{"decision":"approves","on":"2026-10-01"/,
    );
    expect(good.stdout).toContain(out.match(/[0-9a-f]{64}/)?.[0]);
    // A letter of what was signed, and neither finds it signed.
    const envelope = JSON.parse(readFileSync(APPROVAL, 'utf8')) as { payload: string };
    const payload = Buffer.from(envelope.payload, 'base64').toString().replace('2026-10-01', '2026-10-02');
    writeFileSync(
      APPROVAL,
      JSON.stringify({ ...envelope, payload: Buffer.from(payload).toString('base64') }),
    );
    expect(check().status).not.toBe(0);
    expect(
      spawnSync(
        'openssl',
        [
          'pkeyutl',
          '-verify',
          '-pubin',
          '-keyform',
          'DER',
          '-inkey',
          'key.der',
          '-rawin',
          '-in',
          'signed',
          '-sigfile',
          'signature',
        ],
        { cwd: folder },
      ).status,
    ).not.toBe(0);
  });

  it('says for whom an agreement waits, in check, calendar and status, until nobody is waited for', async () => {
    const { folder } = office();
    await approve(folder, '--key', 'key');
    const waits = 'benefit-awards awaits the approval of leeds';
    expect((await run(['check', ...ON], folder)).err).toContain(`note: ${waits}.\n`);
    expect((await run(['calendar', ...ON], folder)).err).toContain(`${waits}.\n`);
    const { out } = await run(['calendar', '--json', ...ON], folder);
    expect(JSON.parse(out).awaiting).toEqual([{ agreement: 'benefit-awards', organisations: ['leeds'] }]);
    expect((await run(['status', ...ON], folder)).out.replace(/\s+/g, ' ')).toContain(waits);
  });

  it('is done once however often it is typed, and ends as it is withdrawn', async () => {
    const { folder } = office();
    await approve(folder, '--key', 'key');
    expect((await approve(folder, '--key', 'key')).err).toContain('says all of this already');
    const { code, out } = await run(
      ['withdraw', 'benefit-awards', '--as', 'dwp', '--from', '2026-11-15', '--key', 'key', ...ON],
      folder,
    );
    expect([code, out]).toEqual([EXIT.clean, expect.stringContaining('no longer holds on 15 November 2026')]);
    expect((await run(['calendar', ...ON], folder)).out).toContain(
      '14 November 2026  the approval of benefit-awards by Department for Work and Pensions ends with this day',
    );
  });

  it.each([
    [
      'an organisation that is no party',
      ['--as', 'routing', '--key', 'key'],
      EXIT.findings,
      'routing is no party to benefit-awards',
    ],
    ['an unknown organisation', ['--as', 'dvp', '--key', 'key'], EXIT.usage, 'did you mean dwp?'],
    [
      'a key that nobody names',
      ['--as', 'leeds', '--key', 'key'],
      EXIT.findings,
      'names no approver with the key of this file',
    ],
    ['no key', ['--as', 'dwp'], EXIT.usage, 'say what signs'],
    ['a public key', ['--as', 'dwp', '--key', 'key.pub'], EXIT.usage, 'it is the public half'],
    [
      'a day that is past',
      ['--as', 'dwp', '--key', 'key', '--until', '2026-09-30'],
      EXIT.findings,
      '30 September 2026 is past',
    ],
    ['no ARN', ['--as', 'leeds', '--kms', 'alias/approver'], EXIT.usage, '--kms takes the ARN of a key'],
  ])('is refused with %s, and writes nothing', async (_, words, code, told) => {
    const { folder } = office();
    const outcome = await run(['approve', 'benefit-awards', ...words, ...ON], folder);
    expect([outcome.code, outcome.err]).toEqual([code, expect.stringContaining(told)]);
    expect(existsSync(join(folder, 'register/approvals'))).toBe(false);
  });

  it('is asked for anew by whatever changes terms or makes an agreement, and by nothing else, and each says so', async () => {
    const { folder } = office();
    const told = async (...words: string[]) => {
      const { code, out } = await run([...words, '--no-input', '--dry-run', '--json', ...ON], folder);
      return [
        code,
        (JSON.parse(out) as { says: string[] }).says.filter((each) => each.includes('not shared')),
      ];
    };
    const waits = (id: string) => [
      `Once this is deployed, ${id} is not shared until dwp and leeds have approved its terms as they are now: npx concordat approve ${id} --as ORGANISATION.`,
    ];
    const renewal = [
      '--ends',
      '2032-03-31',
      '--review',
      '2031-03-31',
      '--dpia-reference',
      'D',
      '--dpia-date',
      '2026-09-02',
    ];
    expect(await told('agreement', 'end', 'benefit-awards', '--on', '2026-11-30')).toEqual([
      EXIT.clean,
      waits('benefit-awards'),
    ]);
    expect(await told('agreement', 'renew', 'benefit-awards', '--as', 'awards-2', ...renewal)).toEqual([
      EXIT.clean,
      waits('awards-2'),
    ]);
    expect(await told('pause', 'leeds', '--from', '2026-11-01', '--reason', 'A move')).toEqual([
      EXIT.clean,
      [],
    ]);
    expect(await told('approve', 'benefit-awards', '--as', 'dwp', '--key', 'key')).toEqual([EXIT.clean, []]);
  });

  it('takes no key that a passphrase protects, and says so', async () => {
    const { folder } = office('a long passphrase');
    const { code, err } = await approve(folder, '--key', 'key');
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining('a passphrase protects it')]);
  });

  it('withdraws nothing that was not approved', async () => {
    const { folder } = office();
    const { code, err } = await run(
      ['withdraw', 'benefit-awards', '--as', 'dwp', '--key', 'key', ...ON],
      folder,
    );
    expect([code, err]).toEqual([
      EXIT.findings,
      expect.stringContaining('dwp has not approved benefit-awards'),
    ]);
  });
});

test('KMS is asked to sign what it is given as it is, by the algorithm of the key', async () => {
  const sent: object[] = [];
  const kms = {
    send: async ({ input }: { input: object }) => {
      sent.push(input);
      return { Signature: new Uint8Array([1]) };
    },
  };
  const signer = kmsSigner(LEEDS.arn, kms as unknown as Parameters<typeof kmsSigner>[1]);
  if (signer.kind !== 'kms') throw new Error('it is a key of KMS');
  const message = new Uint8Array([7]);
  await signer.sign(message, 'p256');
  await signer.sign(message, 'ed25519');
  expect(sent).toEqual([
    { KeyId: LEEDS.arn, Message: message, MessageType: 'RAW', SigningAlgorithm: 'ECDSA_SHA_256' },
    { KeyId: LEEDS.arn, Message: message, MessageType: 'RAW', SigningAlgorithm: 'ED25519_SHA_512' },
  ]);
});
