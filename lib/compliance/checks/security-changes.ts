/** The check that changes of what protects data are told of. */
import { roleArnIn } from '../../names';
import type { Check } from '../check';
import { teamTold } from '../facts';
import { eachOf, fail, inStack, listOf, notAsked, pass, type Seen, textsOf, valueAt } from '../judging';

/** Changes of what protects data, which are not made by hand in normal work. */
const TOLD_OF: Readonly<Record<string, string>> = {
  AddPermission20150331v2: 'lambda.amazonaws.com',
  CreateAccessPoint: 's3.amazonaws.com',
  CreateGrant: 'kms.amazonaws.com',
  DeleteAccessPoint: 's3.amazonaws.com',
  DeleteAccessPointPolicy: 's3.amazonaws.com',
  DeleteAccountPublicAccessBlock: 's3.amazonaws.com',
  DeleteBucketEncryption: 's3.amazonaws.com',
  DeleteBucketPolicy: 's3.amazonaws.com',
  DeleteBucketPublicAccessBlock: 's3.amazonaws.com',
  DeleteFunction20150331: 'lambda.amazonaws.com',
  DeleteImportedKeyMaterial: 'kms.amazonaws.com',
  DeleteTrail: 'cloudtrail.amazonaws.com',
  DisableKey: 'kms.amazonaws.com',
  PutAccessPointPolicy: 's3.amazonaws.com',
  PutAccountPublicAccessBlock: 's3.amazonaws.com',
  PutBucketEncryption: 's3.amazonaws.com',
  PutBucketLifecycle: 's3.amazonaws.com',
  PutBucketNotification: 's3.amazonaws.com',
  PutBucketOwnershipControls: 's3.amazonaws.com',
  PutBucketPolicy: 's3.amazonaws.com',
  PutBucketPublicAccessBlock: 's3.amazonaws.com',
  PutBucketReplication: 's3.amazonaws.com',
  PutBucketVersioning: 's3.amazonaws.com',
  PutEventSelectors: 'cloudtrail.amazonaws.com',
  PutKeyPolicy: 'kms.amazonaws.com',
  ScheduleKeyDeletion: 'kms.amazonaws.com',
  StopLogging: 'cloudtrail.amazonaws.com',
  UpdateFunctionCode20150331v2: 'lambda.amazonaws.com',
  UpdateFunctionConfiguration20150331v2: 'lambda.amazonaws.com',
  UpdateTrail: 'cloudtrail.amazonaws.com',
};

const CHANGES = Object.keys(TOLD_OF);

/** What a rule’s pattern asks of a field. */
function patternOf({ resource }: Pick<Seen, 'resource'>, ...field: string[]): readonly unknown[] {
  return listOf(valueAt(resource.properties.EventPattern, ...field));
}

/** Whom a rule passes over: the roles that deploy to its account, and the broker; it must tell of any other caller. */
function passesOver(rule: Seen): boolean {
  const { stack, assembly } = rule;
  const deploys = valueAt(
    assembly.manifest,
    'artifacts',
    stack.artifact,
    'properties',
    'cloudFormationExecutionRoleArn',
  );
  const expected = [
    String(deploys).replaceAll(`\${AWS::Partition}`, 'aws'),
    roleArnIn(stack.account, 'grant-broker'),
  ];
  const who = valueAt(rule.resource.properties.EventPattern, 'detail', 'userIdentity');
  if (who === undefined) return true;
  const issuers = listOf(valueAt(who, 'sessionContext', 'sessionIssuer', 'arn'));
  return (
    issuers.some((each) => valueAt(each, 'exists') === false) &&
    issuers.some((each) => {
      const but = textsOf(valueAt(each, 'anything-but'));
      return but.length > 0 && but.every((one) => expected.includes(one));
    })
  );
}

/**
 * Whether what a rule sees reaches a topic: at once, or by an alarm on the rule’s own count, with a queue that keeps it. A queue
 * that has been idle reports nothing at first, so an alarm on the queue does not count.
 */
