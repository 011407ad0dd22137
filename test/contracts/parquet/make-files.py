"""
Makes the Parquet files of this folder, and expected.json with the text of every value, from the same values in Python: no
reader of Parquet has a part in what is expected. Run in a virtual environment with pyarrow 26.0.1, duckdb 2.0.1 and
polars 2.1.0: python make-files.py
"""
import datetime as dt
import json
from decimal import Decimal, getcontext
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

FILES = Path(__file__).parent / "files"
WITHOUT_ROWS = Path(__file__).parent / "without-rows"
ROWS = 37
# A decimal number of 38 digits has more than Python rounds to by itself.
getcontext().prec = 100
UTC = dt.timezone.utc
EPOCH = dt.datetime(1970, 1, 1, tzinfo=UTC)


def nothing(row: int, every: int) -> bool:
    return row % every == every - 1


def fraction(count: int, digits: int) -> str:
    text = str(count).zfill(digits).rstrip("0")
    return f".{text}" if text else ""


def moment(count: int, units: int, digits: int, zone: str) -> str:
    seconds, rest = divmod(count, units)
    at = EPOCH + dt.timedelta(seconds=seconds)
    return at.strftime("%Y-%m-%dT%H:%M:%S") + fraction(rest, digits) + zone


def time_text(count: int, units: int, digits: int) -> str:
    seconds, rest = divmod(count, units)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}" + fraction(rest, digits)


def decimal_text(value: Decimal) -> str:
    return format(value, "f")


def rows():
    for row in range(ROWS):
        cents = (row - 12) * 10**row % 10**9 - 4 * 10**8
        large = (row - 18) * 10**14 + 7 * row + 1
        huge = (row - 18) * 3 * 10**34 + 10**20 + row
        nanoseconds = (row - 9) * 86_400_000_000_000 * 1111 + row * 1_000_000_007
        yield {
            "reference": f"AW-{row:05}" if row % 7 else "café – £" + "x" * row,
            "kind": None if nothing(row, 5) else ["grant", "loan", "award"][row % 3],
            "count": (row - 18) * 2**57 + row,
            "small": (row - 18) * 11,
            "unsigned": 2**64 - 1 - row * 2**58,
            "unsigned_small": 2**32 - 1 - row,
            "cents": Decimal(cents).scaleb(-2),
            "large": Decimal(large).scaleb(-4),
            "huge": None if nothing(row, 6) else Decimal(huge).scaleb(-10),
            "half": (row - 18) / 4 * 10.0 ** (row - 9),
            "flag": None if nothing(row, 4) else row % 3 == 0,
            "day": dt.date(1900 + 7 * row, 1 + row % 12, 1 + row % 28),
            "instant": nanoseconds // 1000,
            "local": nanoseconds // 1000,
            "exact": None if nothing(row, 8) else nanoseconds,
            "coarse": nanoseconds // 1_000_000,
            "clock": row * 2_345_678_901 % 86_400_000_000,
            "note": None if row % 2 else "",
            "address": None if nothing(row, 9) else {"line": f"{row} High Street", "town": None if nothing(row, 3) else "Leeds"},
            "tags": None if nothing(row, 6) else [None if nothing(tag, 3) else f"t{tag}" for tag in range(30 if row == 20 else row % 4)],
            "lines": [
                {"sku": f"S{line}", "price": Decimal(row * 100 + line).scaleb(-2), "codes": None if line == 1 else list(range(line))}
                for line in range(row % 3)
            ],
        }


FLOATING = {"half"}


def expected(row):
    """The text of each value, as CSV would have it; nested ones as JSON. None is no value."""
    units = {"instant": (10**6, 6, "Z"), "local": (10**6, 6, ""), "exact": (10**9, 9, ""), "coarse": (10**3, 3, "Z")}
    texts = {}
    for name, value in row.items():
        if value is None:
            texts[name] = None
        elif name in units:
            texts[name] = moment(value, *units[name])
        elif name == "clock":
            texts[name] = time_text(value, 10**6, 6)
        elif isinstance(value, bool):
            texts[name] = str(value).lower()
        elif isinstance(value, Decimal):
            texts[name] = decimal_text(value)
        elif isinstance(value, float):
            # Python writes the shortest decimal number as well; here without exponent.
            text = format(Decimal(repr(value)), "f")
            texts[name] = text[:-2] if text.endswith(".0") else text
        elif name == "lines":
            items = [
                f'{{"sku":"{line["sku"]}","price":{decimal_text(line["price"])},"codes":'
                + ("null" if line["codes"] is None else json.dumps(line["codes"], separators=(",", ":")))
                + "}"
                for line in value
            ]
            texts[name] = f"[{','.join(items)}]"
        elif isinstance(value, (list, dict)):
            texts[name] = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
        else:
            texts[name] = str(value)
    return texts


