#!/usr/bin/env bash
# Holds the pages that are made of the sample, and each screen of the mailbox where there is a browser, against the Nu Html Checker of others. Where Java or the checker cannot be had, it is
# said to be skipped.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

if ! command -v java >/dev/null || ! npm pack --silent vnu-jar@26.9.27 >/dev/null 2>&1; then
  echo 'skipped: Java or the Nu Html Checker could not be had'
  exit 0
fi
tar -xzf vnu-jar-*.tgz
cp -r "$root/register" .
node "$root/bin/concordat.js" synth --evidence-pack evidence >/dev/null
node "$root/bin/concordat.js" evidence --organisation leeds --output extract >/dev/null 2>&1
node "$root/bin/concordat.js" onboard leeds --pack-only >/dev/null 2>&1
node "$root/bin/concordat.js" agreement document housing-benefit-awards >/dev/null 2>&1
# GOV.UK Frontend hides some rules from old browsers by a medium that there is not, of which the checker says so.
java -Xmx512m -jar package/build/dist/vnu.jar --filterpattern '.*unrecognized media.*screen.*' \
  evidence/index.html extract/index.html joining/leeds/joining.html documents/housing-benefit-awards.html
echo 'the Nu Html Checker 26.9.27 finds nothing in the evidence pack, an extract, a joining pack and a document'

mkdir screens
(cd "$root" && CONCORDAT_SHOTS="$work/screens" npx jest --silent test/mailbox/looks -t 'no fault that axe') >screens.log 2>&1 ||
  { cat screens.log; exit 1; }
if [ ! -e screens/index.html ]; then
  echo 'skipped: there is no browser, so the mailbox’s screens are not held against it'
  exit 0
fi
# As a file, the page is of no origin: what it names of its own looks to the checker as if its policy kept it out.
java -Xmx512m -jar package/build/dist/vnu.jar \
  --filterpattern '.*(unrecognized media.*screen|Resource violates Content Security Policy).*' screens/*.html
echo "the Nu Html Checker 26.9.27 finds nothing in $(ls screens/*.html | wc -l) states of the mailbox’s page"
