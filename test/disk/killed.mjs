/**
 * Stops commands at random moments, by signals, by a terminal that is lost and by a disk that is full, and sees that what they write
 * is as it was or as it is meant, and that the same command then goes through. Run by hand or in CI, on Linux:
 *   node test/disk/killed.mjs [MOMENTS [SEED [WAYS | COMMAND...]]]
 * for so many moments of every way of calling every command, of so many WAYS drawn from them, or of those whose names begin with one
 * of COMMAND
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { changeOf, eachIsWhole, seen, stateOf } from './folder-states.mjs';
import { heldStill, run } from './stopped.mjs';

const load = createRequire(import.meta.url);
const HERE = dirname(fileURLToPath(import.meta.url));
const [, , asked = '8', seed = '20', ...only] = process.argv;
const { Random } = load('../bench/random.ts');
const { TRIED } = load('./writing-commands.ts');
const DAY = ['--as-of', '2026-10-01'];
const drawn = /^\d+$/.test(only[0] ?? '') ? Number(only.shift()) : Number.POSITIVE_INFINITY;
const random = new Random(Number(seed));
const next = () => random.next();
const WAYS = Object.entries(TRIED)
  .flatMap(([command, ways]) =>
    ways.map((way, index) => ({ ...way, name: index === 0 ? command : `${command} (${index + 1})` })),
  )
  .filter(({ name }) => only.length === 0 || only.some((each) => name.startsWith(each)));
while (WAYS.length > drawn) WAYS.splice(Math.floor(next() * WAYS.length), 1);
/** Of all moments, those of full disks, and those at which a signal is really sent; at the others the command is held still. */
const FULL = 0.12;
const SENT = 0.12;
/** So many moments at most are looked at in one run. */
const IN_ONE_RUN = 25;
const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGKILL'];

const scratch = mkdtempSync(join(tmpdir(), 'concordat-killed-'));
const small = join(scratch, 'small');

