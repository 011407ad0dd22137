/**
 * Deposits one file after another against versitygw by the client as it is handed on, kills it at random moments with SIGKILL, and
 * runs the same command until it comes to its end. Then: the object has the file's bytes and its SHA-256 among its metadata; there
 * is one version more, and no other; no part was sent twice, but for the one at most whose end S3 told of after it was asked what
 * it has; and once given up, no part is left. Then the same under a sealed agreement, of which nothing sealed is kept here after it.
 *   node interrupted.mjs VERSITYGW TIMES
 */
import { createHash, randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  ListPartsCommand,
} from '@aws-sdk/client-s3';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { startEndpoint, writeClient } from './endpoint.mjs';
import { children, client, folder, holds, sendable, tally } from './interruptible.mjs';

const [, , gateway, asked = '50'] = process.argv;
const TIMES = Number(asked);
/** Several parts, of which the last is smaller. */
const BYTES = 3 * 16 * 1_048_576 + 12_345;
/** How long a deposit takes, in milliseconds; more where the first, which nobody kills, took longer. */
const LONGEST = 1_200;

/** What the client remembered as it was killed: which stage it had come to. */
function stage(profile, { agreement, sealed }) {
  const state = join(folder, 'state', 'deposits', profile.organisation.account, agreement);
  if (sealed && keptSealed(profile, agreement).some((each) => each.endsWith('.new'))) return 'sealing';
  try {
    const [file] = readdirSync(state).filter((each) => each.endsWith('.json'));
    return file === undefined ? 'checking' : JSON.parse(readFileSync(join(state, file), 'utf8')).stage.at;
  } catch {
    return 'checking';
  }
}

/** What is sealed and kept until it is sent: files that end as those of age do, whole or not. */
function keptSealed({ organisation }, agreement) {
  const state = join(folder, 'state', 'sealed', organisation.account, agreement);
  return existsSync(state) ? readdirSync(state).filter((each) => /\.age(\.|$)/.test(each)) : [];
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * Kills the client as it deposits one file after another under an agreement, and holds what came of each.
 * @param opened what is in the bytes that S3 has
 * @returns what was done, in a line
 */
async function killed({ s3, env, log, profile, bucket, name }, agreement, times, opened) {
  const key = `${agreement.prefix}${name}${agreement.sealed ? '.age' : ''}`;
  const versions = async () =>
    (await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key }))).Versions ?? [];
  const words = ['deposit', agreement.agreement, name, '--json'];
  writeFileSync(join(folder, name), sendable(BYTES));
  const began = performance.now();
  const first = await client(env, words);
  holds('a deposit that nobody kills is done', first.code === 0, first.out);
  const longest = Math.max(LONGEST, performance.now() - began);
  const stages = {};
  let kills = 0;
  let deposits = 0;
  let resentMost = 0;
  while (kills < times) {
    const bytes = sendable(BYTES);
    writeFileSync(join(folder, name), bytes);
    const before = await versions();
    const from = log.text.length;
    let last;
    // At most five kills for a deposit, so that each comes to its end.
    for (let n = 0; n < 6; n++) {
      const run = await client(
        env,
        words,
        n < 5 && kills < times ? randomInt(200, Math.ceil(longest)) : undefined,
      );
      if (run.code !== null || run.out.includes('"deposited"')) {
        last = run;
        kills += run.code === null ? 1 : 0;
        break;
      }
      kills++;
      const at = stage(profile, agreement);
      stages[at] = (stages[at] ?? 0) + 1;
    }
    deposits++;
    if (last === undefined || (last.code !== 0 && last.code !== null)) {
      holds('a deposit came to its end', false, last?.out);
      break;
    }
    const { version } = JSON.parse(last.out.trim().split('\n').at(-1));
    const after = await versions();
    holds('one version more', after.length === before.length + 1, `${before.length} to ${after.length}`);
    const newest = after.find(({ IsLatest }) => IsLatest)?.VersionId;
    holds('it says which version', version === newest, `${version}, not ${newest}`);
    const found = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: newest }));
    const read = Buffer.from(await found.Body.transformToByteArray());
    const plain = await opened(read);
    holds('the bytes are the same', plain.equals(bytes), `${plain.length} bytes`);
    holds(
      'its SHA-256 is among its metadata',
      found.Metadata?.sha256 === sha256(read),
      found.Metadata?.sha256,
    );
    const taken = new Map();
    for (const [, number, upload] of log.text
      .slice(from)
      .matchAll(/\| 200 \|.*\| PUT \|.*partNumber=(\d+)&uploadId=([\w-]+)/g))
      taken.set(`${upload} ${number}`, (taken.get(`${upload} ${number}`) ?? 0) + 1);
    const resent = [...taken.values()].reduce((sum, each) => sum + each - 1, 0);
    resentMost = Math.max(resentMost, resent);
    holds('at most one part is taken twice', resent <= 1, JSON.stringify([...taken]));
  }
  return `${deposits} deposits of ${BYTES} bytes under ${agreement.agreement}, killed ${kills} times (${Object.entries(
    stages,
  )
    .map(([at, count]) => `${count} while ${at}`)
    .join(', ')}): at most ${resentMost} parts taken twice in one`;
}

