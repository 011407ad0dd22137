#!/usr/bin/env bash
# Has readers that nobody here wrote look at the public record of the sample: pyshacl holds the catalogue against the shapes of
# DCAT-AP, csvw reads the tables by their metadata, and the Nu Html Checker the pages. What cannot be had is said to be skipped.
#   DCAT_AP_SHAPES=FOLDER test/publication/outside-readers.sh
# FOLDER has the shapes of a release of DCAT-AP 3 (dcat-ap-SHACL.ttl, shapes.ttl), from https://semiceu.github.io/DCAT-AP/; where it
# is not given, that of ../shared/schemas/dcat-ap beside the clone is taken, if it is there.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
shapes=${DCAT_AP_SHAPES:-"$root/../shared/schemas/dcat-ap"}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cp -r "$root/register" .
node "$root/bin/concordat.js" ledger sample ledger >/dev/null 2>&1
node "$root/bin/concordat.js" publish --out public --ledger ledger --as-of 2027-01-15 >/dev/null 2>&1

if ! { python3 -m venv python && timeout 150 python/bin/pip install --quiet --disable-pip-version-check \
  pyshacl==0.30.1 csvw==3.7.0; } >log 2>&1; then
  echo 'skipped: pyshacl and csvw could not be had from PyPI'
else
  python/bin/python - <<'PYTHON'
from csvw import TableGroup

group = TableGroup.from_file("public/data/csv-metadata.json")
rows = sum(1 for table in group.tables for _ in table.iterdicts(strict=True))
group.check_referential_integrity()
assert rows > 100, rows
print(f"csvw reads {rows} rows of {len(group.tables)} tables, each of the kind that its metadata says, and finds every agreement")
PYTHON
  if [ ! -f "$shapes/shapes.ttl" ]; then
    echo 'skipped: the shapes of DCAT-AP are not there: name their folder by DCAT_AP_SHAPES'
  else
    python/bin/python - "$shapes/dcat-ap-SHACL.ttl" "$shapes/shapes.ttl" <<'PYTHON'
import pathlib, sys
import rdflib
from pyshacl import validate

path = pathlib.Path("public/catalogue.jsonld").resolve()
graph = rdflib.Graph().parse(path, format="json-ld", publicID=path.as_uri())
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
TITLE = rdflib.URIRef("http://purl.org/dc/terms/title")
datasets = list(graph.subjects(rdflib.RDF.type, DCAT.Dataset))
# One for each agreement, and that of the tables.
assert len(datasets) == 1 + len(list(pathlib.Path("register/agreements").iterdir())), datasets
for each in sys.argv[1:]:
    conforms, _, text = validate(graph, shacl_graph=each)
    assert conforms, text
# Shapes that would find nothing in anything prove nothing.
for dataset in datasets:
    graph.remove((dataset, TITLE, None))
found = [each for each in sys.argv[1:] if not validate(graph, shacl_graph=each)[0]]
assert found, "the shapes take datasets without a title"
print(f"pyshacl finds nothing in a catalogue of {len(datasets)} datasets by the shapes of DCAT-AP, and that titles are missing from another")
PYTHON
  fi
fi

if ! command -v java >/dev/null || ! npm pack --silent vnu-jar@26.9.27 >/dev/null 2>&1; then
  echo 'skipped: Java or the Nu Html Checker could not be had'
  exit 0
fi
tar -xzf vnu-jar-*.tgz
java -Xmx512m -jar package/build/dist/vnu.jar $(find public -name '*.html')
echo "the Nu Html Checker 26.9.27 finds nothing in $(find public -name '*.html' | wc -l) pages"
