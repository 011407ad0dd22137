/**
 * Signing in, played whole: the client as it is called, a provider that others wrote, and STS that judges each token by the role’s
 * trust policy. Who is let in, who is refused and by which words, and what is left on the computer.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { EXIT } from '../../../lib/commands/terminal';
import type { Told } from '../delivery-desk';
import { golden } from '../golden';
import { lost, type Person, refusedByProxy } from './identity';
import { CLIENT, ISSUER, Office, type Sitting } from './office';
import { trusting } from './trust';

const JO: Person = { subject: 'jo-0001', methods: ['pwd', 'mfa'] };

const PAGE = readFileSync(resolve(__dirname, '../../../docs/sending-and-collecting.md'), 'utf8');
/** The commands of signing in and out, as the page prints them. */
const PRINTED = [...PAGE.matchAll(/^npx concordat sign(?:in|out).*$/gm)].map(([line]) => line);

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
afterAll(() => office.close());
beforeEach(async () => {
  office.reset(() => trusting({ subjects: ['jo-0001'] }));
  await office.identity.seat(JO);
});

const scenes: string[] = [];
/** Keeps what a scene came to for the golden file. */
async function scene(title: string, run: () => Promise<Told>): Promise<Told> {
  const outcome = await run();
  scenes.push(
    `== ${title}, exit ${outcome.code}\n${outcome.out}${outcome.err === '' ? '' : `--\n${outcome.err}`}`,
  );
  return outcome;
}

/** The person reads the code, and types it on another device at the program’s n-th question. */
function atQuestion(n: number): Sitting {
  let times = 0;
  const sleep = async () => {
    if (++times !== n) return;
    const [, address = '', code = ''] = /open (\S+) and type this code:\s+(\S+)/.exec(office.heard) ?? [];
    office.identity.typed = code;
    await office.identity.browse(address);
  };
  return { sleep };
}

