/** What a tab keeps of messages, for whom and for how long: nothing is for whoever comes next, and nothing that is under way is lost. */
import type { Page } from 'playwright-core';
import { bucketOf, PLAY_AGREEMENT } from '../../lib/mailbox/play/profiles';
import { addDays, today } from '../../lib/register/calendar';
import { profileText } from '../../lib/wire';
import { BROWSER, BROWSER_REQUIRED } from '../browser';
import { Stage } from './stage';

const ORIGIN = 'https://mailbox.example.gov.uk';
const REFUSED = {
  status: 403,
  headers: { 'content-type': 'application/xml', 'access-control-allow-origin': ORIGIN },
  body: '<Error><Code>AccessDenied</Code></Error>',
};

/** Good for longer than the agreement. */
const TOKEN_OF_DAYS = { seconds: 259_200 };

(BROWSER === undefined && !BROWSER_REQUIRED ? describe.skip : describe)('a tab', () => {
  let stage: Stage;
  let page: Page;
  /** Somebody who reads at the other organisation. */
  let reader: Page;
  beforeAll(async () => {
    stage = await Stage.open({ until: addDays(today(), 1) });
    ({ page } = await stage.officer('northmoor'));
    page.setDefaultTimeout(15_000);
  }, 60_000);
  afterAll(() => stage?.close());
  afterEach(() => {
    stage.meddles = () => undefined;
  });

  const sees = (words: string | RegExp) => page.getByText(words).first().waitFor({ timeout: 20_000 });
  const goTo = (name: string) => page.getByRole('link', { name, exact: true }).click();
  const write = async (subject: string, text: string) => {
    await goTo('Write a message');
    await page.getByLabel('Subject').fill(subject);
    await page.getByLabel('Message', { exact: true }).fill(text);
  };
  const send = () => page.getByRole('button', { name: 'Send' }).click();
  const sentCount = () =>
    stage.world.buckets.below(bucketOf('northmoor'), `agreements/${PLAY_AGREEMENT}/discharge-desk/`).length;

  it('keeps the files that were chosen while somebody looks at the inbox', async () => {
    await write('With a file', 'See the file.');
    await page
      .getByLabel('Files')
      .setInputFiles({ name: 'plan.txt', mimeType: '', buffer: Buffer.from('a plan') });
    await goTo('Inbox');
    await page.getByRole('heading', { name: 'Inbox' }).waitFor();
    await goTo('Write a message');
    await page.getByRole('button', { name: 'Remove plan.txt' }).waitFor();
    expect(await page.getByText('Choose these files again').count()).toBe(0);
  }, 60_000);

  it('discards what was written once that is confirmed, and keeps it with its files where it is not', async () => {
    await page.getByRole('button', { name: 'Discard' }).click();
    await sees('“With a file” was not sent, and nobody can bring it back.');
    await page.getByRole('button', { name: 'Go on with it' }).click();
    await page.getByRole('button', { name: 'Remove plan.txt' }).waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('button', { name: 'Discard it' }).click();
    await page.getByRole('heading', { name: 'Inbox' }).waitFor();
    await goTo('Write a message');
    expect(await page.getByLabel('Subject').inputValue()).toBe('');
    // Nothing is asked of nothing.
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('heading', { name: 'Inbox' }).waitFor();
  }, 60_000);

  it('asks before files are discarded to which nothing was written yet, and goes back to them by the navigation too', async () => {
    await goTo('Write a message');
    await page
      .getByLabel('Files')
      .setInputFiles({ name: 'plan.txt', mimeType: '', buffer: Buffer.from('a plan') });
    await page.getByRole('button', { name: 'Discard' }).click();
    await sees('The message without a subject was not sent, and nobody can bring it back.');
    // The address is that of writing already.
    await goTo('Write a message');
    await page.getByRole('button', { name: 'Remove plan.txt' }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('heading', { name: 'Inbox' }).waitFor();
  }, 60_000);

  it('says that an earlier try had arrived, where the words were changed after its answer was lost', async () => {
    await write('Tried twice', 'As it was first.');
    const before = sentCount();
    let puts = 0;
    stage.meddles = ({ method }) => (method !== 'PUT' ? undefined : puts++ === 0 ? 'lost' : REFUSED);
    await send();
    await sees('The message was not sent');
    stage.meddles = () => undefined;
    // Nobody is told that it was not sent, who would then send it again as another.
    await page.getByRole('button', { name: 'Discard' }).click();
    await sees(
      'You tried to send “Tried twice”. Unless it is in Sent, it was not sent, and nobody can bring it back.',
    );
    await page.getByRole('button', { name: 'Go on with it' }).click();
    await page.getByLabel('Message', { exact: true }).fill('As it is now.');
    await send();
    await sees('Your message “Tried twice” had been sent before, as it was then.');
    expect(sentCount()).toBe(before + 1);
  }, 60_000);

  it('lets nobody write, answer or sign out over a message that is on its way, and leaves who has gone elsewhere there', async () => {
    await write('On its way', 'Slowly.');
    let letGo = () => {};
    const held = new Promise<void>((done) => {
      letGo = done;
    });
    await page.route(/\.s3\.eu-west-2/, async (route) => {
      if (route.request().method() === 'PUT') await held;
      await route.continue();
    });
    await send();
    await sees(/^Sending: /);
    await goTo('Sign out');
    await sees('“On its way” is on its way. Sign out once it is sent');
    await page.getByRole('button', { name: 'See how far it is' }).click();
    await sees(/^Sending: /);
    expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
    await goTo('Inbox');
    await page.getByRole('heading', { name: 'Inbox' }).waitFor();
    letGo();
    await sees('Your message “On its way” was sent.');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Inbox');
    await page.unroute(/\.s3\.eu-west-2/);
  }, 60_000);

  it('tells the browser’s history nothing of what a message is about', async () => {
    await write('Mrs Example', 'Not for the history.');
    await send();
    await page.getByRole('heading', { name: 'Mrs Example' }).waitFor({ timeout: 20_000 });
    expect(await page.title()).toBe('Message that was sent - Secure messages');
    ({ page: reader } = await stage.officer('eastdale', {}, TOKEN_OF_DAYS));
    await reader.getByRole('link', { name: 'Message from Northmoor Council' }).first().click();
    await reader.getByRole('button', { name: 'Reply' }).waitFor();
    expect(await reader.title()).toBe('Message - Secure messages');
  }, 60_000);

  it('shows the receipt of what was sent where both organisations have an inbox of one id', async () => {
    const { page: there, context } = await stage.visitor('northmoor');
    there.setDefaultTimeout(15_000);
    const profile = profileText(stage.world.profileOf('northmoor'));
    const body = profile.replaceAll('"adult-safeguarding"', '"discharge-desk"');
    await there.route(/concordat-profile\.json$/, (route) =>
      route.fulfill({ contentType: 'application/json', body }),
    );
    await stage.seat('northmoor');
    await there.reload();
    await there.getByRole('button', { name: /^Sign in with/ }).click();
    await there.getByRole('link', { name: 'Sent', exact: true }).click();
    await there.locator('ol.lines').getByRole('link').first().click();
    await there.getByRole('link', { name: 'Show the receipt' }).click();
    await there.getByRole('heading', { name: 'Checked in this browser' }).waitFor({ timeout: 20_000 });
    await context.close();
  }, 60_000);

  it('asks for each receipt of the ledger once, whatever somebody looks at', async () => {
    const asked: string[] = [];
    stage.meddles = ({ path }) => {
      if (path.startsWith('/receipts/')) asked.push(path);
      return undefined;
    };
    await page.reload();
    await goTo('Inbox');
    await page.getByRole('button', { name: 'Look for new messages' }).click();
    await page.getByRole('button', { name: 'Look for new messages' }).waitFor();
    await goTo('Sent');
    await page.locator('ol.lines').getByRole('link').first().click();
    await page.getByRole('link', { name: 'Show the receipt' }).click();
    await page.getByRole('heading', { name: 'Checked in this browser' }).waitFor({ timeout: 20_000 });
    expect(asked.length).toBeGreaterThan(4);
    expect(asked).toEqual([...new Set(asked)]);
  }, 60_000);

  it('keeps what somebody wrote for them, and shows it to nobody who signs in after them', async () => {
    const signIn = async (subject: string) => {
      // As once the sign-in is over.
      await page.evaluate("sessionStorage.removeItem('sign-in')");
      await stage.seat('northmoor', { subject });
      await page.reload();
      await page.context().clearCookies();
      await page.getByRole('button', { name: /^Sign in with/ }).click();
      await page.getByRole('link', { name: 'Write a message' }).click();
      return page.getByLabel('Subject').inputValue();
    };
    await write('Of the first', 'For nobody else.');
    expect(await signIn('somebody at northmoor')).toBe('Of the first');
    expect(await signIn('somebody else')).toBe('');
    expect(await page.evaluate('JSON.stringify({ ...sessionStorage })')).not.toContain('Of the first');
  }, 60_000);

  it('lets neither organisation open what the other wrote once the agreement has ended, and loses no word that was being written', async () => {
    const DAYS = 172_800_000;
    const both = [
      await stage.officer('northmoor', {}, TOKEN_OF_DAYS),
      await stage.officer('eastdale', {}, TOKEN_OF_DAYS),
    ];
    // One message stays open meanwhile, on a screen that nobody touches.
    await write('For the last day', 'Read me.');
    await send();
    await sees('was sent');
    await reader.getByRole('link', { name: 'Inbox', exact: true }).click();
    await reader.locator('ol.lines').getByRole('link').first().click();
    await reader.getByRole('button', { name: 'Reply' }).waitFor();
    const opened = reader.url();
    await reader.clock.setSystemTime(Date.now() + DAYS);
    await reader.evaluate("dispatchEvent(new Event('focus'))");
    await reader.getByRole('heading', { name: 'The agreement has ended' }).waitFor();
    await reader.getByRole('link', { name: 'Sent', exact: true }).click();
    await reader.getByRole('button', { name: 'Look again' }).waitFor();
    await reader.goto(opened);
    await reader.getByRole('heading', { name: 'The message cannot be opened' }).waitFor();
    expect(await reader.getByRole('button', { name: 'Reply' }).count()).toBe(0);
    for (const { page: each } of both) {
      await each.getByRole('link', { name: 'Write a message' }).click();
      await each.getByLabel('Subject').fill('One more');
      await each.getByLabel('Message', { exact: true }).fill('Just in time?');
      await each.clock.setSystemTime(Date.now() + DAYS);
    }
    stage.clock.ahead = DAYS;
    for (const { page: each, context } of both) {
      await each.getByRole('button', { name: 'Send' }).click();
      const said =
        'The agreement “Letters about adults at risk” has ended, so nothing more can be sent under it.';
      await each.getByRole('link', { name: said }).waitFor();
      expect(await each.getByLabel('Message', { exact: true }).inputValue()).toBe('Just in time?');
      await each.getByRole('link', { name: 'Inbox', exact: true }).click();
      await each.getByText('This agreement has ended: its messages cannot be opened any more.').waitFor();
      // What could not be looked for, nobody says is not there.
      await each.getByText('Nothing that can be shown was found.').waitFor();
      expect(await each.locator('ol.lines').count()).toBe(0);
      // What one sent oneself is one’s own.
      await each.getByRole('link', { name: 'Sent', exact: true }).click();
      await each.getByRole('button', { name: 'Look again' }).waitFor();
      await each.goto(each.url().replace(/#.*/, '#write'));
      await each.reload();
      await each.getByRole('button', { name: 'Send' }).waitFor();
      expect(await each.getByLabel('Message', { exact: true }).inputValue()).toBe('Just in time?');
      await context.close();
    }
    stage.clock.ahead = 0;
  }, 90_000);
});
