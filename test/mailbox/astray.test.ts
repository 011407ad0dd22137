/**
 * That somebody whose way leads nowhere is told why, and nothing else: no network when the page is loaded, an address that was kept, a
 * message that is not there; and that what was said of it is not said of another screen.
 */
import type { Page } from 'playwright-core';
import { bucketOf, PLAY_AGREEMENT } from '../../lib/mailbox/play/profiles';
import { messageName } from '../../lib/messages';
import { BROWSER, BROWSER_REQUIRED } from '../browser';
import { letter } from './letter';
import { Stage } from './stage';

const [NORTHMOOR, EASTDALE] = ['northmoor', 'eastdale'] as const;
const DAY = 86_400_000;
const KEY = encodeURIComponent(
  `agreements/${PLAY_AGREEMENT}/${messageName({ inbox: 'discharge-desk', id: 'old@northmoor' })}`,
);
const NOWHERE = encodeURIComponent(
  `agreements/${PLAY_AGREEMENT}/${messageName({ inbox: 'discharge-desk', id: 'none@northmoor' })}`,
);

if (BROWSER === undefined && !BROWSER_REQUIRED)
  console.log('not run: ways that lead nowhere. Install Chromium, or name one in CONCORDAT_BROWSER');

(BROWSER === undefined && !BROWSER_REQUIRED ? describe.skip : describe)('in a browser', () => {
  let stage: Stage;
  let reader: Page;
  let sender: Page;
  beforeAll(async () => {
    if (BROWSER === undefined)
      throw new Error('there is no browser, and CONCORDAT_BROWSER_REQUIRED asks for one');
    stage = await Stage.open();
    // Older than what the lists show first.
    stage.clock.ahead = -90 * DAY;
    stage.world.buckets.put(
      bucketOf(NORTHMOOR),
      decodeURIComponent(KEY),
      { mediaType: 'message/rfc822', metadata: {} },
      Buffer.from(letter({ text: 'An old letter.' })),
    );
    await stage.world.turn();
    stage.clock.ahead = 0;
    ({ page: reader } = await stage.officer(EASTDALE));
    ({ page: sender } = await stage.officer(NORTHMOOR));
  }, 60_000);
  afterAll(() => stage?.close());
  afterEach(() => {
    stage.meddles = () => undefined;
  });

  const goes = (page: Page, where: string) => page.evaluate(`location.hash = ${JSON.stringify(where)}`);
  const sees = (page: Page, words: string) => page.getByText(words).first().waitFor({ timeout: 20_000 });

  it.each([
    ['nothing answers', undefined, 'The mailbox cannot be reached.'],
    ['what answers is out of order', 503, 'The mailbox did not do what was asked.'],
  ] as const)(
    'says where the page cannot have its settings since %s that it is so',
    async (_what, status, words) => {
      const { page, context } = await stage.visitor(EASTDALE);
      await page.route(/concordat-profile\.json$/, (route) =>
        status === undefined ? route.abort() : route.fulfill({ status }),
      );
      await page.reload();
      await sees(page, words);
      expect(await page.getByRole('main').innerText()).not.toMatch(/TypeError|Something went wrong/);
      await context.close();
    },
    60_000,
  );

  it('finds a message by an address that was kept, though it is older than what the list shows', async () => {
    await sees(reader, 'Nothing has come in the last 60 days.');
    await goes(reader, `message=${KEY}`);
    await sees(reader, 'An old letter.');
    await goes(sender, `sent=${KEY}`);
    await sender.getByRole('link', { name: 'Take this message back' }).waitFor();
  }, 60_000);

  it.each(['sent', 'recall', 'sent-receipt'])(
    'says of a message that is not there, and is asked for by #%s, just that',
    async (where) => {
      await goes(sender, `${where}=${NOWHERE}`);
      await sees(sender, 'This message is not here, or not any more.');
      expect(await sender.getByRole('main').innerText()).not.toMatch(/Something went wrong|NotReadable/);
      await goes(sender, 'inbox');
      await sender.getByRole('button', { name: 'Look for new messages' }).waitFor();
    },
    60_000,
  );

  it('says of a message that may be there, and could not be asked for, what was in the way', async () => {
    stage.meddles = ({ query }) =>
      query.has('list-type')
        ? {
            status: 403,
            headers: { 'content-type': 'application/xml', 'access-control-allow-origin': '*' },
            body: '<Error><Code>AccessDenied</Code></Error>',
          }
        : undefined;
    await goes(reader, `message=${NOWHERE}`);
    await sees(reader, 'or not any more');
    expect(await reader.getByRole('main').innerText()).not.toContain('It is still being checked');
  }, 60_000);

  it('leaves nothing of a screen for a screen reader to find on a later one', async () => {
    await goes(sender, `sent=${NOWHERE}`);
    await sees(sender, 'This message is not here, or not any more.');
    await goes(sender, 'write');
    await sender.getByLabel('Subject').fill('To be heard of');
    await sender.getByLabel('Message', { exact: true }).fill('Once.');
    const heard = () => sender.locator('body > [role=status]').textContent();
    expect(await heard()).toBe('');
    await sender.getByRole('button', { name: 'Send' }).click();
    await sender.getByRole('heading', { name: 'To be heard of' }).waitFor();
    await goes(sender, 'inbox');
    await sender.getByRole('button', { name: 'Look for new messages' }).waitFor();
    expect(await heard()).toBe('');
  }, 60_000);
});
