/**
 * The emergency stop: closes the access points of shares, ends their grants, and looks whether they are gone, at once and
 * whatever the list says. The denial stays on the access point, and by it every later run knows that the share is to get no
 * grant, until the stop is lifted or CloudFormation removes the access point.
 */
import { described, kindOf } from './errors';
import { insist, insisting, LONGEST_WAIT } from './patience';
import type { Clock, Doors, Grant, KeyGrants } from './ports';
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
  readonly clock: Clock;
  readonly report: Report;
}

/** For how long it looks whether a revoked grant is gone; KMS is eventually consistent. */
const VERIFY_PATIENCE = 30_000;
/** What is kept for the answer. */
const RESERVE = 5_000;

/** Stops the shares. A share whose access point can’t be closed still loses its grant. */
export async function stopShares(shares: readonly string[], ports: StopPorts): Promise<StopResult> {
  const steps = new Steps(ports);
  for (const share of shares)
    await steps.attempt(share, 'access-point', () =>
      ports.doors.close(share, insisting(ports.clock), 'stopped'),
    );
  const named = new Set(shares);
  let listed: Grant[];
  try {
    listed = await ports.grants.list(insisting(ports.clock));
  } catch (error) {
    for (const share of shares)
      steps.note(share, 'grant', `the grants can’t be listed: ${described(error)}`, true);
    return steps.result();
  }
  const theirs = listed.filter(({ name }) => name !== undefined && named.has(name));
  for (const { id, name = '' } of theirs)
    await steps.attempt(name, 'grant', async () => {
      await insist(ports.clock, () => revoke(ports.grants, id));
      return 'revoked';
    });
  await verify(shares, ports, steps);
  return steps.result();
}

/** Takes stops back; the run that follows makes the grants that the list asks for. */
export async function liftStops(shares: readonly string[], ports: StopPorts): Promise<StopResult> {
  const steps = new Steps(ports);
  for (const share of shares)
    await steps.attempt(share, 'access-point', () => ports.doors.open(share, insisting(ports.clock), 'lift'));
  return steps.result();
}

async function revoke(grants: KeyGrants, id: string): Promise<void> {
  try {
    await grants.revoke(id);
  } catch (error) {
    // Somebody else was quicker.
    if (kindOf(error) !== 'not-found') throw error;
  }
}

async function verify(shares: readonly string[], { grants, clock }: StopPorts, steps: Steps): Promise<void> {
  const until = clock.now() + VERIFY_PATIENCE;
  for (let wait = 500; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    let left: Set<string | undefined>;
    try {
      left = new Set((await grants.list(insisting(clock))).map(({ name }) => name));
    } catch (error) {
      for (const share of shares)
        steps.note(share, 'verified', `the grants can’t be listed: ${described(error)}`, true);
      return;
    }
    const late = clock.now() + wait > until || clock.remaining() < wait + RESERVE;
    if (late || !shares.some((share) => left.has(share))) {
      for (const share of shares)
        steps.note(share, 'verified', left.has(share) ? 'still-listed' : 'none-left', left.has(share));
      return;
    }
    await clock.sleep(wait);
  }
}

/** The steps so far; each is a line of the log as well. */
class Steps {
  private readonly steps: Step[] = [];

  constructor(private readonly ports: Pick<StopPorts, 'clock' | 'report'>) {}

  async attempt(share: string, step: Step['step'], work: () => Promise<string>): Promise<void> {
    try {
      this.note(share, step, await work(), false);
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
