/** The browser in which pages and bundles are tried, if there is one on this machine. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

/**
 * Its file: what CONCORDAT_BROWSER names, or where systems install one. First comes Chromium without the windows, menus and profiles
 * that nobody sees here, with the same engine for pages: for a page it takes three fifths of the processor time of the whole.
 * @see https://packages.debian.org/bookworm/chromium-headless-shell
 */
export const BROWSER = [
  process.env.CONCORDAT_BROWSER ?? '',
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((each) => each !== '' && existsSync(each));

/** Whether to fail where there is none, as in CI, instead of leaving those tests out. */
export const BROWSER_REQUIRED = process.env.CONCORDAT_BROWSER_REQUIRED === '1';

/**
 * Starts it. For each new window Chromium loads two pages of its own into processes of their own, to show what an address bar that
 * nobody uses would suggest: half a second of processor time, as much as most of our pages take. Those are left out.
 * @throws Error where there is none
 */
export async function browse(...args: readonly string[]): Promise<Browser> {
  if (BROWSER === undefined)
    throw new Error('there is no browser: install Chromium, or name one in CONCORDAT_BROWSER');
  const without = [...leftOutByPlaywright(), 'WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];
  const browser = await chromium.launch({
    executablePath: BROWSER,
    args: ['--no-sandbox', `--disable-features=${without.join()}`, ...args],
  });
  browser.on('context', (context) => context.on('page', looksOften));
  return browser;
}

/** Milliseconds between looks for what a test waits for, the last over and over. Playwright’s own are these, and then half a second. */
const BETWEEN_LOOKS = [20, 50, 100];

/** That of Playwright which looks, in this process though behind its wire. */
interface Frames {
  retryWithProgressAndTimeouts?: (
    progress: object,
    waits: readonly number[],
    look: object,
  ) => Promise<unknown>;
  retryWithProgressAndBackoff?: (progress: object, look: object) => Promise<unknown>;
}

/** Has Playwright look more often on all pages: half of what tests of several tabs took was waiting for its next look. */
function looksOften(page: Page): void {
  const { _connection: wire } = page as unknown as { _connection: { toImpl(it: object): object } };
  const frames = Object.getPrototypeOf(wire.toImpl(page.mainFrame())) as Frames;
  const { retryWithProgressAndTimeouts: looks, retryWithProgressAndBackoff: usual } = frames;
  if (looks === undefined || usual === undefined)
    throw new Error('Playwright looks for what is waited for elsewhere');
  frames.retryWithProgressAndBackoff = function (progress, look) {
    return looks.call(this, progress, BETWEEN_LOOKS, look);
  };
}

/** What Playwright has Chromium leave out: of two lists only the last counts, and Playwright tells nobody its own. */
function leftOutByPlaywright(): readonly string[] {
  const folder = dirname(require.resolve('playwright-core/package.json'));
  const program = readFileSync(join(folder, 'lib/coreBundle.js'), 'utf8');
  const [, list = ''] = /\bdisabledFeatures = \[(.*?)\]/s.exec(program) ?? [];
  const names = [...list.matchAll(/^\s*"(\w+)",?$/gm)].map(([, name]) => name ?? '');
  if (!names.includes('PaintHolding')) throw new Error('Playwright keeps its list of features elsewhere');
  return names;
}
