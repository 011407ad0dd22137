/** What an execution of the engine of rollouts says of itself to others: to a second start, and to whoever waits for its end. */

/** What AWS says of an execution that works, or that is about to again. */
export const EXECUTION_AT_WORK: readonly string[] = ['RUNNING', 'PENDING_REDRIVE'];

/** Which accounts came through: `some` where others failed within what was tolerated, or where nobody could say. */
export type CameThrough = 'all' | 'some';

/** The output of an execution that came to its end. */
export const executionOutput = (through: CameThrough) => ({ through });

/** Reads it; undefined of an engine that did not say yet. */
export function cameThrough(output: string | undefined): CameThrough | undefined {
  let read: unknown;
  try {
    read = JSON.parse(output ?? '');
  } catch {
    return undefined;
  }
  const through = (read as { readonly through?: unknown } | null)?.through;
  return through === 'all' || through === 'some' ? through : undefined;
}
