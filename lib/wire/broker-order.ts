/** What a caller asks of an owner’s grant broker. What CloudFormation asks has AWS’s own form, and is not here. */
import * as z from 'zod/mini';
import { words } from './forms';
import type { Read } from './read';
import { sharePattern } from './share';

/** More shares in one event would not fit into an invocation. */
const MOST_SHARES = 5_000;
const shares = z.array(sharePattern).check(z.minLength(1), z.maxLength(MOST_SHARES));
/** What the caller gives as the reason, for the record. Nothing is decided by it. */
const why = z.optional(words);

const stopSchema = z.strictObject({ stop: shares, why });
const liftSchema = z.strictObject({ lift: shares, why });
const endSessionsSchema = z.strictObject({ endSessions: z.literal(true), why });
const reconcileSchema = z.strictObject({ dryRun: z.optional(z.boolean()) });
const brokerOrderSchema = z.union([stopSchema, liftSchema, endSessionsSchema, reconcileSchema]);

/** End the shares at once, whatever the list says, until that is lifted; or let the list decide again. */
export type StopOrder = Read<typeof stopSchema> | Read<typeof liftSchema>;
/** End every session that the organisation’s own people have now. */
export type EndSessionsOrder = Read<typeof endSessionsSchema>;
/** One of those, or hold all grants against the list, as on a schedule. */
export type BrokerOrder = Read<typeof brokerOrderSchema>;

/** The order that an event is; undefined where it is no order. */
export function brokerOrderIn(event: unknown): BrokerOrder | undefined {
  const result = brokerOrderSchema.safeParse(event);
  return result.success ? result.data : undefined;
}
