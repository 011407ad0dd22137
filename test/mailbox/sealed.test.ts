/**
 * Sealed letters in a real browser: a passkey gives the key, what is stored nobody else opens, and each thing that can be in the way
 * is told in plain words.
 */
import { createHash, hkdfSync, randomFillSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bech32 } from '@scure/base';
import type { CDPSession, Download, Page } from 'playwright-core';
import { openerBy, publicKeyOf, sealerTo } from '../../lib/client/age';
import { profileOfPage } from '../../lib/delivery';
import { bucketOf, PLAY_AGREEMENT, type PlaySeal } from '../../lib/mailbox/play/profiles';
import { shownMessage } from '../../lib/mailbox/read';
import { messageName } from '../../lib/messages';
import { GATE_TAG, MALWARE_CLEAN, MALWARE_TAG } from '../../lib/names';
import { pageProgram } from '../../lib/start/page';
import { profileText } from '../../lib/wire';
import { POST_QUANTUM, X25519 } from '../age-keys';
import { BROWSER, BROWSER_REQUIRED } from '../browser';
import { faultsOf } from './faults-of';
import { letter } from './letter';
import { memoryOf, WITH_MESSAGE } from './memory';
import { Stage } from './stage';

const [NORTHMOOR, EASTDALE] = ['northmoor', 'eastdale'] as const;
const [OURS, RECOVERY, STRANGER] = X25519;
/** What S3 says once nothing goes through any more. */
const STOPPED = {
  status: 403,
  headers: {
    'content-type': 'application/xml',
    'access-control-allow-origin': 'https://mailbox.example.gov.uk',
  },
  body: '<Error><Code>AccessDenied</Code></Error>',
};
const SECRET = 'Nobody on the way reads this.';

if (BROWSER === undefined && !BROWSER_REQUIRED)
  console.log('not run: sealed letters in a browser. Install Chromium, or name one in CONCORDAT_BROWSER');

