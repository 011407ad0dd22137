/**
 * Which shares are stopped, by the orders that were written down: of those that mean a share, the latest decides. Pure.
 */
import { isShareId, type StopRecord } from '../../lib/wire';
import { isMeant } from './order';

/** What the record says of a share. One that nothing was ever ordered of is as the list and its access point say. */
export type Recorded = 'stopped' | 'lifted' | 'nothing';

/** The orders so far. */
export class Stops {
  readonly #orders: readonly StopRecord[];

  constructor(records: readonly StopRecord[]) {
    // Of two orders of the same moment the stop decides.
    const place = ({ at, order }: StopRecord) => `${at} ${order === 'stop' ? 2 : 1}`;
    this.#orders = records
      .filter(({ order }) => order !== 'end-sessions')
      .sort((a, b) => (place(a) < place(b) ? 1 : -1));
  }

  /** What was ordered of a share last. */
  of(share: string): Recorded {
    const latest = this.latest(share);
    if (latest === undefined) return 'nothing';
    return latest.order === 'stop' ? 'stopped' : 'lifted';
  }

  /** When the stop of a share was lifted, in milliseconds since 1970, if that is what was ordered last. */
  liftedAt(share: string): number | undefined {
    const latest = this.latest(share);
    return latest?.order === 'lift' ? Date.parse(latest.at) : undefined;
  }

  private latest(share: string): StopRecord | undefined {
    return this.#orders.find(({ shares }) => isMeant(share, shares));
  }

  isStopped(share: string): boolean {
    return this.of(share) === 'stopped';
  }

  /** Stopped shares that an order named in full, listed or not. */
  named(): string[] {
    const named = new Set(this.#orders.flatMap(({ shares }) => shares.filter(isShareId)));
    return [...named].filter((share) => this.isStopped(share));
  }
}

/** Nothing was ever ordered. */
export const NO_STOPS = new Stops([]);
