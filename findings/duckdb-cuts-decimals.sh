#!/usr/bin/env bash
# duckdb 2.0.1, pyarrow 26.0.1 and polars 2.1.0 (Python), seen on 30 November 2026.
#
# A column of Parquet says of its decimal numbers how many digits they have at most. Nothing keeps a file from holding one that has
# more: it lies in 32 bits, whatever the column says. One would expect a reader to refuse it, as DuckDB itself refuses to cast
# 1234.56 to DECIMAL(4,2), or to give it as it stands. Seen instead, of 1234.56 and 9999999.99 in a column of DECIMAL(4,2):
#   Arrow   1234.56 and 9999999.99
#   Polars  1234.56 and 9999999.99 where the table is printed
#   DuckDB  -76.16 and -138.25: it keeps four digits in 16 bits, and cuts off the others without a word
# So a sum in DuckDB is of other numbers than were checked by any of the others. The engine refuses such a file as damaged: see
# lib/contracts/parquet/texts.ts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet duckdb==2.0.1 pyarrow==26.0.1 polars==2.1.0
python/bin/python - <<'PYTHON' | tee seen
import decimal
import duckdb
import polars
import pyarrow
import pyarrow.parquet

numbers = [decimal.Decimal("1234.56"), decimal.Decimal("9999999.99")]
table = pyarrow.table({"n": pyarrow.array(numbers, pyarrow.decimal128(9, 2))})
pyarrow.parquet.write_table(
    table, "n.parquet", store_decimal_as_integer=True, use_dictionary=False, write_statistics=False,
    store_schema=False, compression="none",
)
# In the footer the column says twice that it has nine digits (0x12 as Thrift writes 9), once for each way of saying it: now four.
content = bytearray(open("n.parquet", "rb").read())
footer = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
nines = [at for at in range(footer, len(content) - 8) if content[at - 1 : at + 1] == b"\x15\x12"]
assert len(nines) == 2
for at in nines:
    content[at] = 0x08
open("n.parquet", "wb").write(content)

print("Arrow", *pyarrow.parquet.read_table("n.parquet").column(0).to_pylist())
print("Polars", *(line.strip("│ ") for line in str(polars.read_parquet("n.parquet")).splitlines() if "." in line))
print("DuckDB", *(row[0] for row in duckdb.sql("SELECT n FROM 'n.parquet'").fetchall()))
try:
    duckdb.sql("SELECT 1234.56::DECIMAL(4,2)").fetchall()
except duckdb.Error as error:
    print("DuckDB, casting:", type(error).__name__)
PYTHON
grep -q '^Arrow 1234.56 9999999.99$' seen
grep -q '^Polars 1234.56 9999999.99$' seen
grep -q '^DuckDB -76.16 -138.25$' seen
grep -q '^DuckDB, casting: ConversionException$' seen
