/** What axe finds on a page: faults of accessibility. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds, of each kind the first three places. It looks for faults alone: listing all that is well takes as long again.
 * @param rules of axe that are set otherwise than usual
 */
export async function axeOn(page: Page, rules: object = {}): Promise<unknown[]> {
  if (!(await page.evaluate('typeof axe !== "undefined"'))) await page.evaluate(AXE);
  const options = JSON.stringify({ resultTypes: ['violations'], rules });
  return page.evaluate<unknown[]>(
    `axe.run(document, ${options}).then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map(({ html, failureSummary }) => [html.slice(0, 200), failureSummary])]))`,
  );
}

/** What is wrong with pages on disk at each width, in pixels: what axe finds, and what is wider than the window. Each is opened once. */
export async function faultsAtWidths(
  browser: Browser,
  paths: readonly string[],
  widths: readonly number[],
): Promise<unknown[]> {
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  const found: unknown[] = [];
  for (const path of paths) {
    await page.goto(`file://${path}`);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      const wide = await page.evaluate('document.documentElement.scrollWidth');
      if (wide !== width) found.push([path, width, 'is as wide as', wide]);
      found.push(...(await axeOn(page)).map((each) => [path, width, each]));
    }
  }
  await context.close();
  return found;
}