describe('whom the trust of a role names gets in', () => {
  test('in the browser of this computer', async () => {
    const { code } = await scene('signed in by the browser', () => office.signin());
    expect(code).toBe(EXIT.clean);
    expect(office.seen).toMatchObject({ status: 200 });
    expect(office.asked).toMatchObject({
      scope: 'openid',
      response_type: 'code',
      redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/signed-in$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    expect(office.seen?.body).toContain('Your identity provider has signed you in');
    expect(office.seen?.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(office.sts.log.every((each) => each.endsWith('taken'))).toBe(true);
    expect(office.sts.log).toHaveLength(office.sts.roles.size);
  });

  test('by a code on another device', async () => {
    const told = await scene('signed in by a code', () => office.signin(atQuestion(2), '--device'));
    expect(told.code).toBe(EXIT.clean);
    expect(office.kept()).toHaveLength(1);
  });

  test('by a code where no browser is here', async () => {
    const sitting = { ...atQuestion(1), noBrowser: true } as const;
    expect(await office.signin(sitting)).toMatchObject({
      code: EXIT.clean,
      err: expect.stringContaining('ABCD-EFGH'),
    });
  });

  test('as the holder of an app role, which comes as a session tag', async () => {
    office.reset(() => trusting({ appRoles: ['sender'] }));
    await office.identity.seat({ ...JO, subject: 'no-name', tags: { 'concordat-role': ['sender'] } });
    expect((await office.signin()).code).toBe(EXIT.clean);
    await office.identity.seat({ ...JO, subject: 'no-name', tags: { 'concordat-role': ['reader'] } });
    expect((await office.signin()).code).toBe(EXIT.findings);
  });

  test('and hears which of the roles are theirs, where not all are', async () => {
    office.reset((role) => trusting({ subjects: role === 'collect' ? ['jo-0001'] : ['others'] }));
    const { code, out } = await scene('one role alone', () => office.signin());
    expect([code, out]).toEqual([EXIT.clean, expect.stringContaining('you may collect.')]);
  });

  test('for programs, as lines of JSON', async () => {
    const { out, err } = await scene('for programs', () => office.signin({}, '--json'));
    const events = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).event);
    expect([events, err]).toEqual([['open', 'signed-in'], '']);
  });
});

describe('nobody else does:', () => {
  const refused = async (title: string, exit: number = EXIT.findings, ...words: string[]) => {
    const told = await scene(title, () => office.signin({}, ...words));
    expect(told.code).toBe(exit);
    expect(office.kept()).toEqual([]);
    return told;
  };

  test('not another person', async () => {
    await office.identity.seat({ ...JO, subject: 'sam-0002' });
    expect((await refused('another subject')).err).toContain('sam-0002');
  });

  test.each<[string, readonly string[] | undefined]>([
    ['by one factor where the trust asks for more', ['pwd']],
    ['where the provider does not say by which factors', undefined],
  ])('%s', async (title, methods) => {
    await office.identity.seat({ subject: 'jo-0001', ...(methods && { methods }) });
    expect((await refused(title)).err).toContain('more than one factor');
  });

  test('with a token for another audience than the profile’s, which STS is not even asked about', async () => {
    office.profile = {
      ...office.profile,
      signIn: { issuer: ISSUER, client: CLIENT, audience: 'other', maxSession: 3600 },
    };
    await refused('another audience');
    expect(office.sts.log).toEqual([]);
  });

  test('with a token for an audience that the account does not know', async () => {
    office.sts.providers = office.sts.providers.map((each) => ({ ...each, audiences: ['other'] }));
    await refused('an audience that AWS does not know');
    expect(office.sts.log.join()).toContain('Incorrect token audience');
  });

  test('with a token for an audience that the trust does not name', async () => {
    office.reset(() => trusting({ subjects: ['jo-0001'], audience: 'other' }));
    await refused('an audience that the trust does not name');
  });

  test('with a provider that the account does not know', async () => {
    office.sts.providers = office.sts.providers.map((each) => ({ ...each, issuer: 'https://login.example' }));
    await refused('an issuer that AWS does not know');
    expect(office.sts.log.join()).toContain('No OpenIDConnect provider found');
  });

  test('with a provider that says it is another', async () => {
    office.identity.meddles = () => Response.json({ issuer: 'https://login.example' });
    await refused('another issuer');
  });

  test('whose token is signed by other keys', async () => {
    office.sts.providers = office.sts.providers.map((each) => ({
      ...each,
      keys: async () => ({ keys: [] }),
    }));
    await refused('other keys');
  });

  test('whose provider AWS cannot reach', async () => {
    office.sts.providers = office.sts.providers.map((each) => ({
      ...each,
      keys: () => Promise.reject(new Error()),
    }));
    await refused('a provider that AWS cannot reach', EXIT.unfinished);
  });

  test.each([
    [3630, 'a provider whose clock is an hour ahead'],
    [-3630, 'a provider whose clock is an hour behind'],
  ])('while the clocks differ by %i seconds', async (seconds, title) => {
    office.identity.secondsAhead = seconds;
    await refused(title);
  });

  test('with a token that is over when it comes', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { iss: ISSUER, aud: CLIENT, sub: 'jo-0001', iat: 1_700_000_000, exp: 1_700_003_600 };
    const token = `${part({ alg: 'RS256' })}.${part(claims)}.${part({})}`;
    office.identity.meddles = (path) =>
      path.endsWith('/token')
        ? Response.json({ access_token: 'x', token_type: 'Bearer', id_token: token })
        : undefined;
    await refused('a token that is over', EXIT.unfinished);
  });

  test('with a token that is over by AWS’s clock', async () => {
    await office.identity.seat({ ...JO, seconds: 30 });
    office.sts.now = () => Date.now() + 60_000;
    await refused('a token that is over at AWS', EXIT.unfinished);
    expect(office.sts.log.join()).toContain('ExpiredTokenException');
  });

  test('with a clock that is an hour behind AWS’s, where the provider’s is as wrong', async () => {
    office.sts.now = () => Date.now() + 3_700_000;
    await refused('a clock that is an hour behind AWS’s');
  });

  test.each([
    ['a token that another program has asked for', /([?&]nonce=)[\w-]+/],
    ['a code that another program has asked for', /([?&]code_challenge=)[\w-]+/],
  ])('with %s', async (title, binding) => {
    const browse = (address: string) =>
      office.identity.browse(address.replace(binding, `$1${'E'.repeat(43)}`));
    const told = await scene(title, () => office.signin({ browse }));
    expect([told.code, office.kept(), office.sts.log]).toEqual([EXIT.findings, [], []]);
  });

  test('where the profile names no provider', async () => {
    const { signIn: _, ...rest } = office.profile;
    office.profile = rest;
    await refused('no sign-in');
  });
});

