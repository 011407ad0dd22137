/** Checks that nothing is lost, and that audit can only be added to. */
import type { Check } from '../check';
import { bucketPolicyOf, isExchangeBucket } from '../facts';
import { eachOf, fail, holds, listed, listOf, notAsked, pass, type Seen, valueAt } from '../judging';
import { covers, deniesAll, identityStatements, statementsAt } from '../statements';

const NO_BUCKET = 'The assembly has no bucket.';
const NO_TABLE = 'The assembly has no table.';

/** Days that a period of the register lasts, at most. */
function daysOf(period: string): number {
  const part = (unit: string) => Number(new RegExp(`(\\d+)${unit}`).exec(period)?.[1] ?? 0);
  return part('Y') * 366 + part('M') * 31 + part('W') * 7 + part('D');
}

/** What would take records away, or loosen what keeps them. */
const UNDOING = [
  's3:BypassGovernanceRetention',
  's3:DeleteObject',
  's3:DeleteObjectVersion',
  's3:PutObjectRetention',
  's3:PutObjectLegalHold',
  's3:ReplicateDelete',
];
/** What would take rows away. */
const REMOVING = [
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:PartiQLDelete',
  'dynamodb:DeleteTable',
  'dynamodb:UpdateTimeToLive',
  'dynamodb:UpdateTable',
];
const STAGING = 'table/concordat-staging';

