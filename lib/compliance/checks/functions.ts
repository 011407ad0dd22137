/** Checks on functions. */
import { dayWords } from '../../register/calendar';
import { plural } from '../../words';
import type { Check } from '../check';
import { eachOf, fail, holds, inStack, listOf, pass, type Seen, valueAt } from '../judging';

const NONE = 'The assembly has no function.';

/**
 * The last day on which AWS supports each runtime.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
const SUPPORTED_UNTIL: Readonly<Record<string, string>> = {
  'nodejs22.x': '2027-04-30',
  'nodejs24.x': '2028-04-30',
};

const SECRET_NAME = /(?:password|passwd|secret|token|credential|apikey|api_key|private_?key)/i;
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** Among them an API key of GOV.UK Notify, and what CloudFormation would put a secret in place of as it deploys. */
const SECRET_VALUE = new RegExp(
  `(?:AKIA|ASIA)[0-9A-Z]{16}|-----BEGIN|^[A-Za-z0-9+/=]{40}$|${UUID}-${UUID}|\\{\\{resolve:(?:secretsmanager|ssm-secure):`,
);
/** Where a secret is, which only those read who may: no secret itself, whatever the setting is called. */
const PLACE_OF_SECRET = /^arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]{1,519}$/;

function looksSecret([name, value]: readonly [string, unknown]): boolean {
  const text = String(value);
  return SECRET_VALUE.test(text) || (SECRET_NAME.test(name) && !PLACE_OF_SECRET.test(text));
}

/** Alarms of the function’s stack that go off for it and notify a topic, by metric. */
function alarmsOf(seen: Seen): Map<string, Readonly<Record<string, unknown>>> {
  const name = seen.resource.properties.FunctionName;
  return new Map(
    inStack(seen, 'AWS::CloudWatch::Alarm')
      .map(({ resource }) => resource.properties)
      .filter(
        ({ Dimensions, AlarmActions }) =>
          listOf(AlarmActions).length > 0 &&
          listOf(Dimensions).some(
            (each) => valueAt(each, 'Name') === 'FunctionName' && valueAt(each, 'Value') === name,
          ),
      )
      .map((properties) => [String(properties.MetricName), properties]),
  );
}

