/** What the ledger tells this tab of its messages: asked beside the buckets, which nobody has to wait with. */
import { type LedgerEvent, ledgerEvents, toldSince } from '../../../delivery';
import type { Session } from '../session/session';
import { Told } from '../words/told';
import { DAY } from './loaded';

const NOT_SEEN = {
  happened: 'The record of what happened to messages cannot be seen.',
  mend: 'Look again later. If it stays so for a day, tell your IT help desk the code below.',
  code: 'no-record',
};

/** What it tells, or why it could not be asked. */
export type Telling = { readonly events: readonly LedgerEvent[] } | { readonly fault: unknown };

/** What the ledger tells, asked once for several screens. */
export class LedgerTold {
  #asked: { readonly days: number; readonly told: Promise<Telling> } | undefined;

  constructor(private readonly session: Session) {}

  /** Has it asked again. */
  refresh(): void {
    this.#asked = undefined;
  }

  /** Of some days, at least. Never throws: where it cannot be asked, it is not known who has opened what. */
  of(days: number): Promise<Telling> {
    if (this.#asked !== undefined && this.#asked.days >= days) return this.#asked.told;
    const { profile, ledger, now } = this.session;
    const since = toldSince(now() - days * DAY);
    const told = ledger
      .read((store) => ledgerEvents({ profile, store, since, pinned: [] }))
      .then(
        (events): Telling => (events === undefined ? { fault: new Told(NOT_SEEN) } : { events }),
        (fault: unknown): Telling => ({ fault }),
      );
    this.#asked = { days, told };
    return told;
  }
}
