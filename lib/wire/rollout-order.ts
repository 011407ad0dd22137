/**
 * What the engine of a rollout is given: an order in waves, and for each stack what it is to come to. The order is called by its
 * own digest and names every other file with its, so that what was approved is what is carried out.
 */
import * as z from 'zod/mini';
import { accountId, region, sha256, text, words } from './forms';
import { type Read, readText } from './read';

/** The form of the order. */
export const ROLLOUT_ORDER_FORM = 'concordat-rollout-order/v1';
/** The form of what it says of one stack. */
export const STACK_ORDER_FORM = 'concordat-stack-order/v1';
/** The file of the order, below the folder that its digest names. */
export const ORDER_FILE = 'order.json';

const FIX = 'Make it again with npx concordat rollout --order FOLDER, and upload all of it';
const MOST_BYTES = 64_000_000;
const name = text(/^\S+$/, 'a name without spaces');
const count = z.int().check(z.minimum(0));
const roleArn = text(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/, 'the ARN of a role');

const waveSchema = z.strictObject({
  name: words,
  /** The file of its accounts. */
  key: name,
  accounts: count,
  /** How many accounts may fail before the rollout stops. */
  tolerated: count,
  takesAway: z.boolean(),
  /** How many accounts at once. */
  atOnce: z.int().check(z.minimum(1)),
  /** How long to wait after it, in seconds. */
  pause: count,
});

const orderSchema = z.strictObject({
  form: z.literal(ROLLOUT_ORDER_FORM),
  /** The SHA-256 of the plan, in hex. */
  plan: sha256,
  /** What lets anybody do more than before: a second person is asked where there is anything. */
  widenings: z.array(z.string()),
  waves: z.array(waveSchema).check(z.minLength(1)),
  /** The SHA-256 of every other file of the order, in hex. */
  files: z.record(name, sha256),
});

/** An order. */
export type RolloutOrder = Read<typeof orderSchema>;

const accountsSchema = z.array(
  z.strictObject({
    account: accountId,
    /** One after the other. */
    stacks: z
      .array(
        z.strictObject({
          stack: name,
          /** The file of what it is to come to. */
          key: name,
          /** What it runs on either side, as the table keeps it; empty where there was nothing. */
          before: z.string(),
          after: words,
        }),
      )
      .check(z.minLength(1)),
  }),
);

/** The file of the stacks that the plan leaves as they are, below the folder of the order. */
export const UNCHANGED_FILE = 'unchanged.json';

const unchangedSchema = z.array(
  z.strictObject({
    stack: name,
    account: accountId,
    /** What it runs on either side, as the table keeps it. */
    before: words,
    after: words,
    /** What names its template, as that text has it. */
    template: sha256,
  }),
);

/** The stacks that a plan leaves as they are. */
export type UnchangedStacks = Read<typeof unchangedSchema>;

/** The accounts of a wave. */
export type OrderedAccounts = Read<typeof accountsSchema>;

const sideSchema = z.strictObject({
  /** What names its template. */
  template: sha256,
  /** Where it was uploaded. */
  url: words,
  /** As whom CloudFormation works. */
  role: roleArn,
  /** The parameters that keep what they were given before. */
  parameters: z.array(name),
  /** What changes to bring the stack to this side. */
  resources: z.array(
    z.strictObject({
      id: name,
      type: name,
      action: z.enum(['add', 'modify', 'remove']),
      replaces: z.boolean(),
      maySeeNone: z.boolean(),
    }),
  ),
});

const stackSchema = z.strictObject({
  form: z.literal(STACK_ORDER_FORM),
  stack: name,
  account: accountId,
  region,
  /** The role through which CloudFormation is asked. */
  role: roleArn,
  /** The name of the change set. */
  changeSet: name,
  /** The earlier side, of what was there before. */
  before: z.optional(sideSchema),
  after: sideSchema,
  /** Whether it is to be protected against deletion once it is made. */
  protects: z.boolean(),
  /** The alarms that CloudFormation watches, and for how many minutes after the change. */
  alarms: z.array(words),
  watch: count,
  /** What is uploaded first where it is not there yet. */
  files: z.array(
    z.strictObject({
      /** Below `files/` in the engine’s bucket. */
      from: name,
      sha256,
      bucket: name,
      key: name,
      /** The role that uploads. */
      role: roleArn,
    }),
  ),
});

/** What a stack is to come to. */
export type StackOrder = Read<typeof stackSchema>;

const kind = <Schema extends z.ZodMiniType>(schema: Schema, file: string) => ({
  schema,
  name: file,
  fix: () => FIX,
  most: { bytes: MOST_BYTES, fix: FIX },
});

/** Reads an order. @throws WireError with every problem */
export function parseRolloutOrder(given: string, file: string): RolloutOrder {
  return readText(kind(orderSchema, file), given);
}

/** Reads the accounts of a wave. @throws WireError with every problem */
export function parseOrderedAccounts(given: string, file: string): OrderedAccounts {
  return readText(kind(accountsSchema, file), given);
}

/** Reads which stacks a plan leaves as they are. @throws WireError with every problem */
export function parseUnchangedStacks(given: string, file: string): UnchangedStacks {
  return readText(kind(unchangedSchema, file), given);
}

/** Reads what a stack is to come to. @throws WireError with every problem */
export function parseStackOrder(given: string, file: string): StackOrder {
  return readText(kind(stackSchema, file), given);
}
