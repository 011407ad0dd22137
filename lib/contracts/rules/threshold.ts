/** Whether the outcome of a metric keeps its threshold, in exact arithmetic: a third of the rows is no rounded number. */
import type { PlannedMetric } from '../../wire/contracts';

type Threshold = PlannedMetric['threshold'];

/** Digits behind the point of a percentage that is told; it is judged by all of them. */
const TOLD_DIGITS = 4;

/** What was measured: so many, of so many rows. */
export interface Measured {
  readonly count: number;
  readonly rows: number;
}

/** Whether it is as the threshold says. Of no rows, nothing is 0 per cent. */
export function keeps({ operator, values, unit }: Threshold, measured: Measured): boolean {
  const [first = '0', second = first] = values;
  const to = (value: string) => compare(measured, value, unit);
  switch (operator) {
    case 'equal':
      return to(first) === 0;
    case 'not-equal':
      return to(first) !== 0;
    case 'greater':
      return to(first) > 0;
    case 'greater-or-equal':
      return to(first) >= 0;
    case 'less':
      return to(first) < 0;
    case 'less-or-equal':
      return to(first) <= 0;
    case 'between':
      return to(first) >= 0 && to(second) <= 0;
    case 'not-between':
      return to(first) < 0 || to(second) > 0;
  }
}

/** Whether it misses its threshold by being too much, so that those that were counted are what is to be mended. */
export function isTooMuch({ operator, values, unit }: Threshold, measured: Measured): boolean {
  const [first = '0', second = first] = values;
  switch (operator) {
    case 'equal':
    case 'less-or-equal':
      return compare(measured, first, unit) > 0;
    case 'less':
      return compare(measured, first, unit) >= 0;
    case 'between':
      return compare(measured, second, unit) > 0;
    case 'not-equal':
    case 'greater':
    case 'greater-or-equal':
    case 'not-between':
      return false;
  }
}

/** The outcome as a decimal number: of a percentage, four digits behind the point at most, cut off. */
export function told(unit: Threshold['unit'], { count, rows }: Measured): string {
  if (unit === 'rows') return String(count);
  if (rows === 0) return '0';
  const scaled = (BigInt(count) * 100n * 10n ** BigInt(TOLD_DIGITS)) / BigInt(rows);
  const digits = String(scaled).padStart(TOLD_DIGITS + 1, '0');
  const fraction = digits.slice(-TOLD_DIGITS).replace(/0+$/, '');
  return digits.slice(0, -TOLD_DIGITS) + (fraction === '' ? '' : `.${fraction}`);
}

/** The sign of what was measured less a decimal number. */
function compare({ count, rows }: Measured, value: string, unit: Threshold['unit']): number {
  const [whole = '0', fraction = ''] = value.split('.');
  const limit = BigInt(whole + fraction);
  const scale = 10n ** BigInt(fraction.length);
  // count / rows * 100 against limit / scale, without a division.
  const percent = unit === 'percent' && rows > 0;
  const left = (unit === 'percent' && rows === 0 ? 0n : BigInt(count)) * scale * (percent ? 100n : 1n);
  const right = limit * (percent ? BigInt(rows) : 1n);
  return left < right ? -1 : left > right ? 1 : 0;
}
