/**
 * How the mailbox looks and what it lets through: axe finds nothing on any screen, nothing is wider than a telephone, no word of the
 * technology is seen; and whatever a message holds, nothing of it runs and nothing is loaded.
 *   CONCORDAT_SHOTS=FOLDER keeps each screen as a picture and as HTML, and has axe look at both widths in both schemes
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { bucketOf, PLAY_AGREEMENT } from '../../lib/mailbox/play/profiles';
import { messageName } from '../../lib/messages';
import { BROWSER, BROWSER_REQUIRED } from '../browser';
import { FIRST_LOOK, faultsOf, SHOTS } from './faults-of';
import { letter } from './letter';
import { HOSTILE_HTML, SWALLOWING } from './showing/hostile-html';
import { hostileMessage } from './showing/messages';
import { Shower } from './showing/shower';
import { Stage } from './stage';

const KEEP_A_COPY = 'You cannot open it here again once it is sent. Keep a copy if you need one.';
const [NORTHMOOR, EASTDALE] = ['northmoor', 'eastdale'] as const;
/** Of the 10,000 that `npm run fuzz:mailbox` has shown. */
const DRAWN = 25;
/** One of them that the library which cleans HTML cannot take apart. */
const NOT_CLEANED = 2_526;
/** And one whose words, as one block, a browser does not lay out within half a minute. */
const SLOW = 5_033;
/** And one whose formatting would be millions of elements, more than a tab holds. */
const OPENED_AGAIN = 953;
if (BROWSER === undefined && !BROWSER_REQUIRED)
  console.log('not run: how the mailbox looks. Install Chromium, or name one in CONCORDAT_BROWSER');

