/** That the page of checks is that of the checks as they stand. UPDATE_GOLDEN=1 writes it anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checksPage } from './checks-page';

const PAGE = resolve(__dirname, '../../docs/checks.md');

test('the page of checks is that of the checks as they stand', () => {
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(PAGE, checksPage());
  expect(readFileSync(PAGE, 'utf8')).toBe(checksPage());
});
