/**
 * The emergency stop: writes the order down, closes the access points of shares, ends their grants, and looks whether they
 * are gone, at once and whatever the list says. Access points and grants go side by side, and each share’s grant as soon as its
 * access point is closed; where KMS slows down the grants, the access points do not wait for them. The record keeps every
 * later run from giving the share a grant, until the stop is lifted; so does the denial on the access point, where the record
 * could not be written.
 */
import {
  described,
  doubting,
  inParallel,
  insisting,
  Lanes,
  LONGEST_WAIT,
  type RunClock,
} from '../../lib/runtime';
import { type GrantList, isShareId, type StopAnswer, type StopStep } from '../../lib/wire';
import { CLOSED_AT_ONCE, revokeGrant } from './ending';
import { isMeant, type SharePattern } from './order';
import type { AccessPoints, Grant, KeyGrants, OrderToRecord, StopRecords } from './ports';
import type { Report } from './report';
import { isForService } from './shape';

/** What the caller said with an order, for the record. */
interface Asked {
  /** The id of Lambda’s request. */
  readonly request: string;
  readonly why: string | undefined;
}

/** What it needs of the world. */
export interface StopPorts {
  readonly asked: Asked;
  readonly grants: KeyGrants;
  readonly accessPoints: AccessPoints;
  readonly records: StopRecords;
  readonly clock: RunClock;
  readonly report: Report;
}

/** What is to be done again. */
const LEFT_TO_DO: ReadonlySet<StopStep['outcome']> = new Set(['failed', 'still-listed', 'stopped', 'left']);
/** How many grants are ended at a time. */
const GRANTS_AT_ONCE = 8;
/** For how long it looks whether a revoked grant is gone, after the last that it revoked; KMS is eventually consistent. */
const VERIFY_PATIENCE = 30_000;
/** What is kept for the answer. */
const RESERVE = 5_000;
/** Once less is left, no further access point is begun: what was begun is still to be ended and looked at. */
const TO_FINISH = 60_000;

/**
 * Stops every share that is meant: those of the list, those that a grant is named after, and those that are named in full.
 * A share whose access point can’t be closed still loses its grant. What there is no time for is left to the next run, which
 * has the record.
 */
export async function stopShares(
  patterns: readonly SharePattern[],
  list: GrantList | undefined,
  ports: StopPorts,
): Promise<StopAnswer> {
  const steps = new Steps(ports);
  const { grants, accessPoints, clock } = ports;
  const doubt = doubting(clock);
  const close = async (share: string): Promise<Done> => {
    const about: { policyLost?: true } = {};
    const outcome = await accessPoints.close(share, doubt, 'stopped', () => {
      about.policyLost = true;
    });
    return { outcome, ...about };
  };
  const at = clock.now();
  const notRecorded = await recordOrder({ order: 'stop', shares: patterns, at }, ports);
  const theirs = async (): Promise<Grant[]> =>
    (await grants.list(insisting(clock))).filter(
      (grant) => grant.name !== undefined && isMeant(grant.name, patterns) && !isForService(grant),
    );
  // Where the grants can’t be listed, what the list names is closed all the same; that they can’t is told below.
  const known = await theirs().catch((): Grant[] => []);
  const ofShare = new Map<string, string[]>();
  for (const { id, name = '' } of known) ofShare.set(name, [...(ofShare.get(name) ?? []), id]);
  const shares = new Set([...listedMeant(patterns, list), ...ofShare.keys()].filter(isShareId));
  const revoked = new Set<string>();
  const failed = new Map<string, { readonly name: string; readonly error: unknown }>();
  const end = async (name: string, id: string) => {
    try {
      await revokeGrant(clock, grants, id);
      revoked.add(id);
      failed.delete(id);
      steps.note({ share: name, step: 'grant', outcome: 'revoked' });
    } catch (error) {
      // It is tried again for as long as there is patience, and told then.
      failed.set(id, { name, error });
    }
  };
  const begun = new Set<string>();
  const lanes = new Lanes(GRANTS_AT_ONCE);
  const endings: Promise<void>[] = [];
  await inParallel(shares, CLOSED_AT_ONCE, async (share) => {
    if (clock.remaining() < TO_FINISH && begun.size > 0) {
      steps.note({ share, step: 'access-point', outcome: 'left' });
      return;
    }
    begun.add(share);
    await steps.attempt(share, 'access-point', () => close(share));
    for (const id of ofShare.get(share) ?? []) endings.push(lanes.run(() => end(share, id)));
  });
  await Promise.all(endings);
  const isBegun = ({ name = '' }: Grant) => begun.has(name) || !shares.has(name);
  await endAll(
    async () => (await theirs()).filter(isBegun),
    { revoked, failed, end, shares: begun },
    ports,
    steps,
  );
  // A run that was opening it at the same moment may have written after us. What can’t be looked at may be open.
  await inParallel(begun, CLOSED_AT_ONCE, (share) =>
    steps.attempt(share, 'access-point', async () => {
      const { outcome, ...about } = await close(share);
      return outcome === 'closed' ? { ...about, outcome: 'closed-again' } : undefined;
    }),
  );
  ports.report.stopped(shares.size);
  return steps.result(notRecorded);
}

