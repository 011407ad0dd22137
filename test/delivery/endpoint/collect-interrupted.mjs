/**
 * Collects from versitygw by the client as it is handed on, kills it at random moments with SIGKILL, and runs the same command until
 * it comes to its end. Then: every object is there under its name, byte for byte, once; nothing else is; and at no moment after a
 * kill had anything a final name that was not whole. Objects are of several ranges and of one, empty too, with checksums of all
 * kinds that S3 has of them.
 *   node collect-interrupted.mjs VERSITYGW TIMES
 */
import { spawn } from 'node:child_process';
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import bundles from '../../../lib/start/bundle.cjs';
import { children, client, folder, freePort, holds, start, tally, until } from './interruptible.mjs';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const ROOT = resolve(import.meta.dirname ?? '.', '../../..');
const [, , gateway, asked = '50'] = process.argv;
const TIMES = Number(asked);
const [KEY, SECRET] = ['tester', 'testersecret'];
const OWNER = '111111111111';
/** An access point is named in the host, so each is a bucket below this name; the clients are told where that is. */
const DOMAIN = 's3.test';
const MIB = 1_048_576;
/** Longer than a run takes here. */
const LONGEST = 1_500;

const digest = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Files with a final name, by their path. */
function collected(to, agreement) {
  const below = join(to, agreement);
  const files = new Map();
  const walk = (path) => {
    for (const each of readdirSync(path, { withFileTypes: true }))
      if (each.isDirectory()) walk(join(path, each.name));
      else files.set(relative(below, join(path, each.name)), readFileSync(join(path, each.name)));
  };
  if (statSync(below, { throwIfNoEntry: false })) walk(below);
  return files;
}

async function sendInParts(s3, Bucket, Key, bytes, ChecksumType) {
  const ChecksumAlgorithm = ChecksumType === 'COMPOSITE' ? 'SHA256' : 'CRC64NVME';
  const { UploadId } = await s3.send(
    new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm, ChecksumType }),
  );
  const Parts = [];
  // Parts that are none of the client’s ranges.
  for (let from = 0, PartNumber = 1; from < bytes.length; from += 5 * MIB, PartNumber++) {
    const Body = bytes.subarray(from, from + 5 * MIB);
    const sent = await s3.send(
      new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ChecksumAlgorithm }),
    );
    Parts.push({
      PartNumber,
      ETag: sent.ETag,
      [`Checksum${ChecksumAlgorithm}`]: sent[`Checksum${ChecksumAlgorithm}`],
    });
  }
  await s3.send(
    new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, ChecksumType }),
  );
}

