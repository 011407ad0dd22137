#!/usr/bin/env bash
# @smithy/node-http-handler 4.14.2 (the HTTP handler of the AWS SDK for JavaScript v3), seen on 30 November 2026.
#
# One would expect requestTimeout to end a request that is not answered in that time, as socketTimeout does
# (below). Seen instead: it logs a warning and goes on waiting, for as long as the server keeps the
# connection. Only with throwOnRequestTimeout: true is the promise rejected. lib/runtime/clients.ts sets it.
#   requestTimeout alone: waits still after 2000 ms, warned once
#   with throwOnRequestTimeout: TimeoutError ETIMEDOUT, warned 0 times
#   socketTimeout alone: TimeoutError, warned 0 times
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @smithy/node-http-handler@4.14.2 @smithy/core@3.41.0
cat >try.cjs <<'JS'
const { createServer } = require('node:http');
const { setTimeout: wait } = require('node:timers/promises');
const { HttpRequest } = require('@smithy/core/protocols');
const { NodeHttpHandler } = require('@smithy/node-http-handler');
const server = createServer(() => {});
async function ask(what, settings) {
  const warned = [];
  const handler = new NodeHttpHandler({ ...settings, logger: { warn: (message) => warned.push(message) } });
  const { port } = server.address();
  const request = new HttpRequest({ protocol: 'http:', hostname: '127.0.0.1', port, method: 'GET', path: '/' });
  const answered = handler.handle(request).then(
    () => 'answered',
    ({ name, code = '' }) => `${name} ${code}`.trim(),
  );
  const seen = await Promise.race([answered, wait(2_000, 'waits still after 2000 ms')]);
  console.log(`${what}: ${seen}, warned ${warned.length === 1 ? 'once' : `${warned.length} times`}`);
  handler.destroy();
}
server.listen(0, '127.0.0.1', async () => {
  await ask('requestTimeout alone', { requestTimeout: 100 });
  await ask('with throwOnRequestTimeout', { requestTimeout: 100, throwOnRequestTimeout: true });
  await ask('socketTimeout alone', { socketTimeout: 100 });
  server.closeAllConnections();
  server.close();
});
JS
timeout 30 node try.cjs | tee seen
diff seen - <<'SEEN'
requestTimeout alone: waits still after 2000 ms, warned once
with throwOnRequestTimeout: TimeoutError ETIMEDOUT, warned 0 times
socketTimeout alone: TimeoutError, warned 0 times
SEEN