(BROWSER === undefined && !BROWSER_REQUIRED ? describe.skip : describe)('in a browser', () => {
  let stage: Stage;
  /** Somebody at Eastdale, who has a device with passkeys, and the public key of theirs. */
  let b: Awaited<ReturnType<Stage['officer']>>;
  let key = '';
  beforeAll(async () => {
    if (BROWSER === undefined)
      throw new Error('there is no browser, and CONCORDAT_BROWSER_REQUIRED asks for one');
    stage = await Stage.open({ seal: sealedTo([RECOVERY.recipient]) });
    b = await stage.officer(EASTDALE, { bypassCSP: true });
    await device(b.page);
    await to(b.page, 'key', 'Make a passkey');
    await b.page.getByRole('button', { name: 'Make a passkey' }).click();
    await b.page.getByRole('heading', { name: 'Your passkey is made' }).waitFor();
    key = await b.page.getByRole('region', { name: 'Public key' }).innerText();
  }, 60_000);
  afterAll(() => stage?.close());

  /** One sealed letter lies in the inbox of Eastdale, and nothing else: the passkey there and the key for recovery open it. */
  async function arrives(): Promise<void> {
    stage.reseal(sealedTo([key, RECOVERY.recipient]));
    released(stage, 'the-letter', await sealed(letter({ text: SECRET }), key, RECOVERY.recipient));
  }

  /** Tabs of people without a passkey, one at each organisation, which test after test begins with. */
  const tabs = new Map<string, Page>();
  /** Such a tab, loaded anew at the inbox: nothing of what its scripts had is left. */
  async function loaded(id: string): Promise<Page> {
    const known = tabs.get(id);
    if (known === undefined) {
      const { page } = await stage.officer(id);
      tabs.set(id, page);
      return page;
    }
    await again(known, stage, id);
    return known;
  }

  it('makes a passkey whose key is the same each time, by HKDF from what it gives for this purpose alone', async () => {
    await sees(b.page, 'No agreement of your organisation names it yet.');
    await b.page.getByRole('button', { name: 'Show the key of my passkey' }).click();
    await b.page.getByRole('heading', { name: 'The key of your passkey' }).waitFor();
    expect(await b.page.getByRole('region', { name: 'Public key' }).innerText()).toBe(key);

    const label = 'concordat.mailbox/age-identity/v1';
    const output = await b.page.evaluate<number[]>(`navigator.credentials
      .get({ publicKey: { challenge: new Uint8Array(16), userVerification: 'required',
        extensions: { prf: { eval: { first: new TextEncoder().encode(${JSON.stringify(label)}) } } } } })
      .then((found) => [...new Uint8Array(found.getClientExtensionResults().prf.results.first)])`);
    const seed = hkdfSync('sha256', Uint8Array.from(output), label, 'eastdale x25519', 32);
    const identity = bech32.encodeFromBytes('AGE-SECRET-KEY-', new Uint8Array(seed)).toUpperCase();
    expect(await publicKeyOf(identity)).toBe(key);
  }, 60_000);

  it('saves a key for recovery as the command line keeps one', async () => {
    const download = b.page.waitForEvent('download');
    await b.page.getByRole('button', { name: 'Save a recovery key' }).click();
    const text = (await bytesOf(await download)).toString();
    const [, publicKey, identity] =
      /^# created: \S+\n# public key: (age1\S+)\n(AGE-SECRET-KEY-1\S+)\n$/.exec(text) ?? [];
    expect(await publicKeyOf(identity ?? '')).toBe(publicKey);
    await b.page.getByRole('heading', { name: 'The recovery key is saved' }).waitFor();
    expect(await b.page.getByRole('region', { name: 'Public key' }).innerText()).toBe(publicKey);
  }, 60_000);

  it('takes a sealed letter there and an answer back, of which nobody without a key has a word', async () => {
    stage.reseal(sealedTo([key, RECOVERY.recipient]));
    const a = await stage.officer(NORTHMOOR);
    const scripts = scriptsOf(a.page);
    await a.page.getByRole('link', { name: 'Write a message' }).click();
    await sees(a.page, 'This agreement is sealed');
    await write(a.page, 'About Mrs Example', SECRET, 'plan.pdf');
    // Nothing of it is kept where a browser would write it down.
    expect(await a.page.evaluate<string>('JSON.stringify({ ...sessionStorage })')).not.toMatch(
      /Example|Nobody|plan\.pdf/,
    );
    expect(scripts).toEqual([]);
    await send(a.page);
    expect(scripts).toEqual([expect.stringMatching(/^sealed-[0-9a-f]{20}\.js$/)]);
    await sees(a.page, 'Delivered');
    await sees(a.page, 'Only people of the other organisation who have a key can read it');

    const [stored] = stage.world.buckets.below(bucketOf(NORTHMOOR), `agreements/${PLAY_AGREEMENT}/`);
    const bytes = stored?.bytes ?? Buffer.alloc(0);
    expect([stored?.key.endsWith('.eml.age'), stored?.mediaType]).toEqual([true, 'application/vnd.age']);
    const header = bytes.subarray(0, bytes.indexOf('--- ')).toString('latin1').split('\n');
    expect(header[0]).toBe('age-encryption.org/v1');
    expect(header.filter((line) => line.startsWith('-> X25519 '))).toHaveLength(2);
    for (const words of ['Example', 'Nobody', 'plan.pdf', 'message/rfc822'])
      expect(bytes.includes(words)).toBe(false);

    await again(b.page, stage, EASTDALE);
    await b.page.getByRole('link', { name: 'Message from Northmoor Council' }).click();
    await b.page.getByRole('heading', { name: 'Give your key to open the message' }).waitFor();
    // To fetch it is to read it: not before there is a key.
    expect(stage.world.record.of('collected')).toEqual([]);
    await b.page.getByRole('button', { name: 'Use my passkey' }).click();
    await b.page.getByRole('heading', { name: 'About Mrs Example' }).waitFor();
    await sees(b.page, SECRET);
    await sees(b.page, 'Nothing has checked it for malware.');
    await sees(b.page, 'Not checked for malware: have it scanned before you open it.');
    const download = b.page.waitForEvent('download');
    await b.page.getByRole('button', { name: 'Save it sealed, as it came' }).click();
    const saved = await bytesOf(await download);
    expect(saved.equals(bytes)).toBe(true);
    // Outside, by the recovery key alone.
    expect(await openedOutside(saved, RECOVERY.secret)).toContain('Subject: About Mrs Example\r\n');

    await b.page.getByRole('button', { name: 'Reply' }).click();
    expect(await b.page.getByLabel('Message', { exact: true }).inputValue()).toContain(`> ${SECRET}`);
    await b.page.getByLabel('Message', { exact: true }).fill('Thank you.');
    await send(b.page);
    await again(a.page, stage, NORTHMOOR);
    await a.page.getByRole('link', { name: 'Message from Eastdale Hospitals' }).click();
    await giveFile(a.page, OURS.secret);
    await sees(a.page, 'Thank you.');
    // What was opened opens what comes after it, and a sign-out takes it away.
    await a.page.getByRole('link', { name: 'Sign out' }).click();
    await a.page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await a.context.close();
  }, 90_000);

  it('takes no key that a passkey gives once somebody has signed out', async () => {
    await arrives();
    const { page } = b;
    const memory = await memoryOf(page);
    const [secret, itself] = [/AGE-SECRET-KEY-1[0-9A-Z]{40}/, /\/eastdale\/$/];
    await again(page, stage, EASTDALE);
    await page.getByRole('link', { name: 'Message from Northmoor Council' }).click();
    await page.getByRole('button', { name: 'Use my passkey' }).click();
    await sees(page, SECRET);
    expect(await memory(WITH_MESSAGE)).toMatch(secret);

    await again(page, stage, EASTDALE);
    await page.evaluate(SLOW_PASSKEY);
    await page.getByRole('link', { name: 'Message from Northmoor Council' }).click();
    await page.getByRole('button', { name: 'Use my passkey' }).click();
    await page.waitForFunction('globalThis.letGo !== undefined');
    // The page stays in this memory: it cannot be loaded anew.
    await page.route(itself, (route) => route.abort());
    await page.getByRole('link', { name: 'Sign out' }).click();
    // Before the key comes. The screen that asks for it has the words “close this tab”, too.
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await sees(page, 'Close this tab: the mailbox cannot be reached now');
    await page.evaluate('globalThis.letGo()');
    await page.evaluate(ONCE_DERIVED);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('You are signed out');
    const left = await memory();
    expect(left).toContain('You are signed out');
    expect(secret.exec(left)?.index).toBeUndefined();
    await page.unroute(itself);
    await sees(page, 'Nothing of your messages is left in this tab');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByRole('button', { name: /^Sign in with/ }).click();
    await page.getByRole('button', { name: 'Look for new messages' }).waitFor();
  }, 60_000);

  it('takes no key that a passkey gives once somebody has gone elsewhere, and opens nothing there by it', async () => {
    await arrives();
    const { page } = b;
    await again(page, stage, EASTDALE);
    await page.evaluate(SLOW_PASSKEY);
    await page.getByRole('link', { name: 'Message from Northmoor Council' }).click();
    await page.getByRole('button', { name: 'Use my passkey' }).click();
    await page.waitForFunction('globalThis.letGo !== undefined');
    await page.getByRole('link', { name: 'Sent', exact: true }).click();
    await page.getByRole('button', { name: 'Look again' }).waitFor();
    await page.evaluate('globalThis.letGo()');
    await page.evaluate(ONCE_DERIVED);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Sent');
    await page.getByRole('link', { name: 'Inbox', exact: true }).click();
    await page.getByRole('link', { name: 'Message from Northmoor Council' }).click();
    await page.getByRole('heading', { name: 'Give your key to open the message' }).waitFor();
    expect(stage.world.record.of('collected')).toEqual([]);
  }, 60_000);

  it('opens nothing by the key of a third, says so before it is fetched, and then tries another key', async () => {
    await arrives();
    const page = await loaded(EASTDALE);
    await page.getByRole('link', { name: 'Message from Northmoor Council' }).click();
    await page.getByText('Use a key that you have in a file').click();
    for (const [given, said] of [
      [STRANGER.recipient, 'This is a public key, and a public key opens nothing.'],
      [STRANGER.secret.slice(0, -3), 'This is no key, or it was not copied whole.'],
      ['AGE-PLUGIN-YUBIKEY-1QYQSZQGP', 'This names a key on a security token'],
      [STRANGER.secret, 'Your key is not among those that the agreement names today.'],
    ] as const) {
      await page.getByLabel('Or paste the key').fill(given);
      await page.getByRole('button', { name: 'Use the pasted key' }).click();
      await sees(page, said);
      expect(await page.getByLabel('Or paste the key').inputValue()).toBe('');
      expect(await page.content()).not.toContain(STRANGER.secret.slice(0, 30));
    }
    await page.getByRole('button', { name: 'Use it all the same' }).click();
    await sees(page, 'The message is sealed to somebody else: your key does not open it.');
    expect(await page.getByText(SECRET).count()).toBe(0);
    await page.getByRole('button', { name: 'Use another key' }).click();
    await giveFile(page, RECOVERY.secret);
    await sees(page, SECRET);
  }, 60_000);

  it.each([
    ['there is no passkey', 'none', 'No passkey was used'],
    ['it is another one', 'other', 'Your key is not among those that the agreement names today.'],
    ['it gives no key', 'without PRF', 'This browser, or what holds the passkey, cannot make a key'],
  ] as const)(
    'says what to do where %s',
    async (_, what, said) => {
      await arrives();
      const page = await loaded(EASTDALE);
      const takeAway = await device(page, what !== 'without PRF');
      if (what !== 'none') {
        await to(page, 'key', 'Make a passkey');
        await page.getByRole('button', { name: 'Make a passkey' }).click();
        await sees(page, what === 'other' ? 'Your passkey is made' : said);
        await page.getByRole('link', { name: 'Inbox' }).click();
      }
      await page.getByRole('link', { name: 'Message from Northmoor Council' }).click();
      await page.getByRole('button', { name: 'Use my passkey' }).click();
      await sees(page, said);
      await takeAway();
    },
    60_000,
  );

  it('shows nothing of what is not sealed, damaged, or what the gate would have stopped, and says which', async () => {
    stage.reseal(sealedTo([RECOVERY.recipient]));
    const sealedLetter = (text: string) => sealed(text, RECOVERY.recipient);
    const good = await sealedLetter(letter({ text: SECRET }));
    const damaged = Buffer.from(good);
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
    const all: [string, Buffer, string][] = [
      ['in-clear', Buffer.from(letter({ text: SECRET })), 'The agreement is sealed, and this message is not'],
      ['damaged', damaged, 'The message is damaged'],
      [
        'archive',
        await sealedLetter(letter({ text: SECRET, type: 'application/zip', file: 'a.zip' })),
        'file 1 in it is of a kind that the agreement does not allow (ZIP). Nobody on the way could see that.',
      ],
      ['no-message', await sealedLetter(SECRET), 'written so that programs could show it differently'],
    ];
    for (const [name, bytes] of all) released(stage, name, bytes);
    const page = await loaded(EASTDALE);
    for (const [name, , said] of all) {
      await to(page, `message=${keyOf(name)}`);
      if (name === 'in-clear') await giveFile(page, RECOVERY.secret);
      await sees(page, said);
      expect(await page.getByText(SECRET).count()).toBe(0);
      await page.getByRole('button', { name: 'Save it sealed, as it came' }).waitFor();
      expect(await page.getByRole('button', { name: 'Save the message' }).count()).toBe(0);
    }
  }, 60_000);

  it('runs nothing of a part that has other bytes than belong to the page', async () => {
    await arrives();
    const page = await loaded(EASTDALE);
    await page.route(/\/sealed-[0-9a-f]{20}\.js$/, (route) =>
      route.fulfill({ contentType: 'text/javascript', body: `window.ran = true;${pageProgram().sealed}` }),
    );
    await page.getByRole('link', { name: 'Message from Northmoor Council' }).first().click();
    await sees(page, 'is not what belongs to this page.');
    expect(await page.evaluate('typeof window.ran')).toBe('undefined');
  }, 60_000);

  it('seals to keys against quantum computers where the agreement has such', async () => {
    const [own, theirs] = POST_QUANTUM;
    stage.reseal(sealedTo([theirs.recipient], 'post-quantum', own.recipient));
    const page = await loaded(NORTHMOOR);
    await page.getByRole('link', { name: 'Write a message' }).click();
    await write(page, 'For later years', SECRET);
    await send(page);
    await sees(page, 'Delivered');
    const [stored] = stage.world.buckets.below(bucketOf(NORTHMOOR), `agreements/${PLAY_AGREEMENT}/`);
    const bytes = stored?.bytes ?? Buffer.alloc(0);
    expect(bytes.toString('latin1')).toMatch(/^age-encryption\.org\/v1\n-> mlkem768x25519 /);
    expect(await openedOutside(bytes, theirs.secret)).toContain(SECRET);
    const there = await loaded(EASTDALE);
    await there.getByRole('link', { name: 'Message from Northmoor Council' }).click();
    await giveFile(there, theirs.secret);
    await sees(there, SECRET);
  }, 60_000);

  it('goes on with an upload that broke off, with the same sealed bytes, and sends nothing twice', async () => {
    stage.reseal(sealedTo([RECOVERY.recipient]));
    const page = await loaded(NORTHMOOR);
    page.setDefaultTimeout(30_000);
    await page.getByRole('link', { name: 'Write a message' }).click();
    // In two parts, once it is in base64.
    const plan = randomFillSync(Buffer.alloc(12_600_000));
    await write(page, 'The plans', SECRET);
    await stage.chooses(page, 'plan.pdf', plan);
    const parts: [number: string, digest: string][] = [];
    const uploads = new Set<string | null>();
    stage.meddles = ({ method, query, body }) => {
      if (method !== 'PUT' || !query.has('partNumber')) return undefined;
      uploads.add(query.get('uploadId'));
      parts.push([query.get('partNumber') ?? '', createHash('sha256').update(body).digest('hex')]);
      // The connection is cut once one part is there, before its answer; then nothing goes through any more.
      return parts.length === 1 ? 'lost' : STOPPED;
    };
    await page.getByRole('button', { name: 'Send' }).click();
    await sees(page, 'The message was not sent');
    const before = parts.splice(0);
    expect(before.length).toBeGreaterThan(1);
    stage.meddles = ({ method, query, body }) => {
      if (method !== 'PUT' || !query.has('partNumber')) return undefined;
      uploads.add(query.get('uploadId'));
      parts.push([query.get('partNumber') ?? '', createHash('sha256').update(body).digest('hex')]);
      return undefined;
    };
    await send(page);
    stage.meddles = () => undefined;
    expect(uploads.size).toBe(1);
    // What arrived does not go again, and what goes again is what went before.
    const [arrived] = before;
    expect(parts.map(([number]) => number)).not.toContain(arrived?.[0]);
    const digests = new Map(before);
    const again = parts.filter(([number]) => digests.has(number));
    expect(again.length).toBeGreaterThan(0);
    for (const [number, digest] of again) expect(digest).toBe(digests.get(number));
    const all = stage.world.buckets.below(bucketOf(NORTHMOOR), `agreements/${PLAY_AGREEMENT}/`);
    expect(all).toHaveLength(1);
    const opened = await openedOutside(all[0]?.bytes ?? Buffer.alloc(0), RECOVERY.secret);
    expect(
      (await shownMessage(Buffer.from(opened, 'latin1'))).files.map(({ bytes }) => plan.equals(bytes)),
    ).toEqual([true]);
  }, 90_000);

  it('seals to nobody whose key the agreement has no longer, however long the tab has been open', async () => {
    stage.reseal(sealedTo([STRANGER.recipient]));
    const page = await loaded(NORTHMOOR);
    await page.getByRole('link', { name: 'Write a message' }).click();
    await write(page, 'To who left', SECRET);
    stage.reseal(sealedTo([RECOVERY.recipient]));
    await page.getByRole('button', { name: 'Send' }).click();
    await sees(page, 'The keys of the agreement have changed since this page was loaded');
    expect(await page.getByLabel('Message', { exact: true }).inputValue()).toBe(SECRET);
    expect(stage.world.buckets.below(bucketOf(NORTHMOOR), `agreements/${PLAY_AGREEMENT}/`)).toEqual([]);
  }, 60_000);

  it('keeps nothing of what is written before it is known whether it goes sealed', async () => {
    const page = await loaded(NORTHMOOR);
    await page.route(/concordat-profile\.json$/, async (route) => {
      const profile = profileOfPage(stage.world.profileOf(NORTHMOOR));
      const other = <Terms extends { readonly agreement: string; readonly prefix: string }>(terms: Terms) => {
        const { sealed: _, ...rest } = { sealed: undefined, ...terms };
        return { ...rest, agreement: 'not-sealed', prefix: 'agreements/not-sealed/' };
      };
      const { sends, collects } = profile;
      const both = {
        sends: [...sends, ...sends.map(other)],
        collects: [...collects, ...collects.map(other)],
      };
      await route.fulfill({ contentType: 'application/json', body: profileText({ ...profile, ...both }) });
    });
    await page.reload();
    await page.getByRole('link', { name: 'Write a message' }).click();
    const kept = () => page.evaluate<string>('JSON.stringify({ ...sessionStorage })');
    await write(page, 'About Mrs Example', SECRET);
    expect(await kept()).not.toMatch(/Example|Nobody/);
    const [sealed, clear] = await page.getByRole('radio').all();
    await sealed?.check();
    await sees(page, 'This agreement is sealed');
    expect(await kept()).not.toMatch(/Example|Nobody/);
    await clear?.check();
    expect(await page.getByText('This agreement is sealed').count()).toBe(0);
    expect(await kept()).toMatch(/Example/);
  }, 60_000);

  it('has no fault that axe finds on the screens of sealed letters, and says no word of the technology', async () => {
    stage.reseal(sealedTo([key, RECOVERY.recipient]));
    const found: unknown[] = [];
    const look = async (page: Page, name: string) => void found.push(...(await faultsOf(page, name)));
    const a = await stage.officer(NORTHMOOR, { bypassCSP: true });
    await a.page.getByRole('link', { name: 'Write a message' }).click();
    await write(a.page, 'About Mrs Example', SECRET, 'plan.pdf');
    await look(a.page, 'sealed-write');
    await send(a.page);
    await look(a.page, 'sealed-sent');
    await a.context.close();
    await again(b.page, stage, EASTDALE);
    await look(b.page, 'sealed-inbox');
    await to(b.page, 'key', 'Make a passkey');
    await look(b.page, 'key');
    await b.page.getByRole('button', { name: 'Show the key of my passkey' }).click();
    await sees(b.page, 'An agreement of your organisation names it.');
    await look(b.page, 'key-shown');
    await b.page.getByRole('link', { name: 'Inbox' }).click();
    await b.page.getByRole('link', { name: 'Message from Northmoor Council' }).click();
    await b.page.getByText('Use a key that you have in a file').click();
    await look(b.page, 'sealed-asks');
    await b.page.getByLabel('Or paste the key').fill(STRANGER.secret);
    await b.page.getByRole('button', { name: 'Use the pasted key' }).click();
    await sees(b.page, 'Your key is not among those');
    await look(b.page, 'sealed-stranger');
    await b.page.getByRole('button', { name: 'Use it all the same' }).click();
    await sees(b.page, 'sealed to somebody else');
    await look(b.page, 'sealed-to-others');
    await b.page.getByRole('button', { name: 'Use another key' }).click();
    await b.page.getByRole('button', { name: 'Use my passkey' }).click();
    await sees(b.page, SECRET);
    await look(b.page, 'sealed-message');
    expect(found).toEqual([]);
  }, 240_000);

  it('has asked nobody but its own places', () => {
    expect(stage.strangers).toEqual([]);
  });
});

