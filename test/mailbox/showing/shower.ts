/** A page like the mailbox’s own, under its very policy, that shows whatever messages it is given and says what came of them. */
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { mailboxFolder } from '../../../lib/mailbox/files';
import { ORGANISATIONS, playProfile } from '../../../lib/mailbox/play/profiles';

const ORIGIN = 'https://mailbox.example.gov.uk';

/** What came of one message. */
interface ShownHere {
  /** `shown`, or the name of the fault that the page has words for. */
  readonly became: string;
  /** Milliseconds until it stood there, on a machine that does other work as well. */
  readonly took: number;
  readonly faults: readonly string[];
}

/** The page. */
export class Shower {
  /** What was asked for that is none of the page’s own, and what opened: nothing may. */
  readonly strangers: string[] = [];

  private constructor(
    private readonly context: BrowserContext,
    private readonly page: Page,
  ) {}

  /** @param policy without it, cleaning alone is what keeps a message from running and loading */
  static async open(browser: Browser, policy: 'with policy' | 'without' = 'with policy'): Promise<Shower> {
    const [organisation] = ORGANISATIONS;
    const { headers } = mailboxFolder(playProfile(organisation, '2026-11-29'));
    bundled ??= bundle();
    const script = await bundled;
    const context = await browser.newContext({
      ignoreHTTPSErrors: true,
      bypassCSP: policy === 'without',
    });
    const page = await context.newPage();
    const shower = new Shower(context, page);
    const strange = (what: string) => void shower.strangers.push(what);
    const own = new Map([
      [
        `${ORIGIN}/`,
        {
          headers,
          contentType: 'text/html; charset=utf-8',
          body: '<!DOCTYPE html><title>x</title><script type="module" src="in-page.js"></script>',
        },
      ],
      [`${ORIGIN}/in-page.js`, { headers, contentType: 'text/javascript; charset=utf-8', body: script }],
    ]);
    await context.route('**/*', (route) => {
      const found = own.get(route.request().url());
      // Each once: a page that is loaded again was led away.
      own.delete(route.request().url());
      if (found !== undefined) return route.fulfill(found);
      if (!/\/favicon\.ico$/.test(route.request().url())) strange(`asked for ${route.request().url()}`);
      return route.abort();
    });
    await page.goto(`${ORIGIN}/`);
    await page.locator('main').waitFor({ state: 'attached' });
    page.on('dialog', (dialog) => {
      strange('a dialog');
      void dialog.dismiss();
    });
    page.on('download', () => strange('a download'));
    page.on('framenavigated', () => strange('it went elsewhere'));
    page.on('frameattached', () => strange('a frame'));
    context.on('page', () => strange('another tab'));
    return shower;
  }

  /** Shows messages, one after another. @throws Error where they take longer than a minute: one of them hangs it */
  async show(messages: readonly Uint8Array[]): Promise<readonly ShownHere[]> {
    const all = messages.map((each) => Buffer.from(each).toString('base64'));
    let timer: NodeJS.Timeout | undefined;
    const hangs = new Promise<never>((_, failed) => {
      timer = setTimeout(() => failed(new Error('the page hangs')), 60_000);
    });
    try {
      return await Promise.race([
        this.page.evaluate<readonly ShownHere[]>(`showAll(${JSON.stringify(all)})`),
        hangs,
      ]);
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}

/** Made once, whichever policy the page has. */
let bundled: Promise<string> | undefined;

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, 'in-page.mjs')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    mainFields: ['browser', 'module', 'main'],
    external: ['node:*', ...builtinModules],
    minify: true,
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}
