/** `concordat.json`: what an assembly says of its own making. */
import * as z from 'zod/mini';
import { day, sha256 } from './forms';
import { type Read, readValue } from './read';

/** The name of the file in an assembly. */
export const ORIGIN_FILE = 'concordat.json';
/** The form of the file. */
export const ORIGIN_FORM = 'concordat-assembly/v1';

const originSchema = z.strictObject({
  form: z.literal(ORIGIN_FORM),
  /** The day that the assembly was made for. */
  asOf: day,
  /** The SHA-256 of `register.json`, in hex. */
  registerDigest: sha256,
});

/** What an assembly was made from. */
export type Origin = Read<typeof originSchema>;

/** Takes `concordat.json` for what it says. @throws WireError with every problem */
export function readOrigin(value: unknown): Origin {
  return readValue(
    {
      schema: originSchema,
      name: ORIGIN_FILE,
      fix: () => 'Synthesise the assembly again',
    },
    value,
  );
}
