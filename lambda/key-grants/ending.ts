/**
 * Ends shares: closes the access point, then revokes the grants, then looks whether KMS still lists them. Several shares go
 * side by side, at the rate at which KMS takes revocations.
 */
import {
  described,
  inParallel,
  insist,
  insisting,
  LONGEST_WAIT,
  Pace,
  type RunClock,
} from '../../lib/runtime';
import { kindOf } from './errors';
import type { Plan, Revocation } from './plan';
import type { Closing, Grant, KeyGrants } from './ports';
import type { Run } from './run';

/** How many access points are closed at a time. */
export const CLOSED_AT_ONCE = 16;
/**
 * Below the 15 a second that KMS takes in an account, so that others get their turn.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html
 */
const REVOCATIONS_PER_SECOND = 10;
/** For how long a run waits for revoked grants to vanish from the listing. */
const VERIFY_PATIENCE = 45_000;

/** What belongs together: an access point to be closed, if there is one, and then the grants. */
interface Ending {
  readonly share: string | undefined;
  readonly closing: Closing | undefined;
  readonly revocations: Revocation[];
}

/**
 * Ends the grants, each after the access point of its share is closed, and holds every stop. Returns the ids of those that
 * are revoked.
 */
export async function endGrants(run: Run, { revoke, close }: Plan): Promise<Set<string>> {
  const { clock, report } = run.ports;
  const pace = new Pace(clock, REVOCATIONS_PER_SECOND);
  const revoked = new Set<string>();
  const endings = endingsOf(revoke, close);
  if (run.order.dryRun) {
    for (const { grant, why } of revoke) {
      if (why === 'unexpected') tellUnexpected(run, grant);
      report.action('would-revoke', { share: grant.name, grant: grant.id, why });
    }
    return revoked;
  }
  await inParallel(endings, CLOSED_AT_ONCE, async ({ share, closing, revocations }) => {
    // In turn before the access point is closed, so that the grant follows at once.
    for (const _ of revocations) await pace.turn();
    if (clock.remaining() <= 0) {
      for (const { grant } of revocations)
        run.failed('revoke the grant', 'out of time', { share: grant.name, grant: grant.id });
      if (revocations.length === 0)
        run.failed(closing === 'stopped' ? 'hold the stop' : 'close the access point', 'out of time', {
          share,
        });
      return;
    }
    if (share !== undefined && closing !== undefined)
      await closeAccessPoint(run, share, closing, revocations.length > 0);
    for (const revocation of revocations)
      if (await endGrant(run, revocation)) revoked.add(revocation.grant.id);
  });
  return revoked;
}

/** Each access point once, with the grants that go after it. */
function endingsOf(revoke: Plan['revoke'], close: Plan['close']): Ending[] {
  const ofShares = new Map<string, Ending>(
    close.map(({ share, why: closing }) => [share, { share, closing, revocations: [] }]),
  );
  const others: Ending[] = [];
  for (const revocation of revoke) {
    const ofShare = ofShares.get(revocation.accessPoint ?? '');
    if (ofShare) ofShare.revocations.push(revocation);
    else others.push({ share: undefined, closing: undefined, revocations: [revocation] });
  }
  return [...ofShares.values(), ...others];
}

/** What was closed long ago, and has no grant to end, is told in no hourly run. */
async function closeAccessPoint(run: Run, share: string, why: Closing, hasGrants: boolean): Promise<void> {
  const { doubt, ports, result } = run;
  const { accessPoints, report } = ports;
  try {
    const outcome = await accessPoints.close(share, doubt, why, () => report.policyLost(share, why));
    if (why !== 'stopped') {
      if (hasGrants || outcome === 'closed') report.action('access-point-closed', { share, outcome });
    } else if (outcome === 'closed') {
      result.closedAgain += 1;
      report.emergency({ share, step: 'access-point', outcome: 'closed-again', failed: false });
    }
  } catch (error) {
    run.failed('close the access point', error, { share });
  }
}

/** Revokes a grant, and tells of it. Returns whether it is gone. */
export async function endGrant(run: Run, { grant, why }: Revocation): Promise<boolean> {
  const { clock, grants, report } = run.ports;
  try {
    const was = await revokeGrant(clock, grants, grant.id);
    // One that was gone already is only still listed: whoever revoked it has told of it.
    if (why === 'unexpected' && was === 'there') tellUnexpected(run, grant);
  } catch (error) {
    if (why === 'unexpected') tellUnexpected(run, grant);
    run.failed('revoke the grant', error, { share: grant.name, grant: grant.id });
    return false;
  }
  run.result.revoked += 1;
  report.action('revoked', { share: grant.name, grant: grant.id, why });
  return true;
}

function tellUnexpected(run: Run, grant: Grant): void {
  run.result.unexpected += 1;
  run.ports.report.unexpectedGrant(grant, run.order.dryRun);
}

/** Revokes a grant; one that has been revoked meanwhile is no fault. */
export async function revokeGrant(
  clock: RunClock,
  grants: Pick<KeyGrants, 'revoke'>,
  id: string,
): Promise<'there' | 'gone'> {
  try {
    await insist(clock, () => grants.revoke(id));
    return 'there';
  } catch (error) {
    if (kindOf(error) !== 'not-found') throw error;
    return 'gone';
  }
}

/** KMS is eventually consistent, for up to five minutes: what it still lists is reported, not failed. */
export async function verifyGone(run: Run, revoked: ReadonlySet<string>): Promise<void> {
  const { clock, report } = run.ports;
  if (revoked.size === 0) return;
  const patienceEnds = clock.now() + VERIFY_PATIENCE;
  for (let wait = 1000; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    const seen = await listedStill(run, revoked);
    if (seen.length === 0) return;
    if (clock.now() + wait > patienceEnds || clock.remaining() < wait) {
      run.result.notYetGone.push(...seen);
      for (const grant of seen) report.action('revoked-not-yet-seen-gone', { grant });
      return;
    }
    await clock.sleep(wait);
  }
}

/** Which of the grants are still listed; all of them where the listing fails, since then nothing is known. */
async function listedStill({ ports }: Run, revoked: ReadonlySet<string>): Promise<string[]> {
  try {
    const listed = await ports.grants.list(insisting(ports.clock));
    return listed.filter(({ id }) => revoked.has(id)).map(({ id }) => id);
  } catch (error) {
    ports.report.action('listing-failed', { error: described(error) });
    return [...revoked];
  }
}