ITEM = pa.struct([("sku", pa.string()), ("price", pa.decimal128(9, 2)), ("codes", pa.list_(pa.int32()))])
SCHEMA = pa.schema(
    [
        pa.field("reference", pa.string(), nullable=False),
        ("kind", pa.string()),
        ("count", pa.int64()),
        ("small", pa.int32()),
        ("unsigned", pa.uint64()),
        ("unsigned_small", pa.uint32()),
        ("cents", pa.decimal128(9, 2)),
        ("large", pa.decimal128(18, 4)),
        ("huge", pa.decimal128(38, 10)),
        ("half", pa.float64()),
        ("flag", pa.bool_()),
        ("day", pa.date32()),
        ("instant", pa.timestamp("us", "UTC")),
        ("local", pa.timestamp("us")),
        ("exact", pa.timestamp("ns")),
        ("coarse", pa.timestamp("ms", "UTC")),
        ("clock", pa.time64("us")),
        ("note", pa.string()),
        ("address", pa.struct([("line", pa.string()), ("town", pa.string())])),
        ("tags", pa.list_(pa.string())),
        ("lines", pa.list_(ITEM)),
    ]
)

DELTA = {
    **{name: "DELTA_BINARY_PACKED" for name in ["count", "small", "unsigned", "unsigned_small", "instant", "local", "exact", "coarse", "clock", "day"]},
    **{name: "DELTA_LENGTH_BYTE_ARRAY" for name in ["kind", "note"]},
    **{name: "DELTA_BYTE_ARRAY" for name in ["reference"]},
    "half": "BYTE_STREAM_SPLIT",
    "flag": "RLE",
}
SPLIT = {name: "BYTE_STREAM_SPLIT" for name in ["count", "small", "half", "instant", "exact", "day", "huge"]}


def main():
    FILES.mkdir(exist_ok=True)
    for old in FILES.iterdir():
        old.unlink()
    table = pa.Table.from_pylist(list(rows()), schema=SCHEMA)
    texts = json.dumps([expected(row) for row in rows()], ensure_ascii=False, indent=2)
    (FILES / "expected.json").write_text(f"{texts}\n")

    def arrow(name, **options):
        pq.write_table(table, FILES / f"pyarrow-{name}.parquet", row_group_size=16, store_schema=False, **options)

    for codec in ["none", "snappy", "gzip", "brotli", "zstd", "lz4"]:
        arrow(codec, compression=codec)
    arrow("plain-v2", compression="none", use_dictionary=False, data_page_version="2.0", data_page_size=64, write_page_checksum=True)
    arrow("plain-v1", compression="zstd", use_dictionary=False, data_page_size=64, write_batch_size=4, write_page_checksum=True)
    arrow("delta-v2", compression="snappy", use_dictionary=False, column_encoding=DELTA, data_page_version="2.0")
    arrow("delta-v1", compression="none", use_dictionary=False, column_encoding=DELTA)
    arrow("split", compression="gzip", use_dictionary=False, column_encoding=SPLIT, version="2.6")
    arrow("dictionary-v2", compression="gzip", data_page_version="2.0", data_page_size=64, write_batch_size=4)

    database = duckdb.connect()
    database.execute("SET TimeZone = 'UTC'")
    database.register("awards", table)
    for name, options in {
        "snappy": "CODEC 'snappy'",
        "zstd": "CODEC 'zstd', PARQUET_VERSION V2",
        "lz4": "CODEC 'lz4_raw'",
        "gzip": "CODEC 'gzip', ROW_GROUP_SIZE 2048",
        "brotli": "CODEC 'brotli', PARQUET_VERSION V2, DICTIONARY_SIZE_LIMIT 1",
    }.items():
        path = FILES / f"duckdb-{name}.parquet"
        database.execute(f"COPY (SELECT * FROM awards) TO '{path}' (FORMAT parquet, {options})")

    frame = pl.from_arrow(table)
    for codec in ["zstd", "uncompressed", "lz4"]:
        frame.write_parquet(FILES / f"polars-{codec}.parquet", compression=codec, row_group_size=20, data_page_size=256)
    without_rows()


def without_rows():
    """Files of a month in which nothing was. pyarrow, and so pandas, writes a row group of no rows."""
    WITHOUT_ROWS.mkdir(exist_ok=True)
    schema = pa.schema([("name", pa.string()), ("tags", pa.list_(pa.string()))])
    none = schema.empty_table()
    for name, options in {
        "pyarrow": {},
        "pyarrow-plain": {"use_dictionary": False, "compression": "none"},
        "pyarrow-v2": {"data_page_version": "2.0"},
    }.items():
        pq.write_table(none, WITHOUT_ROWS / f"{name}.parquet", store_schema=False, **options)
    # One row group of no rows before, between and behind others.
    rows = pa.table({"name": ["a"], "tags": [["b", None]]}, schema=schema)
    with pq.ParquetWriter(WITHOUT_ROWS / "pyarrow-two-rows.parquet", schema, store_schema=False) as writer:
        for table in [none, rows, none, rows, none]:
            writer.write_table(table)
    database = duckdb.connect()
    database.register("none", none)
    database.execute(f"COPY (SELECT * FROM none) TO '{WITHOUT_ROWS / 'duckdb.parquet'}' (FORMAT parquet)")
    pl.from_arrow(none).write_parquet(WITHOUT_ROWS / "polars.parquet")


main()
