/**
 * Deposits and collects by the client as it is handed on, over TLS, where no name can be looked up and a proxy is the only way out,
 * as in many councils’ networks. Then: both are done, with the same bytes; every host was asked for through the proxy, those of STS
 * and of people’s identity provider too; what NO_PROXY names is not; and a proxy that opens TLS, or hands nothing on, is told as that.
 *   node proxied.mjs VERSITYGW NODE
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createServer as createTls } from 'node:tls';
import { startEndpoint, writeClient } from './endpoint.mjs';
import { children, client, folder, holds, sendable, tally } from './interruptible.mjs';

const [, , gateway, node] = process.argv;
const OWNER = '111111111111';
const ISSUER = 'https://login.test';

/** A certificate for every host of this test, which is its own authority. */
function certificate() {
  const at = { key: join(folder, 'key.pem'), cert: join(folder, 'cert.pem') };
  const names = ['s3.test', '*.s3.test', 'sts.test', 'login.test'].map((each) => `DNS:${each}`).join();
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...['-subj', '/CN=test', '-addext', `subjectAltName=${names}`, '-keyout', at.key, '-out', at.cert],
    ],
    { stdio: 'ignore' },
  );
  return at;
}

const listens = (server) =>
  new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));

const joined = (one, other) => {
  for (const each of [one, other]) each.on('error', () => [one, other].map((both) => both.destroy()));
  one.pipe(other).pipe(one);
};

async function main() {
  const profile = writeClient('dwp', (made) => {
    const point = `0123456789ab--${made.organisation.id}`;
    const accessPoint = `arn:aws:s3:${made.region}:${OWNER}:accesspoint/${point}`;
    const [sends] = made.sends;
    const [collects] = made.collects;
    return {
      ...made,
      signIn: { issuer: ISSUER, client: 'desk', audience: 'desk', maxSession: 3600 },
      bucket: `${point}-${OWNER}`,
      sends: [{ ...sends, largestObject: 10 ** 12 }],
      collects: [{ ...collects, prefix: sends.prefix, accessPoint }],
      contracts: [],
    };
  });
  const { env: direct } = await startEndpoint(gateway, profile, profile.bucket, { byHost: true });
  const ports = {
    s3: Number(new URL(direct.AWS_ENDPOINT_URL_S3).port),
    sts: Number(new URL(direct.AWS_ENDPOINT_URL_STS).port),
  };
  const { key, cert } = certificate();
  // What ends TLS, and hands on to whom the name is of.
  const tls = createTls({ key: readFileSync(key), cert: readFileSync(cert) }, (socket) => {
    joined(socket, connect(socket.servername === 'sts.test' ? ports.sts : ports.s3, '127.0.0.1'));
  });
  const secure = await listens(tls);
  const asked = new Set();
  const proxy = createServer((_request, response) => response.writeHead(405).end());
  let lets = true;
  proxy.on('connect', ({ url }, socket) => {
    asked.add(url.split(':')[0]);
    if (!lets) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const onward = connect(secure, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      joined(socket, onward);
    });
  });
  const { NODE_OPTIONS: _, ...rest } = direct;
  const env = {
    ...rest,
    AWS_ENDPOINT_URL_S3: `https://s3.test:${ports.s3}`,
    AWS_ENDPOINT_URL_STS: 'https://sts.test',
    HTTPS_PROXY: `http://127.0.0.1:${await listens(proxy)}`,
    NODE_USE_ENV_PROXY: '1',
    NODE_EXTRA_CA_CERTS: cert,
  };
  const run = (words, more = {}) => client({ ...env, ...more }, words, undefined, node);
  const bytes = sendable(20_000_000);
  writeFileSync(join(folder, 'rates.json'), bytes);
  const [sends] = profile.sends;
  const [collects] = profile.collects;
  const sent = await run(['deposit', sends.agreement, 'rates.json', '--json']);
  holds('it is deposited through the proxy', sent.code === 0, sent.out);
  const got = await run(['collect', collects.agreement, '--to', 'in', '--json']);
  holds('it is collected through the proxy', got.code === 0, got.out);
  const same =
    got.code === 0 && readFileSync(join(folder, 'in', collects.agreement, 'rates.json')).equals(bytes);
  holds('the bytes are the same', same, got.out);
  await run(['signin', '--device']);
  const hosts = [...asked].sort().join();
  const wanted = ['s3.test', `${profile.bucket}.s3.test`, 'sts.test', 'login.test'].sort().join();
  holds('every host is asked for through the proxy', hosts === wanted, hosts);
  asked.clear();
  const past = await run(['collect', collects.agreement, '--to', 'in', '--json'], { NO_PROXY: '.test' });
  holds('what NO_PROXY names is not', past.code === 5 && asked.size === 0, `${past.out} ${[...asked]}`);
  const distrusts = await run(['collect', collects.agreement, '--to', 'in'], { NODE_EXTRA_CA_CERTS: '' });
  holds('that TLS is opened is told', /NODE_EXTRA_CA_CERTS/.test(distrusts.out), distrusts.out);
  lets = false;
  const shut = await run(['collect', collects.agreement, '--to', 'in']);
  const isTold = shut.code === 5 && /through its proxy/.test(shut.out);
  holds('that the proxy hands nothing on is told', isTold, shut.out);
  console.log(
    `deposited, collected and began to sign in through a proxy: ${hosts}. ${tally.wrong} found wrong`,
  );
  tls.close();
  proxy.close();
  proxy.closeAllConnections();
}

try {
  await main();
} finally {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(tally.wrong === 0 ? 0 : 1);
