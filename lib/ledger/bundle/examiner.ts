/** Examining bundles of entries, in threads where there are many. */
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { LedgerFormatError } from '../core/errors';
import type { EntryFormat } from './entry-format';
import { type Examined, type ExamineOrder, examine } from './examine';

/** What a thread is given. */
export interface Task {
  readonly bundle: Uint8Array;
  readonly width: number;
  readonly path: string;
  readonly lookFor: readonly string[];
  /** The module of the entries’ format, which can’t be sent itself. */
  readonly format: string | undefined;
}

/** What it gives back: a text is what is wrong with the whole. */
export type Outcome = Examined | string;

/** Loads TypeScript as the command itself does, then the thread’s own file. */
const BOOT =
  "const { workerData } = require('node:worker_threads'); require(workerData.start).loadTypeScript(workerData.root); require(workerData.file);";
const ROOT = resolve(__dirname, '../../..');
const WORKER_DATA = {
  root: ROOT,
  start: join(ROOT, 'lib/start/typescript.cjs'),
  file: join(__dirname, 'examine-thread.ts'),
};

/** Gives bundles to threads in turn; each answers in the order in which it was asked. */
export class Examiner {
  /** How many bundles to have under way. */
  readonly ahead: number;
  private readonly threads: {
    worker: Worker;
    waiting: { done: (outcome: Outcome) => void; failed: (error: Error) => void }[];
  }[];
  private turn = 0;

  constructor(
    threads: number,
    private readonly order: Pick<ExamineOrder, 'lookFor'> & { readonly format: EntryFormat | undefined },
  ) {
    this.ahead = Math.max(1, threads * 4);
    this.threads = Array.from({ length: threads }, () => {
      const thread: Examiner['threads'][number] = {
        worker: new Worker(BOOT, { eval: true, workerData: WORKER_DATA }),
        waiting: [],
      };
      thread.worker.on('message', (outcome: Outcome) => thread.waiting.shift()?.done(outcome));
      thread.worker.on('error', (error) => {
        for (const { failed } of thread.waiting.splice(0)) failed(error);
      });
      return thread;
    });
  }

  /** What was seen, or what is wrong with the bundle as a whole. */
  async examine(bundle: Uint8Array, width: number, path: string): Promise<Outcome> {
    const { lookFor, format } = this.order;
    const thread = this.threads[this.turn++ % Math.max(1, this.threads.length)];
    if (!thread) return outcomeOf({ bundle, width, path }, this.order);
    return new Promise((done, failed) => {
      thread.waiting.push({ done, failed });
      const task: Task = { bundle, width, path, lookFor, format: format?.module };
      thread.worker.postMessage(task);
    });
  }

  /** Ends the threads. */
  async end(): Promise<void> {
    await Promise.all(this.threads.map(({ worker }) => worker.terminate()));
  }
}

/** Examines one bundle, here. */
export function outcomeOf(
  { bundle, width, path }: Pick<Task, 'bundle' | 'width' | 'path'>,
  order: ExamineOrder,
): Outcome {
  try {
    return examine(bundle, width, path, order);
  } catch (error) {
    if (!(error instanceof LedgerFormatError)) throw error;
    return error.message;
  }
}
