/**
 * Bounds and multiples of numbers as patterns, so that the automaton that reads a number holds it against them on the way. A
 * number has no leading zeros: of two, that with more digits before the point is the larger, else the first digit that differs
 * tells. Bounds of more digits are compared one by one.
 */

/** Digits of a bound, before and behind the point together: more would make the automaton large. */
const MOST_DIGITS = 18;
const WHOLE = '(?:0|[1-9][0-9]*)';
const FRACTION = '(?:\\.[0-9]+)?';
const NEVER = '[^\\s\\S]';

/** A side of a range. */
export interface Side {
  /** In decimal notation without exponent. */
  readonly value: string;
  readonly exclusive: boolean;
}

/** The pattern of the numbers from a bound up, or nothing where the bound has too many digits. */
export function atLeast({ value, exclusive }: Side): string | undefined {
  const { minus, digits, ok } = partsOf(value);
  if (!ok) return undefined;
  if (!minus) return either(above(digits, exclusive), isZero(digits) && !exclusive ? NEGATIVE_ZERO : NEVER);
  return either(
    `${WHOLE}${FRACTION}`,
    `-(?:${below(digits, exclusive)})`,
    isZero(digits) && exclusive ? NEVER : NEGATIVE_ZERO,
  );
}

/** The pattern of the numbers up to a bound, or nothing where the bound has too many digits. */
export function atMost({ value, exclusive }: Side): string | undefined {
  const { minus, digits, ok } = partsOf(value);
  if (!ok) return undefined;
  if (minus) return `-(?:${above(digits, exclusive)})`;
  const negative = isZero(digits) && exclusive ? `-(?:${above(digits, true)})` : `-${WHOLE}${FRACTION}`;
  return either(below(digits, exclusive), negative);
}

/** The pattern of the multiples of a power of ten of one or less, such as 0.01; nothing for any other factor. */
export function multipleOf(value: string): string | undefined {
  const scale = /^(?:0\.(0*)10*|1(?:\.0*)?)$/.exec(value);
  if (!scale || value.length > MOST_DIGITS) return undefined;
  const digits = value.startsWith('0') ? (scale[1] ?? '').length + 1 : 0;
  return `-?${WHOLE}(?:\\.(?:[0-9]{1,${Math.max(1, digits)}}0*))?`.replace(
    '[0-9]{1,1}0*',
    digits === 0 ? '0+' : '[0-9]0*',
  );
}

const NEGATIVE_ZERO = '-0(?:\\.0+)?';

interface Digits {
  readonly whole: string;
  /** Without zeros at its end. */
  readonly fraction: string;
}

function partsOf(value: string) {
  const minus = value.startsWith('-');
  const [whole = '0', fraction = ''] = value.replace('-', '').split('.');
  const digits: Digits = { whole, fraction: fraction.replace(/0+$/, '') };
  const ok = whole.length + fraction.length <= MOST_DIGITS && /^(?:0|[1-9]\d*)$/.test(whole);
  // Minus zero is zero.
  return { minus: minus && !isZero(digits), digits, ok };
}

function isZero({ whole, fraction }: Digits): boolean {
  return whole === '0' && fraction === '';
}

/** Numbers without sign that are larger, or as large. */
function above({ whole, fraction }: Digits, exclusive: boolean): string {
  const options = [`[1-9][0-9]{${whole.length},}${FRACTION}`];
  for (const [n, digit] of [...whole].entries()) {
    const first = n === 0 && whole.length > 1 ? '1' : '0';
    const more = larger(digit, first);
    if (more) options.push(`${whole.slice(0, n)}${more}[0-9]{${whole.length - n - 1}}${FRACTION}`);
  }
  const behind = [...fraction].flatMap((digit, n) => {
    const more = larger(digit, '0');
    return more ? [`${fraction.slice(0, n)}${more}[0-9]*`] : [];
  });
  // As many digits as the bound, and then something that is not zero; or, where it counts itself, anything.
  behind.push(exclusive ? `${fraction}0*[1-9][0-9]*` : fraction === '' ? '[0-9]+' : `${fraction}[0-9]*`);
  const optional = !exclusive && fraction === '' ? '?' : '';
  options.push(`${whole}(?:\\.(?:${behind.join('|')}))${optional}`);
  return options.join('|');
}

/** Numbers without sign that are smaller, or as large. */
function below({ whole, fraction }: Digits, exclusive: boolean): string {
  const options: string[] = [];
  if (whole.length > 1) options.push(`(?:0|[1-9][0-9]{0,${whole.length - 2}})${FRACTION}`);
  for (const [n, digit] of [...whole].entries()) {
    const first = n === 0 && whole.length > 1 ? '1' : '0';
    const less = smaller(digit, first);
    if (less) options.push(`${whole.slice(0, n)}${less}[0-9]{${whole.length - n - 1}}${FRACTION}`);
  }
  const behind = [...fraction].flatMap((digit, n) => {
    const less = smaller(digit, '0');
    const cut = n > 0 ? [fraction.slice(0, n)] : [];
    return [...cut, ...(less ? [`${fraction.slice(0, n)}${less}[0-9]*`] : [])];
  });
  if (!exclusive) behind.push(fraction === '' ? '0+' : `${fraction}0*`);
  // Without a fraction it is smaller where the bound has one, and the same where it has none.
  const optional = fraction !== '' || !exclusive ? '?' : '';
  if (behind.length > 0) options.push(`${whole}(?:\\.(?:${behind.join('|')}))${optional}`);
  return options.length === 0 ? NEVER : options.join('|');
}

function larger(digit: string, least: string): string | undefined {
  const from = Math.max(Number(digit) + 1, Number(least));
  return from > 9 ? undefined : `[${from}-9]`;
}

function smaller(digit: string, least: string): string | undefined {
  const to = Number(digit) - 1;
  return to < Number(least) ? undefined : `[${least}-${to}]`;
}

function either(...patterns: readonly string[]): string {
  return patterns.filter((each) => each !== NEVER).join('|') || NEVER;
}
