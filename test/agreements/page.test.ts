/** That the page of an agreement’s document can be read on a telephone and has no fault of accessibility. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { agreementDocument } from '../../lib/agreements';
import { loadRegister } from '../../lib/register/load';
import { documentPage } from '../../lib/words';
import { BROWSER, BROWSER_REQUIRED } from '../browser';
import { AS_OF, SAMPLE } from '../register/samples';

const WIDTHS = [320, 390, 1280];

(BROWSER === undefined && !BROWSER_REQUIRED ? test.skip : test)(
  'fits telephones and screens, and axe finds nothing',
  async () => {
    const loaded = loadRegister(SAMPLE, AS_OF);
    if (!loaded.ok) throw new Error('the sample register is faulty');
    const { register } = loaded;
    const agreement = register.agreements.find(({ id }) => id === 'housing-benefit-awards');
    if (agreement === undefined) throw new Error('the sample has this agreement');
    const folder = mkdtempSync(join(tmpdir(), 'concordat-test-'));
    const file = join(folder, 'page.html');
    writeFileSync(
      file,
      documentPage(agreement.title, agreementDocument({ register, agreement, asOf: AS_OF })),
    );
    const browser = await chromium.launch({
      ...(BROWSER && { executablePath: BROWSER }),
      args: ['--no-sandbox'],
    });
    try {
      for (const width of WIDTHS) {
        const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: true });
        const page = await context.newPage();
        await page.goto(`file://${file}`);
        await page.addScriptTag({ content: readFileSync(require.resolve('axe-core'), 'utf8') });
        const found = await page.evaluate(
          `axe.run().then(({ violations }) => ({ violations: violations.map(({ id }) => id), wide: document.documentElement.scrollWidth }))`,
        );
        expect([width, found]).toEqual([width, { violations: [], wide: width }]);
        await context.close();
      }
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
  60_000,
);
