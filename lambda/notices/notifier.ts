/** What one invocation of the notifier does: keep what is due, send what waits, and report. */
import { clockOf, described, type LambdaContext, RunFailedError, type Write } from '../../lib/runtime';
import type { ListedLetters } from '../../lib/wire';
import type { Telling } from './due';
import { look } from './look';
import type { Notices, Post, Transfers } from './ports';
import { Report } from './report';
import { send } from './send';

/** The function’s clients, and what it was deployed with. */
export interface Wiring {
  readonly letters: readonly ListedLetters[];
  readonly telling: Telling;
  readonly transfers: Transfers;
  readonly notices: Notices;
  readonly post: Post;
}

/** What the handler is built from. */
export interface NotifierProps {
  readonly functionName: string;
  /** Reads the list, and the secret where there is one, once. */
  readonly wire: () => Promise<Wiring>;
  readonly write: Write;
  readonly now: () => number;
}

/** Of the run’s time, in milliseconds, what looking leaves for sending, and sending for its end. */
const FOR_SENDING = 60_000;
const FOR_THE_END = 20_000;

/** Answers the schedule. */
export class Notifier {
  constructor(private readonly props: NotifierProps) {}

  /** @throws RunFailedError if anything failed; the next run tries again */
  async handle(_event: unknown, context: LambdaContext): Promise<{ readonly failures: 0 }> {
    const { wire, write, now, functionName } = this.props;
    const clock = clockOf(context, now);
    const report = new Report(write, clock, functionName);
    try {
      const ports = { ...(await wire()), clock, report };
      // What is kept is sent also where no more can be found.
      await look(ports, FOR_SENDING).catch((error: unknown) => report.failure('look', described(error)));
      await send(ports, FOR_THE_END);
    } catch (error) {
      report.failure('run', described(error));
    } finally {
      report.finished();
    }
    if (report.failures > 0) throw new RunFailedError(`${report.failures} failed; each is in the log`);
    return { failures: 0 };
  }
}
