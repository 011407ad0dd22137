/** One of the processes that judge mutants: it is told which, and tells what became of each. */
import { readCustodySource } from '../../lib/assembly/source';
import { type Task, workerFor } from './crew';
import { mutantsOf } from './policies';

const source = readCustodySource(process.argv[2] ?? '');
const work = workerFor(source, mutantsOf(source));
process.on('message', (task: Task) => work(task, (done) => process.send?.(done)));
