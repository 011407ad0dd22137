/**
 * A plan that was saved: what is to be deployed, in which order, from which assembly in place of which. It is bound to both,
 * so that what was approved is what is deployed.
 */
import * as z from 'zod/mini';
import { accountId, day, handle, region, sha256, text, words } from './forms';
import { programSchema } from './origin';
import { fitsTogether, type Read, readText } from './read';

/** The form of the file. */
export const SAVED_PLAN_FORM = 'concordat-saved-plan/v1';

const FIX = 'Make it again with npx concordat plan --out';
/** Many times what four hundred organisations come to at their first deployment. */
const MOST_BYTES = 64_000_000;

/** What tells an assembly from every other. */
const assemblySchema = z.strictObject({
  /** The day that it was made for. */
  asOf: day,
  /** The SHA-256 of its `register.json`, in hex. */
  registerDigest: sha256,
  /** The program that made it, by its own word; absent where it does not say. */
  program: z.optional(programSchema),
  /** How many files it has. */
  files: z.int().check(z.minimum(1)),
  /** SHA-256, in hex, over the SHA-256 and the path of each of its files. */
  filesDigest: sha256,
});

/** A sentence of the plan, or a reason that somebody gave; neither has a length of its own. */
const sentence = z.string('a sentence').check(z.minLength(1, 'a sentence'));
const name = text(/^\S+$/, 'a name without spaces');

const stackSchema = z
  .strictObject({
    stack: name,
    /** What `cdk deploy` calls it. */
    artifact: words,
    account: accountId,
    region,
    /** `gone`: no template makes it any more, and it is deleted by hand. `moved`: it is made in another account or Region. */
    change: z.enum(['new', 'changed', 'moved', 'gone']),
    /** Of one that moved: the account and the Region where it was. */
    from: z.optional(z.strictObject({ account: accountId, region })),
    /** The external organisation that deploys it by itself; absent where the operator does. */
    handOver: z.optional(handle),
    /** Its template, and the SHA-256 of that, in hex; of one that is gone, in the earlier assembly. */
    template: words,
    templateDigest: sha256,
    /** Whether all that it does is to take away. */
    takesAway: z.boolean(),
    /** The parameters that it must be told. */
    asks: z.array(name),
    /** What CloudFormation is to do, by logical id; words and metadata do not count. */
    resources: z.array(z.strictObject({ id: name, type: name, action: z.enum(['add', 'modify', 'remove']) })),
  })
  .check(
    fitsTogether(({ change, from, resources }, tell) => {
      if ((change === 'moved') !== (from !== undefined))
        tell(['from'], `is to be there of what has moved, and of nothing else`);
      const only = { new: 'add', moved: 'add', gone: 'remove', changed: undefined }[change];
      const seen = new Set<string>();
      for (const [index, { id, action }] of resources.entries()) {
        if (seen.has(id)) tell(['resources', index, 'id'], `is '${id}', which is there already`);
        seen.add(id);
        if (only !== undefined && action !== only)
          tell(['resources', index, 'action'], `is '${action}', in a stack that is ${change}`);
      }
    }),
  );

const savedPlanSchema = z
  .strictObject({
    form: z.literal(SAVED_PLAN_FORM),
    /** What is deployed. */
    before: assemblySchema,
    /** What is to be deployed in its place. */
    after: assemblySchema,
    /** What lets anybody do more than before, a sentence each. */
    widenings: z.array(sentence),
    /** Whether that was approved. */
    approved: z.boolean(),
    /** Every reason why the later assembly is not fit to be deployed, and why it is to be all the same. */
    unfit: z.optional(
      z.strictObject({ reasons: z.array(sentence).check(z.minLength(1)), although: sentence }),
    ),
    /** What organisations are to set by hand, before their stacks are deployed. */
    asked: z.array(
      z.strictObject({
        organisation: handle,
        key: words,
        file: words,
        change: z.enum(['new', 'changed', 'another key']),
      }),
    ),
    /** In the order in which to deploy; what is gone comes last. */
    stacks: z.array(stackSchema),
  })
  .check(
    fitsTogether(({ widenings, approved, stacks }, tell) => {
      if (widenings.length > 0 && !approved)
        tell(['approved'], 'is false, though access widens: such a plan is not to be carried out');
      if (widenings.length === 0 && approved) tell(['approved'], 'is true, and nothing widens');
      const seen = new Set<string>();
      for (const [index, { stack, change }] of stacks.entries()) {
        if (seen.has(stack)) tell(['stacks', index, 'stack'], `is '${stack}', which is there already`);
        seen.add(stack);
        if (change !== 'gone' && stacks[index - 1]?.change === 'gone')
          tell(['stacks', index], 'comes after a stack that is gone: those come last');
      }
    }),
  );

/** A saved plan. It holds nothing that was not judged, and nothing that widens access and was not approved. */
export type SavedPlan = Read<typeof savedPlanSchema>;
/** What it says of one of the two assemblies. */
export type AssemblyIdentity = SavedPlan['before'];

/** Reads one. @param file what people call the file @throws WireError with every problem */
export function parseSavedPlan(given: string, file: string): SavedPlan {
  return readText(
    { schema: savedPlanSchema, name: file, fix: () => FIX, most: { bytes: MOST_BYTES, fix: FIX } },
    given,
  );
}

/** The file. Ends with a line feed. */
export function savedPlanText(plan: SavedPlan): string {
  return `${JSON.stringify(plan, null, 1)}\n`;
}
