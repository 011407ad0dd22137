/** Numbers of a document as exact decimals. */

/** A number of JSON in decimal notation without exponent: the shortest that is read as the same number. */
export function decimalOf(value: number): string {
  const text = String(value);
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length);
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** What each format of ODCS holds, both ends counted: whole numbers by their bits, and numbers by IEEE 754. */
export const HELD: Readonly<Record<string, { readonly minimum: string; readonly maximum: string }>> = {
  ...Object.fromEntries(
    [8, 16, 32, 64, 128].flatMap((bits) => {
      const half = 2n ** BigInt(bits - 1);
      return [
        [`i${bits}`, { minimum: String(-half), maximum: String(half - 1n) }],
        [`u${bits}`, { minimum: '0', maximum: String(2n * half - 1n) }],
      ];
    }),
  ),
  f32: ends((2n ** 24n - 1n) * 2n ** 104n),
  f64: ends(BigInt(Number.MAX_VALUE)),
};

function ends(largest: bigint) {
  return { minimum: String(-largest), maximum: String(largest) };
}
