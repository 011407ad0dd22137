/**
 * One run of the broker: ends the grants that no share in force asks for, holds every stop, makes the grants that are missing,
 * and changes nothing else. It may stop anywhere and be run again, because each run reads everything afresh. What fails does
 * not stop what can still be done.
 */
import { custodyFaults } from '../../lib/register';
import { type Clock, insist, insisting } from '../../lib/runtime';
import { inForceAt } from '../../lib/wire';
import { endGrants, verifyGone } from './ending';
import { KeyGoneError, kindOf } from './errors';
import { checkAccessPoints, makeGrants } from './making';
import { isMeant } from './order';
import { planOf } from './plan';
import type { DescribedKey } from './ports';
import { emptyResult, type PendingWhy, type RunResult } from './result';
import { type Ports, Run, type RunOrder } from './run';
import { NO_STOPS, Stops } from './stops';

/**
 * Runs once.
 * @throws KeyGoneError, or whatever KMS answered, where the grants cannot be listed at all; access points that are to be
 * closed are closed all the same
 */
export async function reconcile(order: RunOrder, ports: Ports): Promise<RunResult> {
  const key = await describeKey(ports).catch(async (error: unknown) => {
    await closeAccessPoints(order, ports);
    throw error;
  });
  if (key === undefined) {
    if (order.list === undefined) return emptyResult('gone', order.dryRun);
    await closeAccessPoints(order, ports);
    throw new KeyGoneError('the key does not exist: restore it, or remove the owner’s stack');
  }
  const listed = await ports.grants.list(insisting(ports.clock)).catch(async (error: unknown) => {
    await closeAccessPoints(order, ports);
    throw error;
  });
  const stops = stopsOf(order);
  const plan = planOf(order.list, order.brokerRole, listed, ports.clock.now(), stops, (share) =>
    isMeant(share, order.justLifted ?? []),
  );
  const { keep, services, stopped } = plan;
  const result = {
    ...emptyResult(key.state, order.dryRun, daysUntil(key.materialExpires, ports.clock)),
    services,
    inForce: keep.length,
    stoppedShares: stopped.filter((share) => inForceAt(share, ports.clock.now())).map(({ share }) => share),
  };
  const run = new Run(order, ports, result);
  if ('notKnown' in order.stops) run.failed('read the record of stops', order.stops.notKnown, {});
  const proven = proveCustody(run, key);
  const revoked = await endGrants(run, plan);
  const waits = proven ? waitsFor(key) : 'custody-unproven';
  await makeGrants(run, plan, 'notKnown' in order.stops ? 'stops-not-known' : waits);
  if (order.stops instanceof Stops) await checkAccessPoints(run, keep);
  await verifyGone(run, revoked);
  return result;
}

/** Nothing is known of the grants: what must be shut is shut without them. */
async function closeAccessPoints(order: RunOrder, ports: Ports): Promise<void> {
  const plan = planOf(order.list, order.brokerRole, [], ports.clock.now(), stopsOf(order));
  await endGrants(new Run(order, ports, emptyResult('Unavailable', order.dryRun)), plan);
}

function stopsOf({ stops }: RunOrder): Stops {
  return stops instanceof Stops ? stops : NO_STOPS;
}

/** Holds the key against what the register says of it. What is to be revoked is revoked all the same. */
function proveCustody(run: Run, key: DescribedKey): boolean {
  const { list, keyArn } = run.order;
  if (list === undefined) return true;
  const faults = custodyFaults(list.custody, keyArn, key);
  for (const fault of faults) run.failed('prove the custody of the key', fault, {});
  run.result.custodyFaults = faults.length;
  return faults.length === 0;
}

/** A key whose material is still to be imported takes no grants; the owner deploys first and imports then. */
function waitsFor({ awaitsMaterial }: DescribedKey): PendingWhy | undefined {
  return awaitsMaterial ? 'key-awaits-material' : undefined;
}

function daysUntil(moment: number | undefined, clock: Pick<Clock, 'now'>): number | undefined {
  return moment === undefined ? undefined : Math.floor((moment - clock.now()) / 86_400_000);
}

async function describeKey({ grants, clock }: Ports): Promise<DescribedKey | undefined> {
  try {
    return await insist(clock, () => grants.describe());
  } catch (error) {
    if (kindOf(error) === 'not-found') return undefined;
    throw error;
  }
}
