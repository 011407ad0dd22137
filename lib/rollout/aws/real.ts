/**
 * CloudFormation in the accounts of a fleet, as a rollout asks it.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html
 */
import {
  type CloudFormationClient,
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  type Stack,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { type Assembly, stackArtifacts } from '../../assembly';
import {
  type Change,
  type ChangeSet,
  changeOf,
  isOnlyPlanned,
  isStill,
  reasonsIn,
  SEES_NO_CHANGE,
  type Side,
  type StackNow,
  templateDigest,
} from '../../change-sets';
import { alarmsWatched } from '../alarms';
import type { FleetStack } from '../fleet';
import { templateUrl } from '../order';
import type { CloudFormation } from '../port';
import { Sessions } from './sessions';
import { upload } from './uploads';

/** How the accounts are asked. */
export interface Asking {
  readonly pair: Readonly<Record<Side, Assembly>>;
  /** How long CloudFormation watches alarms after a change, in minutes. */
  readonly watch: number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/** Asks CloudFormation as a role. */
type ClientOf = (role: string, region: string) => Pick<CloudFormationClient, 'send'>;

/** Between two looks at what is under way, in milliseconds. */
const BETWEEN = 5_000;

/**
 * The real one, with the credentials of the environment.
 * @param clientOf the client of a role; one that takes it on, if not given
 */
export function realCloudFormation(asking: Asking, clientOf?: ClientOf): CloudFormation {
  const sessions = new Sessions();
  return new Accounts(asking, clientOf ?? ((role, region) => sessions.of(role, region)));
}

type Client = ReturnType<ClientOf>;

class Accounts implements CloudFormation {
  constructor(
    private readonly asking: Asking,
    private readonly clientOf: ClientOf,
  ) {}

  async publish(stacks: readonly FleetStack[]): Promise<void> {
    const [first] = stacks;
    if (first === undefined) return;
    const artifacts = stacks.map(({ artifact }) => artifact);
    await upload(this.asking.pair.after.folder, artifacts, first.region);
  }

  async look(stack: FleetStack): Promise<StackNow> {
    const client = this.#client(stack);
    const found = await described(client, stack.stack);
    return found === undefined ? {} : nowOf(client, found);
  }

  async prepare(stack: FleetStack, changeSet: string, side: Side): Promise<ChangeSet | undefined> {
    const client = this.#client(stack);
    const about = { StackName: stack.stack, ChangeSetName: changeSet };
    await client
      .send(new CreateChangeSetCommand(await this.#wanted(client, stack, changeSet, side)))
      .catch(async (error: unknown) => {
        // One of an earlier run: it may be of another state of the stack.
        if (!(error instanceof Error) || error.name !== 'AlreadyExistsException') throw error;
        await client.send(new DeleteChangeSetCommand(about));
        await client.send(new CreateChangeSetCommand(await this.#wanted(client, stack, changeSet, side)));
      });
    const { status, given, changes } = await this.#made(client, about);
    if (status !== 'CREATE_COMPLETE') {
      await this.discard(stack, changeSet);
      if (SEES_NO_CHANGE.test(given)) return undefined;
      throw new Error(`CloudFormation could not make the change set: ${given}`);
    }
    return { changes, template: await templateIn(client, about) };
  }

  async discard(stack: FleetStack, changeSet: string): Promise<void> {
    const client = this.#client(stack);
    await client.send(new DeleteChangeSetCommand({ StackName: stack.stack, ChangeSetName: changeSet }));
    const found = await described(client, stack.stack);
    // It holds nothing, and stands in the way of nobody who looks for it.
    if (isOnlyPlanned(found?.StackStatus))
      await client.send(new DeleteStackCommand({ StackName: stack.stack }));
  }

  async execute(stack: FleetStack, changeSet: string): Promise<void> {
    await this.#client(stack).send(
      new ExecuteChangeSetCommand({ StackName: stack.stack, ChangeSetName: changeSet }),
    );
  }

  async settle(stack: FleetStack): Promise<StackNow> {
    const client = this.#client(stack);
    for (;;) {
      const found = await described(client, stack.stack);
      if (found === undefined) return {};
      if (isStill(found.StackStatus)) {
        const now = await nowOf(client, found);
        const reason = await this.#unprotected(client, stack, found);
        return { ...now, ...(reason !== undefined && { reason }) };
      }
      await this.asking.sleep(BETWEEN);
    }
  }

  #client({ stack, region }: FleetStack): Client {
    const role = this.asking.pair.after.deployers.get(stack)?.asks;
    if (role === undefined) throw new Error(`no role of the bootstrap deploys ${stack}`);
    return this.clientOf(role, region);
  }

  async #wanted(
    client: Client,
    stack: FleetStack,
    changeSet: string,
    side: Side,
  ): Promise<CreateChangeSetCommandInput> {
    const found = await described(client, stack.stack);
    const isNew = found === undefined || isOnlyPlanned(found.StackStatus);
    const assembly = this.asking.pair[side];
    const there = new Set(found?.Parameters?.map(({ ParameterKey }) => ParameterKey));
    const made = assembly.stacks.find(({ name }) => name === stack.stack);
    const told = Object.keys(made?.parameters ?? {}).filter((each) => there.has(each));
    const role = assembly.deployers.get(stack.stack)?.deploys;
    // What goes back is not to be kept by the alarm that sends it back.
    const alarms = side === 'after' ? alarmsWatched(stack, this.asking.pair) : [];
    return {
      StackName: stack.stack,
      ChangeSetName: changeSet,
      ChangeSetType: isNew ? 'CREATE' : 'UPDATE',
      TemplateURL: templateUrl(assembly, stack),
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      Parameters: told.map((ParameterKey) => ({ ParameterKey, UsePreviousValue: true })),
      ...(role !== undefined && { RoleARN: role }),
      // Always given: CloudFormation would keep what an earlier change was given.
      RollbackConfiguration: {
        RollbackTriggers: alarms.map((Arn) => ({ Arn, Type: 'AWS::CloudWatch::Alarm' })),
        MonitoringTimeInMinutes: alarms.length === 0 ? 0 : this.asking.watch,
      },
    };
  }

  /** The change set once it is made, or could not be. */
  async #made(client: Client, about: { StackName: string; ChangeSetName: string }) {
    for (;;) {
      const changes: Change[] = [];
      let page = await client.send(new DescribeChangeSetCommand(about));
      if (!/_(?:PENDING|IN_PROGRESS)$/.test(page.Status ?? '')) {
        for (;;) {
          for (const { ResourceChange } of page.Changes ?? [])
            if (ResourceChange !== undefined) changes.push(changeOf(ResourceChange));
          if (page.NextToken === undefined) break;
          page = await client.send(new DescribeChangeSetCommand({ ...about, NextToken: page.NextToken }));
        }
        return { status: page.Status, given: page.StatusReason ?? 'it gives no reason', changes };
      }
      await this.asking.sleep(BETWEEN);
    }
  }

  /** Protects a stack that is to be, once it is there; says why where it could not. */
  async #unprotected(client: Client, { stack }: FleetStack, found: Stack): Promise<string | undefined> {
    const artifact = stackArtifacts(this.asking.pair.after.manifest).find(({ name }) => name === stack);
    const isToBe = artifact?.properties.terminationProtection === true;
    if (!isToBe || found.EnableTerminationProtection === true || found.StackStatus !== 'CREATE_COMPLETE')
      return undefined;
    try {
      await client.send(
        new UpdateTerminationProtectionCommand({ StackName: stack, EnableTerminationProtection: true }),
      );
      return undefined;
    } catch (error) {
      return `it could not be protected against deletion (${error instanceof Error ? error.name : error})`;
    }
  }
}

/** A stack by its name; undefined where there is none: of one name, CloudFormation refuses nothing else by this error. */
async function described(client: Client, name: string): Promise<Stack | undefined> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks[0];
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError') return undefined;
    throw error;
  }
}

async function nowOf(client: Client, { StackName = '', StackStatus }: Stack): Promise<StackNow> {
  const isEmpty = isOnlyPlanned(StackStatus);
  const went = /ROLLBACK|FAILED/.test(StackStatus ?? '');
  const reason = went ? await reasonsOf(client, StackName) : '';
  return {
    ...(StackStatus !== undefined && { status: StackStatus }),
    ...(reason !== '' && { reason }),
    ...(!isEmpty && { template: await templateIn(client, { StackName }) }),
  };
}

async function templateIn(
  client: Client,
  about: { StackName: string; ChangeSetName?: string },
): Promise<string> {
  const { TemplateBody = '' } = await client.send(
    new GetTemplateCommand({ ...about, TemplateStage: 'Original' }),
  );
  return templateDigest(TemplateBody);
}

/** Why a stack went back last: the first of what failed. */
function reasonsOf(client: Client, name: string): Promise<string> {
  return reasonsIn((from) => client.send(new DescribeStackEventsCommand({ StackName: name, ...from })));
}
