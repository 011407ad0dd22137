/**
 * That lists are there as soon as the bucket has told what lies in it, and that what the record tells comes to them later: nothing is
 * claimed before it is known, nothing moves, a screen reader hears of it once, and a record that cannot be asked takes nothing away.
 */
import type { Page, Route } from 'playwright-core';
import { bucketOf, PLAY_AGREEMENT } from '../../lib/mailbox/play/profiles';
import { messageName } from '../../lib/messages';
import { BROWSER, BROWSER_REQUIRED } from '../browser';
import { letter } from './letter';
import { Stage } from './stage';

const [NORTHMOOR, EASTDALE] = ['northmoor', 'eastdale'] as const;
const COUNT = 30;
const LEDGER = /^https:\/\/concordat-play-ledger\./;
const LOOKING_UP = 'Looking up which messages have been opened.';

/** Typed for browsers, which this is none of. */
const { inboxState, sentState } = require('../../lib/mailbox/page/words/states') as {
  readonly inboxState: (message: object) => { readonly label: string };
  readonly sentState: (gone: object, now: number) => { readonly label: string; readonly means: string };
};

describe('before the record has told, and where it could not be asked', () => {
  const unknown = ['being looked up', 'not found out'] as const;

  it.each(unknown)('calls no message new whose opening is %s', (opened) => {
    expect(inboxState({ access: 'ready', opened }).label).toMatch(/^Not known/);
  });

  it.each(unknown)('calls no message new of which it is %s whether it can be opened', (access) => {
    expect(inboxState({ access, opened: 'never' }).label).toMatch(/^Not known/);
    // That it was opened stays true, whatever else is asked.
    expect(inboxState({ access, opened: 0 }).label).toBe('Read');
  });

  it.each(unknown)(
    'says of no message that was sent that it was not read in time while that is %s',
    (opened) => {
      const recipients = [{ id: EASTDALE, name: 'Eastdale Hospitals', collected: undefined }];
      const line = { verdict: { state: 'released' }, recipients, collectBy: 1 };
      expect(sentState({ line, opened }, 2).label).toBe('Delivered');
      expect(sentState({ line, opened: 'never' }, 2).label).toBe('Not read in time');
    },
  );
});

if (BROWSER === undefined && !BROWSER_REQUIRED)
  console.log('not run: lists as they become known. Install Chromium, or name one in CONCORDAT_BROWSER');

