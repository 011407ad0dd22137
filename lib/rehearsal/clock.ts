/** The rehearsal’s clock: that of this machine, moved on by days when the scenario says so. Functions follow it by a file. */
import { writeFileSync } from 'node:fs';

/** Moves for all callers at once. */
export class RehearsalClock {
  #offset = 0;

  /** @param file where functions look, each time that they ask for the time */
  constructor(
    readonly file: string,
    start: number,
  ) {
    this.moveTo(start);
  }

  /** Milliseconds since 1970. */
  readonly now = (): number => Date.now() + this.#offset;

  moveTo(time: number): void {
    this.#offset = time - Date.now();
    writeFileSync(this.file, String(this.#offset));
  }
}
