/** The engine’s table and the accounts of the fleet, read through the roles that watch: nothing is changed anywhere. */
import {
  CloudFormationClient,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStacksCommand,
  DetectStackDriftCommand,
  GetTemplateCommand,
  ListStacksCommand,
  type Stack,
  type StackResourceDrift,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { templateDigest } from '../../change-sets';
import { type Account, bootstrapRoleArn, ROLLOUT_TABLE, roleArnIn } from '../../names';
import { STATUS_ATTRIBUTES } from '../../policy';
import { clientSettings, credentialsOf, described } from '../../runtime';
import { parseRolloutRow, type RolloutRow } from '../../wire';
import type { Drift, DriftedResource, Lookout, SeenAccount, SeenStack } from '../status/seen';

/** How an account is asked. */
interface AccountClients {
  readonly stacks: Pick<CloudFormationClient, 'send'>;
  readonly alarms: Pick<CloudWatchClient, 'send'>;
}

/** What is asked, for tests to stand in for. @internal Only tests import it. */
export interface LookoutClients {
  readonly table: Pick<DynamoDBClient, 'send'>;
  readonly account: (account: string) => AccountClients;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

const PATIENCE = { asksAgain: 'client', seconds: 30 } as const;
const SESSION = 'concordat-status';
/** The landing zone’s stacks in members’ accounts and the zone’s. */
const OURS = /^(?:Zone|Organisation-.+)$/;
/** Lines that are of no stack have one in their key. */
const NO_STACK = '/';
/** What a stack is in that was never made. */
const IN_REVIEW = 'REVIEW_IN_PROGRESS';
/** Between two looks at whether drift was looked for, in milliseconds, and how often. */
const BETWEEN = 5_000;
const MOST_LOOKS = 240;

/** The real one, with the credentials of the environment. @param engine the engine’s account */
export function realLookout(
  region: string,
  engine: string,
  sleep: (milliseconds: number) => Promise<unknown>,
): Lookout {
  // The client warns of Node versions that its later releases will not support. Nobody who looks can act on that.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const settings = clientSettings(region, PATIENCE);
  const watcher = takingOn(new STSClient(settings), roleArnIn(engine, 'rollout-status'));
  const sts = new STSClient({ ...settings, credentials: watcher });
  return new Accounts({
    table: new DynamoDBClient({ ...settings, credentials: watcher }),
    account: (account) => {
      const credentials = takingOn(sts, bootstrapRoleArn('status', account as Account, { region }));
      return {
        stacks: new CloudFormationClient({ ...settings, credentials }),
        alarms: new CloudWatchClient({ ...settings, credentials }),
      };
    },
    sleep,
  });
}

function takingOn(sts: STSClient, role: string) {
  return async () =>
    credentialsOf(await sts.send(new AssumeRoleCommand({ RoleArn: role, RoleSessionName: SESSION })), role);
}

/** The same over given clients. @internal Only tests import it. */
export class Accounts implements Lookout {
  constructor(private readonly clients: LookoutClients) {}

  async rows(): Promise<readonly RolloutRow[]> {
    const rows: RolloutRow[] = [];
    const names = STATUS_ATTRIBUTES.map((name, index) => [`#a${index}`, name] as const);
    for (let from: Record<string, never> | undefined; ; ) {
      const { Items = [], LastEvaluatedKey } = await this.clients.table.send(
        new ScanCommand({
          TableName: ROLLOUT_TABLE,
          // Several of the names are DynamoDB’s own words.
          ProjectionExpression: names.map(([alias]) => alias).join(', '),
          ExpressionAttributeNames: Object.fromEntries(names),
          Select: 'SPECIFIC_ATTRIBUTES',
          ConsistentRead: true,
          ...(from && { ExclusiveStartKey: from }),
        }),
      );
      for (const item of Items) {
        const texts = Object.fromEntries(Object.entries(item).map(([name, { S }]) => [name, S]));
        if (!texts.stack?.includes(NO_STACK)) rows.push(parseRolloutRow(texts));
      }
      if (LastEvaluatedKey === undefined) return rows;
      from = LastEvaluatedKey as Record<string, never>;
    }
  }

  async account(account: string, known: readonly string[], drift: 'known' | 'anew'): Promise<SeenAccount> {
    const { stacks, alarms } = this.clients.account(account);
    const names = new Set([...known, ...(await ours(stacks))]);
    const seen: SeenStack[] = [];
    for (const name of names) {
      const found = await stackCalled(stacks, name);
      // One in review has a change set and nothing else: no template, no resource.
      if (found !== undefined && found.StackStatus !== IN_REVIEW)
        seen.push(await this.#seen(stacks, found, drift));
    }
    return { stacks: seen, alarms: await goingOff(alarms) };
  }

  async #seen(client: AccountClients['stacks'], stack: Stack, how: 'known' | 'anew'): Promise<SeenStack> {
    const { StackName = '', StackStatus = '', EnableTerminationProtection } = stack;
    const { TemplateBody = '' } = await client.send(
      new GetTemplateCommand({ StackName, TemplateStage: 'Original' }),
    );
    const drift = how === 'anew' ? await this.#lookedFor(client, StackName) : await driftOf(client, stack);
    return {
      stack: StackName,
      status: StackStatus,
      isProtected: EnableTerminationProtection === true,
      template: templateDigest(TemplateBody),
      ...(drift && { drift }),
    };
  }

  /** Has CloudFormation look for drift. It refuses where something is under way in the stack. */
  async #lookedFor(client: AccountClients['stacks'], StackName: string): Promise<Drift> {
    const now = () => new Date().toISOString();
    try {
      const { StackDriftDetectionId } = await client.send(new DetectStackDriftCommand({ StackName }));
      for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
        const { DetectionStatus, DetectionStatusReason, Timestamp } = await client.send(
          new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }),
        );
        if (DetectionStatus === 'DETECTION_IN_PROGRESS') {
          await this.clients.sleep(BETWEEN);
          continue;
        }
        return {
          at: Timestamp?.toISOString() ?? now(),
          resources: await drifted(client, StackName),
          ...(DetectionStatus === 'DETECTION_FAILED' && {
            trouble: DetectionStatusReason ?? 'CloudFormation gives no reason',
          }),
        };
      }
      return { at: now(), resources: [], trouble: 'it was not over in 20 minutes' };
    } catch (error) {
      return { at: now(), resources: [], trouble: described(error) };
    }
  }
}

