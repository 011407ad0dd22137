/** Ends grants: closes the access point, then revokes, then looks whether KMS still lists them. */
import { described, LONGEST_WAIT, Pace } from '../../lib/runtime';
import { kindOf } from './errors';
import { insist, insisting } from './patience';
import type { Revocation } from './plan';
import type { Run } from './run';

/**
 * Below the 15 a second that KMS takes in an account, so that others get their turn.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html
 */
const REVOCATIONS_PER_SECOND = 10;
/** For how long a run waits for revoked grants to vanish from the listing. */
const VERIFY_PATIENCE = 45_000;

/** Ends the grants, each after the access point of its share is closed. Returns the ids of those that are revoked. */
export async function endGrants(run: Run, revocations: readonly Revocation[]): Promise<Set<string>> {
  const { clock, report } = run.ports;
  const pace = new Pace(clock, REVOCATIONS_PER_SECOND);
  const closed = new Set<string>();
  const revoked = new Set<string>();
  for (const revocation of revocations) {
    const { grant, why, accessPoint } = revocation;
    if (why === 'unexpected') {
      run.result.unexpected += 1;
      report.unexpectedGrant(grant, run.order.dryRun);
    }
    if (run.order.dryRun) {
      report.action('would-revoke', { share: grant.name, grant: grant.id, why });
      continue;
    }
    if (clock.remaining() <= 0) {
      run.failed('revoke the grant', 'out of time', { share: grant.name, grant: grant.id });
      continue;
    }
    if (accessPoint !== undefined && !closed.has(accessPoint)) {
      closed.add(accessPoint);
      await closeAccessPoint(run, accessPoint);
    }
    if (await revoke(run, revocation, pace)) revoked.add(grant.id);
  }
  return revoked;
}

async function closeAccessPoint(run: Run, share: string): Promise<void> {
  try {
    const outcome = await run.ports.accessPoints.close(share, insisting(run.ports.clock), 'ended');
    run.ports.report.action('access-point-closed', { share, outcome });
  } catch (error) {
    run.failed('close the access point', error, { share });
  }
}

async function revoke(run: Run, { grant, why }: Revocation, pace: Pace): Promise<boolean> {
  const { clock, grants, report } = run.ports;
  try {
    await insist(clock, async () => {
      await pace.turn();
      await grants.revoke(grant.id);
    });
  } catch (error) {
    // It has been revoked meanwhile.
    if (kindOf(error) !== 'not-found') {
      run.failed('revoke the grant', error, { share: grant.name, grant: grant.id });
      return false;
    }
  }
  run.result.revoked += 1;
  report.action('revoked', { share: grant.name, grant: grant.id, why });
  return true;
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
