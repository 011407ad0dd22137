/** `concordat cost`, as it is typed: what is paid by whom, in dollars, or in pounds by a rate that the reader gives. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../lib/commands/terminal';
import type { Bill, Costs } from '../../lib/plan';
import { synthesised } from '../stacks/sample-assembly';
import { emptyFolder, run } from './captured-terminal';

const workshop = emptyFolder();
beforeAll(() => {
  cpSync(synthesised().folder, join(workshop, 'cdk.out'), { recursive: true });
});
const ask = (...words: string[]) => run(['cost', ...words], workshop);
const RATE = ['--rate', '0.5', '--rate-on', '2026-11-01'];

/** The sums at the end of lines. */
function sumsIn(out: string, sign: string): number[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => Number(line.slice(line.lastIndexOf(sign) + 1).replaceAll(',', '')));
}

test('the zone and every organisation are told with what they pay, which adds up', async () => {
  const { code, out, err } = await ask();
  const sums = sumsIn(out, '$');
  const together = sums.pop() ?? 0;
  expect(code).toBe(EXIT.clean);
  expect(out).toMatch(/^zone +\$/);
  expect(out).toContain('\nleeds ');
  expect(sums.reduce((sum, each) => sum + each, 0)).toBeCloseTo(together, 1);
  expect(err).toContain('A month, in US dollars, AWS list prices in London of');
  expect(err).toContain('Not included:');
});

test('pounds are dollars by the rate, whose day is told', async () => {
  const [dollars, pounds] = [await ask('leeds'), await ask('leeds', ...RATE)];
  const [before = [], after = []] = [sumsIn(dollars.out, '$'), sumsIn(pounds.out, '£')];
  expect(after).toHaveLength(before.length);
  after.forEach((each, at) => {
    expect(Math.abs(each - (before[at] ?? 0) / 2)).toBeLessThanOrEqual(0.01);
  });
  expect(pounds.err).toContain('in pounds, at £0.5 for one US dollar on 1 November 2026');
});

test('programs get the bill with the rate', async () => {
  const { out } = await ask('leeds', '--json', ...RATE);
  const { bill, rate, usd } = JSON.parse(out) as Costs & { bill: Bill; rate: object };
  expect([bill.id, bill.usd, rate]).toEqual(['leeds', usd, { poundsForOneDollar: 0.5, on: '2026-11-01' }]);
});

test.each([
  [['leds'], "no stack of this assembly is of 'leds': did you mean leeds?"],
  [['atlantis'], "no stack of this assembly is of 'atlantis', so it costs nothing here"],
  [['--rate', '0.5'], '--rate changes from day to day: say of which day it is, by --rate-on'],
  [['--rate-on', '2026-11-01'], '--rate-on is the day of a rate: give --rate as well'],
  [['--rate', '76p', '--rate-on', '2026-11-01'], "--rate is '76p': give the pounds for one US dollar"],
  [['--rate', '0.0', '--rate-on', '2026-11-01'], "--rate is '0.0': give the pounds for one US dollar"],
])('%j is met with a sentence', async (words, message) => {
  const { code, out, err } = await ask(...words);
  expect([code, out]).toEqual([EXIT.usage, '']);
  expect(err).toContain(`error: ${message}`);
});