describe('what comes between leaves nobody signed in, and says so:', () => {
  const between = async (title: string, sitting: Sitting, ...words: readonly string[]) => {
    const told = await scene(title, () => office.signin(sitting, ...words));
    expect([told.code, office.kept()]).toEqual([EXIT.unfinished, []]);
    return told;
  };

  test('consent denied in the browser', async () => {
    await office.identity.seat({ ...JO, denies: true });
    await between('consent denied', {});
    expect(office.seen).toMatchObject({
      status: 400,
      body: expect.stringContaining('You are not signed in'),
    });
  });

  test('consent denied on the other device', async () => {
    await office.identity.seat({ ...JO, denies: true });
    await between('consent denied on another device', atQuestion(1), '--device');
  });

  test('the browser closed, until the time is over', async () => {
    const late = new AbortController();
    const browse = async () => late.abort();
    await between('browser closed', { browse, deadline: late.signal });
  });

  test('the code not typed, until it is over', async () => {
    await office.identity.seat({ ...JO, codeSeconds: 60 });
    const sleep = async () => {
      office.ahead += 30_000;
    };
    await between('code not typed', { sleep }, '--device');
  });

  test('Ctrl-C', async () => {
    const stop = new AbortController();
    await between('stopped', { browse: async () => stop.abort(), signal: stop.signal });
  });

  test('Ctrl-C while the code is waited for', async () => {
    const stop = new AbortController();
    const sleep = async () => stop.abort();
    await between('stopped while a code is waited for', { sleep, signal: stop.signal }, '--device');
  });

  test.each([
    [
      'an answer with another state',
      (redirect: string) => `${redirect}?code=x&state=other&iss=${encodeURIComponent(ISSUER)}`,
    ],
    ['an answer without a state', (redirect: string) => `${redirect}?error=access_denied`],
  ])('%s', async (title, answer) => {
    const browse = async (address: string) => {
      const redirect = new URL(address).searchParams.get('redirect_uri') ?? '';
      const { status, body } = await office.identity.browse(answer(redirect));
      expect([status, body]).toEqual([400, expect.stringContaining('not of the sign-in that waits')]);
    };
    await between(title, { browse });
  });

  test('a port that is taken', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as AddressInfo;
    const told = await office.signin({}, '--port', String(port));
    scenes.push(`== a port that is taken, exit ${told.code}\n--\n${told.err.replace(String(port), 'PORT')}`);
    expect(told.code).toBe(EXIT.unfinished);
    await new Promise((done) => other.close(done));
  });

  test.each<[string, () => Response | Error]>([
    ['a provider that is down', () => lost('ECONNREFUSED')],
    ['a provider without a name', () => lost('ENOTFOUND')],
    ['a provider that a proxy refuses', refusedByProxy],
    ['a provider whose TLS is opened on its way', () => lost('SELF_SIGNED_CERT_IN_CHAIN')],
    ['a provider that is at fault', () => new Response('', { status: 503 })],
  ])('%s', async (title, answer) => {
    office.identity.meddles = answer;
    await between(title, {});
  });

  test('a provider that goes down before the code is taken', async () => {
    office.identity.meddles = (path) => (path.endsWith('/token') ? lost('ECONNRESET') : undefined);
    await between('down at the end', {});
    expect(office.seen?.status).toBe(400);
  });
});

test.each<[string, () => Response, string[]]>([
  ['is no provider', () => new Response('', { status: 404 }), []],
  [
    'is a page of something else',
    () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
    [],
  ],
  [
    'has no device code',
    () => Response.json({ issuer: ISSUER, token_endpoint: `${ISSUER}/token` }),
    ['--device'],
  ],
  [
    'sends the browser to what is not of the web',
    () => Response.json({ issuer: ISSUER, authorization_endpoint: 'file:///etc/passwd' }),
    [],
  ],
])('what %s is refused for good', async (title, answer, words) => {
  office.identity.meddles = answer;
  const told = await scene(title, () => office.signin({}, ...words));
  expect([told.code, office.kept()]).toEqual([EXIT.findings, []]);
});

test('a client that the provider does not know is refused by it', async () => {
  office.profile = {
    ...office.profile,
    signIn: { issuer: ISSUER, client: 'other', audience: 'other', maxSession: 3600 },
  };
  const told = await scene('another client', () =>
    office.signin({ sleep: async () => undefined }, '--device'),
  );
  expect(told.code).toBe(EXIT.findings);
});

