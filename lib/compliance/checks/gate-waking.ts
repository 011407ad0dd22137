/** Checks that the release gate hears of every clean verdict, and that its silence is heard of. */
import { functionName, GATE_DEAD_LETTERS, GATE_QUEUE } from '../../names';
import type { Check } from '../check';
import { isExchangeBucket } from '../facts';
import { eachOf, fail, inStack, listOf, notAsked, pass, type Seen, textsOf, valueAt } from '../judging';

const GATE = functionName('release-gate');
const SCANNED = 'GuardDuty Malware Protection Object Scan Result';
const CLEAN = 'NO_THREATS_FOUND';
const OPERATORS_OWN = 'It is the operator’s own and nobody deposits there.';

/** The queues, by their logical ids, from which the gate takes messages, one at a time. */
function queuesOfGate(seen: Seen, gate: string): ReadonlySet<string> {
  const mapped = inStack(seen, 'AWS::Lambda::EventSourceMapping')
    .map(({ resource }) => resource.properties)
    .filter(
      ({ FunctionName, FunctionResponseTypes, Enabled }) =>
        FunctionName === `\${${gate}}` &&
        Enabled !== false &&
        textsOf(FunctionResponseTypes).includes('ReportBatchItemFailures'),
    )
    .map(({ EventSourceArn }) => EventSourceArn);
  return new Set(
    inStack(seen, 'AWS::SQS::Queue')
      .map(({ resource }) => resource.logicalId)
      .filter((id) => mapped.includes(`\${${id}.Arn}`)),
  );
}

/** What keeps a bucket’s clean verdicts from its gate, in words. */
function deafness(seen: Seen): string[] {
  const gate = inStack(seen, 'AWS::Lambda::Function').find(
    ({ resource }) => resource.properties.FunctionName === GATE,
  )?.resource;
  if (gate === undefined) return ['there is no function that checks what is deposited'];
  const targeted = (each: Seen) =>
    listOf(each.resource.properties.Targets).map((target) => String(valueAt(target, 'Arn')));
  const rules = inStack(seen, 'AWS::Events::Rule').filter(
    ({ resource }) => (resource.properties.State ?? 'ENABLED') === 'ENABLED',
  );
  const queues = queuesOfGate(seen, gate.logicalId);
  const hears = rules.some(
    (rule) =>
      tellsOfClean(rule.resource.properties.EventPattern, String(seen.resource.properties.BucketName)) &&
      targeted(rule).some((arn) => [...queues].some((id) => arn === `\${${id}.Arn}`)),
  );
  const sweeps = rules.some(
    (rule) =>
      rule.resource.properties.ScheduleExpression === 'rate(1 hour)' &&
      targeted(rule).some((arn) => arn.endsWith(`:function:${GATE}`)),
  );
  return [
    ...(hears ? [] : ['no rule tells it of clean verdicts by a queue that it takes them from']),
    ...(sweeps ? [] : ['nothing has it look each hour for what no event told of']),
  ];
}

/** Whether a pattern takes every clean verdict on objects of a bucket. */
function tellsOfClean(pattern: unknown, bucket: string): boolean {
  const known = ['detail', 'detail-type', 'source'];
  const detail = valueAt(pattern, 'detail');
  return (
    Object.keys((pattern ?? {}) as object).every((name) => known.includes(name)) &&
    textsOf(valueAt(pattern, 'source')).includes('aws.guardduty') &&
    textsOf(valueAt(pattern, 'detail-type')).includes(SCANNED) &&
    Object.keys((detail ?? {}) as object).length === 2 &&
    textsOf(valueAt(detail, 's3ObjectDetails', 'bucketName')).includes(bucket) &&
    textsOf(valueAt(detail, 'scanResultDetails', 'scanResultStatus')).includes(CLEAN)
  );
}

/** An alarm on a metric of one thing, that tells somebody. */
type Watched = readonly [metric: string, dimension: string, value: string, says: string];

