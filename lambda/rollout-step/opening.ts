/**
 * Opens an order: what it names must be there, byte for byte, before anything is begun or anybody is asked, and at every
 * question after.
 */
import { createHash } from 'node:crypto';
import { inParallel } from '../../lib/runtime';
import {
  ORDER_FILE,
  parseOrderedAccounts,
  parseRolloutOrder,
  parseStackOrder,
  parseUnchangedStacks,
  type RolloutOrder,
  type StackOrder,
  UNCHANGED_FILE,
  WireError,
} from '../../lib/wire';
import { OrderError } from './errors';
import type { World } from './ports';

/** What the state machine is told of an order. */
export interface Opened {
  readonly plan: string;
  /** Whether it lets anybody do more than before. */
  readonly widens: boolean;
  /** The version of the file of what the plan leaves as it is. */
  readonly unchanged: string;
  /** When the table may let go of the line that says that an account failed: seconds since 1970, as DynamoDB takes a number. */
  readonly forget: string;
  readonly waves: readonly OpenedWave[];
}

/** A wave, and the version of its file that was opened: the state machine reads that one itself, and no other. */
type OpenedWave = Pick<
  RolloutOrder['waves'][number],
  'name' | 'key' | 'tolerated' | 'takesAway' | 'atOnce' | 'pause'
> & { readonly version: string };

/** As long as Step Functions remembers an execution. The rollout itself takes five days at most, and reads the line as it ends. */
const REMEMBERED = 90 * 24 * 3600;
/** How many accounts are read at once: a thousand, within the time that the function has. */
const AT_ONCE = 16;

function below(order: string, key: string): string {
  return `orders/${order}/${key}`;
}

/**
 * Reads all of an order.
 * @param order its digest
 * @throws OrderError where a file is missing, is another, or says otherwise than the rest
 */
export async function opened(order: string, { read, now }: Pick<World, 'read' | 'now'>): Promise<Opened> {
  try {
    const { plan, widenings, waves, files } = await orderCalled(order, read);
    const unchanged = await kept(order, files, UNCHANGED_FILE, read);
    parseUnchangedStacks(unchanged.text, UNCHANGED_FILE);
    const found: OpenedWave[] = [];
    for (const { name, key, tolerated, takesAway, atOnce, pause } of waves) {
      const { text, version } = await kept(order, files, key, read);
      found.push({ name, key, version, tolerated, takesAway, atOnce, pause });
      const accounts = parseOrderedAccounts(text, key);
      await inParallel(accounts, AT_ONCE, async ({ account, stacks }) => {
        for (const { stack, key: file } of stacks) {
          const ordered = parseStackOrder((await fileOf(order, files, file, read)).text, file);
          if (ordered.stack !== stack || ordered.account !== account)
            throw new OrderError(`${file} is of another stack than ${key} says`);
        }
      });
    }
    return {
      plan,
      widens: widenings.length > 0,
      unchanged: unchanged.version,
      forget: String(Math.ceil(now() / 1000) + REMEMBERED),
      waves: found,
    };
  } catch (error) {
    if (error instanceof WireError) throw new OrderError(error.problems.join('; '), { cause: error });
    throw error;
  }
}

/** By what reads them: what an order says is fixed by its name, so it is read once. */
const lastOpened = new WeakMap<
  World['read'],
  { readonly order: string; readonly files: RolloutOrder['files'] }
>();

/**
 * Reads what a stack is to come to, as it was ordered: between two questions days may pass.
 * @throws OrderError where it is another; WireError where it is none
 */
export async function orderedStack(
  order: string,
  key: string,
  { read }: Pick<World, 'read'>,
): Promise<StackOrder> {
  let last = lastOpened.get(read);
  if (last?.order !== order) {
    last = { order, files: (await orderCalled(order, read)).files };
    lastOpened.set(read, last);
  }
  return parseStackOrder((await fileOf(order, last.files, key, read)).text, key);
}

async function orderCalled(order: string, read: World['read']): Promise<RolloutOrder> {
  if (!/^[0-9a-f]{64}$/.test(order)) throw new OrderError('an order is called by 64 hex digits');
  return parseRolloutOrder((await held(order, ORDER_FILE, order, read)).text, ORDER_FILE);
}

async function fileOf(
  order: string,
  files: RolloutOrder['files'],
  key: string,
  read: World['read'],
): Promise<Held> {
  const digest = files[key];
  if (digest === undefined) throw new OrderError(`${ORDER_FILE} has no digest of ${key}`);
  return held(order, key, digest, read);
}

/** One that the state machine reads itself, by its version. */
async function kept(
  order: string,
  files: RolloutOrder['files'],
  key: string,
  read: World['read'],
): Promise<Held & { readonly version: string }> {
  const { text, version } = await fileOf(order, files, key, read);
  if (version === undefined) throw new OrderError(`the bucket keeps no versions of ${key}`);
  return { text, version };
}

/** What a file says, which is what was ordered. */
interface Held {
  readonly text: string;
  readonly version: string | undefined;
}

async function held(order: string, key: string, digest: string, read: World['read']): Promise<Held> {
  const { bytes, version } = await read(below(order, key));
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== digest) throw new OrderError(`${key} is not what was ordered: its digest is ${found}`);
  return { text: new TextDecoder().decode(bytes), version };
}
