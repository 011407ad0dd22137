/**
 * What a thread begins with: it loads a file of the program’s TypeScript, as the program itself was loaded, and has it work. Those
 * who wait for it are asleep and hear of no event, so what fails in it is an answer too. Where it can give none,
 * `watched-thread.cjs` tells of its end.
 */
const { resolve } = require('node:path');
const { workerData } = require('node:worker_threads');
const { loadTypeScript } = require('./typescript.cjs');

const { file, port, sent, folder } = workerData;

const send = (message) => {
  port.postMessage(message);
  Atomics.add(sent, 0, 1);
  Atomics.notify(sent, 0);
};
const answer = (outcome) => {
  send(outcome);
  // Nothing is left to do: the thread ends, and gives back its memory.
  port.close();
};

process.once('uncaughtException', (error) =>
  answer({ failed: error instanceof Error ? error.message : String(error) }),
);

loadTypeScript(resolve(__dirname, '../..'));
const { hear, carryOut } = require(file).work(folder);
port.on('message', (message) => {
  if ('word' in message) hear(message.word);
  else answer({ done: carryOut(message.order, (news) => send({ told: news })) });
});
