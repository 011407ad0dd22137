/** The broker as it is deployed, in a world in memory: with CloudFormation’s answers, and a list that a test may change. */
import { Broker, type BrokerProps } from '../../../lambda/key-grants/broker';
import { digestOfList } from '../../../lambda/key-grants/deployed-list';
import { parseEnvironment } from '../../../lambda/key-grants/environment';
import type { BrokerContext } from '../../../lambda/key-grants/rights';
import { BROKER, KEY_ARN, listOf, share, type World } from './world';

const HOST = 'cloudformation-custom-resource-response-euwest2.s3.eu-west-2.amazonaws.com';
export const SECRET = `https://${HOST}/answer?X-Amz-Signature=secret`;
export const STACK = 'arn:aws:cloudformation:eu-west-2:111111111111:stack/Organisation-owner';
export const ID = `concordat-key-grants/${KEY_ARN}`;
/** What the function is told, but for the digest of its list. */
export const ENVIRONMENT = {
  KEY_ARN,
  BROKER_ROLE_ARN: BROKER,
  GRANTS_FILE: '/opt/grants.json',
  STACK_ARN: STACK,
  AWS_REGION: 'eu-west-2',
  AWS_LAMBDA_FUNCTION_NAME: 'broker',
};
/** What CloudFormation asks when it makes the stack. */
export const EVENT = {
  RequestType: 'Create',
  ResponseURL: SECRET,
  StackId: `${STACK}/0123`,
  RequestId: 'r',
  LogicalResourceId: 'Grants',
};

/** A broker in a world, with the list of one share until another is given. */
export function brokerIn(world: World, change: Partial<BrokerProps> = {}) {
  const answers: { Status: string; Reason?: string; PhysicalResourceId: string }[] = [];
  const lines: string[] = [];
  const list: { text: string; digest?: string } = { text: JSON.stringify(listOf(share(1))) };
  const broker = new Broker({
    wire: () => ({
      ...world.ports(),
      environment: parseEnvironment({
        ...ENVIRONMENT,
        GRANTS_DIGEST: list.digest ?? digestOfList(list.text),
      }),
      readList: async () => list.text,
    }),
    fetch: (async (_: string, { body }: { body: Buffer }) => {
      answers.push(JSON.parse(body.toString('utf8')));
      return new Response('');
    }) as unknown as typeof fetch,
    write: (line) => lines.push(line),
    now: () => world.time,
    sleep: world.clock.sleep,
    ...change,
  });
  const start = world.time;
  const context = contextOf(() => 300_000 - (world.time - start));
  return { broker, answers, lines, list, context };
}

/** What Lambda says of an invocation by the function’s own name, or by an alias. */
export function contextOf(getRemainingTimeInMillis: () => number, alias = ''): BrokerContext {
  return {
    getRemainingTimeInMillis,
    invokedFunctionArn: `arn:aws:lambda:eu-west-2:111111111111:function:broker${alias}`,
    awsRequestId: 'request',
  };
}
