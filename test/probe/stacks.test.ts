/** What the probe takes for a refusal of CloudFormation, and what for an accident. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { HttpResponse } from '@smithy/core/protocols';
import { ProbeStacks } from '../../lib/probe/aws/stacks';
import type { Sandbox } from '../../lib/probe/sandbox';
import { templateOf } from '../../lib/probe/templates/templates';
import { accountId } from '../../lib/register';

const SANDBOX: Sandbox = {
  accounts: { owner: accountId.parse('111122223333'), recipient: accountId.parse('444455556666') },
  region: 'eu-west-2',
  organisation: undefined,
};

interface Failure {
  readonly resource: string;
  readonly reason: string;
}

/** CloudFormation whose stack comes to this. */
class MadeCloudFormation {
  readonly asked: string[] = [];
  status: string | undefined;
  constructor(
    readonly comesTo: string,
    readonly failures: readonly Failure[] = [],
    readonly reading = 'open',
    readonly backIsAPage = false,
  ) {}

  client(): CloudFormationClient {
    return new CloudFormationClient({
      region: SANDBOX.region,
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
      maxAttempts: 1,
      requestHandler: {
        handle: async (request: { body?: unknown }) => {
          const form = new URLSearchParams(String(request.body));
          const action = form.get('Action') ?? '';
          this.asked.push(action);
          const { status, xml } = this.#answer(action, form);
          return {
            response: new HttpResponse({
              statusCode: status,
              headers: { 'content-type': 'text/xml' },
              body: Buffer.from(xml),
            }),
          };
        },
      },
    });
  }

  #answer(action: string, form: URLSearchParams): { status: number; xml: string } {
    const answer = (inner: string) => ({
      status: 200,
      xml: `<${action}Response><${action}Result>${inner}</${action}Result></${action}Response>`,
    });
    switch (action) {
      case 'CreateStack':
      case 'UpdateStack':
        this.status = this.comesTo;
        return answer('<StackId>arn:stack/1</StackId>');
      case 'DeleteStack':
        this.status = this.comesTo;
        return answer('');
      case 'DescribeStackEvents':
        // The newest first: what failed comes after all that was taken back because of it.
        if (this.backIsAPage && form.get('NextToken') === null)
          return answer('<StackEvents></StackEvents><NextToken>more</NextToken>');
        return answer(
          `<StackEvents>${[...this.failures]
            .reverse()
            .map(
              ({ resource, reason }) =>
                `<member><LogicalResourceId>${resource}</LogicalResourceId><ResourceStatus>${this.comesTo === 'DELETE_FAILED' ? 'DELETE_FAILED' : 'CREATE_FAILED'}</ResourceStatus><ResourceStatusReason>${reason}</ResourceStatusReason></member>`,
            )
            .join('')}</StackEvents>`,
        );
      default:
        if (
          this.status === undefined ||
          (this.status === 'DELETE_COMPLETE' && !form.get('StackName')?.startsWith('arn'))
        )
          return {
            status: 400,
            xml: '<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack does not exist</Message></Error></ErrorResponse>',
          };
        return answer(
          `<Stacks><member><StackId>arn:stack/1</StackId><StackName>x</StackName><StackStatus>${this.status}</StackStatus><Parameters><member><ParameterKey>Reading</ParameterKey><ParameterValue>${this.reading}</ParameterValue></member></Parameters></member></Stacks>`,
        );
    }
  }
}

function stacksOn(made: MadeCloudFormation): ProbeStacks {
  const client = made.client();
  return new ProbeStacks({
    template: (stack) => templateOf(stack, SANDBOX),
    cloudFormation: () => client,
    sleep: async () => undefined,
    signal: new AbortController().signal,
  });
}

const FAULT = (code: string) => `Resource handler returned message: it is wrong (HandlerErrorCode: ${code})`;

test('a stack that is made is done, and is made once', async () => {
  const made = new MadeCloudFormation('CREATE_COMPLETE');
  const stacks = stacksOn(made);
  expect(await stacks.make('owner')).toEqual({ outcome: 'done' });
  expect(await stacks.make('owner')).toEqual({ outcome: 'done' });
  expect(made.asked.filter((each) => each === 'CreateStack')).toHaveLength(1);
});

test('AWS refuses where it finds fault with the resource in question', async () => {
  const made = new MadeCloudFormation('DELETE_COMPLETE', [
    { resource: 'Bucket', reason: FAULT('InvalidRequest') },
    { resource: 'Other', reason: 'Resource creation cancelled' },
  ]);
  expect(await stacksOn(made).make('owner')).toEqual({
    outcome: 'refused',
    saw: FAULT('InvalidRequest'),
  });
});

test('what AWS finds fault with is found behind a page of what was taken back', async () => {
  const failures = [{ resource: 'Bucket', reason: FAULT('InvalidRequest') }];
  const made = new MadeCloudFormation('DELETE_COMPLETE', failures, 'open', true);
  expect((await stacksOn(made).make('owner')).outcome).toBe('refused');
});

test.each([
  ['another resource', 'Role', 'InvalidRequest'],
  ['rights that the caller lacks', 'Bucket', 'AccessDenied'],
  ['a limit of the account', 'Bucket', 'ServiceLimitExceeded'],
  ['an error of AWS', 'Bucket', 'ServiceInternalError'],
])('%s is an accident, and shows nothing', async (_what, resource, code) => {
  const made = new MadeCloudFormation('DELETE_COMPLETE', [{ resource, reason: FAULT(code) }]);
  await expect(stacksOn(made).make('owner')).rejects.toThrow(`${resource}: ${FAULT(code)}`);
});

test('a stack that does not go is told with its reason, and one that is not there is gone', async () => {
  const made = new MadeCloudFormation('DELETE_FAILED', [
    { resource: 'Bucket', reason: 'the bucket is not empty' },
  ]);
  await expect(stacksOn(made).remove('owner')).resolves.toBeUndefined();
  expect(made.asked).not.toContain('DeleteStack');
  made.status = 'CREATE_COMPLETE';
  await expect(stacksOn(made).remove('owner')).rejects.toThrow(/DELETE_FAILED: the bucket is not empty/);
});

test('the access point is changed where it is not so already', async () => {
  const made = new MadeCloudFormation('UPDATE_COMPLETE');
  made.status = 'CREATE_COMPLETE';
  await stacksOn(made).setReading('open');
  expect(made.asked).not.toContain('UpdateStack');
  await stacksOn(made).setReading('closed');
  expect(made.asked).toContain('UpdateStack');
});