(BROWSER === undefined && !BROWSER_REQUIRED ? describe.skip : describe)('in a browser', () => {
  let stage: Stage;
  beforeAll(async () => {
    if (BROWSER === undefined)
      throw new Error('there is no browser, and CONCORDAT_BROWSER_REQUIRED asks for one');
    stage = await Stage.open();
    put(
      'a-plain-letter',
      letter({
        text: 'Dear colleagues,\n\nplease see the plan.\n\nJo Marsh',
        html: '<p>Dear <b>colleagues</b></p>',
      }),
    );
    put(
      'with-odd-names',
      letter({
        from: '"Adult saf\u0435guarding team" <somebody@elsewhere.example>',
        text: 'Open this.',
        file: 'plan.pdf.exe',
      }),
    );
    put('hostile', letter({ html: HOSTILE_HTML.join('\n') }));
    for (const [n, html] of SWALLOWING.entries()) put(`hostile-${n}`, letter({ html }));
    put('not-allowed', letter({ text: 'See the archive.', type: 'application/zip', file: 'a.zip' }));
  }, 60_000);
  afterAll(() => stage?.close());

  /** Somebody at Eastdale, under the policy of the page, at whose inbox test after test begins. */
  let reader: Page | undefined;
  async function atInbox(): Promise<Page> {
    reader ??= (await stage.officer(EASTDALE)).page;
    await reader.evaluate("location.hash = ''");
    await reader.reload();
    await reader.getByRole('button', { name: 'Look for new messages' }).waitFor();
    return reader;
  }

  /** Puts a message into the inbox of Eastdale. */
  function put(name: string, text: string): void {
    const key = `agreements/${PLAY_AGREEMENT}/${messageName({ inbox: 'discharge-desk', id: `${name}@northmoor` })}`;
    stage.world.buckets.put(
      bucketOf(NORTHMOOR),
      key,
      { mediaType: 'message/rfc822', metadata: {} },
      Buffer.from(text),
    );
  }
  const keyOf = (name: string) =>
    encodeURIComponent(`agreements/${PLAY_AGREEMENT}/discharge-desk/${name}@northmoor.eml`);

  it('has no fault that axe finds on any screen, wide and narrow, light and dark, and says no word of the technology', async () => {
    const found: unknown[] = [];
    const look = async (page: Page, name: string) => void found.push(...(await faultsOf(page, name)));

    const visitor = await stage.visitor(EASTDALE, { bypassCSP: true });
    await visitor.page.getByRole('button', { name: /^Sign in with/ }).waitFor();
    await look(visitor.page, 'sign-in');
    if (SHOTS !== undefined)
      writeFileSync(
        join(SHOTS, 'index.html'),
        await visitor.page.evaluate<string>("fetch('.').then((answer) => answer.text())"),
      );
    await visitor.context.close();

    const { page, context } = await stage.officer(EASTDALE, { bypassCSP: true });
    await look(page, 'inbox');
    await to(page, `message=${keyOf('a-plain-letter')}`, 'Reply');
    await page.getByText('Show it with its formatting').click();
    await look(page, 'message');
    await to(page, `message=${keyOf('with-odd-names')}`, 'Reply');
    await look(page, 'message-with-warnings');
    await to(page, `message=${keyOf('not-allowed')}`);
    await page.getByText('a check has stopped it').waitFor();
    await page.getByRole('link', { name: 'Back to the inbox' }).waitFor();
    await look(page, 'message-held');
    await to(page, `receipt=${keyOf('a-plain-letter')}`, 'Save the receipt');
    await look(page, 'receipt');
    await to(page, 'sent', 'Look again');
    await look(page, 'sent-empty');
    await to(page, 'write', 'Send');
    await look(page, 'write');
    await page.getByLabel('Files').setInputFiles([
      { name: 'plan.pdf', mimeType: '', buffer: Buffer.from('%PDF') },
      { name: 'table.xlsx', mimeType: '', buffer: Buffer.from('PK') },
    ]);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('There is a problem').waitFor();
    await look(page, 'write-with-faults');
    await page.setViewportSize({ width: 1280, height: 800 });
    for (const [name, described] of [
      ['Subject', 'Error: Enter a subject'],
      ['Message', `${KEEP_A_COPY} Error: Enter a message`],
    ] as const)
      expect(await descriptionOf(page.getByLabel(name, { exact: true }))).toBe(described);
    expect(await descriptionOf(page.getByLabel('Files'))).toMatch(
      /^The agreement allows .+ Error: table\.xlsx is/,
    );
    // To be seen, too.
    expect(await page.locator('#text-hint + #text-error, #files-hint + #files-error').count()).toBe(2);
    expect(await page.title()).toMatch(/^Error: /);
    await page.getByRole('button', { name: 'Remove table.xlsx' }).click();
    expect(await descriptionOf(page.getByLabel('Files'))).toMatch(/^The agreement allows [^:]+$/);
    await page.evaluate(
      'history.replaceState(null, "", "#message=nothing"), dispatchEvent(new Event("hashchange"))',
    );
    await page.getByText('cannot be opened').first().waitFor();
    await context.close();

    const owner = await stage.officer(NORTHMOOR, { bypassCSP: true });
    await to(owner.page, 'sent', 'Look again');
    await look(owner.page, 'sent');
    await to(owner.page, `sent=${keyOf('not-allowed')}`, 'Look again');
    await look(owner.page, 'sent-stopped');
    await to(owner.page, `recall=${keyOf('a-plain-letter')}`, 'Take it back');
    await look(owner.page, 'recall');
    await owner.context.setOffline(true);
    await owner.page.getByText('This computer is offline').waitFor();
    await look(owner.page, 'offline');
    await owner.context.setOffline(false);
    await to(owner.page, 'sign-out', 'Sign in again');
    await look(owner.page, 'signed-out');
    await owner.context.close();
    expect(found).toEqual([]);
  }, 240_000);

  it('would hear axe complain', async () => {
    const { page, context } = await stage.visitor(EASTDALE, { bypassCSP: true });
    await page.getByRole('button', { name: /^Sign in with/ }).waitFor();
    await page.evaluate('document.body.append(document.createElement("img"))');
    expect(await faultsOf(page, 'spoilt', [FIRST_LOOK])).not.toEqual([]);
    await context.close();
  }, 60_000);

  it('runs nothing of a message, loads nothing, and leads nowhere', async () => {
    const page = await atInbox();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('dialog', (dialog) => {
      asked.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    await to(page, `message=${keyOf('hostile')}`, 'Reply');
    const formatted = page.locator('.formatted');
    await formatted.getByText('the last of them').waitFor();
    // All that is left are words, lists and tables, without an attribute that does anything.
    const left = await page.evaluate(
      "[...new Set([...document.querySelectorAll('.formatted *')].flatMap((each) => [each.localName, ...each.getAttributeNames()]))].sort()",
    );
    expect(left).toEqual(['b', 'br', 'colspan', 'div', 'p', 'strong', 'table', 'tbody', 'td', 'tr']);
    for (const each of await formatted.locator('*').all()) await each.dispatchEvent('click');
    for (const n of SWALLOWING.keys()) {
      await to(page, 'inbox', 'Look for new messages');
      await to(page, `message=${keyOf(`hostile-${n}`)}`, 'Reply');
    }
    expect(
      await page.evaluate(
        '[typeof window.ran, document.title, location.origin, document.querySelectorAll("main").length]',
      ),
    ).toEqual(['undefined', 'Message - Secure messages', 'https://mailbox.example.gov.uk', 1]);
    expect(asked.filter((each) => !OWN.test(each))).toEqual([]);
    expect(stage.strangers).toEqual([]);
  }, 60_000);

  it.each(['with policy', 'without'] as const)(
    'shows what is drawn to do harm, %s: nothing of it runs, loads or pretends',
    async (policy) => {
      const shower = await Shower.open(await stage.browser(), policy);
      const first = policy === 'without' ? DRAWN : 0;
      const all = await shower.show(
        [...Array.from({ length: DRAWN }, (_, n) => first + n), NOT_CLEANED, SLOW, OPENED_AGAIN].map(
          hostileMessage,
        ),
      );
      expect(all.flatMap(({ faults }, n) => faults.map((each) => `${first + n}: ${each}`))).toEqual([]);
      expect(shower.strangers).toEqual([]);
      // Most get as far as the page.
      expect(all.filter(({ became }) => became === 'shown').length).toBeGreaterThan(DRAWN / 2);
      await shower.close();
    },
    60_000,
  );

  it('shows the address of a link as words', async () => {
    const page = await atInbox();
    await to(page, `message=${keyOf('hostile')}`, 'Reply');
    await page.locator('.formatted').getByText('your bank [https://evil.example/login]').waitFor();
    expect(await page.locator('.formatted a').count()).toBe(0);
  }, 60_000);

  it('is worked by the keyboard alone: skip link, then the menu, and each screen begins at its heading', async () => {
    const page = await atInbox();
    const focused = () => page.evaluate<string>('document.activeElement.textContent.trim()');
    expect(await focused()).toBe('Inbox');
    const seen: string[] = [];
    for (let n = 0; n < 5; n++) {
      await page.keyboard.press('Shift+Tab');
      seen.push(await focused());
    }
    expect(seen).toEqual(['Sign out', 'Write a message', 'Sent', 'Inbox', 'Skip to main content']);
    for (let n = 0; n < 3; n++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByLabel('Subject').waitFor();
    expect(await focused()).toBe('Write a message');
  }, 60_000);

  it('takes a message there and an answer back by the keyboard alone, in forced colours and without motion, and shows at each step where one is', async () => {
    const look = { forcedColors: 'active', reducedMotion: 'reduce' } as const;
    const signedIn = async (id: string) => {
      await stage.seat(id);
      const { page, context } = await stage.visitor(id, look);
      await page.getByRole('button', { name: /^Sign in with/ }).waitFor();
      await tabTo(page, /^Sign in with/);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Look for new messages' }).waitFor();
      return { page, context };
    };
    const types = async (page: Page, into: RegExp, words: string) => {
      await tabTo(page, into);
      await page.keyboard.type(words);
    };
    const sends = async (page: Page, subject: string) => {
      await tabTo(page, /^Send$/);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: subject }).waitFor({ timeout: 20_000 });
    };
    const a = await signedIn(NORTHMOOR);
    await tabTo(a.page, /^Write a message$/);
    await a.page.keyboard.press('Enter');
    await a.page.getByLabel('Subject').waitFor();
    await tabTo(a.page, /^Discharge desk/);
    await types(a.page, /^Subject$/, 'By hand');
    await types(a.page, /^Message$/, 'Nothing but keys.');
    await tabTo(a.page, /^Files$/);
    if (SHOTS !== undefined)
      await a.page.screenshot({ path: join(SHOTS, 'forced-colours.png'), fullPage: true });
    await sends(a.page, 'By hand');

    const b = await signedIn(EASTDALE);
    await tabTo(b.page, /^Message from Northmoor Council$/);
    await b.page.keyboard.press('Enter');
    await b.page.getByRole('heading', { level: 1, name: 'By hand' }).waitFor();
    await tabTo(b.page, /^Nothing but keys\.$/);
    await tabTo(b.page, /^Reply$/);
    await b.page.keyboard.press('Enter');
    await b.page.getByRole('heading', { level: 1, name: 'Reply' }).waitFor();
    await types(b.page, /^Message$/, 'Nor here.');
    await sends(b.page, 'Re: By hand');
    expect(await b.page.evaluate('document.getAnimations().length')).toBe(0);
    await a.context.close();
    await b.context.close();
  }, 60_000);
});

/** Presses Tab until what has the focus is called so. @throws Error where nothing is, or where it is not seen to have the focus */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let times = 0; times < 60; times++) {
    await page.keyboard.press('Tab');
    const [called, style, width] = await page.evaluate<[string, string, number]>(FOCUS);
    if (called !== '' && (style === 'none' || width < 3))
      throw new Error(`nobody sees that “${called}” has the focus: ${style} ${width}px`);
    if (name.test(called)) return;
  }
  throw new Error(`Tab never comes to ${name}`);
}

