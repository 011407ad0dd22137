/**
 * What the gate writes to its log: lines of JSON, and for each run one record in CloudWatch’s embedded metric format. It holds
 * no names of people or objects: a version is named by its id.
 */
import { FUNCTION_METRICS, type GateDecision, type MetricOf, RELEASE_GATE_FUNCTION } from '../../lib/names';
import { type Fields, Log, type LogProps } from '../../lib/runtime';

const METRICS = FUNCTION_METRICS[RELEASE_GATE_FUNCTION];
/** What each run reports at its end: all, but for what sweeps alone know. */
type AtTheEnd = Exclude<MetricOf<typeof RELEASE_GATE_FUNCTION>, 'Swept' | 'OldestWaitingMinutes'>;

/** Writes the log of one run. */
export class Report {
  private readonly counts: Record<AtTheEnd, number> = { Released: 0, Rejected: 0, HandedOn: 0, Failures: 0 };
  private sweptCount: number | undefined;
  private oldest = 0;

  private readonly log: Log<typeof METRICS>;

  constructor(props: Omit<LogProps<typeof METRICS>, 'metrics'>) {
    this.log = new Log({ ...props, metrics: METRICS });
  }

  /** A version was tagged. */
  decided(version: string, decision: GateDecision): void {
    this.counts[decision === 'released' ? 'Released' : 'Rejected'] += 1;
    this.log.line('INFO', { event: decision, version });
  }

  /** The state machine goes on with a version. */
  handedOn(version: string): void {
    this.counts.HandedOn += 1;
    this.log.line('INFO', { event: 'handed-on', version });
  }

  /** This run is a sweep. */
  sweeping(): void {
    this.sweptCount ??= 0;
  }

  /** A sweep looked at a version. */
  swept(): void {
    this.sweptCount = (this.sweptCount ?? 0) + 1;
  }

  /** A sweep met a clean version without a decision, deposited so long ago, in milliseconds. */
  waited(age: number): void {
    this.oldest = Math.max(this.oldest, age);
  }

  /** Something failed, and is tried again. */
  failure(what: string, error: string): void {
    this.counts.Failures += 1;
    this.log.line('ERROR', { event: 'failed', what, error });
  }

  /** What was deployed is not what was synthesised: nothing is decided until it is. */
  otherList(error: string): void {
    this.counts.Failures += 1;
    this.log.line('ERROR', { event: 'other-list', security: true, error });
  }

  /** Something worth a line. */
  note(event: string, fields: Fields): void {
    this.log.line('INFO', { event, ...fields });
  }

  /** The end of a run. */
  finished(): void {
    this.log.metrics({
      ...this.counts,
      ...(this.sweptCount !== undefined && {
        Swept: this.sweptCount,
        OldestWaitingMinutes: Math.floor(this.oldest / 60_000),
      }),
    });
  }
}
