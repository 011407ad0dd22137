#!/usr/bin/env bash
# Deposits, collects and begins to sign in where a proxy is the only way out: proxied.mjs beside this says what must hold. It takes a
# Node of 24.5 or later, which is installed from npm where there is none; the S3 endpoint is versitygw, as interrupted.sh builds it.
# What cannot be had is said, and then nothing is tried.
#   test/delivery/endpoint/proxied.sh [FOLDER]
# FOLDER has the endpoint’s program, and keeps Node from run to run; test/.endpoint if not given.
set -euo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
tools=${1:-"$root/test/.endpoint"}
if [ ! -x "$tools/versitygw" ] || ! command -v openssl >/dev/null; then
  echo 'skipped: versitygw (test/delivery/endpoint/interrupted.sh builds it) or openssl is not there, so the way through a proxy is not tried'
  exit 0
fi
tools=$(cd "$tools" && pwd)
takes_proxy() {
  "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 24 || (a === 24 && b >= 5) ? 0 : 1)' 2>/dev/null
}
node=$(command -v node)
if ! takes_proxy "$node"; then
  node=$tools/node24/node_modules/node/bin/node
  takes_proxy "$node" || timeout 300 npm install --prefix "$tools/node24" --silent --no-save node@24.21.0 >/dev/null 2>&1 || true
fi
if ! takes_proxy "$node"; then
  echo 'skipped: Node 24.5 or later could not be had, so the way through a proxy is not tried'
  exit 0
fi
cd "$root"
node test/delivery/endpoint/proxied.mjs "$tools/versitygw" "$node"