test('on another device, what passes by itself is asked again until the code is typed', async () => {
  let times = 0;
  office.identity.meddles = (path) => {
    if (!path.endsWith('/token')) return undefined;
    times += 1;
    if (times === 1) return lost('ECONNRESET');
    return times === 2 ? Response.json({ error: 'slow_down' }, { status: 400 }) : undefined;
  };
  const pauses: number[] = [];
  const typed = atQuestion(3);
  const sleep: Sitting['sleep'] = async (milliseconds, signal) => {
    pauses.push(milliseconds);
    await typed.sleep?.(milliseconds, signal);
  };
  expect((await office.signin({ sleep }, '--device')).code).toBe(EXIT.clean);
  expect(pauses).toEqual([5_000, 10_000, 15_000]);
});

test('two windows at once do not disturb each other, and the one that ends last is kept', async () => {
  const first = office.signin({
    browse: async (address) => {
      // The other window signs in meanwhile, from its beginning to its end.
      expect((await office.signin()).code).toBe(EXIT.clean);
      return office.identity.browse(address);
    },
  });
  expect((await first).code).toBe(EXIT.clean);
  expect(office.kept()).toHaveLength(1);
});

describe('what is kept', () => {
  test('is one file for its owner alone, with the ID token and nothing else that is secret', async () => {
    await office.signin();
    const [{ mode, text } = { mode: 0, text: '' }] = office.kept();
    expect(mode).toBe(0o600);
    expect(Object.keys(JSON.parse(text)).sort()).toEqual([
      'account',
      'client',
      'ends',
      'form',
      'issuer',
      'methods',
      'subject',
      'token',
    ]);
    const [, claims = ''] = JSON.parse(text).token.split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      iss: ISSUER,
      aud: CLIENT,
    });
    expect(text).not.toMatch(/secret|ASIA/);
  });

  test('holds no token any more once it is over, whoever looks first', async () => {
    await office.signin();
    office.file('extract.xml', '<x/>');
    office.ahead = 3_600_000;
    office.door.now = office.now;
    office.sts.now = office.now;
    const told = await scene('over', () => office.deposit('housing-benefit-extract', 'extract.xml'));
    expect(told.code).toBe(EXIT.unfinished);
    expect(office.kept().map(({ text }) => JSON.parse(text).token)).toEqual([undefined]);
    await scene('still over', () => office.deposit('housing-benefit-extract', 'extract.xml', '--json'));
  });

  test('is gone after signing out, and then credentials of AWS are looked for', async () => {
    await office.signin();
    expect((await scene('signed out', () => office.signout())).code).toBe(EXIT.clean);
    expect(office.kept()).toEqual([]);
    await scene('signed out before', () => office.signout('--json'));
    office.file('extract.xml', '<x/>');
    const told = await scene('not signed in', () => office.deposit('housing-benefit-extract', 'extract.xml'));
    expect(told.code).toBe(EXIT.unfinished);
  });

  test('is of one provider and account: after a change of either nobody is signed in', async () => {
    await office.signin();
    office.profile = {
      ...office.profile,
      signIn: { issuer: 'https://login.example', client: CLIENT, audience: CLIENT, maxSession: 3600 },
    };
    office.file('extract.xml', '<x/>');
    expect((await office.deposit('housing-benefit-extract', 'extract.xml')).err).toContain(
      'Nobody is signed in',
    );
  });

  test('cannot be kept where the disk does not take it, which is said', async () => {
    office.file('state', '');
    const told = await scene('no state folder', () => office.signin());
    expect(told.code).toBe(EXIT.unfinished);
  });
});

test('credentials of AWS of another account are refused, with both ways out', async () => {
  office.sts.users.set('AKIAEXAMPLE', 'arn:aws:iam::111122223333:user/jo');
  process.env.AWS_ACCESS_KEY_ID = 'AKIAEXAMPLE';
  process.env.AWS_SECRET_ACCESS_KEY = 'secret';
  try {
    office.file('extract.xml', '<x/>');
    const told = await scene('another account', () =>
      office.deposit('housing-benefit-extract', 'extract.xml'),
    );
    expect(told.code).toBe(EXIT.findings);
  } finally {
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
  }
});

test('the page prints each way of it', () => {
  expect(PRINTED).toHaveLength(4);
});

test.each(PRINTED)('%s does what the page says of it', async (line) => {
  const [name, ...words] = line.split(' ').slice(2);
  if (name === 'signout') await office.signin();
  const told = await (name === 'signout' ? office.signout(...words) : office.signin(atQuestion(1), ...words));
  expect(told.code).toBe(EXIT.clean);
  expect(office.kept()).toHaveLength(name === 'signout' ? 0 : 1);
});

test('each says what happened and what to do', () => {
  golden('sign-in.txt', scenes.join('\n'));
});
