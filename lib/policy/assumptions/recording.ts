/** Assumptions on what CloudTrail and EventBridge tell. */
import { type Assumption, GUIDES, REVIEWED } from './assumption';
import type { ProbeRecord, ProbeStep } from './live-test';
import { readingBy, readsBy } from './reading';

/** CloudTrail says about five minutes, without a bound. */
const RECORDED = 1_200;

const OWNER_TRAIL: ProbeStep = { call: { call: 'make-stack', stack: 'owner-trail' }, expect: 'done' };
const RECIPIENT_TRAIL: ProbeStep = { call: { call: 'make-stack', stack: 'recipient-trail' }, expect: 'done' };

function recordShows(record: ProbeRecord): ProbeStep {
  return { call: { call: 'find-record', record }, expect: 'shown', within: RECORDED, decides: true };
}

export const RECORDING: readonly Assumption[] = [
  {
    id: 'trail-into-another-account',
    assumes:
      'CloudTrail makes a trail whose bucket, with Object Lock and without a Bucket Key, and whose key are in another account, and delivers log files there.',
    source: { says: 'open', page: `${GUIDES.cloudTrail}/create-kms-key-policy-for-cloudtrail.html` },
    rests: 'The whole audit: every entry of the ledger comes from these files.',
    ifFalse: {
      how: 'closed',
      what: 'the stack Trail fails; or no file comes, and the alarm on late log files goes off',
    },
    mend: 'Compare trailKeyPolicy and logArchivePolicy in lib/policy with the error that CloudTrail gives.',
    test: {
      by: 'probe',
      steps: [
        { ...OWNER_TRAIL, decides: true },
        {
          call: { call: 'find-record', record: 'any-of-owner' },
          expect: 'shown',
          within: RECORDED,
          decides: true,
        },
      ],
    },
    checked: REVIEWED,
  },
  {
    id: 'record-shows-tags',
    assumes: 'CloudTrail’s record of PutObjectTagging shows the tags.',
    source: { says: 'nothing' },
    rests: 'The release of each transfer in the ledger.',
    ifFalse: {
      how: 'told',
      what: 'a transfer’s release stays `unknown` in the ledger; deposits, collections, recalls and non-delivery do not depend on it',
    },
    mend: 'Take the verdict from GuardDuty’s own event, in lib/transfers.',
    test: {
      by: 'probe',
      steps: [
        OWNER_TRAIL,
        { call: { call: 'put-object', object: 'tagged' }, expect: 'done' },
        { call: { call: 'tag-object', object: 'tagged' }, expect: 'done' },
        recordShows('tags-of-object'),
      ],
    },
    checked: REVIEWED,
  },
  {
    id: 'record-shows-grant-name',
    assumes: 'CloudTrail’s record of CreateGrant shows the name of the grant.',
    source: { says: 'open', page: `${GUIDES.kms}/ct-creategrant.html` },
    rests: 'The ledger’s entry on a grant names its share.',
    ifFalse: { how: 'told', what: 'the grant is entered as one that no share asks for, which alarms' },
    mend: 'Have the transfer audit tell the share by grantee and bucket.',
    test: {
      by: 'probe',
      steps: [
        OWNER_TRAIL,
        { call: { call: 'create-grant', reader: 'reader' }, expect: 'done' },
        recordShows('name-of-grant'),
      ],
    },
    checked: REVIEWED,
  },
  {
    id: 'refusal-names-the-bucket',
    assumes:
      'CloudTrail’s record of a GetObject that was refused through another account’s access point names the bucket among its resources, in the caller’s account.',
    source: { says: 'open', page: `${GUIDES.s3}/cloudtrail-logging-s3-info.html` },
    rests: 'Refusals of members are in the ledger, each with the owner that it concerns.',
    ifFalse: {
      how: 'closed',
      what: 'such a read is refused all the same; the ledger may lack its entry, and the log archive has the record',
    },
    mend: 'Have the transfer audit tell the owner by the access point’s ARN.',
    test: {
      by: 'probe',
      steps: [
        RECIPIENT_TRAIL,
        ...readingBy('reader'),
        readsBy('reader'),
        { call: { call: 'put-object', object: 'untagged' }, expect: 'done' },
        { call: { call: 'get-object', object: 'untagged', reader: 'reader' }, expect: 'refused' },
        recordShows('bucket-of-refusal'),
      ],
    },
    checked: REVIEWED,
  },
  {
    id: 'decrypt-shows-bucket',
    assumes: 'CloudTrail shows a recipient’s Decrypt with the ARN of the bucket as its encryption context.',
    source: { says: 'open', page: `${GUIDES.s3}/bucket-key.html` },
    rests:
      'The ledger’s entries on uses of a key that were refused: the bucket in the context says whose they concern.',
    ifFalse: {
      how: 'closed',
      what: 'such a use is refused all the same; the ledger lacks its entry, and the log archive has the record',
    },
    mend: 'Have the transfer audit read the bucket from the field that CloudTrail shows.',
    test: {
      by: 'probe',
      steps: [RECIPIENT_TRAIL, ...readingBy('reader'), readsBy('reader'), recordShows('context-of-decrypt')],
    },
    checked: REVIEWED,
  },
  {
    id: 'events-by-organisation-trail',
    assumes:
      'EventBridge of a member gets the management events of its account by the organisation trail alone, where the account has no trail of its own.',
    source: { says: 'open', page: `${GUIDES.events}/eb-service-event-cloudtrail.html` },
    rests: 'The alarm on changes of keys, buckets and access points that no deployment made.',
    ifFalse: {
      how: 'told',
      what: 'the changes are entries of the ledger all the same; the alarm is late or stays away',
    },
    mend: 'Alarm from the ledger’s entries, in the zone.',
    test: {
      by: 'probe',
      needsOrganisation: true,
      steps: [
        { call: { call: 'make-stack', stack: 'events' }, expect: 'done' },
        { call: { call: 'disable-key' }, expect: 'done' },
        { call: { call: 'enable-key' }, expect: 'done' },
        { call: { call: 'receive-event' }, expect: 'shown', within: 900, decides: true },
      ],
    },
    checked: REVIEWED,
  },
  {
    id: 'rules-count-what-they-pass-on',
    assumes: 'EventBridge reports Invocations of a rule within minutes, however long the rule has been idle.',
    source: { says: 'open', page: `${GUIDES.events}/eb-monitoring.html` },
    rests: 'The alarms on security changes and on deposits that are held, in every account.',
    ifFalse: {
      how: 'told',
      what: 'late: the message waits in the queue for 14 days, and the ledger has the change',
    },
    mend: 'Have the rule tell the topic as well as the queue.',
    test: {
      by: 'hand',
      steps:
        'Deploy an organisation, wait a day, disable and enable its alerts key as an administrator of the management account, and see whether concordat-security-changes goes off within 20 minutes.',
      because: 'it needs a day of waiting, and a probe leaves nothing standing for a day',
    },
    checked: REVIEWED,
  },
  {
    id: 'selectors-by-the-end-of-an-arn',
    assumes: 'A trail’s selector takes the end of a Lambda function’s ARN, with an alias behind it or not.',
    source: { says: 'open', page: `${GUIDES.cloudTrail}/logging-data-events-with-cloudtrail.html` },
    rests: 'That the ledger says who asked for a stop or a lift.',
    ifFalse: {
      how: 'closed',
      what: 'Trail fails; where it is taken and finds nothing, orders are in the function’s log alone',
    },
    mend: 'Name the ARNs of the brokers in full in lib/constructs/management/organisation-trail.ts.',
    test: {
      by: 'hand',
      steps: 'Deploy Zone, Trail and an organisation, stop a share, and look for the entry in the ledger.',
      because: 'it needs a trail of an AWS organisation',
    },
    checked: REVIEWED,
  },
  {
    id: 'alias-of-an-access-point-begins-with-its-name',
    assumes: 'The alias of an access point begins with at least the first 12 characters of its name.',
    source: { says: 'open', page: `${GUIDES.s3}/access-points-naming.html` },
    rests: 'Recognising a read or a copy by alias where CloudTrail leaves the access point out.',
    ifFalse: {
      how: 'told',
      what: 'a lawful read is told as one of something unknown, and what was read so as not collected',
    },
    mend: 'Have the index hold the aliases, which CloudFormation gives.',
    test: {
      by: 'hand',
      steps: 'Deploy an organisation that shares, and read the aliases of its access points.',
      because: 'one access point shows no more than its own alias',
    },
    checked: REVIEWED,
  },
  {
    id: 'record-of-a-recall-names-the-marker',
    assumes:
      'CloudTrail’s record of a DeleteObject without a version has `x-amz-delete-marker` and the version of the marker in its answer, as S3 answers, or no answer at all.',
    source: { says: 'open', page: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html' },
    rests: 'That no report of non-delivery follows a recall.',
    ifFalse: {
      how: 'told',
      what: 'what was recalled is told as recalled, and once the deadline passes as not collected as well',
    },
    mend: 'Tell a recall by the version in markerOf, in lib/transfers/s3-target.ts.',
    test: {
      by: 'hand',
      steps:
        'Deposit an object, recall it, take the marker away, and compare the two records in the log archive.',
      because: 'the probe makes no exchange whose objects could be recalled',
    },
    checked: REVIEWED,
  },
  {
    id: 'each-object-of-a-bulk-deletion-is-recorded',
    assumes:
      'CloudTrail records DeleteObjects once for the request, and once as DeleteObject for each object.',
    // AWS announced it on 12 June 2025; its guides do not say it yet.
    source: { says: 'open', page: `${GUIDES.s3}/cloudtrail-logging-s3-info.html` },
    rests: 'Recalls in the S3 console, which deletes so.',
    ifFalse: {
      how: 'told',
      what: 'the ledger has `deletion-asked` without a recall, and what was recalled is told as not collected',
    },
    mend: 'Have the deposit role recall one object by one request, and say so in the onboarding pack.',
    test: {
      by: 'hand',
      steps: 'Deposit an object, delete it in the S3 console, and look for both records in the log archive.',
      because: 'it is the console’s way of asking',
    },
    checked: REVIEWED,
  },
  {
    id: 'insights-alarm-tells-of-each-account',
    assumes:
      'An alarm on a Metrics Insights query by account tells its topic of each account that passes the threshold, by name, and of a further one while it is already in alarm.',
    source: {
      says: 'so',
      page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Acting_Alarm_Changes.html',
    },
    rests: 'The alarm on an account whom AWS refuses many requests: concordat-audit-many-refusals.',
    ifFalse: {
      how: 'told',
      what: 'the alarm goes off without the account’s name, or once for several; the ledger’s entries `refused` name each',
    },
    mend: 'Have the transfer audit send one metric and one alarm for each account of its index.',
    test: {
      by: 'hand',
      steps:
        'From two member accounts, ask for 1,000 names that do not exist below another’s access point within five minutes, the second some minutes after the first, and read the messages of concordat-audit-many-refusals.',
      because: 'the probe deploys no zone, whose metrics the alarm reads',
    },
    checked: '2026-11-29',
  },
  {
    id: 'log-files-within-seven-days',
    assumes:
      'CloudTrail delivers every log file within seven days of what it tells, its own delays and those of a trail that was mended included.',
    source: { says: 'open', page: `${GUIDES.cloudTrail}/get-and-view-cloudtrail-log-files.html` },
    rests:
      'That the public record counts a quarter only once its number is final: `publish` tells it once the copy of the ledger has an entry of seven days after its end.',
    ifFalse: {
      how: 'unseen',
      what: 'a later edition of the public record tells a greater number of the same quarter, and the difference of the two may be below ten. No name, no content and no transfer is told by it',
    },
    mend: 'Make SETTLED_DAYS in lib/publication longer. The ledger itself needs nothing: what comes late is entered late.',
    test: {
      by: 'hand',
      steps:
        'Over a quarter, compare `LastModified` of each log file in the log archive with the newest `eventTime` in it: no difference is of seven days or more. After an alarm on late log files, look once more.',
      because: 'the probe is over within a day',
    },
    checked: '2026-11-30',
  },
];