async function main() {
  writeFileSync(join(folder, 'concordat-client.mjs'), bundles.clientBundle(ROOT));
  const made = [
    join(ROOT, 'bin/concordat.js'),
    'profile',
    'leeds',
    '--output',
    folder,
    '--register',
    join(ROOT, 'register'),
  ];
  await new Promise((done) => spawn(process.execPath, [...made, '--as-of', '2026-12-01']).on('close', done));
  const path = join(folder, 'concordat-profile.json');
  const profile = JSON.parse(readFileSync(path, 'utf8'));
  const point = `0123456789ab--${profile.organisation.id}`;
  const agreement = {
    ...profile.collects[0],
    // In force on whichever day this runs.
    days: [{ from: '2020-01-01', until: '2199-12-31' }],
    accessPoint: `arn:aws:s3:${profile.region}:${OWNER}:accesspoint/${point}`,
  };
  writeFileSync(path, JSON.stringify({ ...profile, collects: [agreement] }));

  const port = await freePort();
  for (const each of ['data', 'versions']) mkdirSync(join(folder, each));
  start(
    gateway,
    ...['--access', KEY, '--secret', SECRET, '--region', profile.region, '--port', `127.0.0.1:${port}`],
    ...[
      '--virtual-domain',
      `${DOMAIN}:${port}`,
      '--keep-alive',
      'posix',
      '--versioning-dir',
      join(folder, 'versions'),
    ],
    join(folder, 'data'),
  );
  const sts = start(
    process.execPath,
    join(ROOT, 'test/delivery/endpoint/sts-stand-in.cjs'),
    profile.organisation.account,
    KEY,
    SECRET,
  );
  await until(() => /^\d+\n/.test(sts.text), 'the stand-in for STS');
  // Names below the domain are this computer.
  writeFileSync(
    join(folder, 'here.cjs'),
    `const dns = require('node:dns');
const { lookup } = dns;
dns.lookup = (name, ...rest) => lookup(name.endsWith('.${DOMAIN}') ? '127.0.0.1' : name, ...rest);`,
  );
  const s3 = new S3Client({
    region: profile.region,
    endpoint: `http://127.0.0.1:${port}`,
    forcePathStyle: true,
    credentials: { accessKeyId: KEY, secretAccessKey: SECRET },
  });
  const Bucket = `${point}-${OWNER}`;
  await until(
    () =>
      s3.send(new CreateBucketCommand({ Bucket })).then(
        () => true,
        () => false,
      ),
    'a bucket at versitygw',
  );
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    NODE_OPTIONS: `--require ${join(folder, 'here.cjs')}`,
    AWS_ENDPOINT_URL_S3: `http://${DOMAIN}:${port}`,
    AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${sts.text.trim()}`,
    AWS_ACCESS_KEY_ID: KEY,
    AWS_SECRET_ACCESS_KEY: SECRET,
  };

  const objects = new Map();
  const put = async (name, bytes, how) => {
    objects.set(name, digest(bytes));
    const Key = `${agreement.prefix}${name}`;
    if (how === 'parts' || how === 'composite')
      await sendInParts(s3, Bucket, Key, bytes, how === 'composite' ? 'COMPOSITE' : 'FULL_OBJECT');
    else await s3.send(new PutObjectCommand({ Bucket, Key, Body: bytes, ChecksumAlgorithm: how }));
  };
  await put('large/in-parts.bin', randomBytes(41 * MIB + 123), 'parts');
  await put('large/composite.bin', randomBytes(23 * MIB + 7), 'composite');
  await put('large/whole.bin', randomBytes(17 * MIB), 'SHA256');
  await put('empty.csv', Buffer.alloc(0), 'CRC64NVME');
  const kinds = ['CRC64NVME', 'CRC32', 'CRC32C', 'SHA1', 'SHA256'];
  for (let n = 0; n < 30; n++)
    await put(`2026/${n}.csv`, randomBytes(randomInt(1, 20_000)), kinds[n % kinds.length]);

  let killed = 0;
  let rounds = 0;
  let going = 0;
  while (killed < TIMES) {
    const to = join(folder, `in-${rounds}`);
    rounds++;
    let last;
    // At most eight kills for a round, so that each comes to its end.
    for (let n = 0; last === undefined; n++) {
      const run = await client(
        env,
        ['collect', '--to', to, '--json'],
        n < 8 && killed < TIMES ? randomInt(400, LONGEST) : undefined,
      );
      if (run.code !== null) last = run;
      else {
        killed++;
        const parts = join(to, '.concordat/parts');
        if (statSync(parts, { throwIfNoEntry: false }) && readdirSync(parts).length > 0) going++;
      }
      for (const [name, bytes] of collected(to, agreement.agreement))
        holds(
          'what has a name is whole',
          digest(bytes) === objects.get(name),
          `${name}, ${bytes.length} bytes`,
        );
    }
    holds('a round came to its end', last.code === 0, last.out);
    const there = collected(to, agreement.agreement);
    holds(
      'every object is there once',
      [...there.keys()].sort().join() === [...objects.keys()].sort().join(),
      [...there.keys()].sort().join(),
    );
    holds(
      'no part is left',
      readdirSync(join(to, '.concordat/parts')).length === 0,
      readdirSync(join(to, '.concordat/parts')).join(),
    );
    const again = await client(env, ['collect', '--to', to, '--json']);
    const done = JSON.parse(again.out.trim().split('\n').at(-1));
    holds('the next run finds nothing new', done.collected === 0 && done.before === objects.size, again.out);
    rmSync(to, { recursive: true });
    if (tally.wrong > 0) break;
  }
  console.log(
    `${rounds} rounds of ${objects.size} objects, killed ${killed} times, ${going} of them with parts under way: every byte the same, nothing half-written. ${tally.wrong} found wrong`,
  );
}

try {
  await main();
} finally {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = tally.wrong === 0 ? 0 : 1;
