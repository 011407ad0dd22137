/**
 * Stops commands at random moments, by signals and by a disk that is full, and sees that what they write is as it was or as it is
 * meant, and that the next of them goes through. Run by hand or in CI: node test/disk/killed.mjs [DRAWS [SEED]]
 */
import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const PROGRAM = join(HERE, '../../bin/concordat.js');
const [draws = 24, seed = 20] = process.argv.slice(2).map(Number);
const DAY = ['--as-of', '2026-10-01'];

/** What is run, and what was run before, so that there is something old. */
const COMMANDS = [
  { words: ['synth', ...DAY], first: ['synth', '--as-of', '2026-10-02'] },
  { words: ['evidence', '--output', 'pack'], first: ['evidence', '--output', 'pack', '--no-proof'] },
  {
    words: ['onboard', 'dwp', '--pack-only', ...DAY],
    first: ['onboard', 'dwp', '--pack-only', '--as-of', '2026-10-02'],
  },
  { words: ['schema'] },
  { words: ['profile', 'leeds', ...DAY], first: ['profile', 'leeds', '--as-of', '2026-10-02'] },
  { words: ['suspend', 'benefit-awards', ...DAY] },
  { words: ['pause', 'leeds', '--from', '2026-11-01', '--reason', 'A move of systems', ...DAY] },
  { words: ['leave', 'routing', '--on', '2027-03-31', ...DAY] },
  { words: ['agreement', 'end', 'benefit-awards', '--on', '2027-03-31', ...DAY] },
  { words: ['plan', 'cdk.out', 'cdk.out', '--out', 'a.plan'] },
  { words: ['ledger', 'sample', 'bundle'] },
];

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function random(from) {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let next = Math.imul(state ^ (state >>> 15), 1 | state);
    next = (next + Math.imul(next ^ (next >>> 7), 61 | next)) ^ next;
    return ((next ^ (next >>> 14)) >>> 0) / 4294967296;
  };
}

/** Every file that people and programs see, with its bytes. A folder that was being replaced is put back by whoever reads it. */
function seen(at) {
  const files = new Map();
  const walk = (folder, path) => {
    for (const name of readdirSync(folder).sort()) {
      if (name.startsWith('.')) continue;
      const here = join(folder, name);
      if (statSync(here).isDirectory()) walk(here, `${path}${name}/`);
      else files.set(`${path}${name}`, readFileSync(here, 'latin1'));
    }
  };
  for (const each of readdirSync(at)) {
    const whole = /^\.(.+)\.old$/.exec(each)?.[1];
    if (whole !== undefined && !existsSync(join(at, whole)))
      cpSync(join(at, each), join(at, whole), { recursive: true });
  }
  walk(at, '');
  return JSON.stringify([...files]);
}

function run(words, cwd, limits) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [PROGRAM, ...words], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (each) => (said += each));
    child.stderr.on('data', (each) => (said += each));
    const timer = limits && setTimeout(() => child.kill(limits.signal), limits.after);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      done({ code, signal, said });
    });
  });
}

const scratch = mkdtempSync(join(tmpdir(), 'concordat-killed-'));
const small = join(scratch, 'small');
const isRoot = process.getuid?.() === 0;
/** A disk of so many kilobytes; undefined where none can be made. */
function disk(kilobytes) {
  try {
    mkdirSync(small, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', small], { stdio: 'ignore' });
    return small;
  } catch {
    return undefined;
  }
}

const next = random(seed);
let failed = 0;
const tally = { old: 0, new: 0 };
try {
  const start = join(scratch, 'start');
  cpSync(join(HERE, '../register/minimal-register'), join(start, 'register'), { recursive: true });
  const synth = await run(['synth', ...DAY], start);
  if (synth.code !== 0)
    throw new Error(`the register that is started from does not synthesise:\n${synth.said}`);
  const prepared = new Map();
  for (let draw = 0; draw < draws; draw++) {
    const { words, first } = COMMANDS[Math.floor(next() * COMMANDS.length)];
    const name = words.slice(0, 2).join(' ');
    if (!prepared.has(name)) {
      const before = join(scratch, name.replace(/\W/g, '-'));
      cpSync(start, before, { recursive: true });
      if (first !== undefined) await run(first, before);
      const after = join(scratch, `${name.replace(/\W/g, '-')}-after`);
      cpSync(before, after, { recursive: true });
      const began = Date.now();
      const ended = await run(words, after);
      if (ended.code > 1) throw new Error(`${words.join(' ')} fails by itself: ${ended.said}`);
      prepared.set(name, { before, old: seen(before), meant: seen(after), takes: Date.now() - began });
    }
    const { before, old, meant, takes } = prepared.get(name);
    const isFull = isRoot && next() < 0.25;
    const need = isFull && Math.ceil(old.length / 1024) * 2 + 200;
    const at = (isFull && disk(need + Math.floor(next() * need * 0.5))) || join(scratch, 'here');
    cpSync(before, at, { recursive: true });
    const signal = ['SIGKILL', 'SIGINT', 'SIGHUP', 'SIGTERM'][Math.floor(next() * 4)];
    // Most is written towards the end.
    const after = at === small ? undefined : takes * (0.4 + 0.65 * next());
    const ended = await run(words, at, after && { after, signal });
    const found = seen(at);
    const isWhole = found === old || found === meant;
    const isSaid = ended.code === null || ended.code < 4;
    tally[found === old ? 'old' : 'new']++;
    const how = after === undefined ? 'a full disk' : `${signal} after ${Math.round(after)} ms`;
    if (!isWhole || !isSaid) {
      failed++;
      const names = (text) => new Set(JSON.parse(text).map(([path]) => path));
      const [was, is] = [names(old), names(found)];
      console.log(
        `FAILED ${name}, ${how}, exit ${ended.code}: ${isWhole ? ended.said.slice(0, 400) : `mixed: gone ${[...was].filter((each) => !is.has(each)).slice(0, 5)}; come ${[...is].filter((each) => !was.has(each)).slice(0, 5)}`}`,
      );
    } else console.log(`ok ${name}, ${how}: ${found === old ? 'as it was' : 'as it is meant'}`);
    if (at === small) execFileSync('umount', [small]);
    rmSync(at, { recursive: true, force: true });
  }
} finally {
  try {
    execFileSync('umount', [small], { stdio: 'ignore' });
  } catch {}
  rmSync(scratch, { recursive: true, force: true });
}
console.log(
  `${draws} stopped: ${tally.old} as they were, ${tally.new - failed} as they are meant, ${failed} neither`,
);
process.exit(failed === 0 ? 0 : 1);
