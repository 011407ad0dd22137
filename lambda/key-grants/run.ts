/** One run under way: what it was asked, what it works with, and what it has come to. */

import { type Again, described, doubting, type RunClock } from '../../lib/runtime';
import type { GrantList, ListedShare } from '../../lib/wire';
import type { SharePattern } from './order';
import type { AccessPoints, KeyGrants } from './ports';
import type { Report } from './report';
import type { PendingWhy, RunResult } from './result';
import type { Stops } from './stops';

/** What a run is to do. */
export interface RunOrder {
  /** Absent where the broker is being removed: then every grant but those of AWS services goes. */
  readonly list: GrantList | undefined;
  readonly keyArn: string;
  readonly brokerRole: string;
  readonly dryRun: boolean;
  /** What was lifted just now: the grants of these shares, ended a moment ago, may still be listed. */
  readonly justLifted?: readonly SharePattern[];
  /** What was stopped and not lifted. Where the record can’t be read, nothing is granted or opened. */
  readonly stops: Stops | { readonly notKnown: string };
}

/** What a run needs of the world. */
export interface Ports {
  readonly grants: KeyGrants;
  readonly accessPoints: AccessPoints;
  readonly clock: RunClock;
  readonly report: Report;
}

/** A run under way. */
export class Run {
  /** For what cannot be taken back. */
  readonly doubt: Again;

  constructor(
    readonly order: RunOrder,
    readonly ports: Ports,
    readonly result: RunResult,
  ) {
    this.doubt = doubting(ports.clock);
  }

  /** Leaves a share for the next run. */
  pending({ share, agreement, from }: ListedShare, why: PendingWhy): void {
    const minutes = Math.max(0, Math.floor((this.ports.clock.now() - Date.parse(from)) / 60_000));
    this.result.pending.push({ share, agreement, why, minutes });
    this.ports.report.action('pending', { share, agreement, why, minutes });
  }

  /** Notes a failure. */
  failed(what: string, error: unknown, where: { share?: string | undefined; grant?: string }): void {
    const failure = { what, ...where, error: described(error) };
    this.result.failures.push(failure);
    this.ports.report.failure(failure);
  }
}
