/** What was sent, as it becomes known: first as it stands in the bucket, then what the record tells of it. */
import { type Correspondence, type OutboxLine, outboxIn } from '../../../delivery';
import { Lanes } from '../../../runtime';
import type { Session } from '../session/session';
import { inboxOfKey } from './compose';
import { notOpened } from './inbox';
import { DAY, LANES, type Loaded, newestFirst, type Opening, ofEach } from './loaded';
import type { LedgerTold, Telling } from './telling';

/** A message that was sent. */
export interface Gone {
  readonly correspondence: Correspondence;
  /** Nothing for an inbox that the agreement has no longer. */
  readonly to: Correspondence['writesTo'][number] | undefined;
  readonly line: OutboxLine;
  /** When the other organisation opened it. */
  readonly opened: Opening;
}

/** What was sent in some days. What was taken back is not in the bucket any more: the record alone tells of it. */
export async function* sentAsKnown(
  session: Session,
  ledger: LedgerTold,
  days: number,
): AsyncGenerator<Loaded<Gone>, void> {
  const lanes = new Lanes(LANES);
  const since = session.now() - days * DAY;
  const telling = ledger.of(days);
  const { outbox: store, profile } = session;
  const place = { bucket: profile.bucket ?? '', store };
  const { found, missing } = await ofEach(session, async (correspondence) => [
    { correspondence, lines: await outboxIn(place, correspondence.sends, lanes, since) },
  ]);
  const known = (told?: Telling): Loaded<Gone> => ({
    lines: newestFirst(
      found.flatMap(({ correspondence, lines }) =>
        lines(told !== undefined && 'events' in told ? told.events : []).flatMap((line) =>
          goneOf(correspondence, line, told),
        ),
      ),
    ),
    missing,
    isLookingUp: told === undefined,
    notFoundOut: told !== undefined && 'fault' in told ? [told.fault] : [],
  });
  yield known();
  yield known(await telling);
}

function goneOf(correspondence: Correspondence, line: OutboxLine, told: Telling | undefined): Gone | [] {
  const { sends, writesTo } = correspondence;
  const inbox = inboxOfKey(sends.agreement, line.key);
  if (inbox === undefined) return [];
  const opened = line.recipients[0]?.collected ?? notOpened(told);
  return { correspondence, to: writesTo.find(({ id }) => id === inbox), line, opened };
}