(BROWSER === undefined && !BROWSER_REQUIRED ? describe.skip : describe)('in a browser', () => {
  let stage: Stage;
  let page: Page;
  beforeAll(async () => {
    if (BROWSER === undefined)
      throw new Error('there is no browser, and CONCORDAT_BROWSER_REQUIRED asks for one');
    stage = await Stage.open();
    for (let n = 0; n < COUNT; n++)
      stage.world.buckets.put(
        bucketOf(NORTHMOOR),
        keyOf(n),
        { mediaType: 'message/rfc822', metadata: {} },
        Buffer.from(letter({ text: `The letter ${n}.` })),
      );
    await stage.world.turn();
    // A colleague has opened one.
    const sent = stage.world.record.of('deposited').find(({ key }) => key === keyOf(3));
    if (sent === undefined) throw new Error('the record has what was sent');
    stage.world.record.note({ ...sent, kind: 'collected', recipient: EASTDALE, time: Date.now() });
    ({ page } = await stage.officer(EASTDALE));
  }, 60_000);
  afterAll(() => stage?.close());
  afterEach(() => page?.unrouteAll({ behavior: 'ignoreErrors' }));

  const labels = async () => {
    const all = await page.locator('.line .govuk-tag').allInnerTexts();
    return Object.fromEntries(
      [...new Set(all)].map((label) => [label, all.filter((each) => each === label).length]),
    );
  };
  const status = (words: string | RegExp) => page.getByRole('status').filter({ hasText: words });
  /** Where each message, its label and what stands above them are. */
  const places = () =>
    page.evaluate<string>(
      "JSON.stringify([...document.querySelectorAll('h1, #search, .lines a, .line-state, .line > p')].map((each) => each.getBoundingClientRect()).map(({ left, top, height }) => [left, top + scrollY, height]))",
    );
  /** Goes to the inbox, with none of what an earlier page knew. */
  const loads = async () => {
    await page.evaluate("location.hash = ''");
    await page.reload();
    await page.getByText(`${COUNT} messages`).waitFor();
  };

  it.each([1280, 390])(
    'shows each message before the record has told of any, says that once, and moves nothing, at %i pixels',
    async (width) => {
      await page.setViewportSize({ width, height: 900 });
      const [looks, record] = [held(), held()];
      await page.route(
        (address) => address.pathname.endsWith('.eml'),
        (route) => (route.request().method() === 'HEAD' ? looks.passes(route) : route.fallback()),
      );
      await page.route(LEDGER, record.passes);
      await loads();
      expect(await labels()).toEqual({ 'Not known yet': COUNT });
      await status(LOOKING_UP).waitFor();
      const before = await places();
      await page.locator('.lines a').nth(2).focus();
      await page.evaluate(
        "globalThis.heard = []; for (const each of document.querySelectorAll('[role=status]')) new MutationObserver(() => heard.push(each.textContent)).observe(each, { childList: true, characterData: true, subtree: true })",
      );
      looks.lets();
      // It is looked at all of them, and the record alone is waited for.
      await record.isAsked;
      expect(await labels()).toEqual({ 'Not known yet': COUNT });
      record.lets();
      await status('1 of them has been opened.').waitFor();
      expect(await labels()).toEqual({ New: COUNT - 1, Read: 1 });
      expect(await places()).toBe(before);
      expect([...new Set(await page.evaluate<string[]>('heard'))]).toEqual(['1 of them has been opened.']);
      expect(await page.evaluate('document.activeElement === document.querySelectorAll(".lines a")[2]')).toBe(
        true,
      );
      await page.setViewportSize({ width: 1280, height: 900 });
    },
    60_000,
  );

  it('opens a message while the record is still asked', async () => {
    const record = held();
    await page.route(LEDGER, record.passes);
    await loads();
    await status(LOOKING_UP).waitFor();
    await page.locator('.lines a').first().click();
    await page.getByRole('button', { name: 'Reply' }).waitFor();
    await page.getByRole('link', { name: 'Back to the inbox' }).click();
    // What this tab has opened itself it knows.
    await page.getByText(`${COUNT} messages`).waitFor();
    expect(await labels()).toEqual({ Read: 1, 'Not known yet': COUNT - 1 });
    record.lets();
    await status('2 of them have been opened.').waitFor();
  }, 60_000);

  it.each([
    ['cannot be reached', (route: Route) => route.abort(), 'The mailbox cannot be reached.'],
    [
      'is not shown to them',
      (route: Route) => route.fulfill({ status: 403, headers: CORS_OF_ALL, body: DENIED }),
      'The record of what happened to messages cannot be seen.',
    ],
    [
      'is not what it says',
      (route: Route) => route.fulfill({ headers: CORS_OF_ALL, body: 'no checkpoint' }),
      'The record of what happened to messages does not prove what it says.',
    ],
  ])(
    'keeps the messages where the record %s, says so beside them, and calls none new',
    async (_what, answers, why) => {
      await page.setViewportSize({ width: 390, height: 900 });
      const record = held();
      await page.route(LEDGER, answers);
      await page.route(LEDGER, record.passes);
      await page.clock.install();
      await loads();
      const before = await places();
      record.lets();
      await passesQuickly(page, status('It is not known which have been opened.').waitFor());
      expect(await labels()).toEqual({ 'Not known': COUNT });
      expect(await places()).toBe(before);
      await page.setViewportSize({ width: 1280, height: 900 });
      const order = await page
        .locator('h1, .lines, .govuk-inset-text')
        .evaluateAll((all) => all.map(({ className, localName }) => className || localName));
      expect(order).toEqual(['govuk-heading-l', 'lines', 'govuk-inset-text']);
      await page.getByRole('link', { name: 'See why' }).click();
      expect(await page.evaluate<string>('document.activeElement.textContent')).toContain(why);
      await page.locator('.lines a').first().click();
      await page.getByRole('button', { name: 'Reply' }).waitFor();
    },
    90_000,
  );

  it('says of what the record told that it is known, where it was not found out whether one can be opened', async () => {
    await page.route(
      (address) => decodeURIComponent(address.pathname).endsWith(keyOf(5)),
      (route) => route.fulfill({ status: 400, headers: CORS_OF_ALL }),
    );
    await loads();
    await status(
      /^\d+ of them (?:has|have) been opened\. It is not known whether all of them can be opened\. See why$/,
    ).waitFor();
    const { New = 0, Read = 0, ...others } = await labels();
    expect([New + Read, others]).toEqual([COUNT - 1, { 'Not known': 1 }]);
  }, 60_000);

  it('shows what was sent as it stands in the bucket, and then who has read it', async () => {
    const { page: own, context } = await stage.officer(NORTHMOOR);
    const record = held();
    await own.route(LEDGER, record.passes);
    await own.getByRole('link', { name: 'Sent', exact: true }).click();
    await own.getByText(`${COUNT} messages`).waitFor();
    await own.getByText('Looking up which messages have been read.').waitFor();
    expect(new Set(await own.locator('.govuk-tag').allInnerTexts())).toEqual(new Set(['Delivered']));
    await own.evaluate(`location.hash = ${JSON.stringify(`sent=${encodeURIComponent(keyOf(3))}`)}`);
    await own.getByText('Looking up whether it has been read.').waitFor();
    await own.getByText('Being looked up', { exact: true }).waitFor();
    record.lets();
    await own.getByText(/^Opened by Eastdale Hospitals on/).waitFor();
    await own.getByRole('link', { name: 'Back to what was sent' }).click();
    await own.getByText(/^\d+ of them have been read\.$/).waitFor();
    await context.close();
  }, 60_000);
});

const DENIED = '<Error><Code>AccessDenied</Code></Error>';
const CORS_OF_ALL = { 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' };

function keyOf(n: number): string {
  return `agreements/${PLAY_AGREEMENT}/${messageName({ inbox: 'discharge-desk', id: `${n}@northmoor` })}`;
}

/** Has the page’s time pass, a second at once, until something has come: it asks four times more of what cannot be reached, within 14 s. */
async function passesQuickly(page: Page, comes: Promise<void>): Promise<void> {
  let isThere = false;
  const there = comes.finally(() => {
    isThere = true;
  });
  while (!isThere) await page.clock.runFor(1_000);
  await there;
}

/** Requests that wait until they are let through. */
function held() {
  let lets: () => void = () => undefined;
  const open = new Promise<void>((done) => {
    lets = done;
  });
  let asked: () => void = () => undefined;
  const isAsked = new Promise<void>((done) => {
    asked = done;
  });
  const passes = async (route: Route) => {
    asked();
    await open;
    await route.fallback();
  };
  return { passes, lets, isAsked };
}
