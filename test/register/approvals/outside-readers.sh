#!/usr/bin/env bash
# The committed sample, read by programs that nobody here wrote. Each of its approvals is checked as docs/approvals.md says, by
# ssh-keygen and openssl; and by a DSSE library, securesystemslib for Python, which also refuses one that was changed. Then one
# party signs by a key made here and thrown away, which is checked the same way; and the proof holds the templates against the
# signatures: nothing is shared that one of two has signed, and with a signature gone what is left is access that nobody agreed to.
# Where PyPI does not answer, that is said. Needs node, python3, ssh-keygen and openssl.
#   test/register/approvals/outside-readers.sh
set -euo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$root/register" "$work/register"
cd "$work"
concordat() {
  node "$root/bin/concordat.js" "$@" >log 2>&1 || {
    cat log
    exit 1
  }
}
# As the page has it.
sed -n '/^## Checking it without Concordat/,/^## What the templates show/p' "$root/docs/approvals.md" |
  sed -n '/^```bash$/,/^```$/p' | sed '1d;$d' >by-the-page.sh
# The key that the organisation’s file has for the post of a statement.
key_of() {
  python3 - "$1" <<'PYTHON'
import base64, json, re, sys
predicate = json.loads(base64.b64decode(json.load(open(sys.argv[1]))["payload"]))["predicate"]
written = open(f"register/organisations/{predicate['organisation']}.yaml").read()
print(re.search(rf"- post: {predicate['post']}\n(?:    .*\n)*?    sshKey: (.*)", written)[1])
PYTHON
}
by_the_page() {
  rm -rf checked && mkdir checked
  (cd checked && APPROVAL=../$1 KEY=$(cd .. && key_of "$1") bash -e ../by-the-page.sh) >said
  grep -qF 'Good "approval@concordat.example" signature for approver' said
  grep -qF 'Signature Verified Successfully' said
  echo "ssh-keygen and openssl verify $(basename "$1" .json), by the page"
}
approvals=$(ls register/approvals/*.json)
for approval in $approvals; do by_the_page "$approval"; done

if python3 -m venv python >log 2>&1 && timeout 150 python/bin/pip install --quiet --disable-pip-version-check \
  securesystemslib==1.6.0 cryptography==50.0.2 >log 2>&1; then
  for approval in $approvals; do
    python/bin/python - "$approval" "$(key_of "$approval")" <<'PYTHON'
import base64, copy, json, os, sys
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
    print(f"securesystemslib 1.6.0 verifies {os.path.basename(path)[:-5]}, and refuses it with another day")
else:
    sys.exit("securesystemslib takes a forged approval")
PYTHON
  done
else
  echo 'skipped: securesystemslib could not be had from PyPI'
fi

# Access points of an agreement in the templates of an assembly.
points() {
  python3 - "$1" "$2" <<'PYTHON'
import glob, json, sys
found = [each for path in glob.glob(f"{sys.argv[1]}/*.template.json")
         for each in json.load(open(path)).get("Resources", {}).values()
         if each["Type"] == "AWS::S3::AccessPoint"]
print(sum(each["Metadata"]["Concordat"]["agreement"] == sys.argv[2] for each in found))
PYTHON
}
signed=hospital-discharge-referrals
waiting=falls-prevention-referrals
shared() {
  [ "$(points "$1" "$signed") $(points "$1" "$waiting")" = "$2" ] || {
    echo "of $signed and $waiting $1 has $(points "$1" "$signed") and $(points "$1" "$waiting") access points, and not $2"
    exit 1
  }
}
concordat synth --as-of 2026-12-01 --output committed
shared committed '1 0'
concordat prove --assembly committed

ssh-keygen -q -t ed25519 -N '' -C '' -f key
printf '  - post: head-of-prevention\n    role: Head of prevention\n    sshKey: %s\n    from: 2026-11-01\n' \
  "$(cut -d ' ' -f 1,2 key.pub)" >>register/organisations/leeds.yaml
concordat approve "$waiting" --as leeds --key key --as-of 2026-11-30
new=$(ls register/approvals/"$waiting".leeds.*)
by_the_page "$new"
concordat synth --as-of 2026-12-01 --output both
shared both '1 1'
concordat prove --assembly both
rm "$new"
concordat synth --as-of 2026-12-01 --output one
shared one '1 0'
concordat prove --assembly one
# The templates of both signatures, with a register that has lost one.
cp one/register.json one/concordat.json both/
if node "$root/bin/concordat.js" prove --assembly both >log 2>&1; then
  echo 'the proof finds nothing in a share that one party has not approved'
  exit 1
fi
grep -q '^extra: leeds ' log || {
  cat log
  exit 1
}
echo 'the proof finds nothing where both have signed, no share where one has, and the share that is left where one signature is gone'
