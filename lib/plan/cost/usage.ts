/** How much is assumed to be shared, where a template cannot say: shown with every figure, so that readers put in their own. */

/** A month has so many hours, as AWS counts. */
const HOURS = 730;

/** What each agreement, share and run is taken to come to in a month. */
export const ASSUMED = {
  objectsPerAgreement: 1_000,
  gbPerAgreement: 2,
  monthsKept: 12,
  /** By each recipient, of each object. */
  readsPerObject: 1,
  secondsPerRun: 2,
  logGbPerFunction: 0.05,
  /** Of the release gate: what each object takes, and what checking its content takes. */
  gateSecondsPerObject: 1,
  gateSecondsPerGb: 20,
  gateMemoryGb: 1_769 / 1024,
  /**
   * Data events in the trail: a deposit, its scan and its tag; the gate’s looks and its reading, its tag and its three reports;
   * a read, in the accounts of both.
   */
  eventsPerDeposit: 13,
  eventsPerRead: 4,
  /** Of each event: rows in the tables. */
  tableWritesPerEvent: 3,
  tableReadsPerEvent: 3,
  /** Log files and ledger, of each event. */
  kbKeptPerEvent: 4,
  /** Of each account: one in about five minutes, mostly of management events. */
  logFilesPerAccount: 8_760,
  logGbPerAccount: 0.1,
  secondsPerLogFile: 0.3,
  /** Of the page of an organisation: how often it is opened, and what is then asked for. Most of it is kept by the browser. */
  pageViews: 10_000,
  requestsPerView: 8,
  gbPerView: 0.000_05,
} as const;

/** The assumptions in words. */
export const ASSUMPTIONS: readonly string[] = [
  `each agreement in force or to come brings ${ASSUMED.objectsPerAgreement.toLocaleString('en-GB')} objects and ${ASSUMED.gbPerAgreement} GB a month, kept for ${ASSUMED.monthsKept} months`,
  'each recipient reads each object once, from within the same AWS Region',
  `the release gate takes ${ASSUMED.gateSecondsPerObject} second for each object and ${ASSUMED.gateSecondsPerGb} for each GB`,
  `each scheduled run of a function takes ${ASSUMED.secondsPerRun} seconds, and each function logs ${ASSUMED.logGbPerFunction * 1000} MB a month`,
  `CloudTrail writes ${ASSUMED.logFilesPerAccount.toLocaleString('en-GB')} log files a month for each account, and each takes the audit ${ASSUMED.secondsPerLogFile} seconds`,
  'the first year, at list prices, without free allowances, discounts or tax',
];

/** That of the page, where the zone serves it. */
export const ASSUMED_OF_PAGE = `the page of each organisation that the zone serves is opened ${ASSUMED.pageViews.toLocaleString('en-GB')} times a month, with ${ASSUMED.requestsPerView} requests and ${ASSUMED.gbPerView * 1e6} kB each time`;

/** What the figures leave out. */
export const NOT_INCLUDED: readonly string[] = [
  'CloudHSM clusters and key managers outside AWS, which organisations hold themselves',
  'data that leaves AWS, and whatever else is in the accounts',
  'requests to AWS KMS: with S3 Bucket Keys they are few',
  'e-mails of alarms and of reports',
  'steps of the state machine, which only objects beyond one run of the release gate take',
  'AWS Config, where the baseline turns it on: $0.003 for each change that it records, $0.001 for each evaluation of a rule',
];

/** How often a schedule of EventBridge runs in a month; undefined for a form that is not known. */
export function runsInMonth(schedule: unknown): number | undefined {
  const [, count = '', unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(String(schedule)) ?? [];
  const hours = { minute: 1 / 60, hour: 1, day: 24 }[unit];
  return hours === undefined ? undefined : HOURS / (Number(count) * hours);
}
