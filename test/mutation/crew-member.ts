/** One of the processes that judge mutants: it is told which, and tells what became of each. */
import { type Task, workerIn } from './crew';

const work = workerIn(process.argv[2] ?? '');
process.on('message', (task: Task) => work(task, (done) => process.send?.(done)));
