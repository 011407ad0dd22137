#!/usr/bin/env bash
# @aws-sdk/client-s3 3.1164.0 (AWS SDK for JavaScript), seen on 29 November 2026.
#
# The SDK corrects a clock that differs from the server's and asks again. One would expect that to concern refusals for a wrong
# time, such as RequestTimeTooSkewed, and to happen once. Seen instead: while this machine's clock is hours away from the
# answers' Date, every error counts as transient, a plain 404 NoSuchKey among them, on each request and until the attempts are
# used up. With the right Date the same 404 is asked for once.
#   right clock: 1 request, NoSuchKey
#   skewed clock: 3 requests, NoSuchKey
#   skewed clock, asked again by the same client: 3 requests, NoSuchKey
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @aws-sdk/client-s3@3.1164.0
cat >try.cjs <<'JS'
const { createServer } = require('node:http');
const { S3Client, GetObjectCommand } = require('@aws-sdk/client-s3');
async function ask(server, client, what) {
  server.requests = 0;
  const error = await client.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'key' })).catch((each) => each);
  console.log(`${what}: ${server.requests} request${server.requests === 1 ? '' : 's'}, ${error.name}`);
}
async function run(hours, ...whats) {
  const server = createServer((_request, response) => {
    server.requests += 1;
    const date = new Date(Date.now() - hours * 3_600_000).toUTCString();
    response.writeHead(404, { date, 'content-type': 'application/xml' });
    response.end('<Error><Code>NoSuchKey</Code><Message>no</Message></Error>');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const client = new S3Client({
    region: 'eu-west-2',
    endpoint: `http://127.0.0.1:${server.address().port}`,
    forcePathStyle: true,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  for (const what of whats) await ask(server, client, what);
  client.destroy();
  server.close();
}
run(0, 'right clock').then(() => run(5, 'skewed clock', 'skewed clock, asked again by the same client'));
JS
AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true node try.cjs | tee seen
grep -qx 'right clock: 1 request, NoSuchKey' seen
grep -qx 'skewed clock: 3 requests, NoSuchKey' seen
grep -qx 'skewed clock, asked again by the same client: 3 requests, NoSuchKey' seen
