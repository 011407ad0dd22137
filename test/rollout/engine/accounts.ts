/** The accounts of a fleet as the engine meets them: its table, its bucket, and CloudFormation in each account, by the model. */
import { createHash } from 'node:crypto';
import type { World } from '../../../lambda/rollout-step/ports';
import { answered } from '../../../lambda/rollout-step/step';
import { type ChangeSet, type Side, templateDigest } from '../../../lib/change-sets';
import type { Fleet, FleetStack } from '../../../lib/rollout/fleet';
import type { Tempo } from '../../../lib/rollout/forecast';
import { type Caution, stepsOf, type Wave } from '../../../lib/rollout/waves';
import { type OrderedAccounts, type RolloutOrder, runsOfText, type StackOrder } from '../../../lib/wire';
import {
  expectedInModel,
  type Faults,
  ModelCloudFormation,
  NO_FAULTS,
  templateOf,
} from '../model-cloudformation';
import type { SimulatedClock } from '../simulated-clock';
import { Failure, type Service } from './interpreter';

/** How long CloudFormation takes to make a change set, in milliseconds. */
const MAKING = 24_000;
const UNDER_WAY = 'rollout/under-way';
const FAILED = 'rollout/failed/';
type Json = Readonly<Record<string, unknown>>;
const CHANGE_SET = 'concordat-plan';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const text = (item: unknown) => (item as { readonly S?: string } | undefined)?.S ?? '';

/** As long as those of S3. */
const versionOf = (text: string) => sha256(text).slice(0, 32);

/** Files in a bucket that keeps every version of them. */
class VersionedFiles extends Map<string, string> {
  readonly #versions = new Map<string, string>();

  override set(key: string, text: string): this {
    this.#versions.set(`${key} ${versionOf(text)}`, text);
    return super.set(key, text);
  }

  /** What lies there now, and as which version. */
  uploaded(key: string): { readonly text: string; readonly version: string } | undefined {
    const text = this.get(key);
    return text === undefined ? undefined : { text, version: versionOf(text) };
  }

  version(key: string, version: string): string | undefined {
    return this.#versions.get(`${key} ${version}`);
  }
}

/** An item of the table. */
export interface Item {
  readonly standing: string;
  readonly runs: string;
  readonly found: string;
  readonly why: string;
  readonly plan: string;
  /** What it runs on either side, as text. */
  readonly before: string;
  readonly after: string;
}

/** What the table has of a stack, by the model’s assemblies. */
export const sideText = (stack: string, to: Side) =>
  runsOfText({
    register: (to === 'after' ? 'd' : 'c').repeat(64),
    asOf: '2027-04-01',
    template: templateDigest(templateOf(stack, to)),
  });

/** An order of the model’s fleet. @returns its digest */
function written(
  fleet: Fleet,
  caution: Caution,
  tempo: Tempo,
  widens: boolean,
  files: Map<string, string>,
  unchanged: readonly string[],
): string {
  const waves = stepsOf(fleet, caution).filter((each): each is Wave => each.kind === 'wave');
  const takes = waves.some(({ takesAway }) => takesAway);
  const own = new Map<string, string>();
  const role = (account: string) =>
    `arn:aws:iam::${account}:role/cdk-concordat-deploy-role-${account}-eu-west-2`;
  const stackFile = (each: FleetStack): StackOrder => {
    const side = (to: Side): StackOrder['after'] => ({
      template: templateDigest(templateOf(each.stack, to)),
      url: 'https://s3.eu-west-2.amazonaws.com/assets/template.json',
      role: role(each.account),
      parameters: [],
      resources: [...expectedInModel(each, to).resources].map(([id, change]) => ({ id, ...change })),
    });
    return {
      form: 'concordat-stack-order/v1',
      stack: each.stack,
      account: each.account,
      region: each.region,
      role: role(each.account),
      changeSet: CHANGE_SET,
      ...(each.change === 'changed' && { before: side('before') }),
      after: side('after'),
      protects: false,
      alarms: [],
      watch: tempo.watch,
      files: [],
    };
  };
  const listed = waves.map((wave, index): RolloutOrder['waves'][number] => {
    const accounts = new Map<string, OrderedAccounts[number]['stacks'][number][]>();
    for (const each of wave.stacks) {
      const key = `stacks/${each.stack}.json`;
      own.set(key, JSON.stringify(stackFile(each)));
      const sides = {
        before: each.change === 'changed' ? sideText(each.stack, 'before') : '',
        after: sideText(each.stack, 'after'),
      };
      accounts.set(each.account, [
        ...(accounts.get(each.account) ?? []),
        { stack: each.stack, key, ...sides },
      ]);
    }
    const key = `waves/${index}.json`;
    own.set(key, JSON.stringify([...accounts].map(([account, stacks]) => ({ account, stacks }))));
    return {
      name: wave.name,
      key,
      accounts: accounts.size,
      tolerated: takes && !wave.takesAway ? 0 : wave.tolerated,
      takesAway: wave.takesAway,
      atOnce: tempo.atOnce,
      pause: index < waves.length - 1 ? tempo.pause * 60 : 0,
    };
  });
  own.set(
    'unchanged.json',
    JSON.stringify(
      unchanged.map((stack) => ({
        stack,
        account: '200000000009',
        before: sideText(stack, 'after').replaceAll('d'.repeat(64), 'c'.repeat(64)),
        after: sideText(stack, 'after'),
        template: templateDigest(templateOf(stack, 'after')),
      })),
    ),
  );
  const order = JSON.stringify({
    form: 'concordat-rollout-order/v1',
    plan: 'b'.repeat(64),
    widenings: widens ? ['leeds may read what york shares'] : [],
    waves: listed,
    files: Object.fromEntries([...own].map(([key, each]) => [key, sha256(each)])),
  } satisfies RolloutOrder);
  const digest = sha256(order);
  for (const [key, each] of own) files.set(`orders/${digest}/${key}`, each);
  files.set(`orders/${digest}/order.json`, order);
  return digest;
}

