/** When a GSS code was in use. */
import type { GssLookup, GssPeriod } from '../gss-lookup';
import { CHANGES, NUMBERS } from './codes';

/** When each code was in use; made when it is first asked for. */
let periods: ReadonlyMap<string, readonly GssPeriod[]> | undefined;

/** When a code, such as `E06000001`, was in use; nothing where the table has no such code. */
export const gssLookup: GssLookup = (code) => {
  periods ??= allPeriods();
  return periods.get(code);
};

/**
 * Whether a code was in use on a day. `unknown` is a code that the table does not have: it never was one, had ended before the
 * table begins, or was made after `KNOWN_TO`.
 * @internal Only tests import it: the engine asks `gssLookup`.
 * @param day such as 2027-04-01
 * @param also codes that a contract adds, from their first days
 */
export function gssOn(
  code: string,
  day: string,
  also: readonly { readonly code: string; readonly from: string }[] = [],
): 'valid' | 'not-on-that-day' | 'unknown' {
  const added = also.filter((each) => each.code === code);
  const known = [...(gssLookup(code) ?? []), ...added];
  if (known.length === 0) return 'unknown';
  const within = known.some(
    ({ from, until }: GssPeriod) =>
      (from === undefined || from <= day) && (until === undefined || day < until),
  );
  return within ? 'valid' : 'not-on-that-day';
}

/** Every code that the table has. @internal Only tests import it. */
export function knownCodes(): readonly string[] {
  return Object.entries(NUMBERS).flatMap(([entity, numbers]) =>
    numbers
      .split(' ')
      .flatMap((run) => codesOf(`${entity}${run.replace(/\d+/g, (each) => each.padStart(6, '0'))}`)),
  );
}

function allPeriods(): ReadonlyMap<string, readonly GssPeriod[]> {
  const begun = new Map(CHANGES.flatMap(({ on, begun }) => begun.flatMap(codesOf).map((code) => [code, on])));
  const ended = new Map(CHANGES.flatMap(({ on, ended }) => ended.flatMap(codesOf).map((code) => [code, on])));
  return new Map(
    knownCodes().map((code) => {
      const from = begun.get(code);
      const until = ended.get(code);
      return [code, [{ ...(from && { from }), ...(until && { until }) }]];
    }),
  );
}

/** `E06000028-029` is two codes; the numbers after the hyphen are the last of the code. */
function codesOf(run: string): string[] {
  const [first = '', last] = run.split('-');
  const from = Number(first.slice(3));
  const to = last === undefined ? from : Number(first.slice(3, 9 - last.length) + last);
  return Array.from(
    { length: to - from + 1 },
    (_, n) => `${first.slice(0, 3)}${String(from + n).padStart(6, '0')}`,
  );
}
