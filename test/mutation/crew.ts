/** Judges mutants in as many processes as there are cores, or in this one. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Assembly } from '../../lib/assembly';
import { type AnyMutant, judgeFor } from './every-mutant';
import type { Oracle, Outcome } from './judge';

/** Some mutants, by their numbers, and what is to be done with them. */
export interface Task {
  /** `judge`: say what becomes of each. `prove in full`: say whether the whole proof finds it. */
  readonly deed: 'judge' | 'prove in full';
  readonly numbers: readonly number[];
}

/** What came of one mutant. */
export interface Done {
  readonly number: number;
  readonly outcome?: Outcome;
  readonly isFound?: boolean;
}

/** Does a task, and tells of each mutant as it is done. */
export type Worker = (task: Task, tell: (done: Done) => void) => void;

/** Few enough that no core is idle for long at the end, and enough that a process comes to know a policy. */
const PORTION = 24;

/** A worker in this process. @param mutants all of the assembly’s */
export function workerFor(source: Assembly, mutants: readonly AnyMutant[], oracle?: Oracle): Worker {
  const judge = judgeFor(source, oracle);
  return ({ deed, numbers }, tell) => {
    for (const number of numbers) {
      const mutant = mutants[number];
      if (mutant === undefined) throw new RangeError(`there is no mutant ${number}`);
      tell(
        deed === 'judge'
          ? { number, outcome: judge.judge(mutant) }
          : { number, isFound: judge.isFoundInAll(mutant) },
      );
    }
  };
}

/**
 * Does a task in several processes, portion by portion.
 * @throws Error if one of them ends before its work is done
 */
export async function shareOut(
  folder: string,
  jobs: number,
  { deed, numbers }: Task,
  tell: (done: Done) => void,
): Promise<void> {
  const portions: number[][] = [];
  // A whole proof takes as long as many small ones.
  const size = deed === 'judge' ? PORTION : 1;
  for (let at = 0; at < numbers.length; at += size) portions.push(numbers.slice(at, at + size));
  const children = Array.from({ length: Math.min(jobs, portions.length) }, () => start(folder));
  try {
    await Promise.all(children.map((child) => employ(child, deed, portions, tell)));
  } finally {
    for (const child of children) child.disconnect();
  }
}

function start(folder: string): ChildProcess {
  const tsx = require.resolve('tsx');
  return fork(join(__dirname, 'crew-member.ts'), [folder], { execArgv: ['--import', tsx] });
}

function employ(
  child: ChildProcess,
  deed: Task['deed'],
  portions: number[][],
  tell: (done: Done) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let left = 0;
    const next = () => {
      const numbers = portions.shift();
      if (numbers === undefined) return resolve();
      left = numbers.length;
      child.send({ deed, numbers } satisfies Task);
    };
    child.on('message', (done: Done) => {
      tell(done);
      left--;
      if (left === 0) next();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`a process that judged mutants ended with ${code}`)));
    next();
  });
}