/** The world of one engine. */
export class EngineWorld {
  readonly cloud: ModelCloudFormation;
  readonly table = new Map<string, Item>();
  readonly files = new VersionedFiles();
  readonly order: string;
  /** Who asked CloudFormation as which role, by stack. */
  readonly roles = new Set<string>();
  /** Ends the wait of a task for its token; whoever may approve does that. */
  approve: ((token: string) => void) | undefined;
  readonly tokens: string[] = [];
  /** What Step Functions says of an execution; undefined where it has forgotten it. */
  statusOf: (execution: string) => string | undefined = () => undefined;
  /** The execution that the table has as under way. */
  holder: string | undefined;
  /** The rollouts that wrote down that an account failed, each with when the table may let go of that, in seconds since 1970. */
  readonly failures = new Map<string, number>();
  readonly #made = new Map<string, { readonly at: number; readonly set: ChangeSet | undefined }>();
  readonly #stacks: ReadonlyMap<string, FleetStack>;

  constructor(
    fleet: Fleet,
    readonly clock: SimulatedClock,
    {
      caution,
      tempo,
      faults = {},
      widens = false,
      unchanged = [],
    }: {
      readonly caution: Caution;
      readonly tempo: Tempo;
      readonly faults?: Partial<Faults>;
      readonly widens?: boolean;
      /** Stacks of which the plan says nothing. */
      readonly unchanged?: readonly string[];
    },
  ) {
    this.cloud = new ModelCloudFormation(fleet.stacks, { ...NO_FAULTS, ...faults }, clock, {
      changeSet: 1,
      create: 300,
      update: 120,
      watch: tempo.watch * 60,
    });
    this.#stacks = new Map(fleet.stacks.map((each) => [each.stack, each]));
    this.order = written(fleet, caution, tempo, widens, this.files, unchanged);
  }

  items(_bucket: string, key: string, version: string): readonly unknown[] {
    const found = this.files.version(key, version);
    if (found === undefined) throw new Failure('States.ItemReaderFailed', key);
    return JSON.parse(found) as unknown[];
  }

