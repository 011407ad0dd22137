/** The generated parts of docs/contracts.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = join(__dirname, '../../docs/contracts.md');

/** Holds a generated part of the page, between its marks, against what it should be; `UPDATE_GOLDEN=1` writes it. */
export function expectPart(mark: string, text: string): void {
  const page = readFileSync(PAGE, 'utf8');
  const from = `<!-- ${mark} -->`;
  const start = page.indexOf(from) + from.length;
  expect(start).toBeGreaterThan(from.length);
  const to = `<!-- end of ${mark} -->`;
  const end = page.includes(to) ? page.indexOf(to) + to.length : start;
  const whole = `\n${text}\n${to}`;
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(PAGE, page.slice(0, start) + whole + page.slice(end));
  expect(readFileSync(PAGE, 'utf8')).toContain(from + whole);
}
