/**
 * Stops, with the operator’s right, everything that an organisation shares and that is shared with it: in the accounts of all
 * owners, side by side, by one command.
 */
import { functionArn, GRANT_BROKER_FUNCTION } from '../../names';
import type { Member, Register } from '../../register';
import { described, inParallel } from '../../runtime';
import type { StopAnswer } from '../../wire';
import { BrokerCallError, type CallBroker } from './broker-call';
import type { Target } from './suspend-target';

/** How many owners are called at a time. */
const OWNERS_AT_ONCE = 8;

/** What came of one owner’s broker. */
export interface Stopped {
  readonly owner: Member;
  readonly outcome: StopAnswer | BrokerCallError;
}

/** The owners whose brokers are called, each with what it is asked to stop. */
export function everywhere({ id, owner, shares, others }: Target): { owner: Member; pattern: string }[] {
  const owners = new Map<string, Member>(
    [...shares, ...others].map((share) => [share.owner.id, share.owner]),
  );
  // Its own broker is called though the register knows of no share: what is deployed may be older.
  if (owner.id === id) owners.set(owner.id, owner);
  return [...owners.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((each) => ({ owner: each, pattern: each.id === id ? '*' : `*--${id}` }));
}

/** Calls them all. One that fails, in whatever way, keeps no other from being called. */
export async function stopEverywhere(
  { zone }: Register,
  target: Target,
  why: string | undefined,
  call: CallBroker,
): Promise<Stopped[]> {
  const stopped: Stopped[] = [];
  await inParallel(everywhere(target), OWNERS_AT_ONCE, async ({ owner, pattern }) => {
    try {
      const order = { stop: [pattern], ...(why !== undefined && { why }) };
      const outcome = await call(functionArn(zone, owner.account, GRANT_BROKER_FUNCTION), order);
      stopped.push({ owner, outcome });
    } catch (error) {
      const outcome =
        error instanceof BrokerCallError
          ? error
          : new BrokerCallError(`the call broke off (${described(error)})`, { cause: error });
      stopped.push({ owner, outcome });
    }
  });
  return stopped.sort((a, b) => (a.owner.id < b.owner.id ? -1 : 1));
}
