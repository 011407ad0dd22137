/**
 * That an officer who has never seen the mailbox has sent a first message within two minutes: from its address to “was sent”, in the
 * page as `mailbox serve` serves it. Their provider’s own sign-in is the one that they have for e-mail: one click here.
 *   CONCORDAT_SHOTS=FOLDER keeps each screen as a picture, wide and narrow
 */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type ServedPlay, servePlay } from '../../lib/mailbox/play/server';
import { BROWSER, BROWSER_REQUIRED, browse } from '../browser';
import { SHOTS } from './faults-of';
import { Newcomer } from './keystrokes';

const MOST_SECONDS = 120;
const SUBJECT = 'Discharge from ward 4 on Friday';
const TEXT = 'Please ring me about the care plan before noon today. I am on 01632 960001. Jo Marsh';

if (BROWSER === undefined && !BROWSER_REQUIRED)
  console.log('not run: the first message. Install Chromium, or name one in CONCORDAT_BROWSER');

(BROWSER === undefined && !BROWSER_REQUIRED ? describe.skip : describe)('somebody new to the mailbox', () => {
  let play: ServedPlay;
  let browser: Browser;
  beforeAll(async () => {
    play = await servePlay(0);
    browser = await browse();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await play?.close();
  });

  it('has sent a first message within two minutes, as the keystroke-level model counts, with all reading', async () => {
    const page = await browser.newPage();
    page.setDefaultTimeout(20_000);
    const somebody = new Newcomer(page);
    const button = (name: string | RegExp) => page.getByRole('button', { name });
    await page.goto(play.organisations[0]?.address ?? '');
    const signIn = button(/^Sign in with/);
    await somebody.reads('the first screen', signIn);
    await picture(page, '1-first');
    await somebody.clicks('Sign in', signIn);
    const own = page.locator('a').first();
    await page.getByText('Choose somebody').waitFor();
    await somebody.clicks('their own name', own);
    await somebody.reads('the inbox', button('Look for new messages'));
    await picture(page, '2-inbox');
    await somebody.clicks('Write a message', page.getByRole('link', { name: 'Write a message' }));
    await somebody.reads('the form', button('Send'));
    await picture(page, '3-write');
    await somebody.clicks('Subject', page.getByLabel('Subject'));
    await somebody.types('a subject', SUBJECT);
    await somebody.clicks('Message', page.getByLabel('Message', { exact: true }));
    await somebody.types('a message', TEXT);
    await somebody.clicks('Send', button('Send'));
    const told = page.getByText(`Your message “${SUBJECT}” was sent.`);
    await somebody.reads('that it was sent', told, told);
    await picture(page, '4-sent');
    const { did, took } = somebody;
    console.log(
      [...did, ['in all', took] as const]
        .map(([what, s]) => `${s.toFixed(1).padStart(6)} s  ${what}`)
        .join('\n'),
    );
    expect(took).toBeLessThan(MOST_SECONDS);
    // It counts: nobody types that much, and reads that little, in less.
    expect(took).toBeGreaterThan(SUBJECT.length * 0.28 + TEXT.length * 0.28);
    await page.close();
  }, 60_000);
});

async function picture(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.screenshot({ path: join(SHOTS, `first-message-${name}-${width}.png`), fullPage: true });
  }
}