function reaches(rule: Seen, topic: string): boolean {
  const targets = listOf(rule.resource.properties.Targets).map((each) => String(valueAt(each, 'Arn')));
  const queues = inStack(rule, 'AWS::SQS::Queue').filter(({ resource }) =>
    targets.includes(`\${${resource.logicalId}.Arn}`),
  );
  return (
    targets.includes(topic) ||
    (queues.length > 0 &&
      inStack(rule, 'AWS::CloudWatch::Alarm').some(
        ({ resource: { properties } }) =>
          properties.Namespace === 'AWS/Events' &&
          properties.MetricName === 'Invocations' &&
          properties.Threshold === 1 &&
          textsOf(properties.AlarmActions).includes(topic) &&
          listOf(properties.Dimensions).some(
            (each) => valueAt(each, 'Value') === rule.resource.properties.Name,
          ),
      ))
  );
}

const DETAIL = ['eventSource', 'eventName', 'userIdentity'];

/** Of which changes an account’s rules tell a topic. */
function toldOf(seen: Seen): Set<string> {
  const rules = inStack(seen, 'AWS::Events::Rule').filter(
    (rule) =>
      rule.resource.properties.State !== 'DISABLED' &&
      patternOf(rule, 'detail-type').includes('AWS API Call via CloudTrail') &&
      Object.keys((rule.resource.properties.EventPattern ?? {}) as object).every((each) =>
        ['detail-type', 'detail'].includes(each),
      ) &&
      Object.keys((valueAt(rule.resource.properties.EventPattern, 'detail') ?? {}) as object).every((each) =>
        DETAIL.includes(each),
      ) &&
      passesOver(rule) &&
      reaches(rule, `\${${seen.resource.logicalId}}`),
  );
  return new Set(
    rules.flatMap((rule) => {
      const sources = textsOf(patternOf(rule, 'detail', 'eventSource'));
      return textsOf(patternOf(rule, 'detail', 'eventName')).filter(
        (name) => sources.length === 0 || sources.includes(TOLD_OF[name] ?? ''),
      );
    }),
  );
}

export const SECURITY_CHANGES: readonly Check[] = [
  {
    id: 'ALM-SEC',
    title:
      'Every account’s security team is told when a key, a grant, a bucket, an access point, a function or the trail is changed by anybody but a deployment or the grant broker.',
    reads: [
      'AWS::SNS::Topic TopicName',
      'AWS::Events::Rule EventPattern, Targets, State',
      'AWS::CloudWatch::Alarm AlarmActions',
    ],
    why: 'Whoever can change what protects data should not be able to do so unseen.',
    goals: [
      'csp-5.2_goal.1',
      'csp-5.4_goal.3',
      'csp-6.2_goal.2',
      'csp-12_goal.5',
      'csp-13.2_goal.1',
      'csp-13.2_goal.2',
      'csp-13.2_goal.4',
      'csp-14.2_goal.4',
    ],
    doesNotProve:
      'That somebody acts on it, or that every event arrives: EventBridge does its best. The log files, and the transfer audit, miss none.',
    remediation: `Make a rule for ${CHANGES.join(', ')} that passes over deployments alone, and an alarm on its Invocations.`,
    judge: eachOf(
      ['AWS::SNS::Topic'],
      (seen) => {
        if (teamTold(seen) !== undefined)
          return notAsked('It tells a team of messages, and nobody of changes.', 'Properties', 'TopicName');
        const told = toldOf(seen);
        const untold = CHANGES.filter((each) => !told.has(each));
        return untold.length === 0
          ? pass(`It is told of ${CHANGES.join(', ')} by others than deployments.`, 'Properties', 'TopicName')
          : fail(`It is not told of ${untold.join(', ')}.`, 'Properties', 'TopicName');
      },
      'The assembly has no topic.',
    ),
  },
];