/** What has the focus, and the line around it: of radio buttons what is drawn beside them has it. */
const FOCUS = `(() => {
  const focused = document.activeElement;
  if (focused === document.body) return ['', 'none', 0];
  const [label] = focused.labels ?? [];
  const { outlineStyle, outlineWidth } = focused.type === 'radio' ? getComputedStyle(label, '::before') : getComputedStyle(focused);
  return [(label ?? focused).textContent.trim(), outlineStyle, Number.parseFloat(outlineWidth)];
})()`;

/** Goes to a screen, once there is a button on it. */
async function to(page: Page, where: string, button?: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(where)}`);
  if (button !== undefined) await page.getByRole('button', { name: button, exact: true }).first().waitFor();
}

/** What the page asks for by itself: messages, its own part that reads them, and its own picture for the tab. */
const OWN =
  /^https:\/\/(?:[a-z0-9-]+\.(?:s3|s3-accesspoint)\.eu-west-2\.amazonaws\.com|sts\.eu-west-2\.amazonaws\.com|mailbox\.example\.gov\.uk\/eastdale\/(?:icon-[0-9a-f]{20}\.svg|reading-[0-9a-f]{20}\.js)$)/;

/** What a screen reader says of a field after its label: as GOV.UK has it, the hint first, then what is wrong. */
async function descriptionOf(field: Locator): Promise<string> {
  const ids = (await field.getAttribute('aria-describedby'))?.split(' ') ?? [];
  return (await Promise.all(ids.map((id) => field.page().locator(`#${id}`).textContent()))).join(' ');
}
