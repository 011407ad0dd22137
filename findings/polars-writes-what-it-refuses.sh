#!/usr/bin/env bash
# polars 2.1.0 (Python), seen on 1 December 2026.
#
# A frame with an amount (Decimal), a time with a zone and one without is written as JSON Lines and as CSV, and read again by the
# schema that it was written from. One would expect numbers in JSON, one form of time in a file, and the same frame again. Seen
# instead:
#   JSON Lines  {"amount":"12.50","zoned":"2026-04-01T09:30:00+00:00","local":"2026-04-01 09:30:00"}
#   read again  SchemaError: unexpected value while building Series of type Decimal(10, 2); found value of type String
#   CSV         12.50,2026-04-01T09:30:00.000000+0000,2026-04-01T09:30:00.000000
#   read again  the same frame
# So an amount becomes text, which Polars itself does not take for an amount; a time has a T with a zone and a space without; and
# the offset of CSV lacks the colon that RFC 3339 and the extended form of ISO 8601 ask for. The gate refuses each by row and column;
# the same frame as Parquet is taken.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet polars==2.1.0
python/bin/python - <<'PYTHON' | tee seen
import datetime
from decimal import Decimal

import polars

at = datetime.datetime(2026, 4, 1, 9, 30)
schema = {"amount": polars.Decimal(10, 2), "zoned": polars.Datetime("us", "UTC"), "local": polars.Datetime("us")}
row = {"amount": Decimal("12.50"), "zoned": at.replace(tzinfo=datetime.timezone.utc), "local": at}
frame = polars.DataFrame([row], schema=schema)
frame.write_ndjson("frame.jsonl")
print("JSON Lines", open("frame.jsonl").read().strip())
try:
    print("read again", polars.read_ndjson("frame.jsonl", schema=schema).equals(frame))
except polars.exceptions.PolarsError as error:
    print("read again", type(error).__name__, str(error).splitlines()[0])
frame.write_csv("frame.csv")
print("CSV", open("frame.csv").read().splitlines()[1])
print("read again", polars.read_csv("frame.csv", schema=schema).equals(frame))
PYTHON
grep -qF 'JSON Lines {"amount":"12.50","zoned":"2026-04-01T09:30:00+00:00","local":"2026-04-01 09:30:00"}' seen
grep -q '^read again SchemaError unexpected value while building Series of type Decimal(10, 2)' seen
grep -qF 'CSV 12.50,2026-04-01T09:30:00.000000+0000,2026-04-01T09:30:00.000000' seen
grep -q '^read again True$' seen
