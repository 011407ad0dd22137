/**
 * What a scan came to, by the tag that GuardDuty writes. Four things, and they are not alike: clean data can be collected,
 * infected data is an incident, what cannot be scanned is to be sent in another form, and a scan that failed is no verdict.
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/monitoring-malware-protection-s3-scans-gdu.html
 */

/** What a scan came to. */
export type Verdict = 'clean' | 'infected' | 'unscannable' | 'failed';

const VERDICTS: ReadonlyMap<string, Verdict> = new Map([
  ['NO_THREATS_FOUND', 'clean'],
  ['THREATS_FOUND', 'infected'],
  ['UNSUPPORTED', 'unscannable'],
  ['FAILED', 'failed'],
  ['ACCESS_DENIED', 'failed'],
]);

/** The verdict of a tag. What is none that we know lets nobody read, and ends nothing: it is like a scan that failed. */
export function verdictOf(tag: string): Verdict {
  return VERDICTS.get(tag) ?? 'failed';
}
