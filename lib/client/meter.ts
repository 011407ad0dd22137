/**
 * Progress: a bar with rate and time left where somebody looks on, a line now and then where it goes to a log, nothing with
 * `--quiet`. How it looks is decided here alone; what is done tells it bytes.
 */
import { plural } from '../words';

/** Where progress goes. */
export interface MeterOutlet {
  /** Replaces the line that was shown before; absent where nobody looks on. */
  readonly progress?: ((line: string | undefined) => void) | undefined;
  /** Writes a line of a log; absent with `--quiet`. */
  readonly line?: ((line: string) => void) | undefined;
  /** Milliseconds; goes on steadily. */
  readonly now: () => number;
}

const SHOWN_EVERY = 250;
const LOGGED_EVERY = 30_000;
const BAR = 20;

/** Follows one piece of work. */
export class Meter {
  readonly #started: number;
  #last: number;
  #done = 0;
  #from = 0;
  #isShown = false;

  /**
   * @param what it is, such as a file’s name
   * @param whole how many bytes there are; nothing where that is not known
   */
  constructor(
    private readonly outlet: MeterOutlet,
    private readonly what: string,
    private readonly whole: number | undefined,
  ) {
    this.#started = outlet.now();
    this.#last = this.#started;
  }

  /** So many more bytes are done. Those that were done by an earlier run do not count for the rate. */
  add(bytes: number, kind: 'now' | 'before' = 'now'): void {
    this.#done += bytes;
    if (kind === 'before') this.#from += bytes;
    const { progress, line, now } = this.outlet;
    const show = progress ?? line;
    if (show === undefined) return;
    const at = now();
    if (at - this.#last < (progress === undefined ? LOGGED_EVERY : SHOWN_EVERY)) return;
    this.#last = at;
    this.#isShown ||= progress !== undefined;
    show(this.#text((at - this.#started) / 1000, progress !== undefined));
  }

  /** Takes away what is shown. */
  end(): void {
    if (this.#isShown) this.outlet.progress?.(undefined);
    this.#isShown = false;
  }

  #text(seconds: number, withBar: boolean): string {
    const rate = (this.#done - this.#from) / Math.max(seconds, 0.001);
    const share = this.whole === undefined ? undefined : Math.min(1, this.#done / Math.max(1, this.whole));
    const bar =
      share === undefined || !withBar ? '' : `[${'#'.repeat(Math.floor(share * BAR)).padEnd(BAR, '.')}] `;
    const percent = share === undefined ? '' : `${Math.floor(100 * share)}%, `;
    const left =
      this.whole === undefined || rate === 0 ? '' : `, ${timeInWords((this.whole - this.#done) / rate)} left`;
    return `${this.what}: ${bar}${percent}${bytesInWords(this.#done)} at ${bytesInWords(rate)} a second${left}`;
  }
}

/** Bytes as people read them: `3.4 MB`, `120 MB`, `1.2 TB`. Units are of ten, as the register has them. */
export function bytesInWords(bytes: number): string {
  if (bytes < 999.5) return plural(Math.round(Math.max(0, bytes)), 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let amount = bytes / 1000;
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1000;
    unit++;
  }
  return `${amount >= 99.95 ? Math.round(amount) : Number(amount.toFixed(1))} ${units[unit]}`;
}

/** A span of time, roughly. */
export function timeInWords(seconds: number): string {
  if (seconds < 90) return plural(Math.max(1, Math.ceil(seconds)), 'second');
  if (seconds < 90 * 60) return plural(Math.ceil(seconds / 60), 'minute');
  return plural(Math.ceil(seconds / 3600), 'hour');
}