const WATCHED: readonly Watched[] = [
  ['Failures', 'FunctionName', GATE, 'that it cannot decide'],
  ['Swept', 'FunctionName', GATE, 'that its sweep is silent'],
  ['OldestWaitingMinutes', 'FunctionName', GATE, 'that a deposit waits for it'],
  ['ApproximateAgeOfOldestMessage', 'QueueName', GATE_QUEUE, 'that verdicts wait for it'],
  ['ApproximateNumberOfMessagesVisible', 'QueueName', GATE_DEAD_LETTERS, 'what it gave up on'],
];

function unwatched(seen: Seen): string[] {
  const alarms = inStack(seen, 'AWS::CloudWatch::Alarm').map(({ resource }) => resource.properties);
  return WATCHED.filter(
    ([metric, dimension, value]) =>
      !alarms.some(
        ({ MetricName, Dimensions, AlarmActions, ActionsEnabled }) =>
          MetricName === metric &&
          listOf(AlarmActions).length > 0 &&
          ActionsEnabled !== false &&
          listOf(Dimensions).some(
            (each) => valueAt(each, 'Name') === dimension && valueAt(each, 'Value') === value,
          ),
      ),
  ).map(([, , , says]) => says);
}

export const GATE_WAKING: readonly Check[] = [
  {
    id: 'GATE-WAKE',
    title: 'The release gate checks everything that was found clean: it is told, and it looks by itself.',
    reads: [
      'AWS::Events::Rule EventPattern, ScheduleExpression, Targets',
      'AWS::Lambda::EventSourceMapping EventSourceArn, FunctionName, FunctionResponseTypes',
      'AWS::Lambda::Function FunctionName',
    ],
    why: 'What is not checked is never released, and would stay where it is without a word.',
    goals: ['csp-11_goal.5', 'csp-14.2_goal.5', 'csp-13.2_goal.1'],
    doesNotProve:
      'That a contract asks for what the data needs: its owner and its recipients answer for that.',
    remediation:
      'Make a rule on clean verdicts of the bucket, with a queue that wakes the gate, and a schedule for its sweep.',
    judge: eachOf(
      ['AWS::S3::Bucket'],
      (seen) => {
        if (!isExchangeBucket(seen)) return notAsked(OPERATORS_OWN, 'Properties', 'BucketName');
        const deaf = deafness(seen);
        return deaf.length === 0
          ? pass(
              'Its gate is told of each clean verdict by a queue, and looks each hour for what no event told of.',
              'Properties',
              'BucketName',
            )
          : fail(`Of its release gate: ${deaf.join('; ')}.`, 'Properties', 'BucketName');
      },
      'The assembly has no bucket.',
    ),
  },
  {
    id: 'GATE-ALARM',
    title: 'Somebody is told when the release gate fails, waits or falls silent.',
    reads: ['AWS::CloudWatch::Alarm MetricName, Dimensions, AlarmActions'],
    why: 'A deposit that is neither released nor rejected reaches nobody. Nothing is lost silently.',
    goals: ['csp-5.2_goal.1', 'csp-13.2_goal.5'],
    doesNotProve: 'That somebody acts on the alarm.',
    remediation:
      'Alarm on the gate’s metrics Failures, Swept and OldestWaitingMinutes, on the age of its oldest verdict, and on its dead letters.',
    judge: eachOf(
      ['AWS::S3::Bucket'],
      (seen) => {
        if (!isExchangeBucket(seen)) return notAsked(OPERATORS_OWN, 'Properties', 'BucketName');
        const quiet = unwatched(seen);
        return quiet.length === 0
          ? pass(
              'Alarms tell of failures, of what waits, of a silent sweep, and of what was given up on.',
              'Properties',
              'BucketName',
            )
          : fail(`Of its release gate, no alarm tells ${quiet.join(', or ')}.`, 'Properties', 'BucketName');
      },
      'The assembly has no bucket.',
    ),
  },
];
