#!/usr/bin/env bash
# Tries the joining pack as an officer does, whole, from unpacking to the receipts: officer.ts beside this says how. The S3 endpoint
# is versitygw, as interrupted.sh beside ../endpoint builds it. What cannot be had is said, and then nothing is tried.
#   test/delivery/officer/officer.sh [FOLDER]
# FOLDER has the endpoint’s program; test/.endpoint if not given.
set -euo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
tools=${1:-"$root/test/.endpoint"}
if [ ! -x "$tools/versitygw" ]; then
  echo 'skipped: versitygw is not there (test/delivery/endpoint/interrupted.sh builds it), so the joining pack is not tried as an officer'
  exit 0
fi
if [ ! -x /usr/bin/script ]; then
  echo 'skipped: there is no script(1) of util-linux, which gives the client a terminal, so the joining pack is not tried as an officer'
  exit 0
fi
tools=$(cd "$tools" && pwd)
cd "$root"
node --import tsx test/delivery/officer/officer.ts "$tools/versitygw"
