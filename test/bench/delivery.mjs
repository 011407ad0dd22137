/**
 * Depositing and collecting by the client as it is handed on, beside others that send the same bytes to the same endpoint: the AWS
 * command line and rclone, in turn with it. The endpoint is versitygw on this computer, so that nobody waits for a network: what is
 * measured is what a program does itself. Each also has a start, which with small sizes is a good part of it. Of the large file there
 * is a floor as well: what Node alone takes for the same bytes with the same checksums (bare-transfer.mjs).
 *   node --import tsx test/bench/delivery.mjs [MB of the large file] [small files] [runs]
 * Without small files, 0, the large one is measured alone, and the other way round.
 * VERSITYGW names the endpoint’s program; otherwise it is where test/delivery/endpoint/interrupted.sh keeps it. AWS_CLI and RCLONE
 * name the others; otherwise they are looked for on the PATH. What is not there is left out, and said.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { startEndpoint, writeClient } from '../delivery/endpoint/endpoint.mjs';
import { children, folder, sendable } from '../delivery/endpoint/interruptible.mjs';
import { timeOfEndedChildren, watch } from './processes.ts';

const ROOT = resolve(import.meta.dirname ?? '.', '../..');
const [, , megabytes = '1000', count = '2000', times = '3'] = process.argv;
const LARGE = Number(megabytes) * 1_000_000;
const SMALL = 10_000;
const FILES = Number(count);
const RUNS = Number(times);
const OWNER = '111111111111';
/** Targets beside `aws s3 cp`: what of its wall and processor time, and how many MB of memory. */
const MOST = { wall: 1, cpu: 0.5, megabytes: 150 };

