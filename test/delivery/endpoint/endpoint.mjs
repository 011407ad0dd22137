/**
 * What stands at the other end: versitygw, an S3 endpoint that nobody here wrote, with one bucket that keeps versions, and the
 * stand-in for STS; and here the client as it is handed on, beside an organisation’s profile that is in force on whichever day
 * this runs.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import bundles from '../../../lib/start/bundle.cjs';
import { folder, freePort, start, until } from './interruptible.mjs';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const ROOT = resolve(import.meta.dirname ?? '.', '../../..');
const [KEY, SECRET] = ['tester', 'testersecret'];
/** An access point is named in the host, so there each bucket is a host below this name. */
const DOMAIN = 's3.test';
const ALWAYS = [{ from: '2020-01-01', until: '2199-12-31' }];

/**
 * Writes the client and a profile of an organisation of the sample register.
 * @param change what the profile is to be instead; each agreement in it is in force
 */
export function writeClient(organisation, change) {
  writeFileSync(join(folder, 'concordat-client.mjs'), bundles.clientBundle(ROOT));
  const program = join(ROOT, 'bin/concordat.js');
  const words = ['profile', organisation, '--output', folder, '--register', join(ROOT, 'register')];
  execFileSync(process.execPath, [program, ...words, '--as-of', '2026-12-01'], { stdio: 'ignore' });
  const path = join(folder, 'concordat-profile.json');
  const profile = change(JSON.parse(readFileSync(path, 'utf8')));
  const inForce = (agreements) => agreements.map((each) => ({ ...each, days: ALWAYS }));
  const whole = { ...profile, sends: inForce(profile.sends), collects: inForce(profile.collects) };
  writeFileSync(path, JSON.stringify(whole));
  return whole;
}

/**
 * Starts versitygw, with one bucket, and the stand-in for STS.
 * @param profile of whom the client is
 * @param how `byHost` where the client names the bucket in the host, as it does an access point
 * @returns a client of S3, its address, what versitygw logs as it grows, and the environment in which the client finds both
 */
export async function startEndpoint(gateway, profile, bucket, { byHost = false } = {}) {
  const { region, organisation } = profile;
  const port = await freePort();
  for (const each of ['data', 'versions']) mkdirSync(join(folder, each));
  const log = start(
    gateway,
    ...['--access', KEY, '--secret', SECRET, '--region', region, '--port', `127.0.0.1:${port}`],
    ...(byHost ? ['--virtual-domain', `${DOMAIN}:${port}`] : []),
    ...['--keep-alive', 'posix', '--versioning-dir', join(folder, 'versions'), join(folder, 'data')],
  );
  const stand = join(import.meta.dirname ?? '.', 'sts-stand-in.cjs');
  const sts = start(process.execPath, stand, organisation.account, KEY, SECRET);
  await until(() => /^\d+\n/.test(sts.text), 'the stand-in for STS');
  const address = `http://127.0.0.1:${port}`;
  const s3 = new S3Client({
    region,
    endpoint: address,
    forcePathStyle: true,
    credentials: { accessKeyId: KEY, secretAccessKey: SECRET },
  });
  const isMade = () =>
    s3.send(new CreateBucketCommand({ Bucket: bucket })).then(
      () => true,
      () => false,
    );
  await until(isMade, 'a bucket at versitygw');
  const VersioningConfiguration = { Status: 'Enabled' };
  await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }));
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    CONCORDAT_STATE: join(folder, 'state'),
    AWS_ENDPOINT_URL_S3: byHost ? `http://${DOMAIN}:${port}` : address,
    AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${sts.text.trim()}`,
    AWS_ACCESS_KEY_ID: KEY,
    AWS_SECRET_ACCESS_KEY: SECRET,
    ...(byHost && { NODE_OPTIONS: `--require ${namesHere()}` }),
  };
  return { s3, address, log, env };
}

/** A module by which names below the domain are this computer. */
function namesHere() {
  const path = join(folder, 'here.cjs');
  writeFileSync(
    path,
    `const dns = require('node:dns');
const { lookup } = dns;
dns.lookup = (name, ...rest) => lookup(\`.\${name}\`.endsWith('.${DOMAIN}') ? '127.0.0.1' : name, ...rest);`,
  );
  return path;
}
