/**
 * The hourly look for versions that no event told of: of each that is young enough to be collected, whether it is tagged, and
 * if not, the same work as an event asks for. One run goes as far as it has time; the state machine goes on from there.
 */
import { described, RunFailedError } from '../../lib/runtime';
import type { SweepOrder } from './orders';
import type { Listed, Version } from './ports';
import { digest, type RunPorts, workOrHandOn } from './run';

/** With less than this left, in milliseconds, no more is begun: what is begun has so long to pause and to be written. */
const RESERVE = 120_000;
/** Events have so long before the sweep does their work, in milliseconds. */
const EVENTS_FIRST = 15 * 60_000;
/**
 * Beyond the time in which it is to be collected, a version is looked at for so long, in milliseconds. What then has no clean
 * verdict yet was told of to its owner, and will be scanned and gated if GuardDuty is asked to: that makes an event.
 */
const LOOKED_AT_AFTER = 14 * 86_400_000;
/** The same for what lies under no agreement. */
const LEAST_DAYS = 1;
const DAY = 86_400_000;
const HOUR = 3_600_000;
const AGREEMENT = /^agreements\/([^/]+)\//;

/** How far a sweep came. */
export type Swept = { readonly done: true } | { readonly done: false; readonly after: Version };

/**
 * Sweeps as far as there is time. One version that fails does not stop the others.
 * @throws RunFailedError after everything else was done, if something failed
 */
export async function sweep({ after }: Pick<SweepOrder, 'after'>, ports: RunPorts): Promise<Swept> {
  const { deposits, clock, report } = ports;
  let last = after;
  let failed = 0;
  let swept: Swept = { done: true };
  for await (const each of deposits.list(after)) {
    if (clock.remaining() <= RESERVE && last !== undefined) {
      swept = { done: false, after: last };
      break;
    }
    const { key, version } = each;
    last = { key, version };
    report.swept();
    if (!isLookedAt(each, ports)) continue;
    try {
      const { kind } = await workOrHandOn(last, ports);
      if (kind === 'released' || kind === 'rejected' || kind === 'paused')
        report.waited(clock.now() - each.modified);
    } catch (error) {
      failed += 1;
      report.waited(clock.now() - each.modified);
      report.failure(`decide on version ${version}`, described(error));
    }
  }
  if (failed > 0 && swept.done) throw new RunFailedError(`${failed} failed; each failure is in the log`);
  return swept;
}

/** Sweeps, and hands on what there was no time for. */
export async function sweepOrHandOn(ports: RunPorts): Promise<Swept> {
  const swept = await sweep({}, ports);
  if (!swept.done) {
    const { after } = swept;
    const hour = Math.floor(ports.clock.now() / HOUR);
    await ports.onward.start(`sweep-${digest(after)}-${hour}`, { action: 'sweep', after });
  }
  return swept;
}

function isLookedAt({ key, modified }: Listed, { deployed, clock }: RunPorts): boolean {
  const age = clock.now() - modified;
  const days = deployed.agreement(AGREEMENT.exec(key)?.[1] ?? '')?.collectWithinDays ?? LEAST_DAYS;
  return age >= EVENTS_FIRST && age <= days * DAY + LOOKED_AT_AFTER;
}
