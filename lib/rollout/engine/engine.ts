/** The engine of rollouts, as whoever starts it asks it: a port. AWS is behind it in `aws/`, models in the tests. */
import { EXECUTION_AT_WORK } from '../../wire';

/** What Step Functions says of an execution. */
export interface Look {
  /** A status as AWS has it, such as RUNNING or SUCCEEDED. */
  readonly status: string;
  /** What it was started with. */
  readonly input: string;
  readonly since: Date;
  /** When it ended. */
  readonly until?: Date;
  /** What it came to, as text; absent where it came to nothing. */
  readonly output?: string;
  /** The name of the error that it ended with, and the sentence to it. */
  readonly error?: string;
  readonly cause?: string;
}

/** What may be asked of it. Every call may be made again. */
export interface Engine {
  /** Uploads a file, unless one of its name is there: that one stays, and cannot be read from here. */
  readonly put: (key: string, bytes: Uint8Array) => Promise<'put' | 'there'>;
  /**
   * Starts an execution; one at work with the same name and input is the same, and says so by its start. `taken` where the name is
   * that of one that has ended, or that has another input.
   */
  readonly start: (name: string, input: string) => Promise<'started' | 'taken'>;
  readonly look: (name: string) => Promise<Look>;
}

/** Somebody else gave a name of ours to another execution, or too many have it already. The message is the whole report. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}

/** Whether an execution has not ended. */
export function isAtWork({ status }: Look): boolean {
  return EXECUTION_AT_WORK.includes(status);
}
