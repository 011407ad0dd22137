/** Opens an order: what it names must be there, byte for byte, before anything is begun or anybody is asked. */
import { createHash } from 'node:crypto';
import {
  ORDER_FILE,
  parseOrderedAccounts,
  parseRolloutOrder,
  parseStackOrder,
  type RolloutOrder,
  WireError,
} from '../../lib/wire';
import { OrderError } from './errors';
import type { World } from './ports';

/** What the state machine is told of an order. */
export interface Opened {
  readonly plan: string;
  /** Whether it lets anybody do more than before. */
  readonly widens: boolean;
  readonly waves: readonly Pick<
    RolloutOrder['waves'][number],
    'name' | 'key' | 'tolerated' | 'takesAway' | 'atOnce' | 'pause'
  >[];
}

/** Where the files of an order lie. */
export function below(order: string, key: string): string {
  return `orders/${order}/${key}`;
}

/**
 * Reads all of an order.
 * @param order its digest
 * @throws OrderError where a file is missing, is another, or says otherwise than the rest
 */
export async function opened(order: string, { read }: Pick<World, 'read'>): Promise<Opened> {
  if (!/^[0-9a-f]{64}$/.test(order)) throw new OrderError('an order is called by 64 hex digits');
  const whole = await held(order, ORDER_FILE, order, read);
  try {
    const { plan, widenings, waves, files } = parseRolloutOrder(whole, ORDER_FILE);
    const fileOf = (key: string) => {
      const digest = files[key];
      if (digest === undefined) throw new OrderError(`${ORDER_FILE} has no digest of ${key}`);
      return held(order, key, digest, read);
    };
    for (const wave of waves)
      for (const { account, stacks } of parseOrderedAccounts(await fileOf(wave.key), wave.key))
        await Promise.all(
          stacks.map(async ({ stack, key }) => {
            const found = parseStackOrder(await fileOf(key), key);
            if (found.stack !== stack || found.account !== account)
              throw new OrderError(`${key} is of another stack than ${wave.key} says`);
          }),
        );
    return {
      plan,
      widens: widenings.length > 0,
      waves: waves.map(({ name, key, tolerated, takesAway, atOnce, pause }) => ({
        name,
        key,
        tolerated,
        takesAway,
        atOnce,
        pause,
      })),
    };
  } catch (error) {
    if (error instanceof WireError) throw new OrderError(error.problems.join('; '), { cause: error });
    throw error;
  }
}

async function held(order: string, key: string, digest: string, read: World['read']): Promise<string> {
  const bytes = await read(below(order, key));
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== digest) throw new OrderError(`${key} is not what was ordered: its digest is ${found}`);
  return new TextDecoder().decode(bytes);
}
