/**
 * That the ledger’s core runs where Node is not: bundled for browsers it asks for nothing of Node, and the tests of the
 * core pass in headless Chromium as they do here, the very same files.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { BROWSER, BROWSER_REQUIRED, browse } from '../../browser';

const CORE = join(__dirname, '../../../lib/ledger/core');
/** The tests of this folder that use nothing of Node. */
const TESTS = ['canonical-json.test.ts', 'canonical-scan.test.ts', 'formats.test.ts', 'vectors.test.ts'];
const MOST_BYTES = 80_000;

const bundled = (entry: string, format: 'esm' | 'iife') =>
  build({
    stdin: { contents: entry, resolveDir: __dirname, loader: 'ts' },
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format,
    metafile: true,
    write: false,
    legalComments: 'none',
    logLevel: 'error',
  });

it('is bundled for browsers without anything of Node, and is small', async () => {
  const { metafile, outputFiles } = await bundled(`export * from ${JSON.stringify(CORE)};`, 'esm');
  const imports = Object.values(metafile.inputs).flatMap((each) => each.imports.map(({ path }) => path));
  expect(imports.length).toBeGreaterThan(20);
  expect(imports.filter((path) => path.startsWith('node:') || path.endsWith('platform/node.ts'))).toEqual([]);
  expect(Object.keys(metafile.inputs)).toContainEqual(expect.stringMatching(/platform\/portable\.ts$/));
  const bytes = outputFiles[0]?.contents.length ?? Number.POSITIVE_INFINITY;
  expect(bytes).toBeLessThan(MOST_BYTES);
});

it('names no global of Node, but in the file that is for Node', () => {
  for (const file of readdirSync(CORE, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || file.endsWith('node.ts')) continue;
    const found = readFileSync(join(CORE, file), 'utf8').match(
      /\b(?:Buffer|process|require|__dirname|__filename)\b/g,
    );
    expect([file, found]).toEqual([file, null]);
  }
});

if (BROWSER === undefined && !BROWSER_REQUIRED)
  console.log('not run: the ledger’s core in a browser. Install Chromium, or name one in CONCORDAT_BROWSER');

(BROWSER === undefined && !BROWSER_REQUIRED ? describe.skip : describe)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    if (BROWSER === undefined)
      throw new Error('there is no browser, and CONCORDAT_BROWSER_REQUIRED asks for one');
    browser = await browse();
  });
  afterAll(() => browser?.close());

  async function outcomesOf(...tests: string[]): Promise<{ name: string; error?: string }[]> {
    const imports = ['./harness', ...tests].map((each) => `import ${JSON.stringify(each)};`).join('\n');
    const { outputFiles } = await bundled(imports, 'iife');
    const page = await browser.newPage();
    // A script of the classic kind has run once it is in the page; a module runs some time later. Nothing is fetched.
    await page.goto('about:blank');
    await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
    return await page.evaluate('runTests()');
  }

  it('passes the tests that it passes here', async () => {
    const outcomes = await outcomesOf(...TESTS.map((file) => `./${file}`));
    expect(outcomes.filter(({ error }) => error !== undefined)).toEqual([]);
    const here = TESTS.map((file) => readFileSync(join(__dirname, file), 'utf8')).join('\n');
    const declared = here.match(/^ *(?:it|describe)\(/gm)?.length ?? 0;
    expect(outcomes.length).toBeGreaterThan(declared / 2);
    expect(outcomes.length).toBeGreaterThan(30);
  });

  it('would say so if one failed, or used what the harness does not know', async () => {
    const outcomes = await outcomesOf('./failing');
    expect(outcomes.filter(({ error }) => error === undefined)).toEqual([]);
    expect(outcomes).toHaveLength(7);
  });
});
