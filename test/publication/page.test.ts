/** That pages of the record can be read on a telephone and have no fault of accessibility. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { dateOf } from '../../lib/register/calendar';
import { faultsAtWidths } from '../axe';
import { BROWSER, BROWSER_REQUIRED, browse } from '../browser';
import { filesOf, registerAfter } from './sample-record';

const WIDTHS = [320, 390, 1280];
/** One of each kind. */
const PAGES = [
  'index.html',
  'people/index.html',
  'people/people-on-bail-from-a-court.html',
  'organisations/leeds.html',
  'agreements/court-warrants.html',
  'agreements/housing-benefit-awards.html',
];

(BROWSER === undefined && !BROWSER_REQUIRED ? test.skip : test)(
  'they fit telephones and screens, and axe finds nothing',
  async () => {
    const files = filesOf(registerAfter(), {
      deposits: Array.from({ length: 12 }, () => ({
        agreement: 'housing-benefit-awards',
        day: dateOf('2026-05-05'),
      })),
      last: dateOf('2026-10-07'),
    });
    const folder = mkdtempSync(join(tmpdir(), 'concordat-test-'));
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const browser = await browse();
    try {
      const paths = PAGES.map((path) => join(folder, path));
      expect(await faultsAtWidths(browser, paths, WIDTHS)).toEqual([]);
      // What is no wider than the widest alone, and has a picture that says nothing to who can't see it.
      const wrong = join(folder, 'wrong.html');
      writeFileSync(wrong, '<div style="width: 600px"><img src="data:,"></div>');
      const faults = await faultsAtWidths(browser, [wrong], WIDTHS);
      expect(faults.flat().filter((each) => each === 'is as wide as')).toHaveLength(2);
      for (const width of WIDTHS)
        expect(faults).toContainEqual([wrong, width, expect.arrayContaining(['image-alt'])]);
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
  120_000,
);