export const FUNCTIONS: readonly Check[] = [
  {
    id: 'LAM-RUNTIME',
    title: 'Every function runs on a version that AWS supports on the day of the assembly.',
    reads: ['AWS::Lambda::Function Runtime'],
    why: 'AWS patches supported runtimes, and no others.',
    goals: ['csp-5.1_goal.2', 'csp-5.1_goal.5', 'csp-7_goal.5', 'csp-14.2_goal.6'],
    doesNotProve: 'Which patch level runs now.',
    remediation: 'Set a runtime that is supported.',
    judge: eachOf(
      ['AWS::Lambda::Function'],
      ({ resource: { properties }, assembly }) => {
        const until = SUPPORTED_UNTIL[String(properties.Runtime)];
        return holds(
          until !== undefined && assembly.asOf <= until,
          `${String(properties.Runtime)} is supported until ${dayWords(String(until))}.`,
          `${String(properties.Runtime)} is not known to be supported on ${dayWords(assembly.asOf)}.`,
          'Properties',
          'Runtime',
        );
      },
      NONE,
    ),
  },
  {
    id: 'LAM-DLQ',
    title: 'A run that fails is noticed.',
    reads: [
      'AWS::Lambda::Function DeadLetterConfig',
      'AWS::CloudWatch::Alarm MetricName, Dimensions, AlarmActions',
    ],
    why: 'Nothing is lost silently. These functions run by the clock or from a queue, and do what was left undone at the next run, so an alarm serves better than a queue of old calls.',
    goals: ['csp-5.2_goal.1', 'csp-13.2_goal.5'],
    doesNotProve: 'That somebody acts on the alarm.',
    remediation: 'Alarm on the function’s metric Failures, or set DeadLetterConfig.',
    judge: eachOf(
      ['AWS::Lambda::Function'],
      (seen) =>
        holds(
          valueAt(seen.resource.properties, 'DeadLetterConfig', 'TargetArn') !== undefined ||
            alarmsOf(seen).has('Failures'),
          'An alarm goes off when a run fails.',
          'Nobody is told when a run fails.',
          'Properties',
          'FunctionName',
        ),
      NONE,
    ),
  },
  {
    id: 'LAM-ENV',
    title: 'No function has a secret among its settings.',
    reads: ['AWS::Lambda::Function Environment'],
    why: 'Settings are shown to whoever may look at the function.',
    goals: ['csp-2.3', 'csp-7_goal.7', 'csp-10_goal.5'],
    doesNotProve: 'That no secret is in the code.',
    remediation: 'Give the function a role that may do what it needs.',
    judge: eachOf(
      ['AWS::Lambda::Function'],
      ({ resource: { properties } }) => {
        const variables = Object.entries((valueAt(properties, 'Environment', 'Variables') ?? {}) as object);
        const secret = variables.find(looksSecret);
        return secret
          ? fail(`${secret[0]} looks like a secret.`, 'Properties', 'Environment', 'Variables', secret[0])
          : pass(
              `It has ${plural(variables.length, 'setting')}: names and places alone.`,
              'Properties',
              'Environment',
              'Variables',
            );
      },
      NONE,
    ),
  },
  {
    id: 'LAM-LOG',
    title: 'Every function writes structured logs to a log group that its template makes.',
    reads: ['AWS::Lambda::Function LoggingConfig', 'AWS::Logs::LogGroup LogGroupName'],
    why: 'A log group that Lambda makes by itself has no key and no end.',
    goals: ['csp-5.2_goal.1', 'csp-13.1_goal.2', 'csp-13.1_goal.6'],
    doesNotProve: 'That anybody reads the log.',
    remediation: 'Make a log group and name it in LoggingConfig, with LogFormat JSON.',
    judge: eachOf(
      ['AWS::Lambda::Function'],
      (seen) => {
        const config = (name: string) => valueAt(seen.resource.properties, 'LoggingConfig', name);
        const group = inStack(seen, 'AWS::Logs::LogGroup').some(({ resource }) =>
          [`\${${resource.logicalId}}`, resource.properties.LogGroupName].includes(
            config('LogGroup') as string,
          ),
        );
        return holds(
          group && config('LogFormat') === 'JSON',
          'It logs JSON to a log group of its stack.',
          'It does not log JSON to a log group of its stack.',
          'Properties',
          'LoggingConfig',
        );
      },
      NONE,
    ),
  },
  {
    id: 'LAM-CODE',
    title: 'The code of every function, and of every layer, is an asset in the assembly, named by its hash.',
    reads: ['AWS::Lambda::Function Code', 'AWS::Lambda::LayerVersion Content', 'manifest.json'],
    why: 'What runs is then what was reviewed and synthesised.',
    goals: ['csp-5.4_goal.1', 'csp-7_goal.3', 'csp-7_goal.7'],
    doesNotProve: 'That the code is good.',
    remediation: 'Deploy the code as an asset.',
    judge: eachOf(
      ['AWS::Lambda::Function', 'AWS::Lambda::LayerVersion'],
      ({ resource: { type, properties }, stack }) => {
        const place = type === 'AWS::Lambda::Function' ? 'Code' : 'Content';
        const key = String(valueAt(properties, place, 'S3Key'));
        const [hash] = /^[0-9a-f]{64}/.exec(key) ?? [];
        return holds(
          hash !== undefined && stack.assets.get(key) === `asset.${hash}`,
          `It is asset.${hash} of this assembly.`,
          'It is not an asset of this assembly.',
          'Properties',
          place,
        );
      },
      NONE,
    ),
  },
  {
    id: 'LAM-CONC',
    title: 'A flood of messages can’t take all of an account’s functions.',
    reads: ['AWS::Lambda::EventSourceMapping ScalingConfig'],
    why: 'Reserved concurrency, which generic rules ask for, would take from a small pool that new accounts have, and protect nothing that runs by the clock.',
    goals: ['csp-3_goal.1', 'csp-2.5_goal.1'],
    doesNotProve: 'How many functions an account may run at once.',
    remediation: 'Set ScalingConfig.MaximumConcurrency.',
    judge: eachOf(
      ['AWS::Lambda::EventSourceMapping'],
      ({ resource: { properties } }) => {
        const most = valueAt(properties, 'ScalingConfig', 'MaximumConcurrency');
        return holds(
          typeof most === 'number' && most <= 100,
          `At most ${String(most)} run at once.`,
          'Nothing bounds how many run at once.',
          'Properties',
          'ScalingConfig',
        );
      },
      'No function is called by messages.',
    ),
  },
];
