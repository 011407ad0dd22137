/** That a page can be read at each width, whatever the longest word in it: names are as long as people make them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentPage, heading, table } from '../../lib/words';
import { faultsAtWidths } from '../axe';
import { BROWSER, BROWSER_REQUIRED, browse } from '../browser';

/** A telephone, a telephone across, and a window of 1,280 pixels enlarged to twice its size. */
const WIDTHS = [320, 520, 640];
const PLACE = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch';

if (BROWSER === undefined && !BROWSER_REQUIRED)
  console.log('not run: pages with long names. Install Chromium, or name one in CONCORDAT_BROWSER');

(BROWSER === undefined && !BROWSER_REQUIRED ? test.skip : test)(
  'a table with a long name in each of its columns is no wider than the window',
  async () => {
    const head = ['Who', 'Security', 'Data protection', 'Days', 'Now', 'What'];
    const page = documentPage(PLACE, [
      heading(1, PLACE),
      table(head, [head.map(() => `Cyngor ${PLACE}`), head.map(() => 'in force')]),
    ]);
    const folder = mkdtempSync(join(tmpdir(), 'concordat-test-'));
    const path = join(folder, 'page.html');
    writeFileSync(path, page);
    const browser = await browse();
    try {
      expect(await faultsAtWidths(browser, [path], WIDTHS)).toEqual([]);
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
  60_000,
);
