/**
 * A line of the engine’s table: what one stack stands at, and what it runs. Each rollout writes one for every stack that it deploys,
 * and for every stack that is the same in both of its assemblies.
 */
import * as z from 'zod/mini';
import { accountId, sha256, text, words } from './forms';
import { type Read, readText, readValue } from './read';

/** Of which assembly a stack is, as the table has it: text, since DynamoDB keeps it as it is given. */
const ofSchema = z.strictObject({
  /** The SHA-256 of the register, in hex. */
  register: sha256,
  /** The day that the assembly was made for. */
  asOf: words,
  /** The program that made it; absent where it does not say. */
  program: z.optional(words),
  /** What names the template of the stack, by `templateDigest`. */
  template: sha256,
});

/** What a stack runs on one side of a plan. */
export type RunsOf = Read<typeof ofSchema>;

const rowSchema = z.object({
  stack: text(/^\S+$/, 'a name without spaces'),
  account: accountId,
  /** The order by which it was written down last. */
  order: sha256,
  /** When. */
  at: words,
  /** As in the state of a rollout; `unchanged` where the two assemblies have the same template. */
  standing: z.enum(['begun', 'through', 'failed', 'stuck', 'back', 'unchanged']),
  runs: z.enum(['before', 'after', 'nothing', 'neither', 'unknown']),
  /** `yes` of one that somebody else deployed. */
  found: z.enum(['yes', 'no']),
  /** A list, as JSON. */
  why: z.string(),
  /** What it ran before, and what it is to run; empty where there was nothing. Absent in lines of an earlier engine. */
  before: z.optional(z.string()),
  after: z.optional(z.string()),
});

/** A line, with its texts read. */
export type RolloutRow = Omit<Read<typeof rowSchema>, 'before' | 'after' | 'why'> & {
  readonly why: readonly string[];
  readonly before?: RunsOf;
  readonly after?: RunsOf;
};

const FIX = 'Look who wrote to the table; the next rollout writes the line again';

/** What a stack is on one side, as the table keeps it: the same each time. */
export function runsOfText({ register, asOf, program, template }: RunsOf): string {
  return JSON.stringify({ register, asOf, ...(program !== undefined && { program }), template });
}

/** Reads a line. @param item its attributes, all of them text @throws WireError with every problem */
export function parseRolloutRow(item: Readonly<Record<string, unknown>>): RolloutRow {
  const name = `the line of ${String(item.stack)} in the engine’s table`;
  const { before, after, why, ...row } = readValue({ schema: rowSchema, name, fix: () => FIX }, item);
  const side = (given: string | undefined): RunsOf | undefined =>
    given ? readText({ schema: ofSchema, name, fix: () => FIX }, given) : undefined;
  const [was, is] = [side(before), side(after)];
  return {
    ...row,
    why: readText({ schema: z.array(z.string()), name, fix: () => FIX }, why),
    ...(was && { before: was }),
    ...(is && { after: is }),
  };
}
