/** The commands of the mailbox, as they are typed. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mailboxServeCommand } from '../../lib/commands/mailbox/mailbox';
import { main } from '../../lib/commands/main';
import { ORGANISATIONS, playProfile } from '../../lib/mailbox/play/profiles';
import { servePlay } from '../../lib/mailbox/play/server';
import { profileText } from '../../lib/wire';
import { SERVE } from './serve-command';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concordat-mailbox-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function terminal() {
  const told = { out: '', err: '' };
  const hears = (stream: keyof typeof told) => (text: string) => {
    told[stream] += text;
  };
  return { told, terminal: { out: hears('out'), err: hears('err'), colour: false, cwd: folder } };
}

const [organisation] = ORGANISATIONS;
const profile = playProfile(organisation, '2026-11-29');

it('serves both organisations’ pages until it is stopped, and says that it is a demonstration', async () => {
  const { told, terminal: given } = terminal();
  const pages: string[] = [];
  const serve = mailboxServeCommand(async ({ organisations }) => {
    for (const { address } of organisations) pages.push(await (await fetch(address)).text());
  });
  expect(await serve.call(SERVE.split(' ').slice(4), given)).toBe(0);
  expect(told.out).toMatch(
    /^Northmoor Council: http:\/\/127\.0\.0\.1:\d+\/northmoor\/\nEastdale Hospitals: http/,
  );
  expect(told.err).toContain('This is a demonstration: two made-up organisations');
  expect(pages.map((page) => page.includes('concordat-elsewhere'))).toEqual([true, true]);
});

it('names both organisations where it begins, and leads to the page of each', async () => {
  const play = await servePlay(0);
  try {
    const page = await (await fetch(play.address)).text();
    for (const { id, name } of ORGANISATIONS)
      expect(page).toContain(`<a href="${id}/" target="_blank">${name}</a>`);
  } finally {
    await play.close();
  }
});

it('says that a port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => other.once('listening', done));
  const { port } = other.address() as AddressInfo;
  const { told, terminal: given } = terminal();
  expect(await main(['mailbox', 'serve', '--port', String(port)], given)).toBe(2);
  expect(told.err).toContain(`nothing can listen on port ${port}, since another program does`);
  await new Promise((done) => other.close(done));
});

it('writes the page of an organisation as a folder, without a word of other places', async () => {
  writeFileSync(join(folder, 'concordat-profile.json'), profileText(profile));
  const { told, terminal: given } = terminal();
  expect(await main(['mailbox', 'page', 'mailbox'], given)).toBe(0);
  const names = readdirSync(join(folder, 'mailbox'));
  expect(names.map((name) => name.replace(/-[0-9a-f]+\./, '.')).sort()).toEqual([
    'concordat-profile.json',
    'icon.svg',
    'index.html',
    'page.css',
    'page.js',
    'reading.js',
    'release.txt',
    'sealed.js',
  ]);
  expect(readFileSync(join(folder, 'mailbox/index.html'), 'utf8')).not.toContain('concordat-elsewhere');
  expect(told.out).toMatch(/^content-security-policy: default-src 'none'/);
  // What is there is somebody’s.
  expect(await main(['mailbox', 'page', 'mailbox'], given)).toBe(2);
});

it.each([
  ['is not there', undefined, /cannot be read \(it is not there\)/],
  ['is none', '{}', /concordat-profile\.json/],
  [
    'names no provider',
    profileText({ ...profile, signIn: undefined } as typeof profile),
    /no signIn in its profile/,
  ],
])('refuses a profile that %s, and writes nothing', async (_what, text, says) => {
  if (text !== undefined) writeFileSync(join(folder, 'concordat-profile.json'), text);
  const { told, terminal: given } = terminal();
  expect(await main(['mailbox', 'page', 'mailbox'], given)).toBe(3);
  expect(told.err).toMatch(says);
  expect(readdirSync(folder).includes('mailbox')).toBe(false);
});
