/**
 * The emergency stop: closes the access points of shares, ends their grants, and looks whether they are gone, at once and
 * whatever the list says. The denial stays on the access point, and by it every later run knows that the share is to get no
 * grant, until the stop is lifted or CloudFormation removes the access point.
 */
import { described, LONGEST_WAIT, type WaitingClock } from '../../lib/runtime';
import { type GrantList, isShareId, type StopAnswer, type StopStep } from '../../lib/wire';
import { kindOf } from './errors';
import { isMeant, type SharePattern } from './order';
import { insist, insisting } from './patience';
import type { AccessPoints, Grant, KeyGrants } from './ports';
import type { Report } from './report';

/** What it needs of the world. */
export interface StopPorts {
  readonly grants: KeyGrants;
  readonly accessPoints: AccessPoints;
  readonly clock: WaitingClock;
  readonly report: Report;
}

/** What is to be done again. */
const LEFT_TO_DO: ReadonlySet<StopStep['outcome']> = new Set(['failed', 'still-listed', 'stopped']);
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
): Promise<StopAnswer> {
  const steps = new Steps(ports);
  const { grants, accessPoints, clock } = ports;
  const shares = new Set(listedMeant(patterns, list));
  const theirs = async (): Promise<Grant[]> =>
    (await grants.list(insisting(clock))).filter(({ name }) => name !== undefined && isMeant(name, patterns));
  try {
    for (const { name = '' } of await theirs()) if (isShareId(name)) shares.add(name);
  } catch {
    // What the list names is closed all the same; that the grants can’t be listed is told below.
  }
  const close = (share: string) =>
    steps.attempt(share, 'access-point', () => accessPoints.close(share, insisting(clock), 'stopped'));
  for (const share of shares) await close(share);
  await endAll(theirs, shares, ports, steps);
  // A run that was opening it at the same moment may have written after us. What can’t be looked at may be open.
  for (const share of shares)
    await steps.attempt(share, 'access-point', async () => {
      const outcome = await accessPoints.close(share, insisting(clock), 'stopped');
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
      for (const share of shares) steps.failed(share, 'verified', error);
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
        steps.note({
          share,
          step: 'verified',
          outcome: names.has(share) ? 'still-listed' : 'none-left',
        });
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
): Promise<StopAnswer> {
  const steps = new Steps(ports);
  for (const share of listedMeant(patterns, list))
    await steps.attempt(share, 'access-point', () =>
      ports.accessPoints.open(share, insisting(ports.clock), 'lift'),
    );
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
    // It has been revoked meanwhile.
    if (kindOf(error) !== 'not-found') throw error;
  }
}

/** The steps so far; each is a line of the log as well. */
class Steps {
  private readonly steps: StopStep[] = [];

  constructor(private readonly ports: Pick<StopPorts, 'clock' | 'report'>) {}

  /** Notes the outcome, if there is one, or the failure. */
  async attempt(
    share: string,
    step: StopStep['step'],
    work: () => Promise<StopStep['outcome'] | undefined>,
  ): Promise<void> {
    try {
      const outcome = await work();
      if (outcome !== undefined) this.note({ share, step, outcome });
    } catch (error) {
      this.failed(share, step, error);
    }
  }

  failed(share: string, step: StopStep['step'], error: unknown): void {
    this.note({ share, step, outcome: 'failed', error: described(error) });
  }

  note(done: Omit<StopStep, 'at' | 'failed'>): void {
    const at = new Date(this.ports.clock.now()).toISOString();
    const failed = LEFT_TO_DO.has(done.outcome);
    this.steps.push({ at, ...done, failed });
    this.ports.report.emergency({ ...done, failed });
  }

  result(): StopAnswer {
    return { steps: this.steps, complete: this.steps.every(({ failed }) => !failed) };
  }
}
