/**
 * That a mailbox asks for nothing that is not there: browsers write each such answer into their console as an error, where whoever
 * looks for a fault of their own finds one of ours.
 */
import type { Page } from 'playwright-core';
import { ORGANISATIONS } from '../../lib/mailbox/play/profiles';
import { servePlay } from '../../lib/mailbox/play/server';
import { BROWSER, BROWSER_REQUIRED } from '../browser';
import { Stage } from './stage';

const [NORTHMOOR, EASTDALE] = ['northmoor', 'eastdale'] as const;

it('has a picture in every page of a demonstration that stands for somebody else’s, so that no browser asks for one', async () => {
  const play = await servePlay(0);
  try {
    const asked = new URLSearchParams({ client_id: 'concordat-mailbox', code_challenge_method: 'S256' });
    const [first] = play.organisations;
    asked.set('redirect_uri', first?.address ?? '');
    const pages = ['', `sign-in/${ORGANISATIONS[0].id}/authorize?${asked}`].map(async (path) => {
      const answer = await fetch(`${play.address}${path}`);
      expect(answer.status).toBe(200);
      return answer.text();
    });
    for (const page of [...pages, fetch(first?.address ?? '').then((answer) => answer.text())])
      expect(await page).toMatch(/<link rel="icon" href="(?:data:image\/svg\+xml,%3Csvg|icon-)/);
  } finally {
    await play.close();
  }
});

if (BROWSER === undefined && !BROWSER_REQUIRED)
  console.log('not run: what the mailbox asks for. Install Chromium, or name one in CONCORDAT_BROWSER');

(BROWSER === undefined && !BROWSER_REQUIRED ? describe.skip : describe)('in a browser', () => {
  let stage: Stage;
  beforeAll(async () => {
    if (BROWSER === undefined)
      throw new Error('there is no browser, and CONCORDAT_BROWSER_REQUIRED asks for one');
    stage = await Stage.open();
  }, 60_000);
  afterAll(() => stage?.close());

  it('asks for nothing in vain from the sign-in to a message that was answered, taken back and proved', async () => {
    const vain: string[] = [];
    const told = (page: Page) => {
      page.on('response', (answer) => {
        if (answer.status() >= 400)
          vain.push(`${answer.status()} ${answer.request().method()} ${answer.url()}`);
      });
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') vain.push(message.text());
      });
    };
    const a = await stage.officer(NORTHMOOR, {}, {}, told);
    const b = await stage.officer(EASTDALE, {}, {}, told);
    const goes = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).first().click();
    await goes(a.page, 'Sent');
    await a.page.getByRole('button', { name: 'Look again' }).waitFor();
    for (const subject of ['A plan', 'Sent too soon']) {
      await goes(a.page, 'Write a message');
      await a.page.getByLabel('Subject').fill(subject);
      await a.page.getByLabel('Message', { exact: true }).fill('Please see it.');
      await a.page.getByRole('button', { name: 'Send' }).click();
      await a.page.getByText('can open it').first().waitFor();
    }
    await goes(a.page, 'Take this message back');
    await a.page.getByRole('button', { name: 'Take it back' }).click();
    await a.page.getByRole('heading', { name: 'The message was taken back' }).waitFor();
    await goes(b.page, 'Inbox');
    await goes(b.page, 'Message from Northmoor Council');
    await b.page.getByRole('button', { name: 'Reply' }).waitFor();
    await goes(b.page, 'Show the receipt');
    await b.page.getByRole('button', { name: 'Save the receipt' }).waitFor();
    await goes(a.page, 'Sent');
    await a.page.getByText('Taken back').waitFor();
    await goes(a.page, 'Sign out');
    await a.page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    expect(vain).toEqual([]);
    await a.context.close();
    await b.context.close();
  }, 60_000);
});