/** A disk of so many kilobytes; undefined where none can be made. */
function disk(kilobytes) {
  if (process.getuid?.() !== 0) return undefined;
  try {
    mkdirSync(small, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', small], { stdio: 'ignore' });
    return small;
  } catch {
    return undefined;
  }
}

/** One way of calling a command: what is there before and after it, and whether what a stop leaves is one of the two. */
class Way {
  counts = { stopped: 0, cut: 0, old: 0, new: 0, failed: 0 };
  /** Whether it goes through when it is typed again, by what was left. */
  #again = new Map();

  constructor({ name, words, first = [], prepare, anew, apart }) {
    Object.assign(this, { name, words, first, prepare, anew, apart });
    this.before = join(scratch, name.replace(/\W/g, '-'));
  }

  async ready(start) {
    const { before, words, name } = this;
    cpSync(start, before, { recursive: true });
    this.prepare?.(before);
    for (const each of this.first) {
      const begun = await run(each, before);
      if (begun.code > 1) throw new Error(`${each.join(' ')} fails by itself: ${begun.said}`);
    }
    this.old = seen(before, this.anew);
    const after = join(scratch, `${name.replace(/\W/g, '-')}-after`);
    cpSync(before, after, { recursive: true });
    const began = Date.now();
    const ended = await run(words, after);
    if (ended.code > 1) throw new Error(`${words.join(' ')} fails by itself: ${ended.said}`);
    this.takes = Date.now() - began;
    this.meant = seen(after, this.anew);
    // What is done already is refused by some, and done again by others.
    const twice = await run(words, after);
    this.codes = { old: ended.code, new: twice.code };
    this.twiceSeen = { old: this.meant, new: seen(after, this.anew) };
    rmSync(after, { recursive: true, force: true });
  }

  /** Most is written towards the end. */
  moment() {
    return this.takes * (0.4 + 0.65 * next());
  }

  async atMoments(count) {
    const moments = Array.from({ length: count }, () => this.moment()).sort((a, b) => a - b);
    const at = join(scratch, 'here');
    cpSync(this.before, at, { recursive: true });
    const looked = [];
    const began = Date.now();
    let paused = 0;
    await heldStill(this.words, at, moments, (moment) => {
      const stopped = Date.now();
      const copy = join(scratch, `moment-${looked.length}`);
      cpSync(at, copy, { recursive: true });
      looked.push({ moment, copy });
      paused += Date.now() - stopped;
    });
    // A machine that others use as well is now quicker, now slower.
    this.takes = Date.now() - began - paused;
    rmSync(at, { recursive: true, force: true });
    for (const { moment, copy } of looked) {
      await this.judge(copy, `held still after ${Math.round(moment)} ms`, { wasCut: true });
      rmSync(copy, { recursive: true, force: true });
    }
    return looked.length;
  }

  async bySignal(signal) {
    const at = join(scratch, 'here');
    cpSync(this.before, at, { recursive: true });
    const after = this.moment();
    const began = Date.now();
    const ended = await run(this.words, at, { after, signal });
    const wasCut = ended.code === null || ended.code > 100;
    if (!wasCut) this.takes = Date.now() - began;
    await this.judge(at, `${signal} after ${Math.round(after)} ms`, { wasCut, ended });
    rmSync(at, { recursive: true, force: true });
  }

  /** False where no disk of its own can be made. */
  async onFullDisk() {
    const need = Math.ceil(this.old.length / 1024) * 2 + 200;
    const at = disk(need + Math.floor(next() * need * 0.5));
    if (at === undefined) return false;
    try {
      cpSync(this.before, at, { recursive: true });
      const ended = await run(this.words, at);
      await this.judge(at, 'a full disk', { wasCut: ended.code !== this.codes.old, ended });
    } finally {
      execFileSync('umount', [small]);
    }
    return true;
  }

  async judge(at, how, { wasCut, ended }) {
    const { name, old, meant, counts, anew } = this;
    const left = stateOf(at, anew);
    const found = seen(at, anew);
    const state = found === meant ? 'new' : 'old';
    const again = this.#again.get(left) ?? (await this.#typedAgain(at, state));
    this.#again.set(left, again);
    const isWhole =
      found === old ||
      found === meant ||
      (this.apart !== undefined && eachIsWhole(this.apart, found, old, meant));
    const isSaid = ended === undefined || ended.code === null || ended.code < 4;
    counts.stopped++;
    if (wasCut) counts.cut++;
    if (isWhole && isSaid && again.goesThrough) counts[found === old ? 'old' : 'new']++;
    else counts.failed++;
    if (!isWhole) console.log(`FAILED ${name}, ${how}: mixed: ${changeOf(old, found)}`);
    else if (!isSaid) console.log(`FAILED ${name}, ${how}, exit ${ended.code}: ${ended.said.slice(0, 400)}`);
    else if (!again.goesThrough)
      console.log(
        `FAILED ${name}, ${how}, ${state} when typed again: exit ${again.code}, ${again.said.slice(0, 400)}`,
      );
  }

  /** Types it again, where there is room: once for all stops that left the very same. */
  async #typedAgain(left, state) {
    const at = join(scratch, 'again');
    cpSync(left, at, { recursive: true });
    const { code, said } = await run(this.words, at);
    const goesThrough = code === this.codes[state] && seen(at, this.anew) === this.twiceSeen[state];
    rmSync(at, { recursive: true, force: true });
    return { code, said, goesThrough };
  }
}

let failed = 0;
let cut = 0;
try {
  const start = join(scratch, 'start');
  cpSync(join(HERE, '../register/minimal-register'), join(start, 'register'), { recursive: true });
  const synth = await run(['synth', ...DAY], start);
  if (synth.code !== 0)
    throw new Error(`the register that is started from does not synthesise:\n${synth.said}`);
  for (const each of WAYS) {
    const way = new Way(each);
    await way.ready(start);
    const total = Number(asked);
    for (let full = 0; full < Math.round(total * FULL); full++) if (!(await way.onFullDisk())) break;
    for (let sent = 0; sent < Math.round(total * SENT); sent++)
      await way.bySignal(SIGNALS[sent % SIGNALS.length]);
    // Where it has ended before a moment has come, another run has it.
    for (let runs = 0; way.counts.stopped < total && runs < 4 + total / 5; runs++)
      await way.atMoments(Math.min(IN_ONE_RUN, total - way.counts.stopped));
    const { counts } = way;
    failed += counts.failed;
    cut += counts.cut;
    console.log(
      `${way.name}: ${counts.stopped} moments, ${counts.cut} before its end; ${counts.old} as it was, ${counts.new} as it is meant, ${counts.failed} neither`,
    );
    rmSync(way.before, { recursive: true, force: true });
  }
} finally {
  try {
    execFileSync('umount', [small], { stdio: 'ignore' });
  } catch {}
  rmSync(scratch, { recursive: true, force: true });
}
// Where all came to their ends, nothing was tried.
process.exit(failed === 0 && cut > 0 ? 0 : 1);
