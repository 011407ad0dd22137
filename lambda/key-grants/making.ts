/** Makes grants: opens the access point if the broker had closed it, then creates. */
import { described, inParallel, insist, insisting, LONGEST_WAIT, Pace } from '../../lib/runtime';
import { inForceAt, type ListedShare } from '../../lib/wire';
import { endGrant, revokeGrant } from './ending';
import { kindOf } from './errors';
import type { Plan, Revocation } from './plan';
import type { Grant } from './ports';
import type { PendingWhy } from './result';
import type { Run } from './run';
import { isUniqueRoleId, orderFor, SHOWN_BY_THEN } from './shape';
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

/**
 * Makes the grants; asks again for those whose role is not there yet, for as long as patience and time last. What may be a
 * share’s grant is ended only when the share has its grant, or its role does not exist.
 */
export async function makeGrants(
  run: Run,
  { create: shares, perhaps }: Pick<Plan, 'create' | 'perhaps'>,
  waitsFor: PendingWhy | undefined,
): Promise<void> {
  const { clock, report } = run.ports;
  if (run.order.dryRun) {
    for (const { share, agreement } of shares)
      report.action(perhaps.has(share) ? 'would-ask-for' : 'would-create', { share, agreement });
    return;
  }
  if (waitsFor !== undefined) {
    for (const share of shares) run.pending(share, waitsFor);
    return;
  }
  const making: Making = { perhaps, pace: new Pace(clock, CREATIONS_PER_SECOND), doubtful: [] };
  const patienceEnds = clock.now() + ROLE_PATIENCE;
  let absent = await makeEach(run, shares, making);
  for (let wait = 1000; absent.length > 0; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    if (clock.now() + wait > patienceEnds || clock.remaining() < wait + RESERVE) break;
    await clock.sleep(wait);
    absent = await makeEach(run, absent, making);
  }
  for (const share of absent) {
    run.pending(share, 'grantee-absent');
    await endFormer(run, perhaps.get(share.share) ?? [], 'grantee-recreated');
  }
  await settle(run, making);
}

/** What is known while grants are made. */
interface Making {
  readonly perhaps: Plan['perhaps'];
  readonly pace: Pace;
  /** Shares with the grant that KMS answered with, though it should show its role by now. */
  readonly doubtful: { readonly share: ListedShare; readonly grant: Grant }[];
}

/**
 * Looks again at grants in doubt, until KMS shows their roles. A grant of which it does not is of a role that is gone, whatever
 * it answered: it is ended and made again.
 */
async function settle(run: Run, { doubtful, pace }: Making): Promise<void> {
  const { clock, grants, report } = run.ports;
  const patienceEnds = clock.now() + ROLE_PATIENCE;
  let left: Making['doubtful'] = doubtful;
  for (let wait = 1000; left.length > 0; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    if (clock.now() + wait > patienceEnds) break;
    // The next run looks again.
    if (clock.remaining() < wait + RESERVE) return;
    await clock.sleep(wait);
    try {
      const shown = new Map((await grants.list(insisting(clock))).map(({ id, grantee }) => [id, grantee]));
      left = left.filter(({ grant }) => isUniqueRoleId(shown.get(grant.id)));
    } catch (error) {
      report.action('listing-failed', { error: described(error) });
      return;
    }
  }
  for (const { share, grant } of left) await remake(run, share, grant, pace);
}

async function remake(run: Run, share: ListedShare, grant: Grant, pace: Pace): Promise<void> {
  if (!(await endGrant(run, { grant, why: 'grantee-recreated', accessPoint: undefined }))) return;
  run.result.inForce -= 1;
  try {
    const id = await askFor(run, share, pace);
    if (id !== undefined) tellCreated(run, share, id);
  } catch (error) {
    run.failed('create the grant', error, { share: share.share });
  }
}

function tellCreated({ result, ports }: Run, { share, agreement }: ListedShare, grant: string): void {
  result.inForce += 1;
  result.created += 1;
  ports.report.action('created', { share, agreement, grant });
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

/** Ends grants of which it is now known that they are no share’s. */
async function endFormer(run: Run, former: readonly Grant[], why: Revocation['why']): Promise<void> {
  for (const grant of former) await endGrant(run, { grant, why, accessPoint: undefined });
}

/** Returns the shares whose role is not there. */
async function makeEach(run: Run, shares: readonly ListedShare[], making: Making): Promise<ListedShare[]> {
  const absent: ListedShare[] = [];
  for (const [index, share] of shares.entries()) {
    if (run.ports.clock.remaining() < RESERVE) {
      for (const left of shares.slice(index)) run.pending(left, 'out-of-time');
      break;
    }
    try {
      await makeOne(run, share, making);
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
async function makeOne(run: Run, share: ListedShare, { perhaps, pace, doubtful }: Making): Promise<void> {
  const former = new Map(perhaps.get(share.share)?.map((grant) => [grant.id, grant]));
  if (!(await openAccessPoint(run, share))) return await endFormer(run, [...former.values()], 'stopped');
  const id = await askFor(run, share, pace);
  if (id === undefined) return;
  // KMS answers with the grant that there is, if there is one.
  const known = former.get(id);
  former.delete(id);
  if (known === undefined) tellCreated(run, share, id);
  else {
    run.result.inForce += 1;
    const isOld = known.createdAt <= run.ports.clock.now() - SHOWN_BY_THEN;
    if (isOld && isUniqueRoleId(known.grantee)) doubtful.push({ share, grant: known });
  }
  // A stop that came in between found no grant to end.
  if (!(await openAccessPoint(run, share))) await takeBack(run, share, id);
  await endFormer(run, [...former.values()], 'grantee-recreated');
}

/** The id of the share’s grant, which is made if there is none; undefined where the share is not in force by now. */
async function askFor(run: Run, share: ListedShare, pace: Pace): Promise<string | undefined> {
  const { clock, grants } = run.ports;
  const { list, brokerRole } = run.order;
  return await insist(clock, async () => {
    await pace.turn();
    if (list === undefined || !inForceAt(share, clock.now())) return undefined;
    return await grants.create(orderFor(share, list.key.bucketArn, brokerRole));
  });
}

/** Whether there may be a grant: not while the share is stopped. */
async function openAccessPoint(
  { order, ports, result }: Run,
  { share, agreement }: ListedShare,
): Promise<boolean> {
  // A lifting that was written down, and could not open everything, is carried out here.
  const orderedAt = order.stops instanceof Stops ? order.stops.liftedAt(share) : undefined;
  const lift = orderedAt === undefined ? undefined : { orderedAt };
  const outcome = await ports.accessPoints.open(share, insisting(ports.clock), lift);
  if (outcome === 'opened') ports.report.action('access-point-opened', { share });
  if (outcome !== 'stopped') return true;
  result.stoppedShares.push(share);
  ports.report.action('stays-stopped', { share, agreement });
  return false;
}
