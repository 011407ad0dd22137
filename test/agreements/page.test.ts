/** That an agreement’s document and a certificate of disposal can be read on a telephone and have no fault of accessibility. */
import { join } from 'node:path';
import { faultsAtWidths } from '../axe';
import { BROWSER, BROWSER_REQUIRED, browse } from '../browser';
import { folderWithRegister, run } from '../commands/captured-terminal';
import { TRIED } from '../disk/writing-commands';
import { MINIMAL } from '../register/samples';

const WIDTHS = [320, 390, 1280];

/** Their pages, as the commands write them. */
async function pages(): Promise<string[]> {
  const folder = folderWithRegister(MINIMAL);
  const [certificate] = TRIED['agreement certificate'] ?? [];
  certificate?.prepare?.(folder);
  const words = [
    ...(certificate?.first ?? []),
    certificate?.words ?? [],
    ['agreement', 'document', 'benefit-awards', '--as-of', '2026-10-01'],
  ];
  const written: string[] = [];
  for (const each of words) written.push((await run(each, folder)).out);
  const files = written.join('').match(/^documents\/.*\.html$/gm) ?? [];
  expect(files).toHaveLength(2);
  return files.map((each) => join(folder, each));
}

(BROWSER === undefined && !BROWSER_REQUIRED ? test.skip : test)(
  'fit telephones and screens, and axe finds nothing',
  async () => {
    const files = await pages();
    const browser = await browse();
    try {
      expect(await faultsAtWidths(browser, files, WIDTHS)).toEqual([]);
    } finally {
      await browser.close();
    }
  },
  60_000,
);
