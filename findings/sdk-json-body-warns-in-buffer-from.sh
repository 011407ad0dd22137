#!/usr/bin/env bash
# @aws-sdk/client-dynamodb 3.1164.0 with @smithy/core 3.41.0 (Node.js), seen on 1 December 2026.
#
# A request handler of one's own, as a stand-in in a test or a recorder has, is given a request by the client. Of a client whose
# protocol is JSON one would expect the body as a string, or as plain bytes that Buffer.from and TextDecoder take alike. Seen instead:
#   the body is a JsonBytesStringAdapter, a Uint8Array; typeof body.length is number
#   TextDecoder   {"TableName":"t"}   and nothing is said
#   Buffer.from   {"TableName":"t"}   and on the console: JsonCodec2: you have called a string method on a Uint8Array request body.
#                 It has been automatically converted to string. In a future version this will throw an error.
# Buffer.from asks a value for its valueOf() before it looks whether it is bytes, and the adapter's gives a string and the warning. So
# code that takes care to treat a body as bytes is told that it does not. TextDecoder, or Buffer.from(body.buffer, body.byteOffset,
# body.byteLength), read the bytes alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
printf '{ "private": true, "overrides": { "@smithy/core": "3.41.0" } }\n' >package.json
npm install --silent --no-audit --no-fund @aws-sdk/client-dynamodb@3.1164.0
cat >ask.cjs <<'JS'
const { DescribeTableCommand, DynamoDBClient } = require('@aws-sdk/client-dynamodb');

const read = {
  TextDecoder: (body) => new TextDecoder().decode(body),
  'its memory': (body) => Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString(),
  'Buffer.from': (body) => Buffer.from(body).toString(),
};
async function ask(way) {
  let told = 'nothing';
  console.warn = (...words) => (told = words.join(' '));
  const handle = async ({ body }) => {
    if (way === 'TextDecoder') console.log('is', body.constructor.name, body instanceof Uint8Array, typeof body.length);
    console.log('read by', way, read[way](body));
    throw new Error('seen');
  };
  const client = new DynamoDBClient({
    region: 'eu-west-2',
    maxAttempts: 1,
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    requestHandler: { handle, destroy() {} },
  });
  await client.send(new DescribeTableCommand({ TableName: 't' })).catch(() => undefined);
  console.log('said of', way, told);
}
(async () => {
  for (const way of Object.keys(read)) await ask(way);
})();
JS
node ask.cjs | tee seen
grep -qx 'is JsonBytesStringAdapter true number' seen
[ "$(grep -c '^read by .* {"TableName":"t"}$' seen)" = 3 ]
grep -qx 'said of TextDecoder nothing' seen
grep -qx 'said of its memory nothing' seen
grep -q '^said of Buffer.from .*JsonCodec2: you have called a string method on a Uint8Array request body' seen