/** How the agreement is sealed: to these keys of Eastdale, and to one of Northmoor. */
function sealedTo(
  theirs: readonly string[],
  kind: PlaySeal['kind'] = 'x25519',
  ours = OURS.recipient,
): PlaySeal {
  return {
    kind,
    why: 'It was promised to those whom the letters are about.',
    keys: [
      ...theirs.map((each) => ({ key: each, holder: EASTDALE, keptBy: 'The discharge desk' })),
      { key: ours, holder: NORTHMOOR, keptBy: 'The duty team' },
    ],
  };
}

/** Gives a page a device that holds passkeys, and confirms whatever it is asked. @returns what takes it away again */
async function device(page: Page, hasPrf = true): Promise<() => Promise<void>> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      hasPrf,
    },
  });
  return () => session.detach();
}

/** Has a passkey’s answer wait until it is let go, and counts the keys that are derived from it. */
const SLOW_PASSKEY = `(() => {
  const { credentials } = navigator;
  const get = credentials.get.bind(credentials);
  credentials.get = async (how) => {
    const found = await get(how);
    await new Promise((done) => { globalThis.letGo = done; });
    return found;
  };
  globalThis.derived = 0;
  const derive = crypto.subtle.deriveBits.bind(crypto.subtle);
  crypto.subtle.deriveBits = async (...how) => {
    const bits = await derive(...how);
    globalThis.derived += 1;
    return bits;
  };
})()`;

