/**
 * Stops commands at random moments, by signals, by a terminal that is lost and by a disk that is full, and sees that what they write
 * is as it was or as it is meant, and that the same command then goes through. Run by hand or in CI:
 *   node test/disk/killed.mjs [DRAWS [SEED [each [COMMAND...]]]]
 * `each` asks for as many draws of every way of calling every command, or of those whose names begin with one of COMMAND
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
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/cjs/api';

register();
const load = createRequire(import.meta.url);
const HERE = dirname(fileURLToPath(import.meta.url));
const PROGRAM = join(HERE, '../../bin/concordat.js');
const [, , drawn = '24', seeded = '20', perCommand, ...only] = process.argv;
const [asked, seed] = [Number(drawn), Number(seeded)];
const { Random } = load('../bench/random.ts');
const { TRIED } = load('./writing-commands.ts');
const { COMMITTED, stagedPath } = load('../../lib/register/folder.ts');
const DAY = ['--as-of', '2026-10-01'];
const COMMANDS = Object.entries(TRIED)
  .flatMap(([command, ways]) =>
    ways.map((way, index) => ({ ...way, name: index === 0 ? command : `${command} (${index + 1})` })),
  )
  .filter(({ name }) => only.length === 0 || only.some((each) => name.startsWith(each)));
const draws = perCommand === 'each' ? asked * COMMANDS.length : asked;

/**
 * Every file that people and programs see, with its bytes. A folder that was being replaced is put back by whoever reads it, and of
 * a register’s change that is made the files are taken that still wait for their places.
 */
function seen(at, anew) {
  const files = new Map();
  const textOf = (bytes) =>
    anew === undefined ? bytes.toString('latin1') : bytes.toString('utf8').replace(anew, '');
  const walk = (folder, path) => {
    for (const name of readdirSync(folder).sort()) {
      if (name.startsWith('.')) continue;
      const here = join(folder, name);
      if (statSync(here).isDirectory()) walk(here, `${path}${name}/`);
      else files.set(`${path}${name}`, textOf(readFileSync(here)));
    }
  };
  for (const each of readdirSync(at)) {
    const whole = /^\.(.+)\.old$/.exec(each)?.[1];
    if (whole !== undefined && !existsSync(join(at, whole)))
      cpSync(join(at, each), join(at, whole), { recursive: true });
  }
  walk(at, '');
  for (const list of readdirSync(at, { recursive: true }).filter((each) => basename(each) === COMMITTED))
    for (const path of readFileSync(join(at, list), 'utf8').split('\n').filter(Boolean)) {
      const staged = join(at, dirname(list), stagedPath(path));
      if (existsSync(staged)) files.set(join(dirname(list), path), textOf(readFileSync(staged)));
    }
  return JSON.stringify([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether each thing at the top of a folder is as it was or as it is meant. */
function eachIsWhole(found, ...states) {
  const parts = (text) => {
    const all = new Map();
    for (const [path, content] of JSON.parse(text)) {
      const part = path.split('/')[0];
      all.set(part, `${all.get(part) ?? ''}${path}\0${content}\0`);
    }
    return all;
  };
  const [is, ...was] = [found, ...states].map(parts);
  const names = new Set([is, ...was].flatMap((each) => [...each.keys()]));
  return [...names].every((name) => was.some((each) => each.get(name) === is.get(name)));
}

function run(words, cwd, limits) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [PROGRAM, ...words], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (each) => (said += each));
    child.stderr.on('data', (each) => (said += each));
    const stop = () => {
      // A terminal that is lost takes what is written with an error, and says so by a signal.
      if (limits.signal === 'SIGHUP') for (const each of [child.stdout, child.stderr]) each.destroy();
      child.kill(limits.signal);
    };
    const timer = limits && setTimeout(stop, limits.after);
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

const random = new Random(seed);
const next = () => random.next();
let failed = 0;
const tally = { old: 0, new: 0, cut: 0 };
try {
  const start = join(scratch, 'start');
  cpSync(join(HERE, '../register/minimal-register'), join(start, 'register'), { recursive: true });
  const synth = await run(['synth', ...DAY], start);
  if (synth.code !== 0)
    throw new Error(`the register that is started from does not synthesise:\n${synth.said}`);
  const prepared = new Map();
  for (let draw = 0; draw < draws; draw++) {
    const {
      name,
      words,
      first = [],
      prepare,
      anew,
      apart,
    } = COMMANDS[perCommand === 'each' ? draw % COMMANDS.length : Math.floor(next() * COMMANDS.length)];
    if (!prepared.has(name)) {
      const before = join(scratch, name.replace(/\W/g, '-'));
      cpSync(start, before, { recursive: true });
      prepare?.(before);
      for (const each of first) {
        const begun = await run(each, before);
        if (begun.code > 1) throw new Error(`${each.join(' ')} fails by itself: ${begun.said}`);
      }
      const after = join(scratch, `${name.replace(/\W/g, '-')}-after`);
      cpSync(before, after, { recursive: true });
      const began = Date.now();
      const ended = await run(words, after);
      if (ended.code > 1) throw new Error(`${words.join(' ')} fails by itself: ${ended.said}`);
      const takes = Date.now() - began;
      const meant = seen(after, anew);
      // What is done already is refused by some, and done again by others.
      const twice = await run(words, after);
      prepared.set(name, {
        before,
        old: seen(before, anew),
        meant,
        takes,
        codes: { old: ended.code, new: twice.code },
        twiceSeen: { old: meant, new: seen(after, anew) },
      });
    }
    const { before, old, meant, takes, codes, twiceSeen } = prepared.get(name);
    const isFull = isRoot && next() < 0.25;
    const need = isFull && Math.ceil(old.length / 1024) * 2 + 200;
    const at = (isFull && disk(need + Math.floor(next() * need * 0.5))) || join(scratch, 'here');
    cpSync(before, at, { recursive: true });
    const signal = ['SIGKILL', 'SIGINT', 'SIGHUP', 'SIGTERM'][Math.floor(next() * 4)];
    // Most is written towards the end.
    const after = at === small ? undefined : takes * (0.4 + 0.65 * next());
    const ended = await run(words, at, after && { after, signal });
    const found = seen(at, anew);
    if (ended.code === null || ended.code > 100 || (at === small && ended.code !== codes.old)) tally.cut++;
    // Typed again, where there is room.
    const again = join(scratch, 'again');
    cpSync(at, again, { recursive: true });
    const state = found === meant ? 'new' : 'old';
    const second = await run(words, again);
    const goesThrough = second.code === codes[state] && seen(again, anew) === twiceSeen[state];
    rmSync(again, { recursive: true, force: true });
    const isWhole = found === old || found === meant || (apart === true && eachIsWhole(found, old, meant));
    const isSaid = ended.code === null || ended.code < 4;
    tally[found === old ? 'old' : 'new']++;
    const how = after === undefined ? 'a full disk' : `${signal} after ${Math.round(after)} ms`;
    if (isWhole && isSaid && !goesThrough) {
      failed++;
      console.log(
        `FAILED ${name}, ${state} when typed again: exit ${second.code}, ${second.said.slice(0, 400)}`,
      );
    } else if (!isWhole || !isSaid) {
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
console.log(
  `${tally.cut} were cut off before their end, and ${draws - failed} went through when they were typed again`,
);
// Where all came to their ends, nothing was tried.
process.exit(failed === 0 && tally.cut > 0 ? 0 : 1);
