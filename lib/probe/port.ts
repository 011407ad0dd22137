/** What a probe needs of AWS. The real one is in `aws/`; tests bring one in memory. */
import type { ProbeCall, ProbeOutcome, ProbeSide, ProbeStack } from '../policy';
import type { ProbeBucket } from './calls';

/** What a call came to. */
export interface Performed {
  readonly outcome: ProbeOutcome;
  /** What AWS said, for people, where it said something. */
  readonly saw?: string;
}

/** AWS as a probe meets it. Each throws what AWS answers where that is no outcome: then nothing is shown, either way. */
export interface ProbeAws {
  /** The account that a side’s profile belongs to. */
  identity(side: ProbeSide): Promise<string>;
  /** The stacks of a probe that are in an account, in whatever state. */
  stacks(side: ProbeSide): Promise<readonly ProbeStack[]>;
  /** Makes one call of a test. Making a stack that is there, or a grant that is there, is done at once. */
  perform(call: ProbeCall): Promise<Performed>;
  /** Deletes every version of every object; a bucket that is not there is empty. */
  emptyBucket(bucket: ProbeBucket): Promise<void>;
  /** Removes a stack and waits until it is gone. @throws Error with what AWS says where something of it stays */
  removeStack(stack: ProbeStack): Promise<void>;
  sleep(milliseconds: number): Promise<void>;
  /** In milliseconds. */
  now(): number;
}

/** A probe can’t be started. The message says why, and what to do. */
export class ProbeError extends Error {
  override readonly name = 'ProbeError';
}
