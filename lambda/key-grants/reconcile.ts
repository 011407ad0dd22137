/**
 * One run of the broker: ends the grants that no share in force asks for, makes those that are missing, and changes nothing
 * else. It may stop anywhere and be run again: all that it knows, it reads anew. What fails does not stop what can still
 * be done.
 */
import { endGrants, verifyGone } from './ending';
import { KeyGoneError, kindOf } from './errors';
import { makeGrants, openDoors } from './making';
import { insist, insisting } from './patience';
import { planOf } from './plan';
import type { KeyState } from './ports';
import { emptyResult, type RunResult } from './result';
import { type Ports, Run, type RunOrder } from './run';

/**
 * Runs once.
 * @throws KeyGoneError, or whatever KMS answered, where the grants cannot be listed at all.
 */
export async function reconcile(order: RunOrder, ports: Ports): Promise<RunResult> {
  const keyState = await readKeyState(ports);
  if (keyState === undefined) {
    if (order.list === undefined) return emptyResult('gone', order.dryRun);
    throw new KeyGoneError('the key does not exist: restore it, or remove the owner’s stack');
  }
  const listed = await ports.grants.list(insisting(ports.clock));
  const { revoke, create, keep, services } = planOf(order.list, order.brokerRole, listed, ports.clock.now());
  const result = { ...emptyResult(keyState, order.dryRun), services, inForce: keep.length };
  const run = new Run(order, ports, result);
  const revoked = await endGrants(run, revoke);
  await makeGrants(run, create, keyState);
  if (order.everyDoor) await openDoors(run, keep);
  await verifyGone(run, revoked);
  return result;
}

async function readKeyState({ grants, clock }: Ports): Promise<KeyState | undefined> {
  try {
    return await insist(clock, () => grants.keyState());
  } catch (error) {
    if (kindOf(error) === 'not-found') return undefined;
    throw error;
  }
}
