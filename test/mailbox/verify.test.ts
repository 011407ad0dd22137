/** That whoever doubts a mailbox can hold it against the release: every other byte, file and header is told. */
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../lib/commands/main';
import { mailboxFolder } from '../../lib/mailbox/folder';
import { BODIES, playProfile } from '../../lib/mailbox/play/profiles';
import { profileText } from '../../lib/wire';

const [body] = BODIES;
const profile = playProfile(body, '2026-11-29');
const wanted = mailboxFolder(profile);
let folder: string;
let server: Server | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concordat-mailbox-'));
  writeFileSync(join(folder, 'concordat-profile.json'), profileText(profile));
  mkdirSync(join(folder, 'page'));
  for (const [name, { bytes }] of wanted.files) writeFileSync(join(folder, 'page', name), bytes);
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  server?.closeAllConnections();
  await new Promise((done) => (server ? server.close(done) : done(undefined)));
  server = undefined;
});

async function verify(where: string, ...more: readonly string[]) {
  const told = { out: '', err: '' };
  const hears = (stream: keyof typeof told) => (text: string) => {
    told[stream] += text;
  };
  const terminal = { out: hears('out'), err: hears('err'), colour: false, cwd: folder };
  return { code: await main(['mailbox', 'verify', where, ...more], terminal), ...told };
}

/** Serves the folder, with the headers of the release or others. */
async function served(headers: Readonly<Record<string, string>> = wanted.headers): Promise<string> {
  server = createServer(({ url = '/' }, answer) => {
    const name = url.slice('/mailbox/'.length) || 'index.html';
    const known = readdirSync(join(folder, 'page')).includes(name);
    answer.writeHead(known ? 200 : 404, headers);
    answer.end(known ? readFileSync(join(folder, 'page', name)) : '');
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server?.once('listening', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mailbox`;
}

test('a folder as it was written is the release’s, with the digest that anybody comes to', async () => {
  const { code, out } = await verify('page');
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/all as this release makes them of .*\nsha256 [0-9a-f]{64}\n$/),
  ]);
});

test('a byte more, a file that is gone and one that is nobody’s are told', async () => {
  const script = readdirSync(join(folder, 'page')).find((name) => name.endsWith('.js')) ?? '';
  appendFileSync(join(folder, 'page', script), ' ');
  unlinkSync(join(folder, 'page', 'concordat-profile.json'));
  writeFileSync(join(folder, 'page', 'extra.js'), '');
  const { code, out, err } = await verify('page');
  expect([code, out.split('\n').sort()]).toEqual([
    1,
    [
      '',
      `${script} has other bytes`,
      'concordat-profile.json is missing',
      'extra.js is not of this release',
    ].sort(),
  ]);
  expect(err).toContain('Nobody should sign in there');
});

test('the same, served with its headers, is the release’s', async () => {
  expect(await verify(await served())).toMatchObject({ code: 0 });
});

test('what is served otherwise is told, by file and by header', async () => {
  appendFileSync(join(folder, 'page', 'index.html'), '<script></script>');
  const { 'content-security-policy': _, ...headers } = wanted.headers;
  const { code, out } = await verify(await served({ ...headers, 'referrer-policy': 'unsafe-url' }));
  expect(code).toBe(1);
  expect(out.split('\n').sort()).toEqual(
    [
      '',
      'index.html has other bytes',
      'the header content-security-policy is missing',
      'the header referrer-policy is “unsafe-url”',
    ].sort(),
  );
});

test('a page of another day’s profile is told from one that somebody changed', async () => {
  const later = mailboxFolder({
    ...profile,
    organisation: { ...profile.organisation, name: 'Northmoor Council, renamed' },
  });
  rmSync(join(folder, 'page'), { recursive: true });
  mkdirSync(join(folder, 'page'));
  for (const [name, { bytes }] of later.files) writeFileSync(join(folder, 'page', name), bytes);
  const of = 'It is what this release makes of the profile that lies there';
  for (const where of [await served(later.headers), 'page'])
    expect(await verify(where)).toMatchObject({ code: 1, err: expect.stringContaining(of) });
  const script = [...later.files.keys()].find((name) => name.endsWith('.js')) ?? '';
  appendFileSync(join(folder, 'page', script), ' ');
  const { code, err } = await verify('page');
  expect([code, err]).toEqual([1, expect.stringContaining('or somebody changed it')]);
  expect(err).not.toContain(of);
});

test('an address that does not answer is no finding, one in clear and one that is none are wrong usage', async () => {
  const gone = await served();
  server?.closeAllConnections();
  await new Promise((done) => server?.close(done));
  server = undefined;
  expect(await verify(gone)).toMatchObject({ code: 5 });
  expect(await verify('http://mailbox.example')).toMatchObject({ code: 2 });
  expect(await verify('nowhere')).toMatchObject({ code: 2 });
  expect(await verify('page', '--profile', 'none.json')).toMatchObject({ code: 3 });
});
