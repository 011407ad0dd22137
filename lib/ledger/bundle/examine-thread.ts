/** A thread that examines bundles of entries. */
import { parentPort } from 'node:worker_threads';
import { outcomeOf, type Task } from './examiner';

parentPort?.on('message', (task: Task) => parentPort?.postMessage(outcomeOf(task)));
