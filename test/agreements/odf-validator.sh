#!/usr/bin/env bash
# Has the validator of the ODF Toolkit read the OpenDocument text of every agreement of the sample. Needs java, and mvn with Maven
# Central to get it; where it cannot be had, that is said.
#   test/agreements/odf-validator.sh [FOLDER]
# FOLDER keeps the validator from run to run; test/.odf if not given.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
tools=${1:-"$root/test/.odf"}
jar=$tools/odfvalidator-0.12.0-jar-with-dependencies.jar
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ ! -f "$jar" ] && ! { command -v mvn >/dev/null && timeout 150 mvn -q -B --strict-checksums dependency:copy \
  -Dartifact=org.odftoolkit:odfvalidator:0.12.0:jar:jar-with-dependencies -DoutputDirectory="$tools" >"$work/log" 2>&1; } ||
  ! command -v java >/dev/null; then
  echo 'skipped: the validator of the OpenDocument format could not be had (java, mvn, and Maven Central)'
  exit 0
fi
cd "$root"
for file in register/agreements/*.yaml; do
  node bin/concordat.js agreement document "$(basename "$file" .yaml)" --output "$work/documents" >"$work/log" 2>&1
done
node bin/concordat.js agreement document housing-benefit-awards --privacy-notice --output "$work/documents" >"$work/log" 2>&1
java -jar "$jar" "$work"/documents/*.odt >"$work/said" 2>&1 || true
grep -v ': *Info: Generator: Concordat$' "$work/said" >"$work/found" || true
if [ -s "$work/found" ]; then
  cat "$work/found"
  exit 1
fi
# A validator that would find nothing in anything proves nothing.
mkdir "$work/broken"
(cd "$work/broken" && unzip -q ../documents/housing-benefit-awards.odt && sed -i 's/<office:text>/<office:texts>/; s/<\/office:text>/<\/office:texts>/' content.xml &&
  zip -q0X ../broken.odt mimetype && zip -qrX ../broken.odt . -x mimetype)
java -jar "$jar" "$work/broken.odt" >"$work/said" 2>&1 || true
grep -q ': *Error: ' "$work/said"
echo "odfvalidator 0.12.0 finds nothing in $(ls "$work"/documents/*.odt | wc -l) documents, and the fault in one that was broken"
