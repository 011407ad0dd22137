/** Signing in by `concordat-client.mjs` as it is handed on: a process of its own, with the opener of a desktop. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasBrowser, openBrowser } from '../../../lib/client';
import { EXIT } from '../../../lib/commands/terminal';
import { clientProgram } from '../../../lib/start/client';
import { profileText } from '../../../lib/wire';
import { ISSUER, Office } from './office';
import { trusting } from './trust';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
  office.reset(() => trusting({ subjects: ['jo-0001'] }));
  await office.identity.seat({ subject: 'jo-0001', methods: ['mfa'] });
  office.file('concordat-client.mjs', clientProgram().text);
  office.file('concordat-profile.json', profileText(office.profile));
  // The name of the provider leads to this computer, as a proxy would.
  office.file(
    'here.cjs',
    `const real = fetch;
globalThis.fetch = (address, how = {}) => {
  const { origin, pathname, search } = new URL(address);
  if (origin !== '${new URL(ISSUER).origin}') return real(address, how);
  const headers = { ...Object.fromEntries(new Headers(how.headers)), 'x-forwarded-proto': 'https', 'x-forwarded-host': '${new URL(ISSUER).host}' };
  return real('${office.identity.here}' + pathname + search, { ...how, headers });
};`,
  );
  writeFileSync(
    join(office.folder, 'xdg-open'),
    `#!${process.execPath}\nrequire('node:fs').writeFileSync(${JSON.stringify(join(office.folder, 'opened'))}, process.argv[2]);\n`,
    { mode: 0o755 },
  );
});
afterAll(() => office.close());

/** Runs the client, and waits until it has shown the address. */
async function waiting(env: Readonly<Record<string, string>>) {
  const child = spawn(
    process.execPath,
    ['--require', join(office.folder, 'here.cjs'), 'concordat-client.mjs', 'signin'],
    {
      cwd: office.folder,
      env: {
        HOME: office.folder,
        PATH: office.folder,
        AWS_ENDPOINT_URL_STS: process.env.AWS_ENDPOINT_URL_STS,
        CONCORDAT_STATE: office.state,
        ...env,
      },
    },
  );
  const told = { out: '', err: '' };
  child.stdout.on('data', (text: Buffer) => {
    told.out += text.toString();
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number, ...told }));
  await until(
    child,
    () => told.err.includes('Ctrl-C stops'),
    (text) => {
      told.err += text;
    },
  );
  const [address = ''] = /https:\S+/.exec(told.err) ?? [];
  return { child, ended, address };
}

async function until(
  child: ChildProcessWithoutNullStreams,
  isThere: () => boolean,
  heard: (text: string) => void,
): Promise<void> {
  await new Promise<void>((done, failed) => {
    child.stderr.on('data', (text: Buffer) => {
      heard(text.toString());
      if (isThere()) done();
    });
    child.once('close', () => failed(new Error('it ended before it showed an address')));
  });
}

test('has the browser of the desktop open the address, and ends once the person has signed in', async () => {
  const { ended, address } = await waiting({ DISPLAY: ':0' });
  expect((await office.identity.browse(address)).status).toBe(200);
  const { code, out } = await ended;
  expect([code, out]).toEqual([EXIT.clean, expect.stringContaining('Signed in as jo-0001 until')]);
  expect(readFileSync(join(office.folder, 'opened'), 'utf8')).toBe(address);
  expect(office.kept().map(({ mode }) => mode)).toEqual([0o600]);
});

test('stops by Ctrl-C, listens no longer, and leaves who was signed in', async () => {
  const before = office.kept();
  const { child, ended, address } = await waiting({ DISPLAY: ':0' });
  child.kill('SIGINT');
  expect(await ended).toMatchObject({
    code: EXIT.unfinished,
    err: expect.stringContaining('Nobody was signed in'),
  });
  const redirect = new URL(address).searchParams.get('redirect_uri') ?? '';
  await expect(fetch(redirect)).rejects.toThrow('fetch failed');
  expect(office.kept()).toEqual(before);
});

test('where there is no opener the address is there to be opened by hand', async () => {
  const path = process.env.PATH;
  process.env.PATH = join(office.folder, 'none');
  try {
    expect(await openBrowser(ISSUER, 'linux')).toBe(false);
  } finally {
    process.env.PATH = path;
  }
});

test.each<[boolean, NodeJS.Platform, Readonly<Record<string, string>>]>([
  [true, 'darwin', {}],
  [true, 'win32', {}],
  [true, 'linux', { DISPLAY: ':0' }],
  [true, 'linux', { WAYLAND_DISPLAY: 'wayland-0' }],
  [false, 'linux', {}],
  [false, 'linux', { DISPLAY: 'localhost:10.0', SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22' }],
  [false, 'darwin', { SSH_TTY: '/dev/pts/1' }],
])('that a browser is in front of the person is %s on %s with %o', (is, platform, env) => {
  expect(hasBrowser(env, platform)).toBe(is);
});