/** What has been ended so far, how to end more, and of which shares. */
interface SoFar {
  readonly revoked: ReadonlySet<string>;
  /** What could not be ended so far. */
  readonly failed: ReadonlyMap<string, { readonly name: string; readonly error: unknown }>;
  readonly end: (name: string, id: string) => Promise<void>;
  readonly shares: ReadonlySet<string>;
}

/** Revokes what has come meanwhile or failed, until nothing is listed or patience ends. */
async function endAll(
  theirs: () => Promise<Grant[]>,
  { revoked, failed, end, shares }: SoFar,
  { clock }: StopPorts,
  steps: Steps,
): Promise<void> {
  let until = clock.now() + VERIFY_PATIENCE;
  for (let wait = 500; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    let left: Grant[];
    try {
      left = await theirs();
    } catch (error) {
      for (const { name, error: why } of failed.values()) steps.failed(name, 'grant', why);
      for (const share of shares) steps.failed(share, 'verified', error);
      return;
    }
    const before = revoked.size;
    await inParallel(
      left.filter(({ id }) => !revoked.has(id)),
      GRANTS_AT_ONCE,
      ({ id, name = '' }) => end(name, id),
    );
    if (revoked.size > before) until = clock.now() + VERIFY_PATIENCE;
    const late = clock.now() + wait > until || clock.remaining() < wait + RESERVE;
    if (late || left.length === 0) {
      const names = new Set(left.map(({ name }) => name));
      for (const { name, error } of failed.values()) steps.failed(name, 'grant', error);
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

/**
 * Takes stops back; the run that follows makes the grants that the list asks for. Nothing is opened where that can’t be
 * written down: the record would have it closed again. Nor is what the list does not share: lifting gives nobody more than the
 * list does.
 */
export async function liftStops(
  patterns: readonly SharePattern[],
  list: GrantList | undefined,
  ports: StopPorts,
): Promise<StopAnswer> {
  const steps = new Steps(ports);
  const { accessPoints, clock, report } = ports;
  const at = clock.now();
  const notRecorded = await recordOrder({ order: 'lift', shares: patterns, at }, ports);
  const shares = listedMeant(patterns, list);
  const shared = new Set(
    list?.shares.filter(({ until }) => at < Date.parse(until)).map(({ share }) => share),
  );
  if (notRecorded === undefined)
    await inParallel(shares, CLOSED_AT_ONCE, (share) =>
      steps.attempt(share, 'access-point', async () => ({
        outcome: shared.has(share) ? await accessPoints.open(share, insisting(clock), 'lift') : 'not-shared',
      })),
    );
  report.lifted(shares.length);
  return steps.result(notRecorded);
}

/** Writes an order down; why not, where it can’t be. */
export async function recordOrder(
  order: Omit<OrderToRecord, 'request' | 'why'>,
  { records, asked, clock, report }: Pick<StopPorts, 'records' | 'asked' | 'clock' | 'report'>,
): Promise<string | undefined> {
  const said = { step: 'record', order: order.order, shares: order.shares.join(' ').slice(0, 500), ...asked };
  try {
    await records.write({ ...order, ...asked }, insisting(clock));
    report.emergency({ ...said, failed: false });
    return undefined;
  } catch (error) {
    report.emergency({ ...said, error: described(error), failed: true });
    return described(error);
  }
}

/** The shares of the list that are meant, and those that are named in full. */
function listedMeant(patterns: readonly SharePattern[], list: GrantList | undefined): string[] {
  const listed = (list?.shares ?? []).map(({ share }) => share).filter((share) => isMeant(share, patterns));
  return [...new Set([...patterns.filter(isShareId), ...listed])];
}

/** What a step came to. */
type Done = Pick<StopStep, 'outcome' | 'policyLost'>;

/** The steps so far; each is a line of the log as well. */
class Steps {
  private readonly steps: StopStep[] = [];

  constructor(private readonly ports: Pick<StopPorts, 'clock' | 'report'>) {}

  /** Notes the outcome, if there is one, or the failure. */
  async attempt(share: string, step: StopStep['step'], work: () => Promise<Done | undefined>): Promise<void> {
    try {
      const done = await work();
      if (done !== undefined) this.note({ share, step, ...done });
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

  result(notRecorded: string | undefined): StopAnswer {
    const complete = notRecorded === undefined && this.steps.every(({ failed }) => !failed);
    return { steps: this.steps, complete, ...(notRecorded !== undefined && { notRecorded }) };
  }
}
