/** Checks that what happens is recorded. */

import { plural } from '../../words';
import type { Check } from '../check';
import { bucketNameOf, isExchangeBucket, membersOf } from '../facts';
import { eachOf, fail, holds, listOf, pass, resourcesOf, type Seen, textsOf, valueAt } from '../judging';

const TRAIL = 'AWS::CloudTrail::Trail';
const NONE = 'The assembly has no trail.';

interface Selector {
  readonly fields: ReadonlyMap<
    string,
    { readonly equals: readonly string[]; readonly starts: readonly string[]; readonly narrows: boolean }
  >;
}

/** The selectors of a trail. */
function selectorsOf({ resource }: Pick<Seen, 'resource'>): Selector[] {
  return listOf(resource.properties.AdvancedEventSelectors).map((selector) => ({
    fields: new Map(
      listOf(valueAt(selector, 'FieldSelectors')).map((field) => [
        String(valueAt(field, 'Field')),
        {
          equals: textsOf(valueAt(field, 'Equals')),
          starts: textsOf(valueAt(field, 'StartsWith')),
          narrows: ['EndsWith', 'NotEquals', 'NotStartsWith', 'NotEndsWith'].some(
            (each) => valueAt(field, each) !== undefined,
          ),
        },
      ]),
    ),
  }));
}

/** Whether a selector takes all events of a category and type, as far as its other fields are known to let through. */
function takes({ fields }: Selector, category: string, type?: string): boolean {
  return (
    fields.get('eventCategory')?.equals.includes(category) === true &&
    (type === undefined || fields.get('resources.type')?.equals.includes(type) === true) &&
    ![...fields.values()].some(({ narrows }) => narrows) &&
    [...fields.keys()].every((each) => ['eventCategory', 'resources.type', 'resources.ARN'].includes(each))
  );
}

/** Whether the data events of a bucket’s objects are recorded. */
function records(selectors: readonly Selector[], bucket: string): boolean {
  return selectors.some((each) => {
    const arn = each.fields.get('resources.ARN');
    return (
      takes(each, 'Data', 'AWS::S3::Object') &&
      (arn === undefined || arn.starts.some((start) => `arn:aws:s3:::${bucket}/`.startsWith(start)))
    );
  });
}

const flag = (name: string, wanted: boolean, good: string, bad: string) => (seen: Seen) =>
  holds(seen.resource.properties[name] === wanted, good, bad, 'Properties', name);

