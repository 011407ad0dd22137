/**
 * A record of CloudTrail, read from whatever a log file holds. Nothing in it is trusted to be there or to be of its kind.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
import { type Fields, fieldsOf, isFields, textOf } from './fields';
import { type Principal, principalOf } from './principal';

/** A record that concerns the zone. */
export interface TrailEvent {
  /**
   * What joins all copies of one event: CloudTrail gives the caller’s account and the resource’s owner a copy each, with
   * ids of their own and one shared id. An event without a shared id has one copy.
   */
  readonly uid: string;
  /** The id of this copy alone, by which it is found in its log file. */
  readonly eventId: string;
  /** UTC to the second, `2026-10-01T09:00:00Z`. */
  readonly time: string;
  /** The service: `s3.amazonaws.com`. */
  readonly source: string;
  readonly name: string;
  readonly region: string;
  readonly errorCode: string | undefined;
  readonly principal: Principal;
  readonly parameters: Fields;
  readonly response: Fields;
  readonly resources: readonly TrailResource[];
  /** The account whose copy this is. */
  readonly recipientAccount: string | undefined;
  readonly vpcEndpoint: string | undefined;
  /** Whether AWS acted by itself, without a caller. */
  readonly ofService: boolean;
  /** Whether it changed nothing, where the record says so. */
  readonly readOnly: boolean | undefined;
  /** How many bytes a request brought, where the record says so. */
  readonly bytesIn: number | undefined;
}

/** A resource that an event names. */
interface TrailResource {
  readonly type: string;
  readonly arn: string;
  readonly account: string | undefined;
}

/** A record is not of CloudTrail’s form. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
}

const SOURCES = new Set([
  's3.amazonaws.com',
  'kms.amazonaws.com',
  'lambda.amazonaws.com',
  'dynamodb.amazonaws.com',
  'sns.amazonaws.com',
]);
/** Printable ASCII without the space and without `#`, which divides ids that are derived from it. */
const EVENT_ID = /^[!-"$-~]{1,100}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** The categories of records of calls; one without a category is of a form from before there were any. */
const CALLS = new Set<unknown>(['Management', 'Data', undefined, null]);
/** Of no call, and known: what CloudTrail found odd, and what an endpoint refused. */
const OF_NO_CALL = new Set<unknown>(['Insight', 'NetworkActivity']);

/**
 * Whether a record is worth reading: it is of a service that counts, and of a call. Cheap, since nearly all of a log is not.
 * @throws RecordError where it is no record at all
 */
export function mayConcern(value: unknown): value is Fields {
  if (!isFields(value)) throw new RecordError('a record is not an object');
  const { eventSource, eventName, eventCategory } = value;
  if (!CALLS.has(eventCategory) || value.insightDetails !== undefined) return false;
  if (typeof eventSource !== 'string' || typeof eventName !== 'string')
    throw new RecordError('a record has no eventSource or no eventName');
  return SOURCES.has(eventSource);
}

/**
 * The category of a record that is of no call and of no kind that we know, such as the summaries that CloudTrail makes where
 * a trail aggregates events; undefined for every other record. It is passed over, and worth a note.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/aggregating-data-events.html
 */
export function unknownCategoryOf(value: unknown): string | undefined {
  const { eventCategory } = fieldsOf(value);
  if (CALLS.has(eventCategory) || OF_NO_CALL.has(eventCategory)) return undefined;
  return (typeof eventCategory === 'string' ? eventCategory : typeof eventCategory).slice(0, 100);
}

/** Reads a record. @throws RecordError where it has no id or no time */
export function trailEventOf(value: Fields): TrailEvent {
  const uid = textOf(value.sharedEventID) ?? textOf(value.eventID);
  if (uid === undefined || !EVENT_ID.test(uid))
    throw new RecordError(`a record of ${String(value.eventName).slice(0, 100)} has no eventID`);
  const time = textOf(value.eventTime);
  if (time === undefined || !TIME.test(time) || Number.isNaN(Date.parse(time)))
    throw new RecordError(`the record ${uid} has no eventTime`);
  const own = textOf(value.eventID);
  return {
    uid,
    eventId: own !== undefined && EVENT_ID.test(own) ? own : uid,
    time,
    source: String(value.eventSource),
    name: String(value.eventName),
    region: textOf(value.awsRegion) ?? '',
    errorCode: textOf(value.errorCode),
    principal: principalOf(value.userIdentity),
    parameters: fieldsOf(value.requestParameters),
    response: fieldsOf(value.responseElements),
    resources: resourcesOf(value.resources),
    recipientAccount: textOf(value.recipientAccountId),
    vpcEndpoint: textOf(value.vpcEndpointId),
    ofService: value.eventType === 'AwsServiceEvent',
    readOnly: typeof value.readOnly === 'boolean' ? value.readOnly : undefined,
    bytesIn: bytesIn(value.additionalEventData),
  };
}

function bytesIn(value: unknown): number | undefined {
  const { bytesTransferredIn } = fieldsOf(value);
  return typeof bytesTransferredIn === 'number' ? bytesTransferredIn : undefined;
}

function resourcesOf(value: unknown): TrailResource[] {
  if (!Array.isArray(value)) return [];
  return (value as unknown[]).flatMap((each) => {
    const { type, ARN, ARNPrefix, accountId } = fieldsOf(each);
    const arn = textOf(ARN) ?? textOf(ARNPrefix);
    return arn === undefined ? [] : [{ type: textOf(type) ?? '', arn, account: textOf(accountId) }];
  });
}
