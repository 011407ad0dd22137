/** Checks that alerts reach the right team. */
import type { Check } from '../check';
import { organisationOf, teamTold } from '../facts';
import { eachOf, holds, inStack, listOf, notAsked, pass, type Seen, textsOf, valueAt } from '../judging';

/** Whether an alarm of the stack goes off for a rule or a queue, and notifies a topic. */
function alarmed(seen: Seen, metric: string, dimension: string, value: unknown): boolean {
  return inStack(seen, 'AWS::CloudWatch::Alarm').some(
    ({ resource: { properties } }) =>
      properties.MetricName === metric &&
      listOf(properties.AlarmActions).length > 0 &&
      listOf(properties.Dimensions).some(
        (each) => valueAt(each, 'Name') === dimension && valueAt(each, 'Value') === value,
      ),
  );
}

export const ALERTS: readonly Check[] = [
  {
    id: 'ALM-ORG',
    title:
      'Every account’s alarms tell the mailbox that the register names for it, and of messages each team’s own mailbox is told.',
    reads: ['AWS::SNS::Topic Subscription', 'AWS::CloudWatch::Alarm AlarmActions', 'register.json'],
    why: 'An organisation should hear of its own data first, from its own account.',
    goals: ['csp-6.2_goal.2', 'csp-13.2_goal.1', 'csp-13.2_goal.2', 'csp-13.2_goal.3', 'csp-13.2_goal.5'],
    doesNotProve: 'That mail arrives, or that the subscription was confirmed.',
    remediation:
      'Subscribe contacts.security, or the zone’s alertAddress, and let every alarm tell that topic.',
    judge: eachOf(
      ['AWS::SNS::Topic', 'AWS::CloudWatch::Alarm'],
      (seen) => {
        const { type, properties, logicalId } = seen.resource;
        if (type === 'AWS::CloudWatch::Alarm') {
          const topics = new Set(
            inStack(seen, 'AWS::SNS::Topic')
              .filter((topic) => teamTold(topic) === undefined)
              .map(({ resource }) => `\${${resource.logicalId}}`),
          );
          const told = textsOf(properties.AlarmActions);
          return holds(
            told.length > 0 && told.every((each) => topics.has(each)) && properties.ActionsEnabled !== false,
            'It tells the topic of its account.',
            'It does not tell the topic of its account.',
            'Properties',
            'AlarmActions',
          );
        }
        const wanted =
          teamTold(seen) ??
          organisationOf(seen.assembly, seen.stack)?.contacts.security ??
          seen.assembly.register.zone.alertAddress;
        const reached = listOf(properties.Subscription).map((each) => valueAt(each, 'Endpoint'));
        return holds(
          reached.length === 1 && reached[0] === wanted,
          `${logicalId} tells ${wanted}, as the register says.`,
          `It should tell ${wanted}, and nobody else.`,
          'Properties',
          'Subscription',
        );
      },
      'The assembly has no topic.',
    ),
  },
  {
    id: 'SQS-DLQ',
    title: 'A message that cannot be read is kept, and somebody is told.',
    reads: ['AWS::SQS::Queue RedrivePolicy', 'AWS::Events::Rule Targets', 'AWS::CloudWatch::Alarm'],
    why: 'Nothing is lost silently.',
    goals: ['csp-5.2_goal.1', 'csp-13.2_goal.5'],
    doesNotProve: 'That somebody looks at it within the fourteen days that it is kept.',
    remediation: 'Set RedrivePolicy, and an alarm on what is in the other queue.',
    judge: eachOf(
      ['AWS::SQS::Queue'],
      (seen) => {
        const { properties, logicalId } = seen.resource;
        const last = inStack(seen, 'AWS::SQS::Queue').some(({ resource }) =>
          String(valueAt(resource.properties, 'RedrivePolicy', 'deadLetterTargetArn')).includes(logicalId),
        );
        if (last)
          return holds(
            alarmed(seen, 'ApproximateNumberOfMessagesVisible', 'QueueName', properties.QueueName),
            'It keeps what could not be read, and an alarm tells of it.',
            'It keeps what could not be read, but nobody is told.',
            'Properties',
            'QueueName',
          );
        const read = inStack(seen, 'AWS::Lambda::EventSourceMapping').some(
          ({ resource }) => resource.properties.EventSourceArn === `\${${logicalId}.Arn}`,
        );
        const filling = inStack(seen, 'AWS::Events::Rule').filter(({ resource }) =>
          listOf(resource.properties.Targets).some((each) => valueAt(each, 'Arn') === `\${${logicalId}.Arn}`),
        );
        const isHeard =
          filling.length > 0 &&
          filling.every(({ resource }) => alarmed(seen, 'Invocations', 'RuleName', resource.properties.Name));
        // What an idle queue itself reports can come too late to be told of.
        if (!read && isHeard)
          return pass(
            'No function reads it: an alarm tells people of each message.',
            'Properties',
            'QueueName',
          );
        return holds(
          valueAt(properties, 'RedrivePolicy', 'deadLetterTargetArn') !== undefined,
          'What cannot be read goes to a queue of its own.',
          'What cannot be read is lost.',
          'Properties',
          'RedrivePolicy',
        );
      },
      'The assembly has no queue.',
    ),
  },
  {
    id: 'EVB-DLQ',
    title: 'An event that cannot be passed on does not vanish unseen.',
    reads: ['AWS::Events::Rule Targets, EventPattern', 'AWS::CloudWatch::Alarm'],
    why: 'Nothing is lost silently.',
    goals: ['csp-5.2_goal.1', 'csp-13.2_goal.5'],
    doesNotProve: 'What the event was, where only an alarm tells of it: CloudTrail’s log files have it.',
    remediation: 'Set DeadLetterConfig on each target, or an alarm on FailedInvocations of the rule.',
    judge: eachOf(
      ['AWS::Events::Rule'],
      (seen) => {
        const { properties } = seen.resource;
        if (properties.EventPattern === undefined)
          return notAsked(
            'It goes by the clock: what one call misses, the next makes up.',
            'Properties',
            'ScheduleExpression',
          );
        const kept = listOf(properties.Targets).every(
          (each) => valueAt(each, 'DeadLetterConfig', 'Arn') !== undefined,
        );
        return holds(
          kept || alarmed(seen, 'FailedInvocations', 'RuleName', properties.Name),
          kept
            ? 'What cannot be passed on is kept.'
            : 'An alarm goes off when an event could not be passed on.',
          'An event that cannot be passed on vanishes.',
          'Properties',
          'Targets',
        );
      },
      'The assembly has no rule.',
    ),
  },
  {
    id: 'TPL-DETECT',
    title:
      'IAM Access Analyzer looks for access from outside the whole AWS organisation; GuardDuty, where a template switches it on, watches S3.',
    reads: ['AWS::AccessAnalyzer::Analyzer Type', 'AWS::GuardDuty::Detector Enable, Features'],
    why: 'An analyzer of one account takes every share with another organisation for a finding, and the stranger among them is not seen. Whether GuardDuty watches an account belongs to the AWS organisation, not to this project; what templates do say of it must be right.',
    goals: ['csp-13.2_goal.1'],
    doesNotProve:
      'Whether GuardDuty or Security Hub is on: ask for the settings of the AWS organisation. Nor what IAM Access Analyzer has found: ask for its findings.',
    remediation:
      'Give the analyzer the type ORGANIZATION, in the management account. Enable the detector with S3_DATA_EVENTS.',
    judge: eachOf(
      ['AWS::AccessAnalyzer::Analyzer', 'AWS::GuardDuty::Detector'],
      ({ resource: { type, properties } }) =>
        type === 'AWS::AccessAnalyzer::Analyzer'
          ? holds(
              properties.Type === 'ORGANIZATION',
              'It takes the whole AWS organisation for trusted, and looks for access from elsewhere.',
              'It takes one account alone for trusted, or looks for something else.',
              'Properties',
              'Type',
            )
          : holds(
              properties.Enable === true &&
                listOf(properties.Features).some(
                  (each) =>
                    valueAt(each, 'Name') === 'S3_DATA_EVENTS' && valueAt(each, 'Status') === 'ENABLED',
                ),
              'It is on and watches S3.',
              'It is off, or does not watch S3.',
              'Properties',
            ),
      'No template makes an analyzer or a detector: the AWS organisation decides which accounts are watched.',
    ),
  },
];
