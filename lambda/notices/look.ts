/** Looks at every letter that is not over, and keeps what is due of it. */
import { described, inParallel } from '../../lib/runtime';
import type { ListedLetters } from '../../lib/wire';
import { dueOf, lettersOf, type Telling } from './due';
import type { Notices, Transfers } from './ports';
import type { Report } from './report';

/** How often the schedule starts a run, in milliseconds. */
const EVERY = 15 * 60_000;
/** How many letters are looked at side by side. */
const AT_ONCE = 16;

/** What looking needs. */
export interface LookPorts {
  readonly letters: readonly ListedLetters[];
  readonly telling: Telling;
  readonly transfers: Transfers;
  readonly notices: Pick<Notices, 'keep'>;
  readonly report: Pick<Report, 'failure'>;
  readonly clock: { readonly now: () => number; readonly remaining: () => number };
}

/** Keeps every notice that is due. One letter that fails holds no other up. @param reserve what time to leave, in milliseconds */
export async function look(ports: LookPorts, reserve: number): Promise<void> {
  const { letters, telling, transfers, notices, report, clock } = ports;
  const one = async (found: { object: string; mark: string; letters: ListedLetters }) => {
    try {
      const marks = await transfers.marksOf(found.object);
      for (const notice of dueOf({ ...found, marks }, telling, clock.now())) await notices.keep(notice);
    } catch (error) {
      report.failure('look at a letter', described(error));
    }
  };
  let some: Parameters<typeof one>[0][] = [];
  const flush = async () => {
    const now = some;
    some = [];
    await inParallel(now, AT_ONCE, one);
  };
  for await (const { object, mark } of transfers.open(Math.floor(clock.now() / EVERY))) {
    if (clock.remaining() <= reserve) return report.failure('look at every letter', 'there was not the time');
    const of = lettersOf(object, letters);
    if (of === undefined) continue;
    some.push({ object, mark, letters: of });
    if (some.length === AT_ONCE) await flush();
  }
  await flush();
}
