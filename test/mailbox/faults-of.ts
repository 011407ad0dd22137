/** What is wrong with a screen of the mailbox as it is shown: what axe finds, what is wider than a telephone, a word of the technology. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { axeOn } from '../axe';

/** Where pictures of each screen are kept, if at all. */
export const { CONCORDAT_SHOTS: SHOTS } = process.env;
type Look = readonly [width: number, colorScheme: 'light' | 'dark'];
/** Each width and each scheme once; both of both where pictures are kept. */
export const FIRST_LOOK: Look = [1280, 'light'];
const LOOKS: readonly Look[] = [
  FIRST_LOOK,
  [390, 'dark'],
  ...(SHOTS === undefined
    ? []
    : ([
        [1280, 'dark'],
        [390, 'light'],
      ] as const)),
];

/** Words that an officer is not to meet; what files are called is theirs. */
export const TECHNOLOGY =
  /\b(?:aws|amazon|s3|sts|iam|kms|arn|sns|cloudfront|cloudtrail|lambda|buckets?|roles?|access[ -]points?|objects?|principals?|polic(?:y|ies)|credentials?|oidc|openid|oauth|jwt|cors|https?|api)\b/i;

/** What is wrong with what is shown. */
export async function faultsOf(page: Page, name: string, looks: readonly Look[] = LOOKS): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const [width, colorScheme] of looks) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    if (SHOTS !== undefined)
      writeFileSync(
        join(SHOTS, `${name}.html`),
        `<!DOCTYPE html>${await page.evaluate<string>('document.documentElement.outerHTML')}`,
      );
    if (SHOTS !== undefined)
      await page.screenshot({ path: join(SHOTS, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    const violations = await axeOn(page);
    found.push(...violations.map((each) => [name, width, colorScheme, each]));
  }
  // A desk’s screen of 1280 by 1024 at 400 %.
  await page.setViewportSize({ width: 320, height: 256 });
  const wider = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  if (wider > 0) found.push([name, 'is wider than 320 pixels by', wider]);
  const words = await page.evaluate<string>('document.body.textContent');
  const word = TECHNOLOGY.exec(words)?.[0];
  if (word !== undefined) found.push([name, 'says', word]);
  return found;
}
