"""Holds exports of a contract, and a good and a wrong file, against readers that others wrote. Gives what each says as JSON."""

import json
import os
import shutil
import sys

import rdflib
from csvw import CSVW
from frictionless import Resource, Schema, validate
from pyshacl import validate as validate_shapes

folder, shapes = sys.argv[1], sys.argv[2:]
os.chdir(folder)


def frictionless(file):
    report = validate(Resource(path=file, schema=Schema.from_descriptor("frictionless.json")))
    return sorted({field for (field,) in report.flatten(["fieldName"]) if field})


def csvw(file):
    shutil.copy("csvw.json", file + "-metadata.json")
    metadata = json.load(open(file + "-metadata.json", encoding="utf-8"))
    json.dump({**metadata, "url": file}, open(file + "-metadata.json", "w", encoding="utf-8"))
    try:
        return [
            {name: None if value is None else str(value) for name, value in row.items()}
            for row in CSVW(file + "-metadata.json", validate=True).tables[0]
        ]
    except ValueError as error:
        return str(error)


def dcat():
    graph = rdflib.Graph().parse("dcat.json", format="json-ld")
    told = [validate_shapes(graph, shacl_graph=each)[::2] for each in shapes]
    kinds = graph.query("SELECT ?x WHERE { ?x a <http://www.w3.org/ns/dcat#Dataset> }")
    return {"datasets": len(kinds), "conforms": [ok for ok, _ in told], "texts": [text for _, text in told]}


print(
    json.dumps(
        {
            "frictionless": {file: frictionless(file) for file in ("good.csv", "wrong.csv")},
            "csvw": {file: csvw(file) for file in ("good.csv", "wrong.csv")},
            "dcat": dcat(),
        }
    )
)
