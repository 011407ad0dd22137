/** That a sign-out in one tab is one in all tabs of the same page, once each, and that nothing is lost by it unasked. */
import type { BrowserContext, Page } from 'playwright-core';
import { BROWSER, BROWSER_REQUIRED } from '../browser';
import { Stage } from './stage';

const HERE = 'https://mailbox.example.gov.uk/northmoor/';

(BROWSER === undefined && !BROWSER_REQUIRED ? describe.skip : describe)('tabs of one browser', () => {
  let stage: Stage;
  let first: Page;
  let second: Page;
  let context: BrowserContext;
  beforeAll(async () => {
    stage = await Stage.open();
  }, 60_000);
  afterAll(() => stage?.close());
  beforeEach(async () => {
    ({ page: first, context } = await stage.officer('northmoor'));
    // Duplicated, which has the sign-in of the first.
    [second] = await Promise.all([context.waitForEvent('page'), first.evaluate('void open(location.href)')]);
    await second.getByRole('button', { name: 'Look for new messages' }).waitFor();
  }, 60_000);
  afterEach(() => context.close());

  /** One that somebody signs in by itself. */
  async function anotherTab(address = HERE): Promise<Page> {
    const page = await context.newPage();
    await page.goto(address);
    await page.getByRole('button', { name: /^Sign in with/ }).click();
    await page.getByRole('button', { name: 'Look for new messages' }).waitFor();
    return page;
  }
  const goTo = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click();
  const isSignedOut = (page: Page) => page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  const write = async (page: Page, subject: string) => {
    await goTo(page, 'Write a message');
    await page.getByLabel('Subject').fill(subject);
    await page.getByLabel('Message', { exact: true }).fill('Words.');
  };

  it('are all signed out by a sign-out in one, which says so once, and keep nothing', async () => {
    const third = await anotherTab(`${HERE}#sent`);
    // What is said among tabs, as another page of the same origin hears it.
    const listens = await context.newPage();
    await listens.goto(`${HERE}concordat-profile.json`);
    await listens.evaluate(
      "globalThis.said = []; globalThis.heard = new BroadcastChannel('concordat-sign-out'); heard.onmessage = ({ data }) => said.push(data.says)",
    );
    await goTo(first, 'Sign out');
    for (const page of [first, second, third]) await isSignedOut(page);
    expect(await second.getByText('You signed out in another tab, and so here too.').count()).toBe(1);
    expect(await first.getByText('You signed out in another tab, and so here too.').count()).toBe(0);
    for (const page of [first, second, third]) {
      expect(await page.evaluate('JSON.stringify({ ...sessionStorage })')).toBe('{}');
      expect(await page.evaluate('location.hash')).toBe('');
      await page.evaluate("location.hash = 'sent'");
      await isSignedOut(page);
    }
    expect(await listens.evaluate('said')).toEqual(['asks', 'signed-out']);
  }, 60_000);

  it('of another organisation’s page on the same host go on', async () => {
    await stage.seat('eastdale');
    const other = await context.newPage();
    await other.goto('https://mailbox.example.gov.uk/eastdale/');
    await other.getByRole('button', { name: /^Sign in with/ }).click();
    await other.getByRole('button', { name: 'Look for new messages' }).waitFor();
    await goTo(first, 'Sign out');
    await isSignedOut(second);
    await goTo(other, 'Sent');
    await other.getByRole('heading', { name: 'Sent' }).waitFor();
  }, 60_000);

  it('are not signed out over a message that is on its way in one of them', async () => {
    let letGo = () => {};
    const held = new Promise<void>((done) => {
      letGo = done;
    });
    await second.route(/\.s3\.eu-west-2/, async (route) => {
      if (route.request().method() === 'PUT') await held;
      await route.continue();
    });
    await write(second, 'Slow');
    await second.getByRole('button', { name: 'Send' }).click();
    await second
      .getByText(/^Sending: /)
      .first()
      .waitFor();
    await goTo(first, 'Sign out');
    await first.getByText('“Slow” is on its way in another tab. Sign out once it is sent').waitFor();
    letGo();
    await second.getByText('Your message “Slow” was sent.').waitFor();
    await first.getByRole('button', { name: 'Try again' }).click();
    await isSignedOut(first);
    await isSignedOut(second);
  }, 60_000);

  it('show no late answer once they are signed out elsewhere, and where the page cannot be had say to close them, until it can', async () => {
    let letGo = () => {};
    const held = new Promise<void>((done) => {
      letGo = done;
    });
    await second.route(/\.s3\.eu-west-2/, async (route) => {
      await held;
      await route.continue();
    });
    await goTo(second, 'Sent');
    await second.getByText('One moment').waitFor();
    await second.route(HERE, (route) => route.abort());
    await goTo(first, 'Sign out');
    await isSignedOut(second);
    await second.getByText('Close this tab: the mailbox cannot be reached now').waitFor();
    const answered = second.waitForResponse(/\.s3\.eu-west-2/);
    letGo();
    await answered;
    await second.waitForLoadState('networkidle');
    expect(await second.getByRole('heading', { level: 1 }).innerText()).toBe('You are signed out');
    expect(await second.evaluate('sessionStorage.length')).toBe(0);
    await second.unroute(HERE);
    await second.getByText('Nothing of your messages is left in this tab').waitFor();
    await second.getByText('You signed out in another tab, and so here too.').waitFor();
  }, 60_000);

  it('lose no message that was begun before somebody says so', async () => {
    await write(second, 'Begun');
    await goTo(first, 'Sign out');
    await first.getByText('You are writing “Begun” in another tab. It is lost once you sign out.').waitFor();
    await first.getByRole('button', { name: 'Stay signed in' }).click();
    await first.getByRole('heading', { name: 'Inbox' }).waitFor();
    await goTo(second, 'Sign out');
    await second.getByText('You are writing “Begun”. It is lost once you sign out.').waitFor();
    await second.getByRole('button', { name: 'Go on with it' }).click();
    expect(await second.getByLabel('Subject').inputValue()).toBe('Begun');
    await goTo(first, 'Sign out');
    await first.getByRole('button', { name: 'Discard it, and sign out' }).click();
    await isSignedOut(first);
    await isSignedOut(second);
    // Somebody may come back to that tab later, and a tab that was asleep was in no question.
    await second.getByText('The message that you were writing in this tab was not sent').waitFor();
    expect(await first.getByText('The message that you were writing').count()).toBe(0);
    expect(await second.evaluate('JSON.stringify({ ...sessionStorage })')).toBe('{}');
  }, 60_000);

  it('that ask to sign in again wait no longer, and nobody is signed in by what they had waited for', async () => {
    await stage.seat('northmoor', { seconds: 40 });
    const over = await context.newPage();
    await over.goto(HERE);
    await context.clearCookies();
    await over.getByRole('button', { name: /^Sign in with/ }).click();
    await over.getByRole('button', { name: 'Look for new messages' }).waitFor();
    await over.clock.setSystemTime(Date.now() + 4_000_000);
    await goTo(over, 'Sent');
    await over.getByRole('heading', { name: 'Your sign-in is over' }).waitFor();
    await goTo(first, 'Sign out');
    await isSignedOut(over);
    expect(await over.locator('dialog').count()).toBe(0);
    expect(await over.evaluate('JSON.stringify({ ...sessionStorage })')).toBe('{}');
  }, 60_000);
});
