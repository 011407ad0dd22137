/**
 * What is kept of a sign-in on the computer of the one who signed in, so that each command need not ask again. The token is the
 * only secret that Concordat keeps in a file: it is worth nothing after its end, and is taken out then.
 */
import * as z from 'zod/mini';
import { accountId, words } from './forms';
import type { Read } from './read';

/** The form; another is taken for no session. */
export const KEPT_SESSION_FORM = 'concordat-session/v1';

const keptSessionSchema = z.strictObject({
  form: z.literal(KEPT_SESSION_FORM),
  /** For whom it is good: the provider that gave it, to which client, for the roles of which account. */
  issuer: words,
  client: words,
  account: accountId,
  /** Who signed in, as the provider knows them. */
  subject: words,
  /** How, as far as the provider says it: `amr` of RFC 8176, such as `pwd`, `mfa`. */
  methods: z.array(z.string()),
  /** When the token ends, in milliseconds since 1970. */
  ends: z.int().check(z.minimum(0)),
  /** The ID token, which STS takes for each of the organisation’s roles; absent once it has ended. */
  token: z.optional(z.string().check(z.minLength(1), z.maxLength(20_000))),
});

/** A sign-in that is kept. */
export type KeptSession = Read<typeof keptSessionSchema>;

/** What was kept; nothing where it is of another form, or was damaged. */
export function keptSessionIn(value: unknown): KeptSession | undefined {
  const read = keptSessionSchema.safeParse(value);
  return read.success ? (read.data as KeptSession) : undefined;
}
