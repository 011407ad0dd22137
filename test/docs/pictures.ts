/**
 * Takes the pictures of the README: the evidence pack’s page and a joining pack, both of the sample, in a browser. To be run by hand
 * after a change of either: node --import tsx test/docs/pictures.ts FOLDER, where FOLDER holds the sample’s packs, made by
 * `concordat synth --evidence-pack evidence` and `concordat onboard leeds --pack-only`.
 */
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { BROWSER } from '../browser';

const ROOT = resolve(__dirname, '../..');

/** What is shown of a page: from one of its parts on. */
const PICTURES = [
  { file: 'evidence-page.png', page: 'evidence/index.html', from: '#sharing' },
  { file: 'joining-pack.png', page: 'joining/leeds/joining.html', from: 'h1' },
];

async function main(folder: string): Promise<void> {
  if (BROWSER === undefined)
    throw new Error('there is no browser: install chromium, or name it in CONCORDAT_BROWSER');
  const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox'] });
  try {
    for (const { file, page: path, from } of PICTURES) {
      const page = await browser.newPage({ viewport: { width: 1000, height: 640 }, colorScheme: 'light' });
      await page.goto(pathToFileURL(resolve(folder, path)).href);
      await page.evaluate(`document.querySelector('${from}').scrollIntoView()`);
      await page.screenshot({ path: join(ROOT, 'docs', file) });
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

main(process.argv[2] ?? '.').catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
