#!/usr/bin/env bash
# Has the evidence pack and the sample of the ledger read by programs that nobody here wrote, each in a pinned version. What
# cannot be installed here is said to be skipped; what a reader finds fails this script. Needs: node, npm; python3 for the
# readers of OSCAL and of the bill of materials; java and mvn for its metaschemas; go for the reader of the ledger.
#   test/evidence/outside-readers.sh [FOLDER]
# FOLDER keeps what is installed, from run to run; test/.readers if not given.
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
tools=${1:-"$root/test/.readers"}
mkdir -p "$tools"
tools=$(cd "$tools" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
skipped=0

skip() {
  echo "skipped: $1"
  skipped=$((skipped + 1))
}
# Runs a reader, and shows what it says only where it finds something.
reads() {
  local what=$1
  shift
  if "$@" >"$work/said" 2>&1; then
    echo "ok: $what"
  else
    echo "FOUND: $what"
    tail -n 40 "$work/said"
    failed=$((failed + 1))
  fi
}
# Installs with a limit: a registry that does not answer must not hold up what else is read.
installs() {
  timeout 150 "$@" >"$work/installed" 2>&1
}

cd "$root" || exit 1
cdk=$work/cdk.out pack=$work/evidence ledger=$work/ledger
node bin/concordat.js synth --output "$cdk" --evidence-pack "$pack" >"$work/said" 2>&1 &&
  node bin/concordat.js ledger sample "$ledger" >>"$work/said" 2>&1 || {
  tail -n 20 "$work/said"
  echo 'there is nothing to read: the synth or the sample failed'
  exit 1
}

# OSCAL: compliance-trestle, of the OSCAL Compass project. Bill of materials: CycloneDX’s library for Python, and sbomaudit,
# which holds it to the minimum elements of the NTIA.
python=$tools/python/bin
wanted=$root/test/evidence/outside-readers-requirements.txt
if ! cmp -s "$wanted" "$tools/python/wanted"; then
  rm -rf "$tools/python"
  installs python3 -m venv "$tools/python" &&
    installs "$python/pip" install --quiet --disable-pip-version-check --require-hashes -r "$wanted" &&
    cp "$wanted" "$tools/python/wanted"
fi
if [ -f "$tools/python/wanted" ]; then
  mkdir "$work/trestle"
  (cd "$work/trestle" && "$python/trestle" init --local >/dev/null 2>&1)
  for file in catalogue checks-catalogue sharing-principles-catalogue mapping component-definition assessment-results; do
    reads "trestle takes oscal/$file.json" \
      bash -c 'cd "$1" && "$2" import -f "$3" -o "$4"' _ "$work/trestle" "$python/trestle" "$pack/oscal/$file.json" "$file"
  done
  reads 'trestle validates all of OSCAL' bash -c 'cd "$1" && "$2" validate -a' _ "$work/trestle" "$python/trestle"
  reads 'CycloneDX validates the bill of materials' "$python/python" - "$pack/bill-of-materials.cdx.json" <<'PYTHON'
import json, sys
from cyclonedx.model.bom import Bom
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

text = open(sys.argv[1], encoding='utf-8').read()
fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
if fault:
    sys.exit(str(fault))
Bom.from_json(json.loads(text)).validate()
PYTHON
  # It ends with 0 whatever it finds, and marks what is whole with a cross.
  reads 'the bill of materials has the NTIA’s minimum elements and its relationships, by sbomaudit' bash -c \
    '"$1" -i "$2" --offline >"$3"; cat "$3"; grep -qF "[x] NTIA Summary" "$3" && grep -qF "[x] Relationships Summary" "$3"' \
    _ "$python/sbomaudit" "$pack/bill-of-materials.cdx.json" "$work/audit"
else
  skip 'trestle, CycloneDX for Python and sbomaudit: they could not be installed (python3 with venv, and PyPI)'
fi

# OSCAL once more: liboscal-java, which holds a file to the constraints of the metaschemas, such as that no two controls have one
# id. Its newest release has those of OSCAL 1.1.3, which has no mappings. It needs no network once it is installed.
java_tools=$tools/metaschema
poms=$root/test/evidence/metaschema
if ! cmp -s "$poms/pom.xml" "$java_tools/pom.xml" && command -v mvn >/dev/null; then
  rm -rf "$java_tools"
  installs mvn -q -B --strict-checksums -f "$poms/pom.xml" dependency:copy-dependencies -DoutputDirectory="$java_tools/lib" &&
    cp "$poms/pom.xml" "$java_tools/pom.xml"
fi
if [ -f "$java_tools/pom.xml" ] && command -v java >/dev/null; then
  metaschema() {
    java -cp "$java_tools/lib/*" "$poms/Validate.java" "$@"
  }
  for file in catalogue checks-catalogue sharing-principles-catalogue component-definition assessment-results; do
    reads "oscal/$file.json keeps to the constraints of OSCAL’s metaschemas" metaschema "$pack/oscal/$file.json"
  done
  # One that would find nothing of anything proves nothing.
  node -e 'const [from, to] = process.argv.slice(1), { readFileSync, writeFileSync } = require("fs");
    const file = JSON.parse(readFileSync(from)), [group] = file.catalog.groups;
    group.controls.push(group.controls[0]);
    writeFileSync(to, JSON.stringify(file));' "$pack/oscal/catalogue.json" "$work/twice.json"
  reads 'and a control that is there twice breaks them' bash -c '! "$@" >"$0" 2>&1 && grep -qF "has duplicate key" "$0"' \
    "$work/twice" java -cp "$java_tools/lib/*" "$poms/Validate.java" "$work/twice.json"
  skip 'oscal/mapping.json by the metaschema validator: OSCAL 1.1.3, which its newest release knows, has no mappings'
else
  skip 'the metaschema validator: it could not be installed (java 17, mvn, and Maven Central)'
fi

# SARIF: the multitool of its editors at Microsoft, with the rules of GitHub.
multitool=$tools/npm/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
if [ "$(uname -sm)" = 'Linux x86_64' ] && [ ! -x "$multitool" ]; then
  mkdir -p "$tools/npm"
  echo '{ "private": true }' >"$tools/npm/package.json"
  # Its install script does nothing but let the program be run.
  installs npm install --prefix "$tools/npm" --no-audit --no-fund --ignore-scripts --save-exact @microsoft/sarif-multitool-linux@5.7.0 &&
    chmod +x "$multitool"
fi
if [ -x "$multitool" ]; then
  # It ends with 0 for faults of a file that it can read; they are in what it writes.
  reads 'the SARIF multitool and the rules of GitHub take findings.sarif' bash -c \
    '"$1" validate "$2" --rule-kind "Sarif;Ghas" --level "Error;Warning" --output "$3" --log ForceOverwrite &&
      node -e "const found = JSON.parse(require(\"fs\").readFileSync(process.argv[1])).runs.flatMap(({ results = [] }) => results);
        for (const { ruleId, locations } of found) console.log(ruleId, JSON.stringify(locations));
        process.exit(found.length === 0 ? 0 : 1)" "$3"' \
    _ "$multitool" "$pack/findings.sarif" "$work/validated.sarif"
else
  skip 'the SARIF multitool: it could not be installed (npm, and Linux on x86-64)'
fi

# The ledger: fsck of Tessera, which reads the tiles of any log.
if [ ! -x "$tools/go/fsck" ] && command -v go >/dev/null; then
  GOBIN=$tools/go installs go install github.com/transparency-dev/tessera/cmd/fsck@v1.0.4
fi
if [ -x "$tools/go/fsck" ]; then
  key=$(ls "$ledger"/keys/ed25519-*.vkey)
  reads 'Tessera’s fsck reads the ledger' "$tools/go/fsck" -ui=false -storage_url "file://$ledger/" -public_key "$key"
else
  skip 'Tessera’s fsck: it could not be installed (go, and its module proxy)'
fi

echo "$failed found something, $skipped skipped"
[ "$failed" = 0 ]
