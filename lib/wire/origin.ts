/** `concordat.json`: what an assembly says of its own making. */
import * as z from 'zod/mini';
import { day, sha256, text, words } from './forms';
import { type Read, readValue } from './read';

/** The name of the file in an assembly. */
export const ORIGIN_FILE = 'concordat.json';
/** More lines than any file of a register has. */
const MOST_LINES = 1_000_000;

/** The form of the file. */
const ORIGIN_FORM = 'concordat-assembly/v2';
/** The form of before there was a program in it. */
const FORMER_FORM = 'concordat-assembly/v1';

/** The program that made an assembly. The digests name it; version and commit say where to find it. */
export const programSchema = z.strictObject({
  version: words,
  /** The commit that was checked out, with a plus where files had changed since; absent where that was not known. */
  commit: z.optional(text(/^[0-9a-f]{12}\+?$/, 'twelve digits of a commit')),
  /** SHA-256, in hex, over the path and the SHA-256 of each of its files. */
  files: sha256,
  /** SHA-256 of package-lock.json, in hex: which packages it was to run with. */
  lockfile: sha256,
});

const originSchema = z.strictObject({
  form: z.enum([ORIGIN_FORM, FORMER_FORM]),
  /** The day that the assembly was made for. */
  asOf: day,
  /** The SHA-256 of `register.json`, in hex. */
  registerDigest: sha256,
  /** The line of its file on which each agreement’s id stands, by id: templates name it. Absent in the former form, as what follows. */
  lines: z.optional(z.record(z.string(), z.int().check(z.minimum(1), z.maximum(MOST_LINES)))),
  program: z.optional(programSchema),
});

/** What an assembly was made from, and by which program. */
export type Origin = Read<typeof originSchema>;
/** Which program made an assembly. */
export type ProgramIdentity = Read<typeof programSchema>;

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

/** The file, as a synth writes it. */
export function originFile(origin: Omit<Origin, 'form'>): string {
  return `${JSON.stringify({ form: ORIGIN_FORM, ...origin }, null, 2)}\n`;
}