async function ours(client: AccountClients['stacks']): Promise<string[]> {
  const names: string[] = [];
  for (let next: string | undefined; ; ) {
    const { StackSummaries = [], NextToken } = await client.send(
      new ListStacksCommand({ ...(next && { NextToken: next }) }),
    );
    for (const { StackName = '', StackStatus } of StackSummaries)
      if (StackStatus !== 'DELETE_COMPLETE' && OURS.test(StackName)) names.push(StackName);
    if (NextToken === undefined) return names;
    next = NextToken;
  }
}

/** A stack by its name; undefined where there is none: of one name, CloudFormation refuses nothing else by this error. */
async function stackCalled(client: AccountClients['stacks'], name: string): Promise<Stack | undefined> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks[0];
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError') return undefined;
    throw error;
  }
}

async function driftOf(
  client: AccountClients['stacks'],
  { StackName = '', DriftInformation }: Stack,
): Promise<Drift | undefined> {
  const { StackDriftStatus, LastCheckTimestamp } = DriftInformation ?? {};
  if (LastCheckTimestamp === undefined) return undefined;
  const isDrifted = StackDriftStatus === 'DRIFTED';
  return {
    at: LastCheckTimestamp.toISOString(),
    resources: isDrifted ? await drifted(client, StackName) : [],
    // It began, and came to no end.
    ...(StackDriftStatus === 'UNKNOWN' && { trouble: 'CloudFormation could not bring its look to an end' }),
  };
}

async function drifted(client: AccountClients['stacks'], StackName: string): Promise<DriftedResource[]> {
  const resources: DriftedResource[] = [];
  for (let next: string | undefined; ; ) {
    const { StackResourceDrifts = [], NextToken } = await client.send(
      new DescribeStackResourceDriftsCommand({
        StackName,
        StackResourceDriftStatusFilters: ['DELETED', 'MODIFIED'],
        ...(next && { NextToken: next }),
      }),
    );
    resources.push(...StackResourceDrifts.map(resourceOf));
    if (NextToken === undefined) return resources;
    next = NextToken;
  }
}

function resourceOf(drift: StackResourceDrift): DriftedResource {
  return {
    id: drift.LogicalResourceId ?? '',
    type: drift.ResourceType ?? '',
    deleted: drift.StackResourceDriftStatus === 'DELETED',
    properties: (drift.PropertyDifferences ?? []).map(
      ({ PropertyPath = '', ExpectedValue, ActualValue }) => ({
        path: PropertyPath,
        ...(ExpectedValue !== undefined && { expected: ExpectedValue }),
        ...(ActualValue !== undefined && { actual: ActualValue }),
      }),
    ),
  };
}

async function goingOff(client: AccountClients['alarms']): Promise<string[]> {
  const names: string[] = [];
  for (let next: string | undefined; ; ) {
    const { MetricAlarms = [], NextToken } = await client.send(
      new DescribeAlarmsCommand({
        AlarmNamePrefix: 'concordat-',
        StateValue: 'ALARM',
        ...(next && { NextToken: next }),
      }),
    );
    names.push(...MetricAlarms.flatMap(({ AlarmName }) => AlarmName ?? []));
    if (NextToken === undefined) return names.sort();
    next = NextToken;
  }
}
