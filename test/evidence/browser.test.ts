/**
 * The pages of a pack as a browser shows them: nothing is fetched, nothing overflows, axe finds no fault in light or dark, the
 * keyboard reaches everything, and the print has its tags.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openAssembly } from '../../lib/assembly';
import { packFrom } from '../../lib/commands/organisations/onboard-templates';
import { extractFiles, packFiles } from '../../lib/evidence/pack';
import { writePack } from '../../lib/evidence/write-pack';
import { axeOn } from '../axe';
import { BROWSER, BROWSER_REQUIRED, browse } from '../browser';
import { synthesised, temporaryFolder } from '../stacks/sample-assembly';
import { custodyIn, sampleEvidence } from './sample-evidence';

/** What V8’s last compiler makes of axe saves less, on pages of this size, than the compiler itself takes: a seventh of the browser’s time. */
const FOR_AXE = '--js-flags=--no-opt';

/** The conditions of the page’s styles, and which are met. */
const IN_FORCE = `[...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter(({ media }) => media)
  .map(({ media: { mediaText } }) => mediaText + ' ' + matchMedia(mediaText).matches).join()`;

if (BROWSER === undefined && !BROWSER_REQUIRED)
  console.log(
    'not run: the evidence pages in a browser. Install Chromium (apt-get install chromium), or name one in CONCORDAT_BROWSER',
  );

