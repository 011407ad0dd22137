/**
 * How many transfers there were, so that no number below ten can be read or worked out. Numbers are of whole quarters that have
 * ended, and that the ledger is well beyond: two editions of the record, from however early or late a copy, then differ by nothing
 * but a quarter. Totals are sums of the numbers that are told, and of
 * nothing else: taking one from the other gives what stands there anyway. Only deposits are counted: beside the number of those
 * collected, the difference would tell of the few that were not.
 */
import { addDays, type IsoDate, today, within } from '../register/calendar';
import { entryOfDeposit } from '../transfers';

/** Fewer are not told. */
export const FEWEST = 10;
/**
 * A quarter is told once the ledger has an entry of so many days after its end: CloudTrail’s files come in some minutes as a rule,
 * and none is promised, so that the last days of a copy may still grow. What rests on seven days is said in docs/limits.md, as
 * `log-files-within-seven-days`.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
export const SETTLED_DAYS = 7;

/** A deposit that was in order. @internal Only tests import it. */
export interface Deposit {
  readonly agreement: string;
  /** In London. */
  readonly day: IsoDate;
}

/** What a ledger says of deposits. */
export interface LedgerCounts {
  readonly deposits: readonly Deposit[];
  /** The day of its last entry: by it the quarters are known that are whole in it. */
  readonly last: IsoDate;
}

/** Reads them. @param entries as parsed JSON, in any order @returns undefined where there is no entry that says when it was */
export function ledgerCounts(entries: Iterable<unknown>): LedgerCounts | undefined {
  const deposits: Deposit[] = [];
  let last: IsoDate | undefined;
  for (const entry of entries) {
    const { time, agreement } = entryOfDeposit(entry);
    if (time === undefined) continue;
    const day = today(new Date(time));
    if (last === undefined || day > last) last = day;
    if (agreement !== undefined) deposits.push({ agreement, day });
  }
  return last === undefined ? undefined : { deposits, last };
}

/** One quarter of one agreement. No number means fewer than ten, or none at all. */
export interface Quarter {
  /** `2026-Q4` */
  readonly name: string;
  readonly from: IsoDate;
  readonly until: IsoDate;
  readonly transfers: number | undefined;
}

/** What of an agreement is counted. */
interface Counted {
  readonly id: string;
  readonly starts: IsoDate;
  readonly ends: IsoDate;
}

/**
 * The quarters of an agreement that have ended and that the ledger is `SETTLED_DAYS` beyond, earliest first. Which those are
 * follows from the agreement’s days, and not from what was shared.
 */
export function quartersOf(
  { id, starts, ends }: Counted,
  { deposits, last }: LedgerCounts,
  asOf: IsoDate,
): Quarter[] {
  const days = deposits.flatMap((each) => (each.agreement === id ? [each.day] : []));
  return quartersBetween(starts, ends).flatMap((quarter) => {
    if (quarter.until >= asOf || addDays(quarter.until, SETTLED_DAYS) > last) return [];
    const transfers = days.filter((day) => within(quarter, day)).length;
    return [{ ...quarter, transfers: transfers < FEWEST ? undefined : transfers }];
  });
}

/** The sum of the numbers that are told; nothing where none is. */
export function toldTogether(quarters: readonly Quarter[]): number | undefined {
  const told = quarters.flatMap(({ transfers }) => transfers ?? []);
  return told.length === 0 ? undefined : told.reduce((sum, each) => sum + each, 0);
}

function quartersBetween(starts: IsoDate, ends: IsoDate): Omit<Quarter, 'transfers'>[] {
  const quarters: Omit<Quarter, 'transfers'>[] = [];
  let [year, quarter] = [Number(starts.slice(0, 4)), Math.floor((Number(starts.slice(5, 7)) - 1) / 3)];
  for (;;) {
    const first = String(quarter * 3 + 1).padStart(2, '0');
    const from = `${year}-${first}-01` as IsoDate;
    if (from > ends) return quarters;
    const month = String(quarter * 3 + 3).padStart(2, '0');
    const until = `${year}-${month}-${quarter === 0 || quarter === 3 ? 31 : 30}` as IsoDate;
    quarters.push({ name: `${year}-Q${quarter + 1}`, from, until });
    [year, quarter] = quarter === 3 ? [year + 1, 0] : [year, quarter + 1];
  }
}
