/** Which events are taken for CloudFormation’s: by the address of the answer, by the stack, and by what the stack is doing. */
import { checkAnswerAddress, checkDeletion, checkStack, stateOf } from '../../../lambda/key-grants/believing';
import type { StackState } from '../../../lambda/key-grants/ports';
import { insisting } from '../../../lib/runtime';
import { EVENT, STACK } from './deployed-broker';
import { KmsError } from './memory-kms';
import { World } from './world';

const event = { ...EVENT, RequestType: 'Delete' as const };
const answeredAt = (ResponseURL: string) => () => checkAnswerAddress({ ...event, ResponseURL });

it.each([
  ['another port', EVENT.ResponseURL.replace('.amazonaws.com/', '.amazonaws.com:8443/')],
  ['no encryption', EVENT.ResponseURL.replace('https:', 'http:')],
  [
    'a bucket of somebody else',
    EVENT.ResponseURL.replace('cloudformation-custom-resource-response', 'my-bucket'),
  ],
  [
    'a host that begins like AWS’s',
    EVENT.ResponseURL.replace('.amazonaws.com', '.amazonaws.com.example.org'),
  ],
  ['a host that ends like AWS’s', 'https://example.org/.s3.amazonaws.com'],
  ['AWS’s host as a name before an @', EVENT.ResponseURL.replace('https://', 'https://x@attacker.example/')],
  ['no address', 'answer'],
])('an answer is sent to no address with %s', (_what, address) => {
  expect(answeredAt(address)).toThrow('nothing was done');
});

it('an answer is sent to CloudFormation, and in tests to where they take it', () => {
  expect(answeredAt(EVENT.ResponseURL)).not.toThrow();
  const local = { ...event, ResponseURL: 'http://127.0.0.1:9000/answer' };
  expect(() => checkAnswerAddress(local)).toThrow('127.0.0.1:9000');
  expect(() => checkAnswerAddress(local, 'http://127.0.0.1:9000')).not.toThrow();
  expect(() => checkAnswerAddress(local, 'http://127.0.0.1:9001')).toThrow();
});

it('the stack is the own one, whichever its id, and not one whose name begins alike', () => {
  expect(() => checkStack(event, STACK)).not.toThrow();
  for (const StackId of [`${STACK}-2/0123`, STACK, `x${STACK}/0123`])
    expect(() => checkStack({ ...event, StackId }, STACK)).toThrow('nothing was done');
});

it('a deletion is believed but where the stack is at rest: where CloudFormation can’t be asked, no stack hangs', () => {
  for (const state of ['changing', 'rolling-back', 'not-known'] as const)
    expect(() => checkDeletion(event, state)).not.toThrow();
  expect(() => checkDeletion(event, 'at-rest')).toThrow('is at rest');
});

describe('what the stack is doing', () => {
  /** CloudFormation that fails so many times. */
  const stack = (times: number, name: string) => {
    let left = times;
    return {
      state: async (): Promise<StackState> => {
        if (left-- > 0) throw new KmsError(name);
        return 'at-rest';
      },
    };
  };

  it('is asked again after what passes', async () => {
    const told: string[] = [];
    const tell = (error: string) => told.push(error);
    await expect(stateOf(stack(3, 'Throttling'), event, insisting(new World().clock), tell)).resolves.toBe(
      'at-rest',
    );
    expect(told).toEqual([]);
  });

  it('is not known, and that is told, where CloudFormation refuses to say', async () => {
    const told: string[] = [];
    const tell = (error: string) => told.push(error);
    await expect(stateOf(stack(9, 'AccessDenied'), event, insisting(new World().clock), tell)).resolves.toBe(
      'not-known',
    );
    expect(told).toEqual(['AccessDenied: AccessDenied']);
  });
});
