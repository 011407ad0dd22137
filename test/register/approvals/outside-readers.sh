#!/usr/bin/env bash
# The sample where approvals are asked for, with one agreement that both parties sign by keys made here and thrown away. Each
# approval is checked as docs/approvals.md says, by ssh-keygen and openssl; by a DSSE library that nobody here wrote,
# securesystemslib for Python, which also refuses one that was changed; and the proof holds the templates against the signatures:
# nothing else is shared, and with one of the two gone what is left is access that nobody agreed to.
# Where PyPI does not answer, that is said. Needs node, python3, ssh-keygen and openssl.
#   test/register/approvals/outside-readers.sh
set -euo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
agreement=housing-benefit-awards
cp -r "$root/register" "$work/register"
cd "$work"
echo 'approvals: required' >>register/zone.yaml
concordat() {
  node "$root/bin/concordat.js" "$@" >log 2>&1 || {
    cat log
    exit 1
  }
}
for party in dwp leeds; do
  ssh-keygen -q -t ed25519 -N '' -C '' -f "$party.key"
  printf 'approvers:\n  - post: data-owner\n    role: Data owner\n    sshKey: %s\n    from: 2026-01-01\n' \
    "$(cut -d ' ' -f 1,2 "$party.key.pub")" >>"register/organisations/$party.yaml"
done
for party in dwp leeds; do
  concordat approve "$agreement" --as "$party" --key "$party.key" --as-of 2026-11-01
done

# As the page has it.
sed -n '/^## Checking it without Concordat/,/^## What the templates show/p' "$root/docs/approvals.md" |
  sed -n '/^```bash$/,/^```$/p' | sed '1d;$d' >by-the-page.sh
for party in dwp leeds; do
  mkdir "by-$party"
  approval=$(grep -l "$(ssh-keygen -l -f "$party.key.pub" | cut -d ' ' -f 2)" register/approvals/*.json)
  (cd "by-$party" && APPROVAL=../$approval KEY=$(cut -d ' ' -f 1,2 "../$party.key.pub") bash -e ../by-the-page.sh) >said
  grep -qF 'Good "approval@concordat.example" signature for approver' said
  grep -qF 'Signature Verified Successfully' said
  echo "ssh-keygen and openssl verify the approval of $party, by the page"
done

if python3 -m venv python >log 2>&1 && timeout 150 python/bin/pip install --quiet --disable-pip-version-check \
  securesystemslib==1.6.0 cryptography==50.0.2 >log 2>&1; then
  for party in dwp leeds; do
    approval=$(grep -l "$(ssh-keygen -l -f "$party.key.pub" | cut -d ' ' -f 2)" register/approvals/*.json)
    python/bin/python - "$approval" "$(cut -d ' ' -f 1,2 "$party.key.pub")" <<'PYTHON'
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
    print(f"securesystemslib 1.6.0 verifies the approval of {statement['predicate']['organisation']}, and refuses it with another day")
else:
    sys.exit("securesystemslib takes a forged approval")
PYTHON
  done
else
  echo 'skipped: securesystemslib could not be had from PyPI'
fi

concordat synth --as-of 2026-11-02 --output signed
points=$(grep -h '"Type": "AWS::S3::AccessPoint"' signed/*.template.json | wc -l)
[ "$points" = 1 ] || { echo "$points access points, where one agreement is approved and has one recipient"; exit 1; }
concordat prove --assembly signed
rm "$(grep -l "$(ssh-keygen -l -f leeds.key.pub | cut -d ' ' -f 2)" register/approvals/*.json)"
concordat synth --as-of 2026-11-02 --output unsigned
if grep -q '"Type": "AWS::S3::AccessPoint"' unsigned/*.template.json; then
  echo 'something is shared by one signature of two'
  exit 1
fi
concordat prove --assembly unsigned
# The templates of both signatures, with a register that has lost one.
cp unsigned/register.json unsigned/concordat.json signed/
if node "$root/bin/concordat.js" prove --assembly signed >log 2>&1; then
  echo 'the proof finds nothing in a share that one party has not approved'
  exit 1
fi
grep -q '^extra: leeds ' log || {
  cat log
  exit 1
}
echo 'the proof finds nothing where both have signed, no share where one has, and the share that is left where one signature is gone'
