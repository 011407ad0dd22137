/** Makes grants: opens the access point if the broker had closed it, then creates. */
import { inParallel, insist, insisting, LONGEST_WAIT, Pace } from '../../lib/runtime';
import { inForceAt, type ListedShare } from '../../lib/wire';
import { revokeGrant } from './ending';
import { kindOf } from './errors';
import { orderFor, type Plan } from './plan';
import type { PendingWhy } from './result';
import type { Run } from './run';
import { Stops } from './stops';

/**
 * Half of what KMS takes in an account, so that others get their turn.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html
 */
const CREATIONS_PER_SECOND = 25;
/** For how long a run waits for roles that do not exist yet. */
const ROLE_PATIENCE = 60_000;
/** Once less time is left, no new grant is begun; the run still has to verify and report. */
const RESERVE = 15_000;
/** How many access points are looked at at a time. */
const LOOKED_AT_AT_ONCE = 8;

/** Makes the grants; asks again for those whose role is not there yet, for as long as patience and time last. */
export async function makeGrants(
  run: Run,
  shares: readonly ListedShare[],
  waitsFor: PendingWhy | undefined,
): Promise<void> {
  const { clock, report } = run.ports;
  if (run.order.dryRun) {
    for (const { share, agreement } of shares) report.action('would-create', { share, agreement });
    return;
  }
  if (waitsFor !== undefined) {
    for (const share of shares) run.pending(share, waitsFor);
    return;
  }
  const pace = new Pace(clock, CREATIONS_PER_SECOND);
  const patienceEnds = clock.now() + ROLE_PATIENCE;
  let absent = await makeEach(run, shares, pace);
  for (let wait = 1000; absent.length > 0; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    if (clock.now() + wait > patienceEnds || clock.remaining() < wait + RESERVE) break;
    await clock.sleep(wait);
    absent = await makeEach(run, absent, pace);
  }
  for (const share of absent) run.pending(share, 'grantee-absent');
}

/**
 * Looks at the access points of the shares that have their grant: opens what a run had closed before a deployment was rolled
 * back, and revokes the grant of a share that was stopped while the grant was being made.
 */
export async function checkAccessPoints(run: Run, kept: Plan['keep']): Promise<void> {
  if (run.order.dryRun) return;
  await inParallel(kept, LOOKED_AT_AT_ONCE, async ({ share, grant }) => {
    if (run.ports.clock.remaining() < RESERVE) return;
    try {
      if (!(await openAccessPoint(run, share))) await takeBack(run, share, grant);
    } catch (error) {
      run.failed('open the access point', error, { share: share.share });
    }
  });
}

/** Revokes the grant of a share that is stopped. */
async function takeBack(run: Run, { share }: ListedShare, grant: string): Promise<void> {
  const { clock, grants, report } = run.ports;
  await revokeGrant(clock, grants, grant);
  run.result.inForce -= 1;
  run.result.revoked += 1;
  report.action('revoked', { share, grant, why: 'stopped' });
}

/** Returns the shares whose role is not there. */
async function makeEach(run: Run, shares: readonly ListedShare[], pace: Pace): Promise<ListedShare[]> {
  const absent: ListedShare[] = [];
  for (const [index, share] of shares.entries()) {
    if (run.ports.clock.remaining() < RESERVE) {
      for (const left of shares.slice(index)) run.pending(left, 'out-of-time');
      break;
    }
    try {
      await makeOne(run, share, pace);
    } catch (error) {
      const kind = kindOf(error);
      if (kind === 'grantee-absent') {
        absent.push(share);
        continue;
      }
      run.failed('create the grant', error, { share: share.share });
      if (kind !== 'key-unusable' && kind !== 'limit' && kind !== 'not-found') continue;
      for (const left of [...absent.splice(0), ...shares.slice(index + 1)])
        run.failed('create the grant', 'not tried, for the same reason', { share: left.share });
      break;
    }
  }
  return absent;
}

/**
 * Opens the access point first: a share that has its grant is not looked at again. A share that was stopped in an emergency
 * stays without its grant until the stop is lifted.
 */
async function makeOne(run: Run, share: ListedShare, pace: Pace): Promise<void> {
  const { clock, grants, report } = run.ports;
  const { list, brokerRole } = run.order;
  if (!(await openAccessPoint(run, share))) return;
  const grant = await insist(clock, async () => {
    await pace.turn();
    if (list === undefined || !inForceAt(share, clock.now())) return undefined;
    return await grants.create(orderFor(share, list.key.bucketArn, brokerRole));
  });
  if (grant === undefined) return;
  run.result.created += 1;
  run.result.inForce += 1;
  report.action('created', { share: share.share, agreement: share.agreement, grant });
  // A stop that came in between found no grant to end.
  if (!(await openAccessPoint(run, share))) await takeBack(run, share, grant);
}

/** Whether there may be a grant: not while the share is stopped. */
async function openAccessPoint(
  { order, ports, result }: Run,
  { share, agreement }: ListedShare,
): Promise<boolean> {
  // A lifting that was written down, and could not open everything, is carried out here.
  const lift = order.stops instanceof Stops && order.stops.of(share) === 'lifted' ? 'lift' : undefined;
  const outcome = await ports.accessPoints.open(share, insisting(ports.clock), lift);
  if (outcome === 'opened') ports.report.action('access-point-opened', { share });
  if (outcome !== 'stopped') return true;
  result.stoppedShares.push(share);
  ports.report.action('stays-stopped', { share, agreement });
  return false;
}
