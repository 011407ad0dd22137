#!/usr/bin/env bash
# Holds the S3 of the mailbox’s page against an endpoint that nobody here wrote: endpoint.mjs beside this says what must hold. The
# endpoint is versitygw, as interrupted.sh in ../delivery/endpoint builds it. Where it is not there, that is said, and nothing is tried.
#   test/mailbox/endpoint.sh [FOLDER]
# FOLDER has the endpoint’s program; test/.endpoint if not given.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
tools=${1:-"$root/test/.endpoint"}
if [ ! -x "$tools/versitygw" ]; then
  echo 'skipped: versitygw is not there (test/delivery/endpoint/interrupted.sh builds it), so the page’s S3 is not held against it'
  exit 0
fi
tools=$(cd "$tools" && pwd)
cd "$root"
node --import tsx test/mailbox/endpoint.mjs "$tools/versitygw"
