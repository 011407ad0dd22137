/**
 * What AWS asks in Europe (London), in US dollars without tax: the one dated table. List prices of the first tier, without
 * free allowances, which would make a small organisation look cheaper than it is once they are used up.
 */
import { UK_REGION } from '../../names';
import { dateOf } from '../../register/calendar';

/** The Region whose prices the table has. Of another, nothing is priced. */
export const PRICES_REGION: string = UK_REGION;

/** The day on which the table was last compared with the pages that it names. */
export const PRICES_AS_OF = dateOf('2026-11-22');

/** One price. */
export interface Price {
  readonly usd: number;
  /** How many of what that buys. */
  readonly amount: number;
  readonly per: string;
  readonly page: string;
}

const page = (service: string) => `https://aws.amazon.com/${service}/pricing/`;
const price = (usd: number, amount: number, per: string, service: string): Price => ({
  usd,
  amount,
  per,
  page: page(service),
});

/** Every price that is used. */
export const PRICES = {
  key: price(1, 1, 'key and month; each of the first two yearly rotations adds as much', 'kms'),
  signature: price(0.15, 10_000, 'signatures', 'kms'),
  alarm: price(0.1, 1, 'alarm and month', 'cloudwatch'),
  dashboard: price(3, 1, 'dashboard and month', 'cloudwatch'),
  logged: price(0.5985, 1, 'GB of logs taken in', 'cloudwatch'),
  stored: price(0.024, 1, 'GB and month in S3 Standard', 's3'),
  put: price(0.0053, 1_000, 'PUT, COPY, POST or LIST requests', 's3'),
  get: price(0.00042, 1_000, 'GET and other requests', 's3'),
  tags: price(0.01, 10_000, 'object tags and month', 's3'),
  scannedGb: price(0.09, 1, 'GB scanned for malware', 'guardduty'),
  scannedObjects: price(0.215, 1_000, 'objects scanned for malware', 'guardduty'),
  dataEvents: price(0.1, 100_000, 'data events', 'cloudtrail'),
  secondTrail: price(
    2,
    100_000,
    'management events that a further trail of the account delivers',
    'cloudtrail',
  ),
  functionTime: price(0.0000133334, 1, 'GB-second on Arm', 'lambda'),
  functionRuns: price(0.2, 1_000_000, 'runs', 'lambda'),
  transition: price(0.025, 1_000, 'state transitions of a standard workflow', 'step-functions'),
  queue: price(0.4, 1_000_000, 'requests', 'sqs'),
  events: price(1, 1_000_000, 'events from S3', 'eventbridge'),
  // Of edges in Europe.
  pageRequests: price(0.012, 10_000, 'requests over HTTPS', 'cloudfront'),
  pageGb: price(0.085, 1, 'GB served', 'cloudfront'),
  tableWrites: price(0.7423, 1_000_000, 'writes', 'dynamodb'),
  tableReads: price(0.1487, 1_000_000, 'reads', 'dynamodb'),
  secret: price(0.4, 1, 'secret and month', 'secrets-manager'),
  secretReads: price(0.05, 10_000, 'readings of a secret', 'secrets-manager'),
} as const satisfies Record<string, Price>;

/** The name of a price. */
export type PriceName = keyof typeof PRICES;
