/** What a run did, and what it left. */
import type { KeyState } from './ports';

/** Why a share in force has no grant yet, where that is no fault. */
export type PendingWhy =
  | 'grantee-absent'
  | 'key-awaits-material'
  | 'custody-unproven'
  | 'stops-not-known'
  | 'out-of-time';

/** A share in force that has no grant yet; the next run tries again. */
interface Pending {
  readonly share: string;
  readonly agreement: string;
  readonly why: PendingWhy;
  /** For how long the share has been in force without it: the run keeps no memory, so it counts from `from`. */
  readonly minutes: number;
}

/** Something that failed; everything else was still tried. */
export interface Failure {
  readonly what: string;
  readonly share?: string | undefined;
  readonly grant?: string | undefined;
  readonly error: string;
}

/** The result of one run. */
export interface RunResult {
  readonly keyState: KeyState | 'gone';
  readonly dryRun: boolean;
  /** Shares in force that have their grant. */
  inForce: number;
  created: number;
  revoked: number;
  /** Shares in force that are stopped in an emergency. */
  readonly stoppedShares: string[];
  /** Access points of stopped shares that somebody had opened, or that the stop had no time for. */
  closedAgain: number;
  /** In how many ways the key is not what the register says. */
  custodyFaults: number;
  /** Days until imported key material expires, rounded down. */
  readonly materialDaysLeft: number | undefined;
  /** Grants made outside the register. */
  unexpected: number;
  /** Grants of AWS services, which were left alone. */
  readonly services: number;
  readonly pending: Pending[];
  /** Ids of grants that are revoked and that KMS still lists. */
  readonly notYetGone: string[];
  readonly failures: Failure[];
}

/** A run that has done nothing yet. */
export function emptyResult(
  keyState: RunResult['keyState'],
  dryRun: boolean,
  materialDaysLeft?: number,
): RunResult {
  return {
    keyState,
    dryRun,
    stoppedShares: [],
    closedAgain: 0,
    custodyFaults: 0,
    materialDaysLeft,
    inForce: 0,
    created: 0,
    revoked: 0,
    unexpected: 0,
    services: 0,
    pending: [],
    notYetGone: [],
    failures: [],
  };
}
