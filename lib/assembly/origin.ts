/** What an assembly says of its own making. */
import { z } from 'zod';
import { AssemblyError } from './errors';
import { ORIGIN_FILE } from './layout';

const originSchema = z.object({ asOf: z.string(), registerDigest: z.string() });

/** The day that an assembly was made for, YYYY-MM-DD, and the SHA-256 of its register, in hex. */
export type Origin = Readonly<z.infer<typeof originSchema>>;

/** Reads what `concordat.json` holds, if there is one. @throws AssemblyError if it has another form */
export function originOf(value: unknown, folder: string): Origin | undefined {
  if (value === undefined) return undefined;
  const result = originSchema.safeParse(value);
  if (result.success) return result.data;
  throw new AssemblyError(
    `${ORIGIN_FILE} in ${folder} does not give asOf and registerDigest: synthesise the assembly again`,
    { cause: result.error },
  );
}