async function main() {
  // For files of several parts.
  const identity = await generateX25519Identity();
  const key = await identityToRecipient(identity);
  const profile = writeClient('dwp', (made) => {
    const [first] = made.sends;
    const open = { ...first, largestObject: 10 ** 12 };
    const keys = [{ key, holder: first.recipients[0].id, keptBy: 'This test' }];
    const agreement = 'sealed-rates';
    return {
      ...made,
      sends: [
        open,
        {
          ...open,
          agreement,
          prefix: `agreements/${agreement}/`,
          sealed: { kind: 'x25519', why: 'To be tried', keys },
        },
      ],
      contracts: [],
    };
  });
  const { bucket } = profile;
  const [agreement, sealed] = profile.sends;
  const { s3, env, log } = await startEndpoint(gateway, profile, bucket);

  const name = 'rates.json';
  const uploads = async () =>
    (await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket }))).Uploads ?? [];
  const at = { s3, env, log, profile, bucket, name };
  console.log(await killed(at, agreement, TIMES, async (stored) => stored));
  const opener = new Decrypter();
  opener.addIdentity(identity);
  console.log(
    await killed(at, sealed, Math.ceil(TIMES / 3), async (stored) =>
      Buffer.from(await opener.decrypt(stored)),
    ),
  );
  const kept = keptSealed(profile, sealed.agreement);
  holds('nothing sealed is kept once it was sent', kept.length === 0, kept.join());

  // What goes in one request, from memory and from a stream, and of no byte at all.
  const small = {
    'a.json': sendable(10_000),
    'b.json': sendable(3_000_000),
    'c.json': Buffer.alloc(0),
  };
  mkdirSync(join(folder, 'small'));
  for (const [each, bytes] of Object.entries(small)) writeFileSync(join(folder, 'small', each), bytes);
  const together = await client(env, ['deposit', agreement.agreement, 'small', '--json']);
  holds('small files are deposited', together.code === 0, together.out);
  for (const [each, bytes] of Object.entries(small)) {
    const asked = { Bucket: bucket, Key: `${agreement.prefix}${each}` };
    const { Body } = await s3.send(new GetObjectCommand(asked));
    const read = Buffer.from(await Body.transformToByteArray());
    holds(`the bytes of ${each} are the same`, read.equals(bytes), `${read.length} bytes`);
  }
  // An upload whose id never came back can be given up by nobody but the bucket’s own rule; it holds no part.
  const parts = async ({ Key: of, UploadId }) =>
    (await s3.send(new ListPartsCommand({ Bucket: bucket, Key: of, UploadId }))).Parts?.length ?? 0;
  const withParts = async () => {
    const counts = await Promise.all((await uploads()).map(parts));
    return counts.filter((count) => count > 0).length;
  };
  holds('what was gone on with leaves no part', (await withParts()) === 0, await withParts());
  // What is given up leaves none either. Each try has another file, since one that was sent to its end is not sent again.
  const words = ['deposit', agreement.agreement, name, '--json'];
  for (let tries = 0; tries < 20 && (await withParts()) === 0; tries++) {
    writeFileSync(join(folder, name), sendable(BYTES));
    const from = log.text.length;
    await client(env, words, () => /\| 200 \|.*\| PUT \|.*partNumber=/.test(log.text.slice(from)));
  }
  const open = await withParts();
  await client(env, ['deposit', agreement.agreement, '--abandon', '--quiet']);
  const left = await withParts();
  holds('no part is left once an upload was given up', open === 1 && left === 0, `${open}, then ${left}`);
  console.log(`${open} upload with parts before it was given up, ${left} after. ${tally.wrong} found wrong`);
}

try {
  await main();
} finally {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = tally.wrong === 0 ? 0 : 1;
