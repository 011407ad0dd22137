#!/usr/bin/env bash
# @smithy/core 3.41.0, which decides what the AWS SDK for JavaScript asks again; seen on 28 November 2026.
#
# A client's retries are for what passes: throttling, time-outs, faults of the server. One would expect an error that says a
# quota is full not to be among them. Seen instead:
#   LimitExceededException throttling=true
# In AWS KMS, LimitExceededException is a full quota (of grants on a key, say), not a passing one, so CreateGrant is tried again
# until the attempts are used up before the caller hears of it.
# https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @smithy/core@3.41.0
node -e "
const { isThrottlingError } = require('@smithy/core/retry');
for (const name of ['LimitExceededException', 'DisabledException', 'ThrottlingException'])
  console.log(name, 'throttling=' + isThrottlingError(Object.assign(new Error(name), { name, \$metadata: {} })));
" | tee seen
grep -qx 'LimitExceededException throttling=true' seen
grep -qx 'DisabledException throttling=false' seen
grep -qx 'ThrottlingException throttling=true' seen