  /** What the function asks. */
  #world(): World {
    const port = this.cloud.port();
    return {
      read: async (key) => {
        const found = this.files.uploaded(key);
        if (found === undefined) throw Object.assign(new Error(key), { name: 'NoSuchKey' });
        return { bytes: new TextEncoder().encode(found.text), version: found.version };
      },
      now: () => this.clock.now(),
      staging: () => ({ has: async () => true, put: async () => undefined }),
      account: (role) => ({
        stack: async (name) => {
          this.roles.add(`${name} ${role}`);
          const { status } = await port.look(this.#stack(name));
          return status === undefined ? undefined : { status, isProtected: false, parameters: [] };
        },
        template: async (name, changeSet) =>
          changeSet === undefined
            ? ((await port.look(this.#stack(name))).template ?? '')
            : templateOf(name, sideIn(changeSet)),
        reasons: async () => '',
        changeSet: async (name, changeSet) => {
          const made = this.#made.get(`${name} ${changeSet}`);
          if (made === undefined) throw Object.assign(new Error(changeSet), { name: 'ChangeSetNotFound' });
          if (this.clock.now() < made.at) return { status: 'CREATE_IN_PROGRESS', reason: '', changes: [] };
          return { status: 'CREATE_COMPLETE', reason: '', changes: made.set?.changes ?? [] };
        },
        make: async ({ stack, changeSet }) => {
          const id = `${stack} ${changeSet}`;
          if (this.#made.has(id)) return 'there';
          const set = await port.prepare(this.#stack(stack), changeSet, sideIn(changeSet));
          this.#made.set(id, { at: this.clock.now() + MAKING, set });
          return 'making';
        },
        execute: async (name, changeSet) => {
          this.#made.delete(`${name} ${changeSet}`);
          await port.execute(this.#stack(name), changeSet);
        },
        discard: async (name, changeSet) => {
          this.#made.delete(`${name} ${changeSet}`);
          await port.discard(this.#stack(name), changeSet);
        },
        deleteEmpty: async () => undefined,
        protect: async () => undefined,
      }),
    };
  }

  /** The services that a definition calls. */
  services(): Readonly<Record<string, Service>> {
    const world = this.#world();
    return {
      'arn:aws:states:::lambda:invoke': async ({ Payload }) => ({
        // What goes through Lambda is JSON.
        Payload: JSON.parse(JSON.stringify(await answered(Payload, world))) as unknown,
      }),
      'arn:aws:states:::dynamodb:getItem': async ({ Key }) => {
        const key = text((Key as { stack: unknown }).stack);
        if (key.startsWith(FAILED)) return this.failures.has(key) ? { Item: {} } : {};
        if (key === UNDER_WAY) return { Item: { execution: { S: this.holder } } };
        const found = this.table.get(key);
        return found === undefined
          ? {}
          : { Item: Object.fromEntries(Object.entries(found).map(([name, S]) => [name, { S }])) };
      },
      'arn:aws:states:::dynamodb:putItem': async ({ Item: item, ...condition }) => {
        const key = text((item as Record<string, unknown>).stack);
        if (key.startsWith(FAILED)) {
          this.failures.set(key, Number((item as { readonly expires: { readonly N: string } }).expires.N));
          return {};
        }
        if (text((item as Record<string, unknown>).stack) === UNDER_WAY)
          return this.#taken(item as Json, condition);
        const { stack, standing, runs, found, why, plan, before, after } = item as Record<string, unknown>;
        if (condition.ConditionExpression !== undefined) this.#runsIt(text(stack), condition);
        this.table.set(text(stack), {
          standing: text(standing),
          runs: text(runs),
          found: text(found),
          why: text(why),
          plan: text(plan),
          before: text(before),
          after: text(after),
        });
        return {};
      },
      'arn:aws:states:::aws-sdk:sfn:describeExecution': async ({ ExecutionArn }) => {
        const Status = this.statusOf(String(ExecutionArn));
        if (Status === undefined) throw new Failure('Sfn.ExecutionDoesNotExistException');
        return { Status };
      },
      'arn:aws:states:::aws-sdk:dynamodb:putItem.waitForTaskToken': ({ Item: item }) =>
        new Promise((resolve) => {
          this.tokens.push(text((item as Record<string, unknown>).token));
          this.approve = resolve;
        }),
    };
  }

  /** What DynamoDB does where an item is written on a condition. It knows the two that there are. */
  #taken({ execution }: Json, { ConditionExpression, ExpressionAttributeValues }: Json): object {
    const { ':own': own, ':held': held } = ExpressionAttributeValues as Json;
    const isFree = {
      'attribute_not_exists(execution) OR execution = :own': () =>
        this.holder === undefined || this.holder === text(own),
      'execution = :held OR execution = :own': () => [text(held), text(own)].includes(this.holder ?? ''),
    }[String(ConditionExpression)];
    if (isFree === undefined) throw new Error(`no such condition here: ${ConditionExpression}`);
    if (!isFree()) throw new Failure('DynamoDB.ConditionalCheckFailedException');
    this.holder = text(execution);
    return {};
  }

  /** Whether the line of a stack may be written over by one that says that it is unchanged. */
  #runsIt(stack: string, { ConditionExpression, ExpressionAttributeValues }: Json): void {
    const known =
      'attribute_not_exists(#stack) OR (#runs = :after AND contains(#after, :template)) OR (#runs = :before AND contains(#before, :template))';
    if (ConditionExpression !== known) throw new Error(`no such condition here: ${ConditionExpression}`);
    const noted = this.table.get(stack);
    if (noted === undefined) return;
    const { runs } = noted;
    const side = runs === 'after' || runs === 'before' ? noted[runs] : '';
    if (!side.includes(text((ExpressionAttributeValues as Json)[':template'])))
      throw new Failure('DynamoDB.ConditionalCheckFailedException');
  }

  #stack(name: string): FleetStack {
    const found = this.#stacks.get(name);
    if (found === undefined) throw new Error(`no stack ${name}`);
    return found;
  }
}

function sideIn(changeSet: string): Side {
  return changeSet.endsWith('-back') ? 'before' : 'after';
}