(BROWSER === undefined && !BROWSER_REQUIRED ? describe.skip : describe)('in a browser', () => {
  let browser: Browser;
  const pages = { pack: '', extract: '', joining: '' };

  beforeAll(async () => {
    const { folder, evidence } = sampleEvidence();
    pages.pack = join(temporaryFolder(), 'pack');
    writePack(pages.pack, await packFiles(evidence, custodyIn(folder)));
    pages.extract = join(temporaryFolder(), 'extract');
    writePack(pages.extract, (await extractFiles(evidence, 'leeds')).files);
    const { register, asOf } = synthesised();
    const { files } = packFrom(register, 'leeds', asOf, openAssembly(folder));
    pages.joining = temporaryFolder();
    writeFileSync(join(pages.joining, 'index.html'), files[0]?.bytes ?? '');
    if (BROWSER === undefined)
      throw new Error('there is no browser, and CONCORDAT_BROWSER_REQUIRED asks for one');
    browser = await browse(FOR_AXE);
  });
  afterAll(() => browser?.close());

  /** Opens a page from its file, and hears of all that it asks for and complains of. */
  async function opened(folder: string, settings: Parameters<Browser['newContext']>[0] = {}) {
    // The page forbids scripts. For what only tests run in it, its policy is set aside.
    const context = await browser.newContext({ bypassCSP: true, ...settings });
    const page = await context.newPage();
    const url = pathToFileURL(join(folder, 'index.html')).href;
    const heard: string[] = [];
    page.on('request', (request) => {
      if (request.url() !== url) heard.push(request.url());
    });
    page.on('console', (message) => heard.push(message.text()));
    page.on('pageerror', (error) => heard.push(error.message));
    await page.goto(url);
    return { page, context, heard };
  }

  async function closed(context: BrowserContext) {
    await context.close();
  }

  const overflow = (page: Page) =>
    page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

  // Whoever does not scroll a table on a phone would not see its last columns.
  const CUT_TABLES =
    "[...document.querySelectorAll('table')].filter((each) => each.getBoundingClientRect().right > innerWidth + 1).map((each) => each.textContent.slice(0, 60))";

  // Nor the right of a picture, of which nothing on a phone tells that there is more.
  const SILENT_PICTURES =
    "[...document.querySelectorAll('.scroll')].filter((each) => each.checkVisibility() && each.scrollWidth > each.clientWidth && !each.previousElementSibling?.checkVisibility()).map((each) => each.ariaLabel)";

  // Colours differ by scheme, and not by width. At 320 pixels the same rules are in force as at 390, in other lines.
  const looks = [
    ['light', 390],
    ['light', 320],
    ['light', 1280],
    ['dark', 390],
  ] as const;

  describe.each(['pack', 'extract', 'joining'] as const)('the page of the %s', (which) => {
    it('asks for nothing and complains of nothing, under its own policy', async () => {
      const { context, heard, page } = await opened(pages[which], { bypassCSP: false, offline: true });
      expect(heard).toEqual([]);
      // That it is styled at all shows that its policy lets its own style in.
      expect(await page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")).toMatch(
        /arial/i,
      );
      await closed(context);
    });

    describe('in one tab', () => {
      let page: Page;
      /** Whose colours and sizes were held against one another: by the rules in force. */
      const contrasted = new Set<unknown>();
      beforeAll(async () => {
        ({ page } = await opened(pages[which]));
      });
      afterAll(() => closed(page.context()));

      it.each(looks)(
        'has no fault that axe finds, in %s at %i pixels, and does not overflow',
        async (colorScheme, width) => {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height: 800 });
          for (const open of [false, true]) {
            await page.evaluate(
              `document.querySelectorAll('details').forEach((each) => { each.open = ${open}; })`,
            );
            expect(await overflow(page)).toBe(0);
            if (width < 640) expect(await page.evaluate(CUT_TABLES)).toEqual([]);
            expect(await page.evaluate(SILENT_PICTURES)).toEqual([]);
          }
          const inForce = await page.evaluate(IN_FORCE);
          const isNew = !contrasted.has(inForce);
          contrasted.add(inForce);
          expect(await axeOn(page, { 'color-contrast': { enabled: isNew } })).toEqual([]);
        },
      );

      it('has other colours in the dark, which were held against one another too', () => {
        expect(contrasted.size).toBeGreaterThanOrEqual(2);
      });
    });
  });

  it('would hear axe complain', async () => {
    const { page, context } = await opened(pages.extract);
    await page.evaluate("document.querySelector('h1').innerHTML = '<img src=\"data:,\">'");
    expect(await axeOn(page)).not.toEqual([]);
    await closed(context);
  });

  it('is reached by the keyboard alone: skip link, header, contents in their order, and what opens', async () => {
    const { page, context } = await opened(pages.pack);
    const focused = () => page.evaluate('document.activeElement.textContent.trim()');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to main content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    const contents = (await page.evaluate(
      "[...document.querySelectorAll('nav a')].map((each) => each.textContent)",
    )) as string[];
    expect(contents.length).toBeGreaterThan(10);
    for (const each of contents) {
      await page.keyboard.press('Tab');
      expect(await focused()).toBe(each);
    }
    await page.evaluate("document.querySelector('details').scrollIntoView()");
    await page.evaluate("document.querySelector('summary').focus()");
    await page.keyboard.press('Enter');
    expect(await page.evaluate("document.querySelector('details').open")).toBe(true);
    // What scrolls by itself must take the focus, or the keyboard cannot scroll it.
    const stuck = await page.evaluate(
      "[...document.querySelectorAll('.scroll')].filter((each) => each.tabIndex !== 0).length",
    );
    expect(stuck).toBe(0);
    await closed(context);
  });

  it('leads to a place on the page by every link that stays on it', async () => {
    const { page, context } = await opened(pages.pack);
    const lost = await page.evaluate(
      "[...document.querySelectorAll('a[href^=\"#\"]')].map((each) => each.getAttribute('href').slice(1)).filter((id) => document.getElementById(id) === null)",
    );
    expect(lost).toEqual([]);
    await closed(context);
  });

  it('prints with tags, and with what was folded opened', async () => {
    const { page, context } = await opened(pages.extract, { bypassCSP: false });
    const pdf = await page.pdf({ tagged: true, outline: true, preferCSSPageSize: true });
    const text = pdf.toString('latin1');
    expect(text).toContain('/MarkInfo');
    expect(text).toContain('/StructTreeRoot');
    await closed(context);
    const whole = await opened(pages.pack);
    await whole.page.emulateMedia({ media: 'print' });
    const closedHeight = await whole.page.evaluate(
      "document.querySelector('details > div').getBoundingClientRect().height",
    );
    expect(closedHeight).toBeGreaterThan(0);
    await closed(whole.context);
  });
});
