/** Makes, changes and removes the stacks of a probe, and reads what they give. */
import {
  type CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type Stack,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { lastEvents } from '../../change-sets';
import { PROBE_TAG, probeName } from '../../names';
import { PROBE_STACKS, type ProbeSide, type ProbeStack } from '../../policy';
import type { Performed } from '../port';
import { READING } from '../templates/owner';
import type { ProbeTemplate } from '../templates/template';
import { GIVEN, IN_QUESTION } from '../templates/templates';

/** How often CloudFormation is asked how far it is, in milliseconds. */
const EVERY = 5_000;

/** What the stacks are made with. */
export interface StackSource {
  readonly template: (stack: ProbeStack) => ProbeTemplate;
  readonly cloudFormation: (side: ProbeSide) => CloudFormationClient;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Ends a wait for a stack that is being made; what is being removed is waited for all the same. */
  readonly signal: AbortSignal;
}

/** The stacks of a probe, in both accounts. */
export class ProbeStacks {
  constructor(private readonly source: StackSource) {}

  /** Those that are there, in whatever state. */
  async there(side: ProbeSide): Promise<ProbeStack[]> {
    const found: ProbeStack[] = [];
    for (const stack of stacksOf(side)) if ((await this.find(stack)) !== undefined) found.push(stack);
    return found;
  }

  /** Makes a stack, unless it is made. A refusal is one of the resource in question; all else is an error. */
  async make(stack: ProbeStack): Promise<Performed> {
    const client = this.#client(stack);
    if ((await this.find(stack))?.StackStatus?.startsWith('CREATE_COMPLETE')) return { outcome: 'done' };
    const { StackId } = await client.send(
      new CreateStackCommand({
        StackName: probeName(stack),
        TemplateBody: JSON.stringify(this.source.template(stack)),
        Parameters: await this.#given(stack),
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        Tags: [PROBE_TAG],
        OnFailure: 'DELETE',
        TimeoutInMinutes: 15,
      }),
    );
    const status = await this.#ended(stack, StackId, () => this.source.signal.throwIfAborted());
    if (status === 'CREATE_COMPLETE') return { outcome: 'done' };
    return this.#failure(stack, StackId);
  }

  /** Opens or closes the access point, unless it is so. */
  async setReading(to: 'open' | 'closed'): Promise<void> {
    const stack = await this.#demanded('owner');
    if (stack.Parameters?.find((each) => each.ParameterKey === READING)?.ParameterValue === to) return;
    await this.#client('owner').send(
      new UpdateStackCommand({
        StackName: probeName('owner'),
        UsePreviousTemplate: true,
        Parameters: [{ ParameterKey: READING, ParameterValue: to }],
      }),
    );
    const status = await this.#ended('owner', stack.StackId, () => this.source.signal.throwIfAborted());
    if (status !== 'UPDATE_COMPLETE') throw new Error(`the stack owner came to ${status}`);
  }

  /** Removes a stack and waits for its end. @throws Error with the reason where something of it stays */
  async remove(stack: ProbeStack): Promise<void> {
    const found = await this.find(stack);
    if (found === undefined) return;
    await this.#client(stack).send(new DeleteStackCommand({ StackName: probeName(stack) }));
    const status = await this.#ended(stack, found.StackId, () => undefined);
    if (status === 'DELETE_COMPLETE') return;
    const { reason } = await this.#firstFault(stack, found.StackId, 'DELETE_FAILED');
    throw new Error(`${probeName(stack)} came to ${status}: ${reason}`);
  }

  /** What a stack gives under a name. @throws Error if it is not there */
  async output(stack: ProbeStack, name: string): Promise<string> {
    const { Outputs = [] } = await this.#demanded(stack);
    const value = Outputs.find(({ OutputKey }) => OutputKey === name)?.OutputValue;
    if (value === undefined) throw new Error(`the stack ${stack} gives no ${name}`);
    return value;
  }

  /** A stack as CloudFormation describes it, by its name or its id. */
  async find(stack: ProbeStack, id = probeName(stack)): Promise<Stack | undefined> {
    try {
      const { Stacks = [] } = await this.#client(stack).send(new DescribeStacksCommand({ StackName: id }));
      const [found] = Stacks;
      return found?.StackStatus === 'DELETE_COMPLETE' ? undefined : found;
    } catch (error) {
      // CloudFormation has no error of its own for a name that it does not know.
      if (error instanceof Error && error.name === 'ValidationError') return undefined;
      throw error;
    }
  }

  async #demanded(stack: ProbeStack): Promise<Stack> {
    const found = await this.find(stack);
    if (found === undefined) throw new Error(`the stack ${stack} is not there`);
    return found;
  }

  #client(stack: ProbeStack): CloudFormationClient {
    return this.source.cloudFormation(PROBE_STACKS[stack]);
  }

  async #given(stack: ProbeStack) {
    return Promise.all(
      GIVEN[stack].map(async ({ from, name }) => ({
        ParameterKey: name,
        ParameterValue: await this.output(from, name),
      })),
    );
  }

  /** The status at which it stays; `DELETE_COMPLETE` of one that is gone. */
  async #ended(stack: ProbeStack, id: string | undefined, mayGoOn: () => void): Promise<string> {
    for (;;) {
      mayGoOn();
      const status = (await this.find(stack, id))?.StackStatus ?? 'DELETE_COMPLETE';
      if (!status.endsWith('_IN_PROGRESS')) return status;
      await this.source.sleep(EVERY);
    }
  }

  async #failure(stack: ProbeStack, id: string | undefined): Promise<Performed> {
    const { resource, code, reason } = await this.#firstFault(stack, id, 'CREATE_FAILED');
    if (resource !== undefined && resource === IN_QUESTION[stack] && code === 'InvalidRequest')
      return { outcome: 'refused', saw: reason };
    throw new Error(`${probeName(stack)} was not made: ${resource ?? 'the stack'}: ${reason}`);
  }

  /** The resource that failed first; those after it are mostly cancelled because of it. */
  async #firstFault(stack: ProbeStack, id: string | undefined, status: 'CREATE_FAILED' | 'DELETE_FAILED') {
    const about = { StackName: id ?? probeName(stack) };
    const events = await lastEvents((from) =>
      this.#client(stack).send(new DescribeStackEventsCommand({ ...about, ...from })),
    );
    const fault = events
      .filter(
        ({ ResourceStatus, LogicalResourceId }) =>
          ResourceStatus === status && LogicalResourceId !== probeName(stack),
      )
      .at(-1);
    const given = fault?.ResourceStatusReason ?? 'CloudFormation gives no reason';
    return {
      resource: fault?.LogicalResourceId,
      // CloudFormation gives the kind of fault here alone, in a form of its own.
      code: /HandlerErrorCode: (\w+)/.exec(given)?.[1],
      reason: given,
    };
  }
}

function stacksOf(side: ProbeSide): ProbeStack[] {
  const all = Object.keys(PROBE_STACKS) as ProbeStack[];
  return all.filter((stack) => PROBE_STACKS[stack] === side);
}
