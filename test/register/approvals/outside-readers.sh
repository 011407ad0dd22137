#!/usr/bin/env bash
# Has a DSSE library that nobody here wrote, securesystemslib for Python, read approvals that `concordat approve` writes, and refuse
# one that was changed. Where PyPI does not answer, that is said. Needs node, python3 and ssh-keygen.
#   test/register/approvals/outside-readers.sh
set -euo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! { python3 -m venv "$work/python" && timeout 150 "$work/python/bin/pip" install --quiet --disable-pip-version-check \
  securesystemslib==1.6.0 cryptography==50.0.2; } >"$work/log" 2>&1; then
  echo 'skipped: securesystemslib could not be had from PyPI'
  exit 0
fi
cp -r "$root/register" "$work/register"
ssh-keygen -q -t ed25519 -N '' -f "$work/key"
key=$(cut -d ' ' -f 1,2 "$work/key.pub")
printf 'approvers:\n  - post: data-owner\n    role: Data owner\n    sshKey: %s\n    from: 2026-01-01\n' "$key" >>"$work/register/organisations/belfast.yaml"
cd "$work"
node "$root/bin/concordat.js" approve air-quality-readings --as belfast --key key --as-of 2026-11-01 >"$work/log" 2>&1 || {
  cat "$work/log"
  exit 1
}
"$work/python/bin/python" - register/approvals/*.json "$key" <<'PYTHON'
import base64, copy, json, sys
from cryptography.hazmat.primitives.serialization import load_ssh_public_key
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey

path, line = sys.argv[1:]
written = json.load(open(path))
keyid = written["signatures"][0]["keyid"]
key = SSlibKey.from_crypto(load_ssh_public_key(line.encode()), keyid)
# What it reads it empties, so it gets a copy.
Envelope.from_dict(copy.deepcopy(written)).verify([key], 1)
statement = json.loads(base64.b64decode(written["payload"]))
assert statement["_type"] == "https://in-toto.io/Statement/v1", statement
changed = dict(statement, predicate=dict(statement["predicate"], on="2026-11-02"))
forged = dict(written, payload=base64.b64encode(json.dumps(changed).encode()).decode())
try:
    Envelope.from_dict(copy.deepcopy(forged)).verify([key], 1)
except VerificationError:
    print("securesystemslib 1.6.0 verifies the approval, and refuses it with another day")
else:
    sys.exit("securesystemslib takes a forged approval")
PYTHON
