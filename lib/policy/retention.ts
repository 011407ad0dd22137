/** How long Object Lock keeps the log archive and the ledger: `auditRetention` of `zone.yaml`, in the form of S3. */
import { durationOf, type Zone } from '../register';

/** A retention as S3 takes it: in years or in days, never both. */
export type Lock =
  | { readonly mode: 'COMPLIANCE' | 'GOVERNANCE'; readonly years: number }
  | { readonly mode: 'COMPLIANCE' | 'GOVERNANCE'; readonly days: number };

/**
 * The lock for a period. Whole years stay years. Anything else becomes days, a year as 366 and a month as 31, so that no lock
 * ends early.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DefaultRetention.html
 */
export function lockOf({ mode, period }: Zone['auditRetention']): Lock {
  const { years, months, weeks, days } = durationOf(period);
  const name = mode === 'compliance' ? 'COMPLIANCE' : 'GOVERNANCE';
  if (months + weeks + days === 0) return { mode: name, years };
  return { mode: name, days: years * 366 + months * 31 + weeks * 7 + days };
}