function programOf(variable, name) {
  const named = process.env[variable];
  const all = named ? [named] : (process.env.PATH ?? '').split(delimiter).map((each) => join(each, name));
  return all.find((each) => {
    try {
      accessSync(each, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Runs a program to its end. @returns seconds of wall and of processor time, with its children, and the most MB of one process */
async function took([program, ...words], env) {
  // What an earlier one left to be written would be this one’s to wait for, if it sees its own bytes onto the disk.
  spawnSync('sync');
  const before = timeOfEndedChildren() ?? 0;
  const began = performance.now();
  const child = spawn(program, words, { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = watch(child.pid ?? 0);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece) => {
      said = `${said}${piece}`.slice(-2_000);
    });
  const code = await new Promise((done, failed) => child.on('error', failed).on('close', done));
  const wall = (performance.now() - began) / 1000;
  const { largest } = stop();
  if (code !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${code}: ${said}`);
  return { wall, cpu: (timeOfEndedChildren() ?? 0) - before, megabytes: largest };
}

function writeFiles() {
  const large = openSync(join(folder, 'large.json'), 'w');
  const piece = Buffer.alloc(1_000_000);
  for (let at = 0; at < LARGE; at += piece.length) {
    randomFillSync(piece).write('{');
    writeSync(large, piece);
  }
  closeSync(large);
  mkdirSync(join(folder, 'small'));
  for (let n = 0; n < FILES; n++) {
    const file = openSync(join(folder, 'small', `${n}.json`), 'w');
    writeSync(file, sendable(SMALL));
    closeSync(file);
  }
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const ofRuns = (runs) =>
  Object.fromEntries(
    ['wall', 'cpu', 'megabytes'].map((what) => [what, median(runs.map((run) => run[what]))]),
  );

async function main() {
  const gateway = programOf('VERSITYGW', 'versitygw') ?? join(ROOT, 'test/.endpoint/versitygw');
  if (!existsSync(gateway)) {
    console.log(
      'Skipped: versitygw is not there. test/delivery/endpoint/interrupted.sh builds it, or VERSITYGW names it.',
    );
    return;
  }
  const aws = programOf('AWS_CLI', 'aws');
  const rclone = programOf('RCLONE', 'rclone');
  if (!aws)
    console.log('The AWS command line is not here (AWS_CLI names it): nothing to hold the client against.');
  if (!rclone) console.log('rclone is not here (RCLONE names it): left out.');

  const profile = writeClient('dwp', (made) => {
    const point = `0123456789ab--${made.organisation.id}`;
    const accessPoint = `arn:aws:s3:${made.region}:${OWNER}:accesspoint/${point}`;
    const [sends] = made.sends;
    const [collects] = made.collects;
    // What was deposited is collected again, through an access point that has the same bucket.
    return {
      ...made,
      bucket: `${point}-${OWNER}`,
      sends: [{ ...sends, largestObject: 10 ** 13 }],
      collects: [{ ...collects, prefix: sends.prefix, accessPoint }],
      contracts: [],
    };
  });
  const { bucket } = profile;
  const [sends] = profile.sends;
  const [collects] = profile.collects;
  const { address, env } = await startEndpoint(gateway, profile, bucket, { byHost: true });
  writeFiles();

  // The endpoint has no TLS, and rclone ends where it may not look after that itself.
  const { AWS_CA_BUNDLE: _, ...inherited } = process.env;
  const others = {
    ...inherited,
    AWS_ACCESS_KEY_ID: env.AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY: env.AWS_SECRET_ACCESS_KEY,
    AWS_DEFAULT_REGION: profile.region,
    AWS_CONFIG_FILE: join(folder, 'none'),
    RCLONE_CONFIG: join(folder, 'none'),
  };
  const client = (...words) => [process.execPath, join(folder, 'concordat-client.mjs'), ...words, '--quiet'];
  const cp = (...words) => [aws, 's3', 'cp', ...words, '--endpoint-url', address, '--quiet'];
  const remote = `:s3,provider=Other,env_auth=true,region=${profile.region},endpoint="${address}"`;
  const rc = (...words) => [rclone, ...words];
  const bare = (act, file) => [
    process.execPath,
    join(import.meta.dirname ?? '.', 'bare-transfer.mjs'),
    ...[act, file, address, bucket, 'bare/large.json', profile.region],
  ];
  const at = `s3://${bucket}/other`;
  const there = `${remote}:${bucket}/rclone`;
  /** What each does, in the order in which it is done in a round: what was sent is fetched. */
  const work = {
    [`deposit one of ${megabytes} MB`]: {
      client: client('deposit', sends.agreement, 'large.json', '--name', 'large/large.json'),
      bare: bare('put', 'large.json'),
      aws: cp('large.json', `${at}/large/large.json`),
      rclone: rc('copyto', 'large.json', `${there}/large/large.json`),
    },
    [`collect one of ${megabytes} MB`]: {
      client: client('collect', collects.agreement, '--to', 'in-client'),
      bare: bare('get', 'in-bare.json'),
      aws: cp(`${at}/large/large.json`, 'in-aws/large.json'),
      rclone: rc('copyto', `${there}/large/large.json`, 'in-rclone/large.json'),
    },
    [`deposit ${count} of 10 kB`]: {
      client: client('deposit', sends.agreement, 'small'),
      aws: cp('small', `${at}/small`, '--recursive'),
      rclone: rc('copy', 'small', `${there}/small`),
    },
    [`collect ${count} of 10 kB`]: {
      client: client('collect', collects.agreement, '--to', 'in-client'),
      aws: cp(`${at}/small`, 'in-aws/small', '--recursive'),
      rclone: rc('copy', `${there}/small`, 'in-rclone/small'),
    },
  };
  const taken = {};
  for (let run = 0; run < RUNS; run++) {
    for (const [what, programs] of Object.entries(work)) {
      if (what.includes('10 kB') ? FILES === 0 : LARGE === 0) continue;
      for (const [who, words] of Object.entries(programs)) {
        if (!words[0]) continue;
        process.stderr.write(`${what}: ${who}\n`);
        const mine = taken[what] ?? {};
        taken[what] = mine;
        mine[who] = [...(mine[who] ?? []), await took(words, who === 'client' ? env : others)];
      }
    }
    for (const each of ['in-client', 'in-aws', 'in-rclone', 'in-bare.json'])
      rmSync(join(folder, each), { recursive: true, force: true });
  }
  let missed = 0;
  for (const [what, by] of Object.entries(taken)) {
    const all = Object.fromEntries(Object.entries(by).map(([who, runs]) => [who, ofRuns(runs)]));
    const figures = Object.entries(all).map(
      ([who, { wall, cpu, megabytes: most }]) =>
        `${who} ${wall.toFixed(2)} s wall, ${cpu.toFixed(2)} s of processor time, ${most.toFixed(0)} MB`,
    );
    console.log(`${what}: ${figures.join('; ')}`);
    if (all.aws === undefined) continue;
    const pairs = (of, who = 'client', beside = 'aws') =>
      median(by[who].map((run, n) => run[of] / by[beside][n][of]));
    const [wall, cpu] = [pairs('wall'), pairs('cpu')];
    const isMet = wall <= MOST.wall && cpu <= MOST.cpu && all.client.megabytes <= MOST.megabytes;
    if (!isMet) missed++;
    console.log(
      `  beside aws s3 cp: ${wall.toFixed(2)} of its wall time (at most ${MOST.wall}), ${cpu.toFixed(2)} of its processor time (at most ${MOST.cpu}); at most ${MOST.megabytes} MB: ${isMet ? 'met' : 'missed'}`,
    );
    if (by.bare !== undefined)
      console.log(
        `  Node alone beside aws s3 cp: ${pairs('cpu', 'bare').toFixed(2)} of its processor time; the client beside Node alone: ${pairs('cpu', 'client', 'bare').toFixed(2)}`,
      );
  }
  if (missed > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(error);
  process.exitCode = 4;
} finally {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
}
