/** Whether GSS codes were in use, asked of the table once for each code and day. */
import type { GssLookup } from '../gss-lookup';

/** Codes of one entity are its three characters and six digits. */
const CODES_OF_ENTITY = 1_000_000;
/** As many entities have their answers kept, a megabyte each; there are about sixty. */
const MOST_KEPT = 16;
const [UNKNOWN, IN_USE, NOT_IN_USE] = [0, 1, 2];

/** The codes of one column. */
export class GssCodes {
  readonly #lookup: GssLookup;
  readonly #day: string | undefined;
  readonly #kept = new Map<number, Uint8Array>();

  /** @param day the day of the contract; nothing where any day counts */
  constructor(lookup: GssLookup, day: string | undefined) {
    this.#lookup = lookup;
    this.#day = day;
  }

  /** Whether a value, which has the form of a code, was in use. */
  holds(bytes: Uint8Array, from: number): boolean {
    const entity = ((bytes[from] ?? 0) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
    let kept = this.#kept.get(entity);
    if (!kept) {
      if (this.#kept.size >= MOST_KEPT) return this.#ask(bytes, from);
      kept = new Uint8Array(CODES_OF_ENTITY);
      this.#kept.set(entity, kept);
    }
    let number = 0;
    for (let at = from + 3; at < from + 9; at++) number = 10 * number + (bytes[at] ?? 0) - 48;
    let answer = kept[number] ?? UNKNOWN;
    if (answer === UNKNOWN) {
      answer = this.#ask(bytes, from) ? IN_USE : NOT_IN_USE;
      kept[number] = answer;
    }
    return answer === IN_USE;
  }

  #ask(bytes: Uint8Array, from: number): boolean {
    return wasInUse(this.#lookup, textOf(bytes, from, from + 9), this.#day);
  }
}

/** A table with the codes that a contract adds to it. */
export function withCodes(
  lookup: GssLookup,
  also: readonly { readonly code: string; readonly from: string }[],
): GssLookup {
  if (also.length === 0) return lookup;
  return (code) => {
    const added = also.filter((each) => each.code === code);
    const known = lookup(code);
    return added.length === 0 ? known : [...(known ?? []), ...added];
  };
}

/** Whether a code was in use on a day (`2027-04-01`); without a day, whether it ever was. */
export function wasInUse(lookup: GssLookup, code: string, day: string | undefined): boolean {
  const periods = lookup(code);
  if (!periods) return false;
  if (day === undefined) return true;
  // Days in this form are in order as text.
  return periods.some(({ from = day, until }) => from <= day && (until === undefined || day < until));
}

/** The text of a range of ASCII. */
export function textOf(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
