/** What a caller asks of an owner’s grant broker. What CloudFormation asks has AWS’s own form, and is not here. */
import * as z from 'zod/mini';
import type { Read } from './read';
import { sharePattern } from './share';

/** More shares in one event would not fit into an invocation. */
const MOST_SHARES = 5_000;
const shares = z.array(sharePattern).check(z.minLength(1), z.maxLength(MOST_SHARES));

const stopSchema = z.strictObject({ stop: shares });
const liftSchema = z.strictObject({ lift: shares });
const reconcileSchema = z.strictObject({ dryRun: z.optional(z.boolean()) });
const brokerOrderSchema = z.union([stopSchema, liftSchema, reconcileSchema]);

/** End the shares at once, whatever the list says, until that is lifted; or let the list decide again. */
export type StopOrder = Read<typeof stopSchema> | Read<typeof liftSchema>;
/** One of those, or hold all grants against the list, as on a schedule. */
export type BrokerOrder = Read<typeof brokerOrderSchema>;

/** The order that an event is; undefined where it is no order. */
export function brokerOrderIn(event: unknown): BrokerOrder | undefined {
  const result = brokerOrderSchema.safeParse(event);
  return result.success ? result.data : undefined;
}
