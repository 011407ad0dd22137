/** That a disposal is declared as it is typed, told of to both until then, and certified by a page whose own words check it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT } from '../../lib/commands/terminal';
import { fileKey } from '../register/approvals/world';
import { edited, MINIMAL, set } from '../register/samples';
import { folderWithRegister, run } from './captured-terminal';

const ON = ['--as-of', '2027-01-15'];
const LATE = ['--as-of', '2027-02-01'];

/** A register whose agreement ended with 2026, in which a post of the recipient has a key of OpenSSH. */
function office() {
  const folder = folderWithRegister([]);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', join(folder, 'key')]);
  const sshKey = readFileSync(join(folder, 'key.pub'), 'utf8').split(' ').slice(0, 2).join(' ').trim();
  const post = { post: 'risk-owner', role: 'Senior Information Risk Owner' };
  const files = edited(
    MINIMAL,
    set('organisations/leeds.yaml', {
      approvers: [
        // The post had another key before, which signed nothing of this.
        { ...post, sshKey: fileKey().sshKey, from: '2026-01-01', until: '2026-06-30' },
        { ...post, sshKey, from: '2026-07-01' },
      ],
    }),
    set('agreements/benefit-awards.yaml', {
      ends: '2026-12-31',
      review: '2026-12-31',
      'retention.disposeWithin': 'P30D',
    }),
  );
  for (const { path, bytes } of files) {
    mkdirSync(dirname(join(folder, 'register', path)), { recursive: true });
    writeFileSync(join(folder, 'register', path), bytes);
  }
  return { folder, sshKey };
}
const dispose = (folder: string, ...more: string[]) =>
  run(['dispose', 'benefit-awards', '--as', 'leeds', '--key', 'key', ...more], folder);
const plain = (text: string) =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

it('is told of to both in check, calendar and status until it is declared', async () => {
  const { folder } = office();
  const missing =
    'leeds has not declared to dwp that no copy is left of what it collected under benefit-awards, due by 30 January 2027';
  expect((await run(['check', ...ON], folder)).err).not.toContain(missing);
  expect((await run(['check', ...LATE], folder)).err).toContain(`note: ${missing}.\n`);
  const status = (await run(['status', ...LATE], folder)).out.replace(/\s+/g, ' ');
  expect(status).toContain(missing);
  const line =
    '30 January 2027  Leeds City Council is to have declared to Department for Work and Pensions that no copy is left of what it collected under benefit-awards';
  expect((await run(['calendar', ...ON], folder)).out).toContain(line);
  expect((await run(['calendar', ...LATE], folder)).out).toMatch(new RegExp(`Overdue[\\s\\S]*${line}`));
  const { code, out } = await dispose(folder, ...LATE);
  expect([code, out]).toEqual([
    EXIT.clean,
    'The Senior Information Risk Owner of leeds declares that no copy is left of what it collected under benefit-awards until 31 December 2026.\n' +
      'For the file: npx concordat agreement certificate benefit-awards --of leeds.\n',
  ]);
  expect((await run(['check', ...LATE], folder)).err).not.toContain('has not declared');
  expect((await run(['calendar', ...LATE], folder)).out).not.toContain('is to have declared');
  const again = await dispose(folder, ...LATE);
  expect([again.code, again.err]).toEqual([
    EXIT.findings,
    expect.stringContaining('leeds has declared it on'),
  ]);
});

it('is certified by a page that holds all that it takes to check it, by programs of others', async () => {
  const { folder, sshKey } = office();
  const before = await run(['agreement', 'certificate', 'benefit-awards', '--of', 'leeds', ...ON], folder);
  expect([before.code, before.err]).toEqual([
    EXIT.findings,
    expect.stringContaining('leeds has declared nothing'),
  ]);
  await dispose(folder, '--method', 'Deleted from the benefit system and its backups.', ...ON);
  const { code, out } = await run(
    ['agreement', 'certificate', 'benefit-awards', '--of', 'leeds', ...ON],
    folder,
  );
  expect([code, out]).toEqual([EXIT.clean, 'documents/benefit-awards.leeds.disposal.html\n']);
  const page = readFileSync(join(folder, out.trim()), 'utf8');
  expect(page).toContain('Deleted from the benefit system and its backups.');
  const blocks = [...page.matchAll(/<pre[^>]*><code[^>]*>([\s\S]*?)<\/code><\/pre>/g)].map(([, text = '']) =>
    plain(text.replace(/<[^>]+>/g, '')),
  );
  const [statement = '', envelope = '', key = '', steps = ''] = blocks;
  expect(key).toBe(sshKey);
  writeFileSync(join(folder, 'declaration.json'), envelope);
  const checked = spawnSync('bash', ['-e', '-c', steps.replace('…the key above…', key)], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(checked.stderr).toBe('');
  expect(checked.stdout).toMatch(
    /^Good "approval@concordat\.example" signature.*\nSignature Verified Successfully\n$/,
  );
  expect(readFileSync(join(folder, 'statement.json'), 'utf8')).toBe(statement);
});
