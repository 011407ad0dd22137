/** What CloudTrail’s log files show of what the probe did: the audit reads the same fields. */
import { MALWARE_CLEAN, probeName, probeRoleArn } from '../names';
import type { ProbeOutcome, ProbeRecord } from '../policy';
import {
  fieldsOf,
  isFields,
  mayConcern,
  RecordError,
  type TrailEvent,
  trailEventOf,
  verdictIn,
} from '../transfers';
import { arnOfBucket, keyOf } from './calls';
import type { Sandbox } from './sandbox';

/** What shows a record, and what must be in it. */
interface Sought {
  readonly is: (event: TrailEvent) => boolean;
  readonly shows: (event: TrailEvent) => boolean;
}

function soughtBy(record: ProbeRecord, sandbox: Sandbox): Sought {
  const bucket = arnOfBucket('shared', sandbox);
  switch (record) {
    case 'any-of-owner':
      return { is: () => true, shows: () => true };
    case 'tags-of-object':
      return {
        is: ({ name, parameters, errorCode }) =>
          name === 'PutObjectTagging' && parameters.key === keyOf('tagged') && errorCode === undefined,
        shows: (event) => verdictIn(event) === MALWARE_CLEAN,
      };
    case 'name-of-grant':
      return {
        is: ({ name, parameters, errorCode }) =>
          name === 'CreateGrant' &&
          parameters.granteePrincipal === probeRoleArn(sandbox.accounts.recipient, 'reader') &&
          errorCode === undefined,
        shows: ({ parameters }) => parameters.name === probeName('reader'),
      };
    case 'bucket-of-refusal':
      return {
        is: ({ name, parameters, errorCode }) =>
          name === 'GetObject' && parameters.key === keyOf('untagged') && errorCode === 'AccessDenied',
        shows: ({ resources }) => resources.some(({ arn }) => arn === bucket),
      };
    case 'context-of-decrypt':
      return {
        is: ({ name, principal, errorCode }) =>
          name === 'Decrypt' &&
          principal.role === probeRoleArn(sandbox.accounts.recipient, 'reader') &&
          errorCode === undefined,
        shows: ({ parameters }) => fieldsOf(parameters.encryptionContext)['aws:s3:arn'] === bucket,
      };
  }
}

/**
 * Whether the records of log files show it. Of several, one that shows it is enough: it can be shown.
 * @param logs what log files hold, as JSON values
 */
export function recordOutcome(record: ProbeRecord, logs: readonly unknown[], sandbox: Sandbox): ProbeOutcome {
  const { is, shows } = soughtBy(record, sandbox);
  if (record === 'any-of-owner') return logs.length > 0 ? 'shown' : 'absent';
  const found = logs.flatMap(eventsIn).filter(is);
  if (found.length === 0) return 'absent';
  return found.some(shows) ? 'shown' : 'lacking';
}

/** The events of a log file that concern S3 and KMS; what is no record is passed over. */
function eventsIn(log: unknown): TrailEvent[] {
  const { Records: records } = fieldsOf(log);
  return Array.isArray(records) ? records.flatMap(eventOf) : [];
}

function eventOf(record: unknown): TrailEvent[] {
  try {
    return isFields(record) && mayConcern(record) ? [trailEventOf(record)] : [];
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return [];
  }
}

/** Whose trail writes the file in which a record is to be found. */
export function recordedBy(record: ProbeRecord): 'owner' | 'recipient' {
  return record === 'bucket-of-refusal' || record === 'context-of-decrypt' ? 'recipient' : 'owner';
}
