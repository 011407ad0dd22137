/** One of the processes that judge mutants: it is told which, and tells what became of each. */
import { openAssembly } from '../../lib/assembly';
import { type Task, workerFor } from './crew';
import { everyMutantOf } from './every-mutant';

const source = openAssembly(process.argv[2] ?? '');
const work = workerFor(source, everyMutantOf(source));
process.on('message', (task: Task) => work(task, (done) => process.send?.(done)));
