/**
 * `assumptions.json`: what live tests of assumptions about AWS have come to. The probe writes it beside the register, where
 * it is reviewed like the register, and a synth carries it into the assembly.
 */
import * as z from 'zod/mini';
import { day, handle, region, sha256, words } from './forms';
import { fitsTogether, type Read, readText } from './read';

/** The name of the file, in the register’s folder and in an assembly. */
export const LIVE_OUTCOMES_FILE = 'assumptions.json';
/** The form of the file. */
export const LIVE_OUTCOMES_FORM = 'concordat-assumptions/v1';

const FIX = `Take the file back to its last reviewed version, or remove it and run npx concordat probe again`;

const outcomesSchema = z
  .strictObject({
    form: z.literal(LIVE_OUTCOMES_FORM),
    outcomes: z.array(
      z.strictObject({
        /** The handle of the assumption. */
        id: handle,
        /** The SHA-256 of the assumption and of its test as they were worded then. */
        wording: sha256,
        outcome: z.enum(['seen', 'refuted']),
        on: day,
        region,
        /** What was seen, for people. */
        saw: words,
      }),
    ),
  })
  .check(
    fitsTogether(({ outcomes }, tell) => {
      const seen = new Set<string>();
      for (const [index, { id }] of outcomes.entries()) {
        if (seen.has(id)) tell(['outcomes', index, 'id'], `is '${id}', which is there already`);
        seen.add(id);
      }
    }),
  );

/** What live tests have come to, at most one outcome for each assumption. */
export type LiveOutcomes = Read<typeof outcomesSchema>;
/** One outcome. */
export type LiveOutcome = LiveOutcomes['outcomes'][number];

/** Where nothing has been tested live. */
export const NO_LIVE_OUTCOMES: LiveOutcomes = { form: LIVE_OUTCOMES_FORM, outcomes: [] };

/** Reads the file. @throws WireError with every problem */
export function parseLiveOutcomes(text: string): LiveOutcomes {
  return readText(
    {
      schema: outcomesSchema,
      name: LIVE_OUTCOMES_FILE,
      fix: () => FIX,
      most: { bytes: 1_000_000, fix: FIX },
    },
    text,
  );
}

/** The file, in the order of handles, so that two of the same outcomes are the same. */
export function liveOutcomesText({ form, outcomes }: LiveOutcomes): string {
  const sorted = [...outcomes].sort((a, b) => (a.id < b.id ? -1 : 1));
  return `${JSON.stringify({ form, outcomes: sorted }, null, 2)}\n`;
}
