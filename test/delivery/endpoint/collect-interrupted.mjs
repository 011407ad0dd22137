/**
 * Collects from versitygw by the client as it is handed on, kills it at random moments with SIGKILL, and runs the same command until
 * it comes to its end. Then: every object is there under its name, byte for byte, once; nothing else is; and at no moment after a
 * kill had anything a final name that was not whole. Objects are of several ranges and of one, empty too, with checksums of all
 * kinds that S3 has of them.
 *   node collect-interrupted.mjs VERSITYGW TIMES
 */
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { startEndpoint, writeClient } from './endpoint.mjs';
import { children, client, folder, holds, tally } from './interruptible.mjs';

const [, , gateway, asked = '50'] = process.argv;
const TIMES = Number(asked);
const OWNER = '111111111111';
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
  const profile = writeClient('leeds', (made) => {
    const point = `0123456789ab--${made.organisation.id}`;
    const accessPoint = `arn:aws:s3:${made.region}:${OWNER}:accesspoint/${point}`;
    return { ...made, collects: [{ ...made.collects[0], accessPoint }] };
  });
  const [agreement] = profile.collects;
  const Bucket = `${agreement.accessPoint.split('/')[1]}-${OWNER}`;
  const { s3, env } = await startEndpoint(gateway, profile, Bucket, { byHost: true });

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