/**
 * Waits until all is derived from a slow passkey: bits for the key of the one kind, its public half, and bits for the key of the
 * other. What comes after the last of them takes no more turns than these.
 */
const ONCE_DERIVED = `(async () => {
  for (let after = 0; after < 50; after += globalThis.derived >= 3 ? 1 : 0) await new Promise((done) => setTimeout(done));
})()`;

/** Loads the page anew, and signs in. */
async function again(page: Page, stage: Stage, id: string) {
  await page.unrouteAll();
  await stage.seat(id);
  await page.evaluate("location.hash = ''");
  await page.reload();
  await page.getByRole('button', { name: 'Look for new messages' }).waitFor();
}

async function giveFile(page: Page, secret: string) {
  await page.getByText('Use a key that you have in a file').click();
  await page
    .getByLabel('Key file')
    .setInputFiles({ name: 'key.txt', mimeType: '', buffer: Buffer.from(`# a key\n${secret}\n`) });
}

function scriptsOf(page: Page): string[] {
  const scripts: string[] = [];
  page.on('request', (request) => {
    const name = new URL(request.url()).pathname.split('/').at(-1) ?? '';
    if (name.startsWith('sealed-')) scripts.push(name);
  });
  return scripts;
}

async function write(page: Page, subject: string, text: string, file?: string) {
  await page.getByLabel('Subject').fill(subject);
  await page.getByLabel('Message', { exact: true }).fill(text);
  const buffer = Buffer.from('%PDF-1.7');
  if (file !== undefined) await page.getByLabel('Files').setInputFiles({ name: file, mimeType: '', buffer });
}

