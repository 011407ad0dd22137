/** The browser in which pages and bundles are tried, if there is one on this machine. */
import { existsSync } from 'node:fs';

/** Its file: what CONCORDAT_BROWSER names, or where systems install one. */
export const BROWSER = [
  process.env.CONCORDAT_BROWSER ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((each) => each !== '' && existsSync(each));

/** Whether to fail where there is none, as in CI, instead of leaving those tests out. */
export const BROWSER_REQUIRED = process.env.CONCORDAT_BROWSER_REQUIRED === '1';
