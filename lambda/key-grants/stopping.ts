/**
 * The emergency stop: closes the access points of shares, ends their grants, and looks whether they are gone, at once and
 * whatever the list says. The denial stays on the access point, and by it every later run knows that the share is to get no
 * grant, until the stop is lifted or CloudFormation removes the access point.
 */
import { type GrantList, isShareId } from '../../lib/register/grant-list';
import { described, LONGEST_WAIT, type WaitingClock } from '../../lib/runtime';
import { kindOf } from './errors';
import { isMeant, type SharePattern } from './order';
import { insist, insisting } from './patience';
import type { Doors, Grant, KeyGrants } from './ports';
import type { Report } from './report';

/** What was done for a share, and when. */
export interface Step {
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly share: string;
  readonly step: 'access-point' | 'grant' | 'verified';
  /** `closed`, `opened`, `revoked`, `none-left` and the like, or what failed. */
  readonly outcome: string;
  readonly failed: boolean;
}

/** What a stop, or its lifting, came to. */
export interface StopResult {
  readonly steps: readonly Step[];
  /** Whether all of it is done; otherwise run it again. */
  readonly complete: boolean;
}

/** What it needs of the world. */
export interface StopPorts {
  readonly grants: KeyGrants;
  readonly doors: Doors;
  readonly clock: WaitingClock;
  readonly report: Report;
}

/** For how long it looks whether a revoked grant is gone; KMS is eventually consistent. */
const VERIFY_PATIENCE = 30_000;
/** What is kept for the answer. */
const RESERVE = 5_000;

/**
 * Stops every share that is meant: those of the list, those that a grant is named after, and those that are named in full.
 * A share whose access point can’t be closed still loses its grant.
 */
export async function stopShares(
  patterns: readonly SharePattern[],
  list: GrantList | undefined,
  ports: StopPorts,
): Promise<StopResult> {
  const steps = new Steps(ports);
  const { grants, doors, clock } = ports;
  const shares = new Set(listedMeant(patterns, list));
  const theirs = async (): Promise<Grant[]> =>
    (await grants.list(insisting(clock))).filter(({ name }) => name !== undefined && isMeant(name, patterns));
  try {
    for (const { name = '' } of await theirs()) if (isShareId(name)) shares.add(name);
  } catch {
    // What the list names is closed all the same; that the grants can’t be listed is told below.
  }
  const close = (share: string) =>
    steps.attempt(share, 'access-point', () => doors.close(share, insisting(clock), 'stopped'));
  for (const share of shares) await close(share);
  await endAll(theirs, shares, ports, steps);
  // A run that was opening it at the same moment may have written after us. What can’t be looked at may be open.
  for (const share of shares)
    await steps.attempt(share, 'access-point', async () => {
      const outcome = await doors.close(share, insisting(clock), 'stopped');
      return outcome === 'closed' ? 'closed-again' : undefined;
    });
  return steps.result();
}

/** Revokes what there is, and again what has come meanwhile, until nothing is listed or patience ends. */
async function endAll(
  theirs: () => Promise<Grant[]>,
  shares: ReadonlySet<string>,
  { grants, clock }: StopPorts,
  steps: Steps,
): Promise<void> {
  const until = clock.now() + VERIFY_PATIENCE;
  const revoked = new Set<string>();
  for (let wait = 500; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    let left: Grant[];
    try {
      left = await theirs();
    } catch (error) {
      for (const share of shares)
        steps.note(share, 'verified', `the grants can’t be listed: ${described(error)}`, true);
      return;
    }
    for (const { id, name = '' } of left.filter((grant) => !revoked.has(grant.id)))
      await steps.attempt(name, 'grant', async () => {
        await insist(clock, () => revoke(grants, id));
        revoked.add(id);
        return 'revoked';
      });
    const late = clock.now() + wait > until || clock.remaining() < wait + RESERVE;
    if (late || left.length === 0) {
      const names = new Set(left.map(({ name }) => name));
      for (const share of shares)
        steps.note(share, 'verified', names.has(share) ? 'still-listed' : 'none-left', names.has(share));
      return;
    }
    await clock.sleep(wait);
  }
}

/** Takes stops back; the run that follows makes the grants that the list asks for. */
export async function liftStops(
  patterns: readonly SharePattern[],
  list: GrantList | undefined,
  ports: StopPorts,
): Promise<StopResult> {
  const steps = new Steps(ports);
  for (const share of listedMeant(patterns, list))
    await steps.attempt(share, 'access-point', () => ports.doors.open(share, insisting(ports.clock), 'lift'));
  return steps.result();
}

/** The shares of the list that are meant, and those that are named in full. */
function listedMeant(patterns: readonly SharePattern[], list: GrantList | undefined): string[] {
  const listed = (list?.shares ?? []).map(({ share }) => share).filter((share) => isMeant(share, patterns));
  return [...new Set([...patterns.filter(isShareId), ...listed])];
}

async function revoke(grants: KeyGrants, id: string): Promise<void> {
  try {
    await grants.revoke(id);
  } catch (error) {
    // Somebody else was quicker.
    if (kindOf(error) !== 'not-found') throw error;
  }
}

/** The steps so far; each is a line of the log as well. */
class Steps {
  private readonly steps: Step[] = [];

  constructor(private readonly ports: Pick<StopPorts, 'clock' | 'report'>) {}

  /** Notes what came of it: a failure, or the outcome, unless there is none to speak of. */
  async attempt(share: string, step: Step['step'], work: () => Promise<string | undefined>): Promise<void> {
    try {
      const outcome = await work();
      if (outcome !== undefined) this.note(share, step, outcome, false);
    } catch (error) {
      this.note(share, step, described(error), true);
    }
  }

  note(share: string, step: Step['step'], outcome: string, failed: boolean): void {
    const at = new Date(this.ports.clock.now()).toISOString();
    this.steps.push({ at, share, step, outcome, failed });
    this.ports.report.emergency({ share, step, outcome, failed });
  }

  result(): StopResult {
    return { steps: this.steps, complete: this.steps.every(({ failed }) => !failed) };
  }
}
