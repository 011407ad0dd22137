/**
 * The alarms that CloudFormation watches while it changes a stack, and for some minutes after: where one goes off, CloudFormation
 * puts the stack back by itself.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-rollback-triggers.html
 */
import type { Assembly, AssemblyStack } from '../assembly';
import type { Side } from '../change-sets';
import { type FleetStack, stackCalled } from './fleet';

/** What every function reports where it fails, and what a check of the templates asks an alarm on. */
const FAILURES = 'Failures';
/** What CloudFormation takes for one stack. */
const MOST = 5;

/**
 * The ARNs of the alarms of a stack that tell that a function fails; those that are there before and after the change, since
 * CloudFormation gives up where one is not there. None of a stack that is new.
 */
export function alarmsWatched(
  { stack, account, region }: FleetStack,
  pair: Readonly<Record<Side, Assembly>>,
): string[] {
  const names = (side: Side) => failuresIn(stackCalled(pair[side], stack));
  const after = new Set(names('after'));
  return names('before')
    .filter((each) => after.has(each))
    .slice(0, MOST)
    .map((name) => `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`);
}

function failuresIn(stack: AssemblyStack | undefined): string[] {
  return Object.values(stack?.resources ?? {}).flatMap(({ Type, Properties = {} }) => {
    const { MetricName, AlarmName } = Properties;
    const tells = Type === 'AWS::CloudWatch::Alarm' && MetricName === FAILURES;
    return tells && typeof AlarmName === 'string' ? [AlarmName] : [];
  });
}
