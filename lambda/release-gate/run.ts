/** Works on one version within a run, and counts what comes of it. */
import { createHash } from 'node:crypto';
import type { WaitingClock } from '../../lib/runtime';
import { type Decided, type DecidePorts, decide } from './decide';
import type { Reach } from './inspect';
import type { GoOnOrder } from './orders';
import type { Onward, Version } from './ports';
import type { Report } from './report';

/** What a run works with. */
export interface RunPorts extends DecidePorts {
  readonly clock: WaitingClock;
  readonly onward: Onward;
  readonly report: Report;
}

/** A version is handed on at most once in this time, in milliseconds: after it, a state machine that failed is started anew. */
const HANDED_ON_FOR = 6 * 3_600_000;

/** Decides on a version as far as this run goes, and says how it stands. */
export async function work(version: Version, reach: Reach, ports: RunPorts): Promise<Decided> {
  const decided = await decide(version, reach, ports);
  if ((decided.kind === 'released' || decided.kind === 'rejected') && decided.byThisRun)
    ports.report.decided(version.version, decided.kind);
  return decided;
}

/** As `work`; what needs another run is handed to the state machine. */
export async function workOrHandOn(version: Version, ports: RunPorts): Promise<Decided> {
  const decided = await work(version, { large: false }, ports);
  if (decided.kind === 'paused') {
    const { checkpoint } = decided;
    const order: GoOnOrder = { action: 'go-on', ...version, ...(checkpoint !== undefined && { checkpoint }) };
    const window = Math.floor(ports.clock.now() / HANDED_ON_FOR);
    await ports.onward.start(`version-${digest(version)}-${window}`, order);
    ports.report.handedOn(version.version);
  }
  return decided;
}

/** Names a version where its key may not stand. */
export function digest({ key, version }: Version): string {
  return createHash('sha256').update(key).update('\0').update(version).digest('hex').slice(0, 40);
}
