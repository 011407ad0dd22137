/** A thread that examines bundles of entries. */
import { parentPort } from 'node:worker_threads';
import type { EntryFormat } from './entry-format';
import { outcomeOf, type Task } from './examiner';

const formats = new Map<string, EntryFormat>();

parentPort?.on('message', ({ format, ...task }: Task) => {
  const outcome = outcomeOf(task, { lookFor: task.lookFor, format: formatOf(format) });
  const moved = typeof outcome === 'string' ? [] : [outcome.leaves.buffer, outcome.named.buffer];
  parentPort?.postMessage(outcome, moved);
});

/** Each module is loaded once. @throws Error if it exports no format of entries: then the thread ends, and its caller hears why */
function formatOf(module: string | undefined): EntryFormat | undefined {
  if (module === undefined) return undefined;
  let format = formats.get(module);
  if (!format) {
    const { entryFormat }: { entryFormat?: EntryFormat } = require(module);
    if (typeof entryFormat?.read !== 'function') throw new Error(`${module} exports no entryFormat`);
    format = entryFormat;
    formats.set(module, format);
  }
  return format;
}
