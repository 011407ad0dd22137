/** That work in a thread comes to an outcome, whatever becomes of the thread: those who wait for it are asleep. */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Thread } from '../../../lib/stacks/validator/thread';
import { leftBehind } from '../../disk/left-behind';
import { temporaryFolder } from '../sample-assembly';

const ROOT = resolve(__dirname, '../../..');

/** Has a thread carry out an order by this code, which has `order`, `tell` and `folder` at hand. */
function begun(code: string, ready = '', patience = 60_000): Thread<unknown, number, unknown, unknown> {
  const file = join(temporaryFolder(), 'work.cjs');
  const work = `{ ${ready}; return { hear: () => undefined, carryOut: (order, tell) => { ${code} } }; }`;
  writeFileSync(file, `exports.work = (folder) => ${work};`);
  const thread = new Thread<unknown, number, unknown, unknown>(file, patience);
  thread.give(20);
  return thread;
}

/** What comes of such an order. */
function outcomeOf(code: string, ready = '', patience = 60_000): unknown {
  return begun(code, ready, patience).outcome();
}

test('what comes of an order is what the thread gives', () => {
  expect(outcomeOf('return { twice: 2 * order };')).toEqual({ twice: 40 });
});

test('what a thread tells on its way is heard before its end, or passed over', () => {
  const told = begun("tell({ half: order / 2 }); return 'done';");
  expect(told.news()).toEqual({ half: 10 });
  expect(told.outcome()).toBe('done');
  expect(outcomeOf("tell(1); tell(2); return 'done';")).toBe('done');
});

test('a thread that tells nothing on its way is not waited for twice', () => {
  const silent = begun("return 'done';");
  expect(silent.news()).toBeUndefined();
  expect(silent.outcome()).toBe('done');
  const failing = begun("throw new Error('no such rule');");
  expect(failing.news()).toBeUndefined();
  expect(() => failing.outcome()).toThrow('no such rule');
});

test.each([
  ['it fails while it carries out the order', "throw new Error('no such rule');", '', 'no such rule'],
  ['it fails before', '', "throw new Error('no engine')", 'no engine'],
  ['it leaves', 'process.exit(3);', '', 'its thread ended early'],
  ['it leaves before', '', 'process.exit(3)', 'its thread ended early'],
  ['it gives what cannot be sent', 'return () => order;', '', 'could not be cloned'],
])('where %s, one error says so', (_what, code, ready, words) => {
  expect(() => outcomeOf(code, ready)).toThrow(words);
});

test('where its file is not there, the error names the file', () => {
  const thread = new Thread(join(temporaryFolder(), 'nowhere.ts'), 60_000);
  thread.give(1);
  expect(() => thread.outcome()).toThrow('nowhere.ts');
});

const WRITES = "require('node:fs').writeFileSync(require('node:path').join(folder, 'here'), '')";

test.each([
  ['has answered', `${WRITES}; return folder;`],
  ['failed', `${WRITES}; throw new Error(folder);`],
])('what a thread wrote is gone once it %s', (_what, code) => {
  let folder: unknown;
  try {
    folder = outcomeOf(code);
  } catch (failure) {
    folder = (failure as Error).message;
  }
  expect(String(folder)).toMatch(/concordat-/);
  expect(existsSync(String(folder))).toBe(false);
});

/** A program of its own that has a thread carry out an order by this code, then does what is said with the `thread`. */
function programOf(code: string, then: string): string {
  const work = join(temporaryFolder(), 'work.cjs');
  writeFileSync(work, `exports.work = (folder) => ({ carryOut: (order, tell) => { ${code} } });`);
  return `
    require(${JSON.stringify(join(ROOT, 'lib/start/typescript.cjs'))}).loadTypeScript(${JSON.stringify(ROOT)});
    const { Thread } = require(${JSON.stringify(join(ROOT, 'lib/stacks/validator/thread.ts'))});
    const thread = new Thread(${JSON.stringify(work)}, 60_000);
    thread.give(1);
    ${then}`;
}

test('what a thread wrote is gone once a process ends that does not wait for it', () => {
  const program = programOf(
    `${WRITES}; tell(require('node:fs').readdirSync(folder)); for (;;);`,
    'console.log(thread.news().join());',
  );
  const TMPDIR = temporaryFolder();
  const env = { ...process.env, TMPDIR };
  expect(execFileSync(process.execPath, ['--eval', program], { encoding: 'utf8', env })).toBe('here\n');
  expect(leftBehind(TMPDIR)).toEqual([]);
});

test('where the memory of a thread runs out, one error says so at once, and what to do', () => {
  const program = programOf(
    'for (const all = []; ; ) all.push(new Array(1e5).fill(order));',
    'try { thread.outcome(); } catch (failure) { console.log(failure.message); }',
  );
  const small = ['--max-old-space-size=64', '--eval', program];
  const said = execFileSync(process.execPath, small, { encoding: 'utf8', timeout: 30_000 });
  expect(said).toMatch(/^it ran out of memory: give it more, such as NODE_OPTIONS=--max-old-space-size=/);
});

test('a thread that comes to no end is given up', () => {
  expect(() => outcomeOf('for (;;);', '', 300)).toThrow('it gave no answer in 0.005 minutes: run it again');
});
