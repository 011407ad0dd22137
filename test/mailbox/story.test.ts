/**
 * The mailbox as two organisations use it, in a real browser: what one writes the other reads and answers; what is stopped is told in the
 * right words on both sides; and nothing that breaks off is sent twice, or lost.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { mailboxFolder } from '../../lib/mailbox/files';
import { bucketOf, PLAY_AGREEMENT } from '../../lib/mailbox/play/profiles';
import { MALWARE_TEST } from '../../lib/names';
import { BROWSER, BROWSER_REQUIRED } from '../browser';
import { memoryOf, WITH_MESSAGE } from './memory';
import { Stage } from './stage';

const [NORTHMOOR, EASTDALE] = ['northmoor', 'eastdale'] as const;

if (BROWSER === undefined && !BROWSER_REQUIRED)
  console.log('not run: the mailbox in a browser. Install Chromium, or name one in CONCORDAT_BROWSER');

(BROWSER === undefined && !BROWSER_REQUIRED ? describe.skip : describe)('in a browser', () => {
  let stage: Stage;
  /** Somebody at either organisation, through all of it. */
  let a: Awaited<ReturnType<Stage['officer']>>;
  let b: typeof a;
  beforeAll(async () => {
    if (BROWSER === undefined)
      throw new Error('there is no browser, and CONCORDAT_BROWSER_REQUIRED asks for one');
    stage = await Stage.open();
    a = await stage.officer(NORTHMOOR);
    b = await stage.officer(EASTDALE);
  }, 60_000);
  afterAll(() => stage?.close());
  afterEach(() => {
    stage.meddles = () => undefined;
    Object.assign(stage.times, { scan: 0, gate: 0 });
  });

  /** The messages that were sent to an inbox, each once. */
  const sent = (to: string) =>
    stage.world.buckets
      .below(bucketOf(NORTHMOOR), `agreements/${PLAY_AGREEMENT}/${to}/`)
      .map(({ key }) => key);
  const sentCount = (to: string) => sent(to).length;

  it('takes a message there and an answer back, with a receipt that anybody can check', async () => {
    await write(a.page, 'Discharge of Mrs Example', 'Please see the plan.\n\nJo', [
      'plan.pdf',
      '%PDF-1.7 a plan',
    ]);
    await send(a.page);
    await sees(a.page, 'Delivered');
    // That somebody at the sender’s own looked at it is in the record, and is no reading of it, here or there.
    const [own] = stage.world.record.of('deposited');
    if (own === undefined) throw new Error('the record has what was sent');
    stage.world.record.note({ ...own, kind: 'collected', recipient: NORTHMOOR, time: Date.now() });
    const states = (page: Page) => page.locator('.govuk-tag').allInnerTexts();
    await a.page.getByRole('link', { name: 'Sent', exact: true }).click();
    await a.page.getByText('1 message', { exact: true }).waitFor();
    expect(await states(a.page)).toEqual(['Delivered']);
    await a.page.getByRole('link', { name: 'Discharge of Mrs Example' }).click();
    await sees(a.page, 'Eastdale Hospitals can open it.');

    await b.page.getByRole('link', { name: 'Inbox' }).click();
    await sees(b.page, 'It has not been opened.');
    expect(await states(b.page)).toEqual(['New']);
    await b.page.getByRole('link', { name: 'Message from Northmoor Council' }).click();
    await b.page.getByRole('heading', { name: 'Discharge of Mrs Example' }).waitFor();
    await sees(b.page, 'Please see the plan.');
    const download = b.page.waitForEvent('download');
    await b.page.getByRole('button', { name: 'Save plan.pdf' }).click();
    expect((await download).suggestedFilename()).toBe('plan.pdf');
    await b.page.getByRole('button', { name: 'Reply' }).click();
    expect(await b.page.getByLabel('Subject').inputValue()).toBe('Re: Discharge of Mrs Example');
    await b.page.getByLabel('Message', { exact: true }).fill('Thank you.');
    await send(b.page);
    await sees(b.page, 'Delivered');

    await a.page.getByRole('button', { name: 'Look again' }).click();
    await sees(a.page, 'Opened by Eastdale Hospitals');
    // The answer is of the same agreement, and Eastdale sent it.
    await a.page.getByRole('link', { name: 'Sent', exact: true }).click();
    await a.page.getByText('1 message', { exact: true }).waitFor();
    expect(await a.page.locator('li.line').count()).toBe(1);
    await a.page.getByRole('link', { name: 'Inbox' }).click();
    await a.page.getByRole('link', { name: 'Message from Eastdale Hospitals' }).click();
    await sees(a.page, 'Thank you.');

    await a.page.getByRole('link', { name: 'Show the receipt' }).click();
    await a.page.getByRole('heading', { name: 'Checked in this browser' }).waitFor();
    expect(await a.page.locator('tbody tr td:first-child').allInnerTexts()).toEqual([
      'Sent',
      'Checked for malware',
      'Released to the recipient',
      'Opened',
    ]);
    expect(await verified(a.page)).toContain('Signature Verified Successfully');
  }, 60_000);

  it('fetches no message, which is to read it, before there is what shows it', async () => {
    const { page } = b;
    const fetched: string[] = [];
    stage.meddles = ({ method, path, query }) => {
      if (method === 'GET' && path.endsWith('.eml') && query.size === 0) fetched.push(path);
      return undefined;
    };
    const reading = /\/reading-[0-9a-f]{20}\.js$/;
    await page.route(reading, (route) => route.abort());
    await inbox(page);
    await page.getByRole('link', { name: 'Message from Northmoor Council' }).click();
    await sees(page, 'What shows messages could not be loaded');
    expect(fetched).toEqual([]);
    await page.unroute(reading);
    await page.reload();
    await sees(page, 'Please see the plan.');
    expect(fetched).toHaveLength(1);
  }, 60_000);

  it('says before it is sent which file the agreement does not allow, and afterwards why malware was stopped', async () => {
    await write(a.page, 'A table', 'See the table.', ['table.xlsx', 'PK']);
    await a.page.getByRole('button', { name: 'Send' }).click();
    await sees(
      a.page,
      'table.xlsx is of a kind that the agreement does not allow. Remove it, or save it as PDF, plain text (.txt) or JPEG picture',
    );
    await a.page.getByRole('button', { name: 'Remove table.xlsx' }).click();
    expect(await a.page.getByText('of a kind that the agreement does not allow').count()).toBe(0);
    await a.page
      .getByLabel('Files')
      .setInputFiles({ name: 'bad.txt', mimeType: 'text/plain', buffer: Buffer.from(MALWARE_TEST) });
    await send(a.page);
    await sees(
      a.page,
      'Malware was found in it, so Eastdale Hospitals cannot open it. Do not send the file again.',
    );

    await b.page.getByRole('link', { name: 'Inbox', exact: true }).click();
    const held = b.page.locator('li', { hasText: 'Cannot be opened' });
    await held.getByRole('link').click();
    await sees(b.page, 'a check has stopped it');
  }, 60_000);

  it('tells the sender in plain words why the gate stopped a message', async () => {
    const key = `agreements/${PLAY_AGREEMENT}/discharge-desk/${'a'.repeat(32)}@northmoor.concordat.invalid.eml`;
    const text = messageWith(
      'Content-Type: application/zip\r\nContent-Disposition: attachment; filename="a.zip"\r\nContent-Transfer-Encoding: base64\r\n\r\nUEs=',
    );
    stage.world.buckets.put(
      bucketOf(NORTHMOOR),
      key,
      { mediaType: 'message/rfc822', metadata: {} },
      Buffer.from(text),
    );
    await a.page.getByRole('link', { name: 'Sent', exact: true }).click();
    await a.page
      .locator('li', { hasText: 'Stopped' })
      .filter({ hasNotText: 'malware' })
      .getByRole('link')
      .click();
    await sees(
      a.page,
      'File 1 of the message is of a kind that the agreement does not allow (ZIP). It allows PDF, plain text (.txt) or JPEG picture.',
    );
    await sees(a.page, 'No malware was found in any of its files:');
    await sees(a.page, 'File 1, ZIP: not allowed by the agreement');
  }, 60_000);

  it('takes a message back once that is confirmed, so that nobody opens it any more', async () => {
    await write(a.page, 'Sent too soon', 'Not yet.');
    await send(a.page);
    await sees(a.page, 'Delivered');
    await a.page.getByRole('link', { name: 'Take this message back' }).click();
    await a.page.getByRole('button', { name: 'Take it back' }).click();
    await a.page.getByRole('heading', { name: 'The message was taken back' }).waitFor();
    await a.page.getByRole('link', { name: 'Sent', exact: true }).click();
    await sees(a.page, 'Taken back');
  }, 60_000);

  it('asks to sign in again in the middle of an upload, and goes on with it', async () => {
    const visitor = await stage.officer(NORTHMOOR, {}, { seconds: 40 });
    const { page, context } = visitor;
    await write(page, 'A large file', 'See the file.');
    // In two parts, once it is in base64.
    await stage.chooses(page, 'large.txt', Buffer.alloc(12_600_000, 'x'));
    // Nobody opens it, so nothing looks into all of it either, now or later.
    stage.times.scan = Number.POSITIVE_INFINITY;
    const known = new Set(sent('discharge-desk'));
    await page.clock.setSystemTime(Date.now() + 30_000);
    const before = sentCount('discharge-desk');
    let parts = 0;
    stage.meddles = ({ query, method }) => {
      if (method !== 'PUT' || !query.has('partNumber') || ++parts !== 2) return undefined;
      for (const session of stage.world.sessions.byKey.values()) session.ends = 0;
      return undefined;
    };
    await page.getByRole('button', { name: 'Send' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Your sign-in is over').waitFor();
    await stage.seat(NORTHMOOR);
    const [tab] = await Promise.all([
      context.waitForEvent('page'),
      dialog.getByRole('button', { name: 'Sign in again' }).click(),
    ]);
    await tab.getByRole('heading', { name: 'You are signed in again' }).waitFor();
    await sees(page, 'To be read by');
    expect(parts).toBe(3);
    expect(sentCount('discharge-desk')).toBe(before + 1);
    for (const key of sent('discharge-desk'))
      if (!known.has(key)) stage.world.buckets.remove(bucketOf(NORTHMOOR), key);
    await context.close();
  }, 90_000);

  it('renews a sign-in without a word, keeps what does so in memory alone, and has the provider forget it at the end', async () => {
    const { page, context } = await stage.officer(NORTHMOOR, {}, { seconds: 40, renews: true });
    const asked = stage.askedOfProviders;
    expect(asked).toContain('GET /auth openid offline_access');
    await stage.seat(NORTHMOOR, { renews: true });
    await page.clock.setSystemTime(Date.now() + 30_000);
    for (const session of stage.world.sessions.byKey.values()) session.ends = 0;
    await page.getByRole('button', { name: 'Look for new messages' }).click();
    await page.getByRole('heading', { name: 'Inbox' }).waitFor();
    await page.getByRole('button', { name: 'Look for new messages' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(asked.filter((each) => each === 'POST /token refresh_token')).toHaveLength(1);
    const keeps = await page.evaluate<string>('JSON.stringify({ ...sessionStorage, ...localStorage })');
    expect(keeps).not.toMatch(/refresh/i);
    await page.getByRole('link', { name: 'Sign out' }).click();
    const everywhere = page.getByRole('button', { name: 'Sign out of everything at Northmoor Council' });
    await everywhere.waitFor();
    expect(asked).toContain('POST /token/revocation');
    // The provider’s own page may load what it likes.
    await page.route(/\/session\/end/, (route) => route.fulfill({ body: 'Do you want to sign out?' }));
    await everywhere.click();
    await page.waitForURL(
      /^https:\/\/sign-in\.northmoor\.example\/session\/end\?client_id=concordat-mailbox$/,
    );
    await context.close();
  }, 60_000);

  it('asks the person where the provider does not renew, and where it gives no such thing at all', async () => {
    const { page, context } = await stage.officer(NORTHMOOR, {}, { seconds: 40, renews: true });
    await page.route(/\/token$/, (route) =>
      route.fulfill({
        status: 400,
        headers: { 'access-control-allow-origin': '*' },
        contentType: 'application/json',
        body: '{"error":"invalid_grant"}',
      }),
    );
    await page.clock.setSystemTime(Date.now() + 30_000);
    for (const session of stage.world.sessions.byKey.values()) session.ends = 0;
    await page.getByRole('button', { name: 'Look for new messages' }).click();
    await page.getByRole('dialog').getByText('Your sign-in is over').waitFor();
    await context.close();

    // One that says in its description what it then refuses.
    const visitor = await stage.visitor(NORTHMOOR);
    await stage.seat(NORTHMOOR);
    const scopes: (string | null)[] = [];
    await visitor.page.route(/\/auth\?/, (route) => {
      const { searchParams } = new URL(route.request().url());
      scopes.push(searchParams.get('scope'));
      if (searchParams.get('scope') === 'openid') return route.continue();
      const back = `${searchParams.get('redirect_uri')}?error=invalid_scope&state=${searchParams.get('state')}`;
      return route.fulfill({ status: 303, headers: { location: back } });
    });
    await visitor.page.getByRole('button', { name: /^Sign in with/ }).click();
    await visitor.page.getByRole('button', { name: 'Look for new messages' }).waitFor();
    expect(scopes).toEqual(['openid offline_access', 'openid']);
    await visitor.context.close();
  }, 60_000);

  it('sends once though the answer is lost, and loses no word when it is loaded anew', async () => {
    await write(a.page, 'Only once', 'Every word stays.');
    await a.page.reload();
    await a.page.getByRole('button', { name: 'Send' }).waitFor();
    expect(await a.page.getByLabel('Message', { exact: true }).inputValue()).toBe('Every word stays.');
    const before = sentCount('discharge-desk');
    let lost = 0;
    stage.meddles = ({ method }) => (method === 'PUT' && lost++ === 0 ? 'lost' : undefined);
    await send(a.page);
    expect(lost).toBe(2);
    expect(sentCount('discharge-desk')).toBe(before + 1);
    const versions = stage.world.record
      .of('deposited')
      .filter(({ key }) => a.page.url().includes(encodeURIComponent(key)));
    expect(versions).toHaveLength(1);
  }, 60_000);

  it('knows after a reload that a message was sent whose answer never came', async () => {
    await write(a.page, 'Sent all the same', 'It is there.');
    const stored = new Promise<void>((done) => {
      stage.meddles = ({ method }) => {
        if (method !== 'PUT') return undefined;
        setTimeout(done);
        return 'lost';
      };
    });
    await a.page.getByRole('button', { name: 'Send' }).click();
    await stored;
    a.page.on('dialog', (dialog) => void dialog.accept());
    await a.page.reload();
    stage.meddles = () => undefined;
    await sees(a.page, 'Your message “Sent all the same” was sent.');
  }, 60_000);

  it('gives a tab that was duplicated a message of its own', async () => {
    await write(a.page, 'One of two', 'In the first tab.');
    const [second] = await Promise.all([
      a.context.waitForEvent('page'),
      a.page.evaluate('void open(location.href)'),
    ]);
    await second.getByLabel('Subject').waitFor();
    expect(await second.getByLabel('Subject').inputValue()).toBe('One of two');
    const id = (page: Page) => page.evaluate<string>("JSON.parse(sessionStorage.getItem('draft')).id");
    expect(await id(second)).not.toBe(await id(a.page));
  }, 60_000);

  it('keeps what is written while it is offline, says so, and sends once it is online', async () => {
    await write(a.page, 'From a train', 'In a tunnel.');
    await a.context.setOffline(true);
    await sees(a.page, 'This computer is offline.');
    await a.page.getByRole('button', { name: 'Send' }).click();
    await a.context.setOffline(false);
    await sees(a.page, 'To be read by');
  }, 60_000);

  it('sends with the right time though the clock of the computer is wrong, and says that it is', async () => {
    const { page, context } = await stage.visitor(NORTHMOOR);
    await stage.seat(NORTHMOOR);
    await page.clock.setSystemTime(Date.now() + 40 * 60_000);
    await page.reload();
    await sees(page, 'The clock of this computer is 40 minutes ahead.');
    await page.getByRole('button', { name: /^Sign in with/ }).click();
    await page.getByRole('button', { name: 'Look for new messages' }).waitFor();
    await write(page, 'On time', 'By the right clock.');
    await send(page);
    await context.close();
  }, 60_000);

  it('says of an agreement that may not be used any more what that means, and shows nothing of it', async () => {
    const refused = {
      status: 403,
      headers: { 'content-type': 'application/xml' },
      body: '<Error><Code>AccessDenied</Code></Error>',
    };
    stage.meddles = ({ query }) =>
      query.has('list-type')
        ? {
            ...refused,
            headers: { ...refused.headers, 'access-control-allow-origin': 'https://mailbox.example.gov.uk' },
          }
        : undefined;
    await a.page.getByRole('link', { name: 'Inbox' }).click();
    await sees(
      a.page,
      'You are not allowed to do this, or not any more. An agreement may have ended or been stopped.',
    );
    expect(await a.page.getByRole('link', { name: /^Message from/ }).count()).toBe(0);
  }, 60_000);

  it('leaves nothing behind once somebody signs out, not in the memory of the tab either, and says so', async () => {
    const { page } = b;
    await inbox(page);
    const memory = await memoryOf(page);
    await page.locator('ol.lines').getByRole('link').last().click();
    await sees(page, 'Please see the plan.');
    await page.evaluate('globalThis.here = true');
    expect(await memory(WITH_MESSAGE)).toContain('Please see the plan.');
    await page.getByRole('link', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await sees(page, 'Nothing of your messages is left in this tab');
    expect(await page.evaluate('typeof globalThis.here')).toBe('undefined');
    const left = await memory();
    expect(left).toContain('You are signed out');
    expect(left).not.toMatch(/Please see the plan|Mrs Example|plan\.pdf/);
    expect(
      await page.evaluate('[sessionStorage.length, localStorage.length, document.cookie, location.hash]'),
    ).toEqual([0, 0, '', '']);
    // Loaded once more, it tells of no sign-out.
    await page.reload();
    await page.getByRole('button', { name: /^Sign in with/ }).waitFor();
    await page.goBack();
    expect(await page.getByRole('link', { name: /^Message from/ }).count()).toBe(0);
  }, 60_000);

  it('shows the digest of the release that it is of', async () => {
    const { digest } = mailboxFolder(stage.world.profileOf(NORTHMOOR));
    await a.page.getByText('Technical details of this page').click();
    await sees(a.page, `Release ${digest}`);
  });

  it('has asked nobody but its own places', () => {
    expect(stage.strangers).toEqual([]);
  });
});

/** Loads the page anew, at the inbox: nothing of what its scripts had is left. */
async function inbox(page: Page) {
  await page.evaluate("location.hash = ''");
  await page.reload();
  await page.getByRole('button', { name: 'Look for new messages' }).waitFor();
}

async function write(
  page: Page,
  subject: string,
  text: string,
  file?: readonly [name: string, text: string],
) {
  await page.getByRole('link', { name: 'Write a message' }).click();
  await page.getByLabel('Subject').fill(subject);
  await page.getByLabel('Message', { exact: true }).fill(text);
  if (file === undefined) return;
  const [name, content] = file;
  await page.getByLabel('Files').setInputFiles({ name, mimeType: '', buffer: Buffer.from(content) });
}

async function send(page: Page) {
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('button', { name: 'Look again' }).waitFor({ timeout: 20_000 });
}

async function sees(page: Page, words: string) {
  await page.getByText(words).first().waitFor({ timeout: 20_000 });
}

/** Saves the receipt that is shown, and has openssl look at it. */
async function verified(page: Page): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-receipt-'));
  try {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the receipt' }).click();
    await (await download).saveAs(join(folder, 'receipt.tar'));
    execFileSync('tar', ['-xf', 'receipt.tar'], { cwd: folder });
    rmSync(join(folder, 'receipt.tar'));
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['checkpoint', 'receipts']));
    // The log’s own signature of the head, by openssl and the key in what was saved: nothing of ours.
    const keys = readdirSync(join(folder, 'keys')).filter((each) => each.endsWith('.pem'));
    const [text = '', signatures = ''] = readFileSync(join(folder, 'checkpoint'), 'utf8').split('\n\n');
    const [, line = ''] = /^\u2014 \S+not-evidence (\S+)$/m.exec(signatures) ?? [];
    writeFileSync(join(folder, 'text'), `${text}\n`);
    // Four bytes of the key’s id come first.
    writeFileSync(join(folder, 'signature'), Buffer.from(line, 'base64').subarray(4));
    const asked = ['pkeyutl', '-verify', '-pubin', '-inkey', join('keys', keys[0] ?? ''), '-rawin'];
    return execFileSync('openssl', [...asked, '-in', 'text', '-sigfile', 'signature'], {
      cwd: folder,
      encoding: 'utf8',
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function messageWith(part: string): string {
  return [
    'From: "Adult safeguarding team" <adult-safeguarding@northmoor.concordat.invalid>',
    'To: <discharge-desk@eastdale.concordat.invalid>',
    'Subject: With an archive',
    'Date: Mon, 5 Oct 2026 09:30:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'See the archive.',
    '--b',
    part,
    '--b--',
    '',
  ].join('\r\n');
}
