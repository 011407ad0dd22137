#!/usr/bin/env bash
# aws-cdk-lib 2.276.0 with constructs 10.8.1, seen on 29 November 2026.
#
# An app, once it is synthesised and let go of, should be garbage. It is not, not even with one empty stack: the CDK keeps every
# token and every reference to a resource in two tables, one of the process and one of a module, and each leads to its stack and
# so to the whole app. Seen: the app is kept; once both tables are emptied, which no public function does, it is collected. So the
# memory of a program that synthesises app after app, or goes on after one, holds them all: of a zone of ours some 0.35 MB an
# organisation, 140 MB at 400.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund aws-cdk-lib@2.276.0 constructs@10.8.1
cat >app.js <<'NODE'
const { dirname, join } = require('node:path');
const { setTimeout: later } = require('node:timers/promises');
const { App, Stack } = require('aws-cdk-lib');
const inside = join(dirname(require.resolve('aws-cdk-lib')), 'core/lib/private/cfn-reference.js');
const { CfnReference } = require(inside);

function synthesised() {
  const app = new App({ outdir: 'out', analyticsReporting: false });
  new Stack(app, 'Empty');
  app.synth();
  return new WeakRef(app);
}

async function main() {
  const app = synthesised();
  await later(50);
  gc();
  console.log('after synthesis:', app.deref() ? 'kept' : 'collected');
  await later(50);
  CfnReference.referenceTable.clear();
  global.__cdkTokenMap.stringTokenMap.clear();
  await later(50);
  gc();
  console.log('with both tables emptied:', app.deref() ? 'kept' : 'collected');
}

main();
NODE
CDK_VALIDATION=false node --expose-gc app.js | tee seen
diff seen - <<'SEEN'
after synthesis: kept
with both tables emptied: collected
SEEN
