/** Checks that audit can be added to, and nothing else. */
import { STAGING_TABLE } from '../../names';
import { durationOf } from '../../register';
import type { Check } from '../check';
import { bucketPolicyOf, isExchangeBucket } from '../facts';
import { eachOf, fail, holds, listed, notAsked, pass, type Seen, valueAt } from '../judging';
import { covers, deniesAll, identityStatements, plainOperator, reaches, statementsAt } from '../statements';
import { NO_BUCKET } from './durability';

/** Days that a period of the register lasts, at most. */
function daysOf(period: string): number {
  const { years, months, weeks, days } = durationOf(period);
  return years * 366 + months * 31 + weeks * 7 + days;
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

export const AUDIT: readonly Check[] = [
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
        const written = statements.some((each) => {
          const [only, ...more] = each.conditions;
          const byName =
            only !== undefined &&
            plainOperator(only.operator) === 'ArnNotEquals' &&
            only.key === 'aws:principalarn';
          const byService = only?.key === 'aws:principalisawsservice' && only.values.join() === 'false';
          return (
            each.denies &&
            each.principals.anybody &&
            covers(each, 's3:PutObject') &&
            reaches(each, objects) &&
            more.length === 0 &&
            (byName || byService)
          );
        });
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
          if (properties.TableName !== STAGING_TABLE)
            return notAsked(
              'It holds the life of transfers, which the ledger can tell again.',
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
        const { region, account } = seen.stack;
        const staging = `arn:aws:dynamodb:${region}:${account}:table/${STAGING_TABLE}`;
        const removing = identityStatements(seen).filter(
          (each) => each.allows && REMOVING.some((action) => covers(each, action)) && reaches(each, staging),
        );
        return removing.length > 0
          ? removing.map((each) => fail(`${each.sid} lets entries be removed.`, ...each.at))
          : pass('It may remove no entry.', 'Properties');
      },
      'The assembly has no role.',
    ),
  },
];
