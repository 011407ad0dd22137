/**
 * Has a thread begin, and tells how it ended where it has given no answer: one that has left, or has run out of memory, says nothing
 * itself, and who waits for it hears of no event.
 */
const { resolve } = require('node:path');
const { Worker, workerData } = require('node:worker_threads');

const { thread, resourceLimits, end } = workerData;

const OUT_OF_MEMORY = 'it ran out of memory: give it more, such as NODE_OPTIONS=--max-old-space-size=8192';

const tell = (failed) => {
  end.postMessage({ failed });
  // As the thread itself counts what it sends.
  Atomics.add(thread.sent, 0, 1);
  Atomics.notify(thread.sent, 0);
};

const start = { workerData: thread, transferList: [thread.port], resourceLimits };
new Worker(resolve(__dirname, 'thread.cjs'), start)
  .on('error', ({ code, message }) => tell(code === 'ERR_WORKER_OUT_OF_MEMORY' ? OUT_OF_MEMORY : message))
  .on('exit', () => tell('its thread ended early'));
