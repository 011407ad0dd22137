/** How far a rollout has come: what each stack of its plan runs. Written before and after everything that is done. */
import * as z from 'zod/mini';
import { accountId, instant, region, sha256, text, words } from './forms';
import { type Read, readText } from './read';

/** The form of the file. */
export const ROLLOUT_STATE_FORM = 'concordat-rollout-state/v1';

const MOST_BYTES = 64_000_000;
const FIX =
  'Put back the one that the rollout wrote last; or move it away, and the rollout asks each account anew what it runs';
const name = text(/^\S+$/, 'a name without spaces');

/** What a stack is at, as far as the rollout is concerned. */
const STANDINGS = [
  /** Its turn has not come. */
  'waiting',
  /** Something may be under way. */
  'begun',
  /** It runs what was planned. */
  'through',
  /** It runs what it ran before: nothing was executed, or CloudFormation put it back. */
  'failed',
  /** It runs neither, or CloudFormation could not put it back: somebody has to look. */
  'stuck',
  /** It was through, and runs what it ran before again. */
  'back',
] as const;

/** What a stack runs: the template of one of the two assemblies, none, another, or not known. */
const RUNS = ['before', 'after', 'nothing', 'neither', 'unknown'] as const;

const stackSchema = z.strictObject({
  account: accountId,
  region,
  standing: z.enum(STANDINGS),
  runs: z.enum(RUNS),
  /** Of one that is through: that it was before its turn came, so that somebody else deployed it. */
  found: z.optional(z.boolean()),
  /** Why, where there is anything to say. */
  why: z.optional(z.array(z.string())),
  /** When that was seen. */
  at: z.optional(instant),
});

const sideSchema = z.strictObject({ asOf: words, registerDigest: sha256, program: z.optional(words) });

const stateSchema = z.strictObject({
  form: z.literal(ROLLOUT_STATE_FORM),
  /** The SHA-256 of the plan, in hex. */
  plan: sha256,
  before: sideSchema,
  after: sideSchema,
  /** What was done by hand, by the word of whoever carries the plan out: names of stacks, and of organisations that set a policy. */
  done: z.array(words),
  /** The stacks that are being put back; absent while it goes forward. */
  back: z.optional(z.array(name)),
  /** Whether all that was done is put back, as was asked, and not what one wave did; absent while it goes forward. */
  all: z.optional(z.literal(true)),
  /** By their names, in the order of the plan. */
  stacks: z.record(name, stackSchema),
});

/** The state of a rollout. */
export type RolloutState = Read<typeof stateSchema>;
/** What one stack is at. */
export type StackState = RolloutState['stacks'][string];

/** Reads one. @param file what people call the file @throws WireError with every problem */
export function parseRolloutState(given: string, file: string): RolloutState {
  return readText(
    { schema: stateSchema, name: file, fix: () => FIX, most: { bytes: MOST_BYTES, fix: FIX } },
    given,
  );
}

/** The file. Ends with a line feed. */
export function rolloutStateText(state: RolloutState): string {
  return `${JSON.stringify(state, null, 1)}\n`;
}
