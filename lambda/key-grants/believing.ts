/**
 * Which of CloudFormation’s events are believed. Whoever may call this function could send what looks like one: to have every
 * grant ended, or to have an answer sent to an address of their own.
 */
import { type Again, described, EventError } from '../../lib/runtime';
import type { CloudFormationEvent } from './cloudformation';
import type { OwnStack, StackState } from './ports';

/**
 * The hosts at which CloudFormation takes answers.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-vpce-bucketnames.html
 */
const ANSWER_HOST =
  /^cloudformation-custom-resource-response-[a-z0-9-]+\.s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com$/;

/**
 * Holds the address of the answer against CloudFormation’s.
 * @param testOrigin an address that tests take answers at; no deployment sets it
 * @throws EventError where it is another: then nothing is done, and nothing sent there
 */
export function checkAnswerAddress({ ResponseURL }: CloudFormationEvent, testOrigin?: string): void {
  const url = URL.canParse(ResponseURL) ? new URL(ResponseURL) : undefined;
  if (url?.protocol === 'https:' && url.port === '' && ANSWER_HOST.test(url.hostname)) return;
  if (url !== undefined && testOrigin !== undefined && url.origin === new URL(testOrigin).origin) return;
  throw new EventError(
    `the answer is to go to ${url?.host ?? 'no address'}, which is not CloudFormation’s: nothing was done`,
  );
}

/**
 * Holds the stack of an event against the own one, by the ARN that it has but for its id.
 * @throws EventError where it is another
 */
export function checkStack({ StackId }: CloudFormationEvent, ownStack: string): void {
  if (!StackId.startsWith(`${ownStack}/`))
    throw new EventError(`the event is of ${StackId.slice(0, 200)}, not of ${ownStack}: nothing was done`);
}

/** What the own stack is doing; not known where CloudFormation lastingly can’t be asked, which holds up no deployment. */
export async function stateOf(
  stack: OwnStack,
  { StackId }: CloudFormationEvent,
  again: Again,
  tell: (error: string) => void,
): Promise<StackState | 'not-known'> {
  try {
    return await again(() => stack.state(StackId));
  } catch (error) {
    tell(described(error));
    return 'not-known';
  }
}

/**
 * Holds a deletion against what the stack is doing: grants end with the stack, and at no other time.
 * @throws EventError where the stack is at rest
 */
export function checkDeletion({ StackId }: CloudFormationEvent, state: StackState | 'not-known'): void {
  if (state === 'at-rest')
    throw new EventError(
      `${StackId.slice(0, 200)} is at rest, so nothing of it is being deleted: nothing was done`,
    );
}
