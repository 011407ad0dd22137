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
import { headersOf, mailboxFolder } from '../../lib/mailbox/folder';
import { ORGANISATIONS, playProfile } from '../../lib/mailbox/play/profiles';
import { profileText } from '../../lib/wire';
import { goldenIn } from '../golden';

const golden = goldenIn(__dirname);

const [organisation] = ORGANISATIONS;
const profile = playProfile(organisation, '2026-11-29');
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

/** What is said with a file of the release that the folder is of. */
type SaidWith = (name: string) => Readonly<Record<string, string | string[]>>;

/** What the release says with it; nothing of a file that is none of its. */
const asReleased: SaidWith = (name) => (wanted.files.has(name) ? headersOf(wanted, name) : {});

/** Serves the folder, with the headers of the release or others. */
async function served(said: SaidWith = asReleased): Promise<string> {
  server = createServer(({ url = '/' }, answer) => {
    const name = url.slice('/mailbox/'.length) || 'index.html';
    const known = readdirSync(join(folder, 'page')).includes(name);
    answer.writeHead(known ? 200 : 404, said(name));
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
  const said: SaidWith = (name) => {
    const { 'content-security-policy': _, ...headers } = asReleased(name);
    return { ...headers, 'referrer-policy': 'unsafe-url' };
  };
  const { code, out } = await verify(await served(said));
  expect(code).toBe(1);
  expect(out.split('\n').sort()).toEqual(
    [
      '',
      'index.html has other bytes',
      `the header content-security-policy of every file is missing: it should be “${wanted.headers['content-security-policy']}”`,
      'the header referrer-policy of every file says “unsafe-url”, and not “no-referrer”',
    ].sort(),
  );
});

/** A weaker or other way to say each, as an organisation’s own server could: by the name of the header, for one file or for all. */
const OTHERWISE: readonly (readonly [
  why: string,
  header: string,
  value: string | string[],
  file?: string,
])[] = [
  [
    'a script of elsewhere may run',
    'content-security-policy',
    `${wanted.headers['content-security-policy']?.replace("script-src 'self'", "script-src 'self' https://cdn.example")}`,
  ],
  [
    'trusted types are off',
    'content-security-policy',
    `${wanted.headers['content-security-policy']?.replace("; require-trusted-types-for 'script'", '')}`,
  ],
  [
    'what comes first counts',
    'content-security-policy',
    `connect-src *; ${wanted.headers['content-security-policy']}`,
  ],
  [
    'two policies by a comma',
    'content-security-policy',
    `${wanted.headers['content-security-policy']?.replace('; script-src', ', script-src')}`,
  ],
  ['sniffed', 'x-content-type-options', 'none'],
  ['soon forgotten', 'strict-transport-security', 'max-age=300'],
  ['not this host’s others', 'strict-transport-security', 'max-age=63072000'],
  ['its window can be reached', 'cross-origin-opener-policy', 'unsafe-none'],
  ['other sites may have it', 'cross-origin-resource-policy', 'cross-origin'],
  ['a camera', 'permissions-policy', 'camera=*'],
  ['the page is kept', 'cache-control', 'public, max-age=86400', 'index.html'],
  ['the profile is kept', 'cache-control', 'max-age=600', 'concordat-profile.json'],
  ['the page is a text', 'content-type', 'text/plain', 'index.html'],
  ['another alphabet', 'content-type', 'text/html; charset=utf-7', 'index.html'],
  ['it leads elsewhere', 'refresh', '0; url=https://elsewhere.example/', 'index.html'],
  ['it follows people', 'set-cookie', ['a=1', 'b=2']],
  ['it tells others', 'reporting-endpoints', 'all="https://elsewhere.example/"'],
];

test('each header that is weaker, other or added is told, with what it should be', async () => {
  const texts: string[] = [];
  for (const [why, header, value, only] of OTHERWISE) {
    const said: SaidWith = (name) =>
      only === undefined || name === only ? { ...asReleased(name), [header]: value } : asReleased(name);
    const { code, out } = await verify(await served(said));
    server?.closeAllConnections();
    server?.close();
    expect([why, code]).toEqual([why, 1]);
    texts.push(`${why}:\n${out}`);
  }
  golden('verify-headers.txt', texts.join('\n'));
});

test('order, capitals, quotes and spaces of what is said are nobody’s business', async () => {
  const said: SaidWith = (name) => {
    const headers = asReleased(name);
    return {
      ...headers,
      ...('content-type' in headers && {
        'content-type': String(headers['content-type']).replace('; charset=utf-8', ';charset="UTF-8"'),
      }),
      'strict-transport-security': 'includeSubDomains;max-age=63072000',
    };
  };
  expect(await verify(await served(said))).toMatchObject({ code: 0 });
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
  const said: SaidWith = (name) => (later.files.has(name) ? headersOf(later, name) : {});
  for (const where of [await served(said), 'page'])
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