async function send(page: Page) {
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('button', { name: 'Look again' }).waitFor({ timeout: 20_000 });
}

async function sees(page: Page, words: string) {
  await page.getByText(words).first().waitFor({ timeout: 20_000 });
}

async function to(page: Page, where: string, button?: string) {
  await page.evaluate(`location.hash = ${JSON.stringify(where)}`);
  if (button !== undefined) await page.getByRole('button', { name: button, exact: true }).first().waitFor();
}

const nameOf = (name: string) =>
  `agreements/${PLAY_AGREEMENT}/${messageName({ inbox: 'discharge-desk', id: `${name}@northmoor` })}.age`;
const keyOf = (name: string) => encodeURIComponent(nameOf(name));

/** A text, sealed to keys by a program beside the page. */
async function sealed(text: string, ...keys: readonly string[]): Promise<Buffer> {
  const seal = await sealerTo(keys);
  const pieces: Uint8Array[] = [];
  for await (const piece of seal(only(Buffer.from(text)))) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Puts something into the inbox of Eastdale as if all checks had let it pass. */
function released(stage: Stage, name: string, bytes: Buffer): void {
  const { tags } = stage.world.buckets.put(
    bucketOf(NORTHMOOR),
    nameOf(name),
    { mediaType: 'application/vnd.age', metadata: {} },
    bytes,
  );
  tags.set(MALWARE_TAG, MALWARE_CLEAN).set(GATE_TAG, 'released');
}

async function bytesOf(download: Download): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-sealed-'));
  try {
    await download.saveAs(join(folder, 'file'));
    return readFileSync(join(folder, 'file'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a program beside the page makes of it. */
async function openedOutside(bytes: Uint8Array, identity: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  const open = await openerBy([identity]);
  for await (const piece of open(only(bytes))) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

async function* only(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