export const TRAIL_CHECKS: readonly Check[] = [
  {
    id: 'CT-DATA',
    title: 'Every read and write of every organisation’s objects is recorded, also through access points.',
    reads: ['AWS::CloudTrail::Trail AdvancedEventSelectors', 'register.json organisations'],
    why: 'Every transfer leaves evidence.',
    goals: [
      'csp-5.2_goal.1',
      'csp-6.2_goal.1',
      'csp-13.1_goal.1',
      'csp-13.1_goal.2',
      'csp-13.1_goal.5',
      'csp-12_goal.5',
    ],
    doesNotProve: 'That somebody reads the record.',
    remediation:
      'Select data events of AWS::S3::Object for the prefix of organisations’ buckets, and of AWS::S3::AccessPoint.',
    judge: eachOf(
      [TRAIL],
      (seen) => {
        const selectors = selectorsOf(seen);
        const missed = membersOf(seen.assembly).filter(
          ({ account }) => !records(selectors, bucketNameOf(seen.assembly, account)),
        );
        if (missed.length > 0)
          return fail(
            `Data events of the buckets of ${plural(missed.length, 'organisation')} are not all recorded, as of ${missed[0]?.id}.`,
            'Properties',
            'AdvancedEventSelectors',
          );
        return holds(
          selectors.some((each) => takes(each, 'Data', 'AWS::S3::AccessPoint')),
          `Reads and writes are recorded for the buckets of all ${membersOf(seen.assembly).length} members, and for access points.`,
          'Data events of access points are not all recorded.',
          'Properties',
          'AdvancedEventSelectors',
        );
      },
      NONE,
    ),
  },
  {
    id: 'CT-KMSEV',
    title: 'Management events are recorded, those of KMS and of S3 among them.',
    reads: ['AWS::CloudTrail::Trail AdvancedEventSelectors'],
    why: 'Changes of keys, grants and policies are management events; leaving KMS out is a common saving.',
    goals: ['csp-5.2_goal.1', 'csp-6.2_goal.1', 'csp-12_goal.5', 'csp-13.1_goal.2'],
    doesNotProve: 'That somebody reads the record.',
    remediation: 'Select all management events, and exclude no source.',
    judge: eachOf(
      [TRAIL],
      (seen) =>
        holds(
          selectorsOf(seen).some((each) => takes(each, 'Management')),
          'All management events are recorded, of every source.',
          'Management events are not all recorded.',
          'Properties',
          'AdvancedEventSelectors',
        ),
      NONE,
    ),
  },
  {
    id: 'CT-ORG',
    title: 'The trail runs in every account of the AWS organisation and in every Region, and is switched on.',
    reads: [
      'AWS::CloudTrail::Trail IsOrganizationTrail, IsMultiRegionTrail, IncludeGlobalServiceEvents, IsLogging',
    ],
    why: 'An account or a Region without a trail is where nobody looks.',
    goals: ['csp-5.2_goal.1', 'csp-6.2_goal.1', 'csp-12_goal.5', 'csp-13.1_goal.5'],
    doesNotProve: 'Accounts outside the AWS organisation.',
    remediation: 'Set IsOrganizationTrail, IsMultiRegionTrail, IncludeGlobalServiceEvents and IsLogging.',
    judge: eachOf(
      [TRAIL],
      ({ resource: { properties } }) => {
        const off = [
          'IsOrganizationTrail',
          'IsMultiRegionTrail',
          'IncludeGlobalServiceEvents',
          'IsLogging',
        ].filter((each) => properties[each] !== true);
        return off.length === 0
          ? pass(
              'It runs in every account and Region, with global services, and is switched on.',
              'Properties',
              'IsOrganizationTrail',
            )
          : fail(`Not set: ${off.join(', ')}.`, 'Properties');
      },
      NONE,
    ),
  },
  {
    id: 'CT-VALID',
    title: 'Log files are covered by signed digests.',
    reads: ['AWS::CloudTrail::Trail EnableLogFileValidation'],
    why: 'A log file that was changed or taken away is then found out.',
    goals: ['csp-13.1_goal.2', 'csp-13.1_goal.4'],
    doesNotProve: 'That somebody checks the digests: the transfer audit does.',
    remediation: 'Set EnableLogFileValidation.',
    judge: eachOf(
      [TRAIL],
      flag('EnableLogFileValidation', true, 'Digests are written and signed.', 'No digests are written.'),
      NONE,
    ),
  },
  {
    id: 'S3-LOG',
    title: 'Requests to every bucket are recorded, by data events or by access logs.',
    reads: ['AWS::S3::Bucket LoggingConfiguration', 'AWS::CloudTrail::Trail AdvancedEventSelectors'],
    why: 'Who read what must be known afterwards.',
    goals: ['csp-5.2_goal.1', 'csp-13.1_goal.2'],
    doesNotProve: 'That somebody reads the record.',
    remediation: 'Cover the bucket by the trail’s data events, or set LoggingConfiguration.',
    judge: eachOf(
      ['AWS::S3::Bucket'],
      (seen) => {
        const selectors = resourcesOf(seen.assembly, [TRAIL]).flatMap(selectorsOf);
        const recorded = records(selectors, String(seen.resource.properties.BucketName));
        const logged =
          valueAt(seen.resource.properties, 'LoggingConfiguration', 'DestinationBucketName') !== undefined;
        const own = !isExchangeBucket(seen);
        return holds(
          recorded || logged,
          recorded ? 'The trail’s data events cover it.' : 'Access logs are on.',
          own
            ? 'Neither data events nor access logs cover this bucket of the operator’s.'
            : 'Neither data events nor access logs cover it.',
          'Properties',
          'BucketName',
        );
      },
      'The assembly has no bucket.',
    ),
  },
  {
    id: 'S3-EVT',
    title: 'Every log file is announced to the audit as it lands.',
    reads: [
      'AWS::CloudTrail::Trail S3BucketName',
      'AWS::S3::Bucket NotificationConfiguration',
      'AWS::Lambda::EventSourceMapping EventSourceArn',
    ],
    why: 'The audit reads log files, which are complete; events by way of EventBridge may be lost.',
    goals: ['csp-5.2_goal.1', 'csp-13.1_goal.1', 'csp-13.2_goal.2'],
    doesNotProve: 'How soon CloudTrail delivers.',
    remediation:
      'Tell a queue of every object created under AWSLogs/, and map the queue to the audit’s function.',
    judge: eachOf(
      [TRAIL],
      (seen) => {
        const bucket = resourcesOf(seen.assembly, ['AWS::S3::Bucket']).find(
          ({ resource }) => resource.properties.BucketName === seen.resource.properties.S3BucketName,
        );
        const queues = listOf(
          valueAt(bucket?.resource.properties, 'NotificationConfiguration', 'QueueConfigurations'),
        )
          .filter((each) => String(valueAt(each, 'Event')).startsWith('s3:ObjectCreated:*'))
          .map((each) => valueAt(each, 'Queue'));
        const read = resourcesOf(seen.assembly, ['AWS::Lambda::EventSourceMapping']).some(
          ({ resource, stack }) =>
            stack === bucket?.stack &&
            resource.properties.Enabled !== false &&
            queues.includes(resource.properties.EventSourceArn),
        );
        return holds(
          read,
          'Its bucket tells a queue of each log file, which the audit reads.',
          'No queue that a function reads is told of new log files.',
          'Properties',
          'S3BucketName',
        );
      },
      NONE,
    ),
  },
];
