/** Has the engine carry an order out, once however often it is asked: what is uploaded and started is named by the order’s digest. */
import { inParallel } from '../../runtime';
import type { Order } from '../order';
import { type Engine, EngineError, isAtWork, type Look } from './engine';

/** How many files are uploaded at once. */
const AT_ONCE = 16;
/** How many executions of an order may fail before somebody is to look. */
const MOST_ATTEMPTS = 99;
/** How much of the digest a name has, in characters: Step Functions takes 80 in all. The input has the whole. */
const OF_DIGEST = 40;

/** How many files there were to upload. */
export interface Uploaded {
  readonly put: number;
  readonly there: number;
}

/** An execution that carries an order out, or has. */
export interface Begun {
  /** The name of the execution. */
  readonly name: string;
  /** Which of its kind it is, from 1: those before it came to nothing. */
  readonly attempt: number;
  /** Whether it had come to its end when it was asked for: nothing was started. */
  readonly isOld: boolean;
}

/**
 * Uploads all files of an order. What is there already by a name was not read, and need not be: each is called by its digest or
 * listed with it, and the engine opens no order of which a byte is another.
 */
export async function uploaded(engine: Engine, { files }: Pick<Order, 'files'>): Promise<Uploaded> {
  const count = { put: 0, there: 0 };
  await inParallel(files, AT_ONCE, async ([key, bytes]) => {
    count[await engine.put(key, bytes)] += 1;
  });
  return count;
}

/**
 * Starts the engine with an order, or finds the execution that carries it out, or did. One that failed or was stopped is followed
 * by a further one, under the next name.
 * @param run what tells this start from a later one of the same order: letters and digits, at most 32
 * @throws EngineError where an execution of the name carries out something else
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html names are of one execution for 90 days
 */
export async function begun(
  engine: Engine,
  { digest }: Pick<Order, 'digest'>,
  run: string | undefined,
): Promise<Begun> {
  const input = JSON.stringify({ order: digest });
  const stem = [digest.slice(0, OF_DIGEST), ...(run === undefined ? [] : [run])].join('-');
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const name = `${stem}-${attempt}`;
    if ((await engine.start(name, input)) === 'started') return { name, attempt, isOld: false };
    const found = await engine.look(name);
    if (found.input !== input)
      throw new EngineError(
        `the execution ${name} was started with another order. Find out by whom, in CloudTrail; then give another --run`,
      );
    const isOld = found.status === 'SUCCEEDED';
    if (isOld || isAtWork(found)) return { name, attempt, isOld };
  }
  throw new EngineError(
    `${MOST_ATTEMPTS} executions of this order failed: look at the last ones, then give another --run`,
  );
}

/** How an execution is waited for. */
export interface Patience {
  /** Ends early where the signal says so. */
  readonly pause: (milliseconds: number, stop: AbortSignal) => Promise<void>;
  readonly stop: AbortSignal;
  readonly tell: (look: Look) => void;
}

/** Between two looks at an execution, in milliseconds. */
const BETWEEN_LOOKS = 15_000;

/** How an execution ended; undefined where it is not to be waited for any longer, and goes on. */
export async function ended(
  { look }: Engine,
  { name }: Begun,
  { pause, stop, tell }: Patience,
): Promise<Look | undefined> {
  while (!stop.aborted) {
    const found = await look(name);
    if (!isAtWork(found)) return found;
    tell(found);
    await pause(BETWEEN_LOOKS, stop);
  }
  return undefined;
}
