/** Runs the program, and stops it: by a signal, by taking its terminal away, or by holding it still while its folder is looked at. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = join(dirname(fileURLToPath(import.meta.url)), '../../bin/concordat.js');

function begun(words, cwd) {
  const child = spawn(process.execPath, [PROGRAM, ...words], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (each) => (said += each));
  child.stderr.on('data', (each) => (said += each));
  const ended = new Promise((done) => child.on('close', (code, signal) => done({ code, signal, said })));
  return { child, ended };
}

/** Runs it to its end, or until it is sent a signal after so many milliseconds. */
export async function run(words, cwd, limits) {
  const { child, ended } = begun(words, cwd);
  const stop = () => {
    // A terminal that is lost takes what is written with an error, and says so by a signal.
    if (limits.signal === 'SIGHUP') for (const each of [child.stdout, child.stderr]) each.destroy();
    child.kill(limits.signal);
  };
  const timer = limits && setTimeout(stop, limits.after);
  const end = await ended;
  clearTimeout(timer);
  return end;
}

/**
 * Runs it to its end, and holds it still at each of these moments: what its folder holds then is what SIGKILL would leave, and any
 * other signal that a command lets end it. Many moments cost one run.
 * @param moments milliseconds for which it has run, rising
 * @param look is called at each that comes before its end
 */
export async function heldStill(words, cwd, moments, look) {
  const { child, ended } = begun(words, cwd);
  let isOver = false;
  void ended.then(() => (isOver = true));
  let ran = 0;
  for (const moment of moments) {
    await Promise.race([ended, new Promise((wait) => setTimeout(wait, moment - ran))]);
    ran = moment;
    if (isOver || !child.kill('SIGSTOP')) break;
    if (!(await stands(child.pid))) break;
    try {
      look(moment);
    } finally {
      child.kill('SIGCONT');
    }
  }
  return ended;
}

/** Waits until every thread of a process stands still; false where it has ended before. */
async function stands(pid) {
  const folder = `/proc/${pid}/task`;
  for (;;) {
    let states;
    try {
      states = readdirSync(folder).map(
        (each) => /^\d+ \(.*\) (\S)/s.exec(readFileSync(join(folder, each, 'stat'), 'utf8'))?.[1],
      );
    } catch {
      return false;
    }
    if (states.some((each) => each === 'Z' || each === 'X')) return false;
    if (states.every((each) => each === 'T')) return true;
    await new Promise((wait) => setImmediate(wait));
  }
}
