/**
 * Takes the pictures of the README: the evidence pack’s page and a joining pack, both of the sample, and a message in the mailbox, as
 * `concordat mailbox serve` has it, in a browser. To be run by hand after a change of any:
 * `node --import tsx test/docs/pictures.ts FOLDER`, where FOLDER holds the sample’s packs, made by
 * `concordat synth --evidence-pack evidence` and `concordat onboard leeds --pack-only`.
 */
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { servePlay } from '../../lib/mailbox/folder';
import { browse } from '../browser';

const ROOT = resolve(__dirname, '../..');

/** What is shown of a page: from one of its parts on. */
const PICTURES = [
  { file: 'evidence-page.png', page: 'evidence/index.html', from: '#sharing' },
  { file: 'joining-pack.png', page: 'joining/leeds/joining.html', from: 'h1' },
];

async function main(folder: string): Promise<void> {
  const browser = await browse();
  try {
    for (const { file, page: path, from } of PICTURES) {
      const page = await browser.newPage({ viewport: { width: 1000, height: 640 }, colorScheme: 'light' });
      await page.goto(pathToFileURL(resolve(folder, path)).href);
      await page.evaluate(`document.querySelector('${from}').scrollIntoView()`);
      await page.screenshot({ path: join(ROOT, 'docs', file) });
      await page.close();
    }
    await mailbox(browser);
  } finally {
    await browser.close();
  }
}

/** One organisation writes to the other, which opens it. */
async function mailbox(browser: Browser): Promise<void> {
  const play = await servePlay(0);
  try {
    const [writer, reader] = await Promise.all(
      play.organisations.map(async ({ address }) => {
        const page = await browser.newPage({ viewport: { width: 1000, height: 800 }, colorScheme: 'light' });
        await page.goto(address);
        await page.getByRole('button', { name: /^Sign in with/ }).click();
        await page.locator('a').first().click();
        return page;
      }),
    );
    if (writer === undefined || reader === undefined) throw new Error('a play has two organisations');
    await writer.getByRole('link', { name: 'Write a message' }).click();
    await writer.getByLabel('Subject').fill('Discharge on Thursday: care at home');
    const text =
      'Good morning,\n\nthe plan for Thursday is attached. Could the discharge desk confirm the time of the transport by tomorrow noon?\n\nAdult safeguarding team';
    await writer.getByLabel('Message', { exact: true }).fill(text);
    const plan = { name: 'care-plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n') };
    await writer.getByLabel('Files').setInputFiles(plan);
    await writer.getByRole('button', { name: 'Send' }).click();
    const held = reader.getByText('Cannot be opened');
    await writer.getByRole('button', { name: 'Look again' }).waitFor();
    do {
      await reader.waitForTimeout(2_000);
      await reader.getByRole('button', { name: 'Look for new messages' }).click();
      await reader.getByRole('link', { name: /^Message from/ }).waitFor();
    } while (await held.isVisible());
    await reader.getByRole('link', { name: /^Message from/ }).click();
    await reader.getByRole('button', { name: 'Reply' }).waitFor();
    await reader.screenshot({ path: join(ROOT, 'docs', 'mailbox.png') });
  } finally {
    await play.close();
  }
}

main(process.argv[2] ?? '.').catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
