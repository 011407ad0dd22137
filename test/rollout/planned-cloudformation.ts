/** A CloudFormation that answers as AWS’s pages have it, for the plan of two real assemblies: what it is sent is kept. */
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { Assembly } from '../../lib/assembly';
import type { Side } from '../../lib/change-sets';
import { expectedOf } from '../../lib/rollout/expected';
import type { SavedPlan } from '../../lib/wire';

type Pair = Readonly<Record<Side, Assembly>>;
type Input = Readonly<Record<string, unknown>> & {
  readonly StackName: string;
  readonly ChangeSetName?: string;
};

interface Held {
  status: string;
  template: string | undefined;
  isProtected: boolean;
  changeSet: { name: string; side: Side; isExecuted: boolean; input: Input } | undefined;
  looks: number;
}

const refusal = (name: string, message: string) => Object.assign(new Error(message), { name });

/** Every account’s CloudFormation, without time. */
export class PlannedCloudFormation {
  /** `CreateChangeSet Organisation-leeds`, in order. */
  readonly sent: string[] = [];
  readonly inputs: { readonly action: string; readonly input: Input }[] = [];
  readonly held = new Map<string, Held>();
  /** Stacks whose update goes back. */
  readonly fail = new Set<string>();
  readonly roles = new Set<string>();

  constructor(
    private readonly plan: SavedPlan,
    private readonly pair: Pair,
  ) {
    for (const { stack, change } of plan.stacks)
      if (change === 'changed')
        this.held.set(stack, {
          status: 'UPDATE_COMPLETE',
          template: this.#text(stack, 'before'),
          isProtected: true,
          changeSet: undefined,
          looks: 0,
        });
  }

  /** The client of a role. */
  readonly client = (role: string): Pick<CloudFormationClient, 'send'> => {
    this.roles.add(role);
    const send = async (command: {
      readonly constructor: { readonly name: string };
      readonly input: Input;
    }) => {
      const action = command.constructor.name.replace(/Command$/, '');
      this.sent.push(`${action} ${command.input.StackName}`);
      this.inputs.push({ action, input: command.input });
      return this.#answer(action, command.input);
    };
    return { send: send as unknown as CloudFormationClient['send'] };
  };

  #answer(action: string, input: Input): unknown {
    const { StackName: stack, ChangeSetName: name } = input;
    const held = this.held.get(stack);
    const missing = refusal('ValidationError', `Stack with id ${stack} does not exist`);
    switch (action) {
      case 'DescribeStacks': {
        if (held === undefined) throw missing;
        // What is under way is seen once before it has ended.
        if (held.status.endsWith('_IN_PROGRESS') && held.changeSet?.isExecuted && ++held.looks > 1)
          this.#end(stack, held);
        const { status, isProtected } = held;
        return {
          Stacks: [
            {
              StackName: stack,
              StackStatus: status,
              EnableTerminationProtection: isProtected,
              Parameters: [
                { ParameterKey: 'BootstrapVersion', ParameterValue: '/cdk-bootstrap/concordat/version' },
              ],
            },
          ],
        };
      }
      case 'GetTemplate':
        return {
          TemplateBody:
            name === undefined ? held?.template : this.#text(stack, held?.changeSet?.side ?? 'after'),
        };
      case 'CreateChangeSet': {
        if (held?.changeSet?.name === name) throw refusal('AlreadyExistsException', 'it is there');
        const side = String(input.TemplateURL).endsWith(this.#key(stack, 'after')) ? 'after' : 'before';
        const fresh: Held = held ?? {
          status: 'REVIEW_IN_PROGRESS',
          template: undefined,
          isProtected: false,
          changeSet: undefined,
          looks: 0,
        };
        fresh.changeSet = { name: name ?? '', side, isExecuted: false, input };
        this.held.set(stack, fresh);
        return {};
      }
      case 'DescribeChangeSet':
        return this.#described(stack, input);
      case 'DeleteChangeSet':
        if (held !== undefined) held.changeSet = undefined;
        return {};
      case 'DeleteStack':
        this.held.delete(stack);
        return {};
      case 'ExecuteChangeSet':
        if (held?.changeSet === undefined) throw refusal('ChangeSetNotFound', 'there is none');
        held.changeSet.isExecuted = true;
        held.looks = 0;
        held.status = held.template === undefined ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS';
        return {};
      case 'UpdateTerminationProtection':
        if (held !== undefined) held.isProtected = true;
        return {};
      case 'DescribeStackEvents':
        return {
          StackEvents: [
            { ResourceType: 'AWS::CloudFormation::Stack', ResourceStatus: 'UPDATE_ROLLBACK_COMPLETE' },
            {
              LogicalResourceId: 'Key',
              ResourceType: 'AWS::KMS::Key',
              ResourceStatus: 'UPDATE_FAILED',
              ResourceStatusReason: 'refused',
            },
            { ResourceType: 'AWS::CloudFormation::Stack', ResourceStatus: 'UPDATE_IN_PROGRESS' },
            {
              LogicalResourceId: 'Old',
              ResourceStatus: 'UPDATE_FAILED',
              ResourceStatusReason: 'of an earlier update',
            },
          ],
        };
      default:
        throw new Error(`nobody answers ${action}`);
    }
  }

  /** The changes of the plan, in two pages. */
  #described(stack: string, { NextToken }: Input): unknown {
    const planned = this.plan.stacks.find((each) => each.stack === stack);
    const side = this.held.get(stack)?.changeSet?.side ?? 'after';
    if (planned === undefined) throw new Error(`there is no ${stack}`);
    const names = { add: 'Add', modify: 'Modify', remove: 'Remove' } as const;
    const changes = [...expectedOf(planned, this.pair, side).resources].map(
      ([id, { type, action, replaces }]) => ({
        Type: 'Resource',
        ResourceChange: {
          LogicalResourceId: id,
          ResourceType: type,
          Action: names[action],
          ...(action === 'modify' && {
            Replacement: replaces ? 'True' : 'False',
            Scope: ['Properties'],
            Details: [
              {
                Evaluation: 'Static',
                Target: { Attribute: 'Properties', RequiresRecreation: replaces ? 'Always' : 'Never' },
              },
            ],
          }),
        },
      }),
    );
    const half = Math.ceil(changes.length / 2);
    return NextToken === undefined
      ? { Status: 'CREATE_COMPLETE', Changes: changes.slice(0, half), NextToken: 'more' }
      : { Status: 'CREATE_COMPLETE', Changes: changes.slice(half) };
  }

  #end(stack: string, held: Held): void {
    const isNew = held.status === 'CREATE_IN_PROGRESS';
    const { side } = held.changeSet ?? { side: 'after' as const };
    held.changeSet = undefined;
    if (side === 'after' && this.fail.has(stack)) {
      held.status = isNew ? 'ROLLBACK_COMPLETE' : 'UPDATE_ROLLBACK_COMPLETE';
      return;
    }
    held.status = isNew ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE';
    held.template = this.#text(stack, side);
  }

  #text(stack: string, side: Side): string | undefined {
    const found = this.pair[side].stacks.find(({ name }) => name === stack);
    return found && this.pair[side].file(found.file);
  }

  #key(stack: string, side: Side): string {
    const { properties } = this.pair[side].manifest.artifacts[stack] ?? {};
    return properties?.stackTemplateAssetObjectUrl?.split('/').at(-1) ?? 'none';
  }
}
