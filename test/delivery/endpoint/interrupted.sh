#!/usr/bin/env bash
# Deposits to and collects from an S3 endpoint that nobody here wrote, and kills it at random moments: interrupted.mjs and
# collect-interrupted.mjs beside this say what must hold. The endpoint is versitygw, which holds checksums and parts to S3's rules; it is built by Go's own client,
# through its module proxy and checksum database. Where that cannot be done, it is said, and nothing is tested.
#   test/delivery/endpoint/interrupted.sh [TIMES] [FOLDER]
# TIMES is how often each is killed, 50 if not given. FOLDER keeps the program from run to run; test/.endpoint if not given.
set -euo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
times=${1:-50}
tools=${2:-"$root/test/.endpoint"}
mkdir -p "$tools"
tools=$(cd "$tools" && pwd)

if [ ! -x "$tools/versitygw" ] && command -v go >/dev/null; then
  # With a limit: a registry that does not answer must not hold up what else is tested.
  GOBIN=$tools timeout 600 go install github.com/versity/versitygw/cmd/versitygw@v1.8.0 >"$tools/installed" 2>&1 || true
fi
if [ ! -x "$tools/versitygw" ]; then
  echo 'skipped: versitygw could not be built (go, and its module proxy), so deposits and collecting are not killed against a real endpoint'
  exit 0
fi
cd "$root"
node test/delivery/endpoint/interrupted.mjs "$tools/versitygw" "$times"
node test/delivery/endpoint/collect-interrupted.mjs "$tools/versitygw" "$times"
