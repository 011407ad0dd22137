/** Checks that no slip loses data: versions, restores, and what stays when its stack goes. How long records are locked is in audit.ts. */
import { deletionsIn, isOfCopies } from '../../assembly';
import { REPORTS_PREFIX } from '../../names';
import { dayWords } from '../../register/calendar';
import type { Check } from '../check';
import { isExchangeBucket } from '../facts';
import { eachOf, holds, listOf, notAsked, valueAt } from '../judging';

export const NO_BUCKET = 'The assembly has no bucket.';
const NO_TABLE = 'The assembly has no table.';

export const DURABILITY: readonly Check[] = [
  {
    id: 'S3-VER',
    title: 'Every bucket keeps versions.',
    reads: ['AWS::S3::Bucket VersioningConfiguration'],
    why: 'What is overwritten or deleted, by mistake or by ransomware, can be had back.',
    goals: ['csp-2.5_goal.3', 'csp-2.5_goal.1'],
    doesNotProve:
      'That anybody restores in time, or that the account’s own administrators cannot delete versions.',
    remediation: 'Set VersioningConfiguration.Status to Enabled.',
    judge: eachOf(
      ['AWS::S3::Bucket'],
      ({ resource: { properties } }) =>
        holds(
          valueAt(properties, 'VersioningConfiguration', 'Status') === 'Enabled',
          'Versions are kept.',
          'Versions are not kept.',
          'Properties',
          'VersioningConfiguration',
        ),
      NO_BUCKET,
    ),
  },
  {
    id: 'S3-LIFE',
    title:
      'Every organisation’s bucket lets go of old versions, of uploads that were never finished, and of what was shared under agreements that are over; of nothing else.',
    reads: ['AWS::S3::Bucket LifecycleConfiguration'],
    why: 'What was recalled, or may no longer be kept, is to be gone in the end, but not before a mistake can be undone.',
    goals: ['csp-2.4_goal.1'],
    doesNotProve:
      'That the days are right: the access proof works them out from the register. That copies elsewhere are gone.',
    remediation:
      'Set NoncurrentVersionExpiration, and AbortIncompleteMultipartUpload. Let no rule expire present objects but reports, or those of one agreement from a date.',
    judge: eachOf(
      ['AWS::S3::Bucket'],
      (seen) => {
        if (!isExchangeBucket(seen))
          return notAsked('It holds records, which are locked.', 'Properties', 'BucketName');
        const rules = listOf(valueAt(seen.resource.properties, 'LifecycleConfiguration', 'Rules')).filter(
          (each) => valueAt(each, 'Status') === 'Enabled',
        );
        const days = rules
          .map((each) => valueAt(each, 'NoncurrentVersionExpiration', 'NoncurrentDays'))
          .find((each) => each !== undefined);
        const aborts = rules.some((each) => valueAt(each, 'AbortIncompleteMultipartUpload') !== undefined);
        const deletions = deletionsIn(seen.resource.properties);
        const stray = deletions.find((each) => each.prefix !== REPORTS_PREFIX && !isOfCopies(each));
        if (stray !== undefined)
          return holds(
            false,
            '',
            `A rule deletes present objects that are not of one agreement from a date: of ${stray.prefix === '' ? 'every name' : `names in ${stray.prefix}`}.`,
            'Properties',
            'LifecycleConfiguration',
          );
        const copies = deletions
          .filter(isOfCopies)
          .map(({ agreement, from }) => ` What was shared under ${agreement} goes on ${dayWords(from)}.`);
        return holds(
          typeof days === 'number' && days >= 30 && aborts,
          `Old versions are kept for ${String(days)} days; unfinished uploads go.${copies.join('')}`,
          'Old versions are not kept for at least 30 days and then let go, or unfinished uploads stay.',
          'Properties',
          'LifecycleConfiguration',
        );
      },
      NO_BUCKET,
    ),
  },
  {
    id: 'S3-COPY',
    title: 'No bucket copies its objects elsewhere.',
    reads: ['AWS::S3::Bucket ReplicationConfiguration'],
    why: 'A generic rule asks for a copy in another Region. AWS has one in the UK: the copy would leave it, and would be past the agreement and the owner’s key.',
    goals: ['csp-2.1_goal.1', 'csp-2.5_goal.2'],
    doesNotProve:
      'That data outlives the loss of the Region: S3 keeps it in three Availability Zones of one Region.',
    remediation: 'Remove ReplicationConfiguration.',
    judge: eachOf(
      ['AWS::S3::Bucket'],
      ({ resource: { properties } }) =>
        holds(
          properties.ReplicationConfiguration === undefined,
          'Nothing is copied elsewhere.',
          'Its objects are copied elsewhere.',
          'Properties',
          'ReplicationConfiguration',
        ),
      NO_BUCKET,
    ),
  },
  {
    id: 'S3-RETAIN',
    title: 'Buckets, keys, tables and logs stay when their stack goes.',
    reads: ['AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::DynamoDB::Table', 'AWS::Logs::LogGroup'].map(
      (type) => `${type} DeletionPolicy, UpdateReplacePolicy`,
    ),
    why: 'A slip in a deployment must not delete data, or the key to it.',
    goals: ['csp-2.4_goal.1', 'csp-2.5_goal.1', 'csp-2.5_goal.3'],
    doesNotProve: 'That nobody deletes them by hand.',
    remediation: 'Set DeletionPolicy to RetainExceptOnCreate or Retain, and UpdateReplacePolicy to Retain.',
    judge: eachOf(
      ['AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::DynamoDB::Table', 'AWS::Logs::LogGroup'],
      ({ resource: { template } }) =>
        holds(
          ['Retain', 'RetainExceptOnCreate'].includes(String(template.DeletionPolicy)) &&
            template.UpdateReplacePolicy === 'Retain',
          'It stays when its stack goes, or when it is replaced.',
          'It goes with its stack, or when it is replaced.',
          'DeletionPolicy',
        ),
      'The assembly holds nothing that keeps data.',
    ),
  },
  {
    id: 'DDB-PITR',
    title: 'Every table can be restored to any second of the last 35 days.',
    reads: ['AWS::DynamoDB::Table PointInTimeRecoverySpecification'],
    why: 'Tables hold what is still to be sealed into the ledger.',
    goals: ['csp-2.5_goal.1', 'csp-13.1_goal.2'],
    doesNotProve: 'That a restore was ever tried.',
    remediation: 'Set PointInTimeRecoveryEnabled.',
    judge: eachOf(
      ['AWS::DynamoDB::Table'],
      ({ resource: { properties } }) =>
        holds(
          valueAt(properties, 'PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled') === true,
          'It can be restored.',
          'It cannot be restored to a point in time.',
          'Properties',
          'PointInTimeRecoverySpecification',
        ),
      NO_TABLE,
    ),
  },
  {
    id: 'DDB-DEL',
    title: 'No table can be deleted by one slip.',
    reads: ['AWS::DynamoDB::Table DeletionProtectionEnabled'],
    why: 'Tables hold what is still to be sealed into the ledger.',
    goals: ['csp-2.5_goal.1'],
    doesNotProve: 'That nobody switches the protection off first.',
    remediation: 'Set DeletionProtectionEnabled.',
    judge: eachOf(
      ['AWS::DynamoDB::Table'],
      ({ resource: { properties } }) =>
        holds(
          properties.DeletionProtectionEnabled === true,
          'It is protected from deletion.',
          'It is not protected from deletion.',
          'Properties',
          'DeletionProtectionEnabled',
        ),
      NO_TABLE,
    ),
  },
];
