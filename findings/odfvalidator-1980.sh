#!/usr/bin/env bash
# odfvalidator 0.12.0 (org.odftoolkit, Maven Central) and Python 3’s zipfile, seen on 29 November 2026.
#
# Who wants the same document to be the same bytes gives all files of its zip archive the first moment that the format can say:
# 1 January 1980, midnight. Python’s zipfile does so by itself where nothing is said. A package made like that, whose first file
# `mimetype` is stored and has no extra field, is what OpenDocument 1.3, part 2, section 3.3 asks for. Seen instead:
#   1980-01-01  Error: There shall be no extra field for the 'mimetype' file of ODF package
#   1980-01-02  no error
# Java’s ZipEntry takes that very moment for “before 1980” and makes an extra field for it as it is read; the validator reports
# the field that it made. So documents are dated otherwise: see lib/agreements/open-document.ts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mvn -q -B dependency:copy -Dartifact=org.odftoolkit:odfvalidator:0.12.0:jar:jar-with-dependencies -DoutputDirectory=. >/dev/null
python3 - <<'PYTHON'
import zipfile

ODT = "application/vnd.oasis.opendocument.text"
SPACES = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
FILES = {
    "mimetype": ODT,
    "content.xml": f'<office:document-content {SPACES} office:version="1.3"><office:body><office:text><text:p>One line.</text:p></office:text></office:body></office:document-content>',
    "META-INF/manifest.xml": f'<m:manifest xmlns:m="{MANIFEST}" m:version="1.3"><m:file-entry m:full-path="/" m:version="1.3" m:media-type="{ODT}"/><m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
}
for day in (1, 2):
    with zipfile.ZipFile(f"1980-01-0{day}.odt", "w") as package:
        for name, content in FILES.items():
            package.writestr(zipfile.ZipInfo(name, (1980, 1, day, 0, 0, 0)), content)
    with open(f"1980-01-0{day}.odt", "rb") as file:
        head = file.read(30)
    print("extra field of the first file:", int.from_bytes(head[28:30], "little"), "bytes")
PYTHON
for day in 1980-01-01 1980-01-02; do
  java -jar odfvalidator-*.jar "$day.odt" >said 2>&1 || true
  said=$(grep -o "Error: .*'mimetype' file" said || echo 'no error')
  echo "$day  $said"
done | tee seen
grep -q "^1980-01-01  Error: There shall be no extra field for the 'mimetype' file" seen
grep -q '^1980-01-02  no error' seen
