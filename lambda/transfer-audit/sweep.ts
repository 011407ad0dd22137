/**
 * The hourly look at transfers that are due: tells the owner what was not collected in time, and what can’t be collected
 * any more. One transfer that fails does not stop the others.
 */
import { described, inParallel, RunFailedError } from '../../lib/runtime';
import { endsBy, markKeyOf, outcomeEntry, outcomeId, reviewOf, transfersOf } from '../../lib/transfers';
import { checkSilence, reportNoChain } from './digests';
import { KnownLog } from './known-log';
import type { Due } from './ports';
import { KEPT_AFTER_END, type TakeInPorts } from './take-in';

/** Time that is left for the end of the run: what is then still due, the next run looks at. */
const RESERVE = 10_000;
/** How many transfers are reviewed side by side. */
const AT_ONCE = 16;

/** Sweeps once. @throws RunFailedError after everything else was done, if something failed */
export async function sweep(ports: TakeInPorts): Promise<{ reviewed: number; left: boolean }> {
  const { transfers, clock, report } = ports;
  const log = await KnownLog.read(ports.notes);
  let [reviewed, failed, left] = [0, 0, false];
  const attempt = async (what: string, act: () => Promise<void>) => {
    try {
      await act();
    } catch (error) {
      failed += 1;
      report.failure(what, described(error));
    }
  };
  const reviewAll = (some: readonly Due[]) =>
    inParallel(some, AT_ONCE, (due) => attempt(`review of ${due.mark}`, () => review(due, log, ports)));
  let waiting: Due[] = [];
  for await (const due of transfers.dueBy(clock.now())) {
    if (clock.remaining() <= RESERVE) {
      left = true;
      break;
    }
    reviewed += 1;
    waiting.push(due);
    if (waiting.length < AT_ONCE) continue;
    await reviewAll(waiting);
    waiting = [];
  }
  await reviewAll(waiting);
  await attempt('look for silent chains of digests', () => checkSilence(ports));
  if (failed > 0)
    throw new RunFailedError(`${failed} failed of ${reviewed} reviews; each failure is in the log`);
  return { reviewed, left };
}

async function review(due: Due, log: KnownLog, ports: TakeInPorts): Promise<void> {
  const { transfers, staging, history, clock, report } = ports;
  const now = clock.now();
  const exchange = await history.current();
  const marks = await transfers.marksOf(due.object);
  const states = transfersOf(marks, endsBy(exchange), `${new Date(now).toISOString().slice(0, 19)}Z`);
  const state = states.find(({ deposit }) => markKeyOf(deposit) === due.mark);
  if (!state) throw new Error(`the deposit ${due.mark} has no mark`);
  const { owner, time } = state.deposit;
  const { region } = exchange.index;
  // Whoever reads, S3 tells the bucket’s account. The name has it of an owner that the register knows no more.
  const [account = /\d{12}/.exec(due.object)?.[0] ?? ''] = exchange.accountsOf([owner]);
  const until = log.until({ account, region, since: time });
  const { outcomes, next, waitsSince } = reviewOf(state, now, until ?? Number.NEGATIVE_INFINITY);
  if (waitsSince !== undefined && until === undefined)
    await reportNoChain({ account, region, since: waitsSince }, ports);
  for (const outcome of outcomes) {
    const id = outcomeId(outcome);
    const organisations = exchange.accountsOf([outcome.deposit.owner, outcome.recipient]);
    const entry = outcomeEntry(outcome, nameOf(due.object), exchange, id);
    const stagedAt = new Date(now).toISOString();
    if (await staging.stage({ eventId: id, entry, organisations, stagedAt })) report.outcome(outcome);
  }
  await transfers.lookAgain(due, next, now + KEPT_AFTER_END);
}

function nameOf(object: string): { bucket: string; key: string } {
  const slash = object.indexOf('/');
  return { bucket: object.slice(0, slash), key: object.slice(slash + 1) };
}
