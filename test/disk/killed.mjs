/**
 * Stops commands at random moments, by signals and by a disk that is full, and sees that what they write is as it was or as it is
 * meant, and that the same command then goes through. Run by hand or in CI: node test/disk/killed.mjs [DRAWS [SEED [each]]], where
 * `each` asks for as many draws of every command
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
import { tsImport } from 'tsx/esm/api';

const HERE = dirname(fileURLToPath(import.meta.url));
const PROGRAM = join(HERE, '../../bin/concordat.js');
const [, , drawn = '24', seeded = '20', perCommand] = process.argv;
const [asked, seed] = [Number(drawn), Number(seeded)];
const { Random } = await tsImport('../bench/random.ts', import.meta.url);
const { INIT_BY_FLAGS } = await tsImport('../commands/own-zone.ts', import.meta.url);
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
  { words: ['init', 'zone', '--no-input', ...INIT_BY_FLAGS] },
  { words: ['onboard', '--no-input', '--as-of', '2026-12-01', ...bradford()] },
  { words: ['agreement', 'new', ...agreementByFlags()] },
];
const draws = perCommand === 'each' ? asked * COMMANDS.length : asked;

/** Another organisation than the first of a zone. */
function bradford() {
  return INIT_BY_FLAGS.slice(INIT_BY_FLAGS.indexOf('--id')).map((each) =>
    each
      .replaceAll('100000000022', '100000000077')
      .replace('E08000035', 'E08000032')
      .replace(/^leeds$/, 'bradford'),
  );
}

/** The agreement that the docs write by options alone. */
function agreementByFlags() {
  const page = readFileSync(join(HERE, '../../docs/agreements.md'), 'utf8');
  const [, typed = ''] = /^npx concordat agreement new (--no-input .*)$/m.exec(page) ?? [];
  return [...typed.matchAll(/"([^"]*)"|(\S+)/g)]
    .map(([, quoted, plain]) => quoted ?? plain)
    .filter((each) => each !== '--dry-run');
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
    const { words, first } =
      COMMANDS[perCommand === 'each' ? draw % COMMANDS.length : Math.floor(next() * COMMANDS.length)];
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
      const takes = Date.now() - began;
      const meant = seen(after);
      // What is done already is refused by some, and done again by others.
      const twice = await run(words, after);
      prepared.set(name, {
        before,
        old: seen(before),
        meant,
        takes,
        codes: { old: ended.code, new: twice.code },
        twiceSeen: { old: meant, new: seen(after) },
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
    const found = seen(at);
    if (ended.code === null || ended.code > 100 || (at === small && ended.code !== codes.old)) tally.cut++;
    // Typed again, where there is room.
    const again = join(scratch, 'again');
    cpSync(at, again, { recursive: true });
    const state = found === old ? 'old' : 'new';
    const second = await run(words, again);
    const goesThrough = second.code === codes[state] && seen(again) === twiceSeen[state];
    rmSync(again, { recursive: true, force: true });
    const isWhole = found === old || found === meant;
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
