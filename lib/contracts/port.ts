/** What a check of a file is given and gives back: the same for CSV, JSON Lines and Parquet, in a function and on a desk. */
import type { ContractOutcome, ContractPlan } from '../wire/contracts';
import type { GssLookup } from './gss-lookup';

/** The bytes of one file, unpacked. It gives the same bytes however often it is read: a version of an object, not a name. */
export interface Source {
  /** How many bytes there are, where that is known before they are read. */
  readonly bytes?: number;
  /** The bytes from an offset to the end, in pieces of any size. A piece is not kept once the next is asked for. */
  read(from: number): AsyncIterable<Uint8Array>;
  /** The bytes from one offset up to, not including, another: for Parquet, whose directory is at its end. */
  slice?(from: number, to: number): Promise<Uint8Array>;
}

/**
 * Where sorted runs of digests lie that memory does not hold: a folder on ephemeral storage in Node. They are this run’s
 * alone, are of no use to another, and hold no value of the file. A run is written in pieces, then read in pieces.
 */
export interface Spill {
  /** Adds bytes to the end of a run, which the first call begins. Runs are numbered from 0. */
  append(run: number, bytes: Uint8Array): Promise<void>;
  /** The bytes of a run from one offset up to another, both within it. */
  read(run: number, from: number, to: number): Promise<Uint8Array>;
  /** Takes every run away. Called once, however the check ended. */
  remove(): Promise<void>;
}

/** How a file is checked. */
export interface CheckOptions {
  /** The most bytes that the file may have, unpacked. One that has more is broken by `form:too-large`. */
  readonly largest: number;
  /** A checkpoint, to go on from. @see Checked */
  readonly from?: string;
  /**
   * Asked again and again, at borders of rows: from the first `true` on, the check pauses as soon as it can. For contracts
   * that `canPause` alone; of others it is an error to ask for a pause.
   */
  readonly pauseWhen?: () => boolean;
  /** Where what memory does not hold goes. Without it a check that needs it ends in an error. */
  readonly spill?: Spill;
  /** The most memory for digests of unique keys and references, in bytes. 64 MB where nothing is given. */
  readonly memory?: number;
  /** When GSS codes were in use. The table of this project where nothing is given. */
  readonly gss?: GssLookup;
  /** Ends the check with the signal’s reason. */
  readonly signal?: AbortSignal;
  /** Told now and then how many bytes have been checked. */
  readonly progress?: (bytes: number) => void;
}

/** What a check came to: done, or paused with what it takes to go on, as text of at most `MOST_CHECKPOINT_BYTES`. */
export type Checked =
  | { readonly kind: 'done'; readonly outcome: ContractOutcome }
  | { readonly kind: 'paused'; readonly checkpoint: string };

/** What one format does behind `checkFile`. */
export type Engine = (plan: ContractPlan, source: Source, options: CheckOptions) => Promise<Checked>;

/** The most bytes of a checkpoint: Step Functions takes 256 KiB between states, of which the rest is others’. */
export const MOST_CHECKPOINT_BYTES = 200_000;
