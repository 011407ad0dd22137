#!/usr/bin/env bash
# duckdb 2.0.1, pyarrow 26.0.1, polars 2.1.0 (Python) and hyparquet 1.33.0, seen on 29 November 2026.
#
# DuckDB, asked for PARQUET_VERSION V2, writes a column of unsigned 32-bit numbers as differences (DELTA_BINARY_PACKED), of which
# the first number takes 33 bits once its sign is folded in; Parquet’s INT32 has 32. One would expect every reader to refuse such
# a file, or all of them to read the same. Seen instead, for the numbers 4294967295, 4294967294 and so on:
#   DuckDB     4294967295
#   Polars     4294967295
#   Arrow      OSError: Unexpected end of stream
#   hyparquet  2147483647
# So a file that its sender reads back without fault is refused by one recipient and read wrongly by another. The engine adds such
# numbers up in 64 bits: see lib/contracts/parquet/values.ts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet duckdb==2.0.1 pyarrow==26.0.1 polars==2.1.0
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund hyparquet@1.33.0
{
  python/bin/python - <<'PYTHON'
import duckdb
import polars
import pyarrow.parquet

duckdb.sql(
    "COPY (SELECT (4294967295 - n)::UINTEGER AS n FROM range(37) AS of(n))"
    " TO 'n.parquet' (FORMAT parquet, PARQUET_VERSION V2, CODEC 'uncompressed', DICTIONARY_SIZE_LIMIT 1)"
)
print("DuckDB", duckdb.sql("SELECT n FROM 'n.parquet' LIMIT 1").fetchall()[0][0])
print("Polars", polars.read_parquet("n.parquet")["n"][0])
try:
    print("Arrow", pyarrow.parquet.read_table("n.parquet").column(0)[0].as_py())
except OSError as error:
    print("Arrow", type(error).__name__, error)
PYTHON
  node --input-type=module -e "
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
const [first] = await parquetReadObjects({ file: await asyncBufferFromFile('n.parquet') });
console.log('hyparquet', first.n);
"
} | tee seen
grep -q '^DuckDB 4294967295$' seen
grep -q '^Polars 4294967295$' seen
grep -q '^Arrow OSError Unexpected end of stream' seen
grep -q '^hyparquet 2147483647$' seen