export const RETENTION: readonly Check[] = [
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
    id: 'S3-LOCK',
    title: 'Log files and the ledger are locked for as long as the register says.',
    reads: [
      'AWS::S3::Bucket ObjectLockEnabled, ObjectLockConfiguration',
      'register.json zone.auditRetention',
    ],
    why: 'In compliance mode nobody at all, AWS’s root user included, can delete them before their time.',
    goals: ['csp-2.5_goal.3', 'csp-13.1_goal.1', 'csp-13.1_goal.4'],
    doesNotProve: 'Anything of copies elsewhere.',
    remediation: 'Set ObjectLockConfiguration to the mode and period of auditRetention.',
    judge: eachOf(
      ['AWS::S3::Bucket'],
      (seen) => {
        if (isExchangeBucket(seen))
          return notAsked(
            'It holds shared data, which agreements say when to delete; it is not locked.',
            'Properties',
            'ObjectLockEnabled',
          );
        const { mode, period } = seen.assembly.register.zone.auditRetention;
        const lock = (name: string) =>
          valueAt(seen.resource.properties, 'ObjectLockConfiguration', 'Rule', 'DefaultRetention', name);
        const days = Number(lock('Years') ?? 0) * 366 + Number(lock('Days') ?? 0);
        return holds(
          seen.resource.properties.ObjectLockEnabled === true &&
            lock('Mode') === mode.toUpperCase() &&
            days >= daysOf(period),
          `It is locked in ${mode} mode for ${period}, as the register says.`,
          `It is not locked in ${mode} mode for ${period}, as the register says.`,
          'Properties',
          'ObjectLockConfiguration',
        );
      },
      NO_BUCKET,
    ),
  },
  {
    id: 'S3-LIFE',
    title: 'Every organisation’s bucket lets go of old versions, and of uploads that were never finished.',
    reads: ['AWS::S3::Bucket LifecycleConfiguration'],
    why: 'What was recalled is to be gone in the end, but not before a mistake can be undone.',
    goals: ['csp-2.4_goal.1'],
    doesNotProve: 'That current objects are deleted when an agreement ends: the owner does that.',
    remediation: 'Set NoncurrentVersionExpiration, and AbortIncompleteMultipartUpload.',
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
        return holds(
          typeof days === 'number' && days >= 30 && aborts,
          `Old versions are kept for ${String(days)} days; unfinished uploads go.`,
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
    id: 'AUDIT-APPEND',
    title: 'Log files and the ledger can be added to, and nothing else.',
    reads: ['AWS::S3::BucketPolicy PolicyDocument'],
    why: 'A record that could be changed would prove nothing.',
    goals: ['csp-13.1_goal.2', 'csp-13.1_goal.4'],
    doesNotProve:
      'Who may change the bucket’s policy: ALM-SEC tells of such a change, and Object Lock outlasts it.',
    remediation:
      'Deny deletion and changes of locks to everybody, and writing to all but the one who writes.',
    judge: eachOf(
      ['AWS::S3::Bucket'],
      (seen: Seen) => {
        if (isExchangeBucket(seen))
          return notAsked('It holds shared data, no audit.', 'Properties', 'BucketName');
        const policy = bucketPolicyOf(seen);
        const statements = policy ? statementsAt(policy, 'PolicyDocument') : [];
        const objects = `arn:aws:s3:::${String(seen.resource.properties.BucketName)}/any`;
        const kept = statements.some((each) => deniesAll(each, UNDOING, [objects]));
        const written = statements.some(
          (each) =>
            !each.allows &&
            each.principals.anybody &&
            covers(each, 's3:PutObject') &&
            each.conditions.length === 1 &&
            ['ArnNotEquals', 'Bool'].includes(each.conditions[0]?.operator ?? ''),
        );
        const missing = [
          kept ? [] : ['deletion'],
          written ? [] : ['writing to all but those who keep it'],
        ].flat();
        return missing.length === 0
          ? pass(
              'Its policy denies deletion and changes of locks to everybody, and writing to all but those who keep it.',
              'Properties',
              'BucketName',
            )
          : fail(`Its policy does not deny ${listed(missing)}.`, 'Properties', 'BucketName');
      },
      NO_BUCKET,
    ),
  },
  {
    id: 'LOG-RET',
    title: 'Logs of functions are kept for a year at least, and not for ever.',
    reads: ['AWS::Logs::LogGroup RetentionInDays'],
    why: 'An incident is often found months later.',
    goals: ['csp-13.1_goal.1', 'csp-13.1_goal.2'],
    doesNotProve: 'That nobody deletes a log group.',
    remediation: 'Set RetentionInDays to 365 or more.',
    judge: eachOf(
      ['AWS::Logs::LogGroup'],
      ({ resource: { properties } }) =>
        holds(
          Number(properties.RetentionInDays) >= 365,
          `It is kept for ${String(properties.RetentionInDays)} days.`,
          'It is not kept for a stated time of a year at least.',
          'Properties',
          'RetentionInDays',
        ),
      'The assembly has no log group.',
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
  {
    id: 'DDB-APPEND',
    title: 'No role can remove entries that wait for the ledger, or let them expire.',
    reads: ['AWS::IAM::Role Policies', 'AWS::DynamoDB::Table TimeToLiveSpecification'],
    why: 'An entry that vanished before it was sealed would leave no trace.',
    goals: ['csp-13.1_goal.4'],
    doesNotProve:
      'That the sealer, which may mark entries as sealed, changes nothing else of them: its tests do.',
    remediation:
      'Take dynamodb:DeleteItem, BatchWriteItem and the like away, and set no time to live on the staging table.',
    judge: eachOf(
      ['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::DynamoDB::Table'],
      (seen) => {
        const { type, properties } = seen.resource;
        if (type === 'AWS::DynamoDB::Table') {
          if (properties.TableName !== 'concordat-staging')
            return notAsked(
              'It holds the life of transfers, which the ledger can tell anew.',
              'Properties',
              'TableName',
            );
          return holds(
            properties.TimeToLiveSpecification === undefined,
            'Its entries do not expire.',
            'Its entries expire.',
            'Properties',
            'TimeToLiveSpecification',
          );
        }
        const removing = identityStatements(seen).filter(
          (each) =>
            each.allows &&
            REMOVING.some((action) => covers(each, action)) &&
            each.resources.some((one) => one.includes(STAGING) || /^\*$|:table\/\*/.test(one)),
        );
        return removing.length > 0
          ? removing.map((each) => fail(`${each.sid} lets entries be removed.`, ...each.at))
          : pass('It may remove no entry.', 'Properties');
      },
      'The assembly has no role.',
    ),
  },
];
