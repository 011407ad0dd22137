/** Deposits in entries of the ledger, for whoever counts them. */
import { fieldsOf, textOf } from './fields';

/** When an entry’s event happened, and under which agreement it was a deposit that was in order. */
export interface EntryOfDeposit {
  /** Milliseconds since 1970. */
  readonly time: number | undefined;
  /** Absent where the entry is of something else. */
  readonly agreement: string | undefined;
}

/** Reads an entry as parsed JSON. */
export function entryOfDeposit(entry: unknown): EntryOfDeposit {
  const { time, metadata, unmapped } = fieldsOf(entry);
  const { agreement, verdict } = fieldsOf(unmapped);
  const deposited = fieldsOf(metadata).event_code === 'deposited' && verdict === 'in-order';
  return {
    time: typeof time === 'number' && Number.isSafeInteger(time) ? time : undefined,
    agreement: deposited ? textOf(agreement) : undefined,
  };
}
