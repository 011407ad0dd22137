/** What both scripts that kill the client need: programs that go on beside it, and the client, killed or not. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where everything of a run lies, the client among it. */
export const folder = mkdtempSync(join(tmpdir(), 'concordat-endpoint-'));
/** Programs that go on, to be ended at the end. */
export const children = [];
/** How many things were found wrong. */
export const tally = { wrong: 0 };

/** Starts a program that goes on, and gives its output as it grows. */
export function start(program, ...words) {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece) => {
      said.text += piece;
    });
  children.push(child);
  return said;
}

/** Waits for something to come about, for a minute at most: where the computer is busy, a program takes seconds to begin. */
export async function until(holds, what) {
  for (let tries = 0; tries < 1_200; tries++) {
    if (await holds()) return;
    await sleep(50);
  }
  throw new Error(`${what} did not come about`);
}

/** A port of this machine that nobody listens on. */
export function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/**
 * Runs the client, and kills it after some milliseconds, or as soon as something has come about, where either is given.
 * @param kill milliseconds, or what is asked again and again until it holds
 * @returns its exit code, null where it was killed
 */
export function client(env, words, kill, node = process.execPath) {
  return new Promise((done) => {
    const child = spawn(node, [join(folder, 'concordat-client.mjs'), ...words], {
      env,
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (piece) => {
        out += piece;
      });
    const end = () => child.kill('SIGKILL');
    const timer = typeof kill === 'number' ? setTimeout(end, kill) : undefined;
    const asking = typeof kill === 'function' ? setInterval(() => kill() && end(), 2) : undefined;
    child.on('close', (code) => {
      clearTimeout(timer);
      clearInterval(asking);
      done({ code, out });
    });
  });
}

/**
 * A file of random bytes for the client to send. Of 10,000 that are random from their first byte one looks like OpenPGP, and the client
 * refuses what is encrypted; nothing that is begins like this.
 */
export function sendable(bytes) {
  const file = randomBytes(bytes);
  file.write('{');
  return file;
}

/** Says what is wrong, and counts it. */
export function holds(what, isSo, seen) {
  if (isSo) return;
  tally.wrong++;
  console.log(`FOUND: ${what}: ${seen}`);
}
