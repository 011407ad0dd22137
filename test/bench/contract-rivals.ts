/** Others at the same work as the engine for CSV, with the rules of the same contract: for the bench alone. */
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import { PLAN, wardInUse } from './contract-file';

/** Reads each byte, and tells quotes, commas and ends of lines apart: as much as anybody has to do in this language. */
export function naiveLoop(bytes: Uint8Array): number {
  let [quoted, fields, lines] = [false, 0, 0];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === 34) quoted = !quoted;
    else if (quoted) continue;
    else if (byte === 44) fields++;
    else if (byte === 10) lines++;
  }
  return fields + lines;
}

const TENURES = PLAN.columns[8]?.oneOf?.values ?? [];
const DATE = '[0-9]{4}-[0-9]{2}-[0-9]{2}';
const POSTCODE =
  '(?:[A-PR-UWYZ][0-9]{1,2}|[A-PR-UWYZ][A-HK-Y][0-9]{1,2}|[A-PR-UWYZ][0-9][A-HJKPSTUW]|[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY]) [0-9][ABD-HJLNP-UW-Z]{2}';
const STAMP = `${DATE}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})`;

/** Counts what breaks each rule with DuckDB, on one thread. @returns the sum: nothing of the file of the bench breaks any */
export async function duckDb(file: string): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    const full = (column: string, pattern: string) => `NOT regexp_full_match(${column}, '${pattern}')`;
    const sum = Array.from(
      { length: 10 },
      (_, n) => `${10 - n} * CAST(substr(nhs_number, ${n + 1}, 1) AS INTEGER)`,
    );
    const date = (column: string) => `${full(column, DATE)} OR TRY_CAST(${column} AS DATE) IS NULL`;
    const rules = [
      `reference IS NULL OR ${full('reference', '[A-Z]{2}[0-9]{8}')}`,
      `uprn IS NULL OR ${full('uprn', '[1-9][0-9]{0,11}')}`,
      `postcode IS NOT NULL AND ${full('postcode', POSTCODE)}`,
      `nhs_number IS NOT NULL AND CASE WHEN regexp_full_match(nhs_number, '[0-9]{10}') THEN (${sum.join(' + ')}) % 11 <> 0 ELSE true END`,
      `ward IS NOT NULL AND ward NOT IN (SELECT code FROM wards)`,
      `award_start IS NULL OR ${date('award_start')}`,
      `award_end IS NOT NULL AND (${date('award_end')})`,
      `amount IS NULL OR ${full('amount', '-?(?:0|[1-9][0-9]*)(?:[.][0-9]{1,2})?')} OR TRY_CAST(amount AS DECIMAL(18, 2)) NOT BETWEEN 0 AND 5000`,
      `tenure IS NOT NULL AND tenure NOT IN (${TENURES.map((each) => `'${each}'`).join()})`,
      `bedrooms IS NOT NULL AND (${full('bedrooms', '-?(?:0|[1-9][0-9]*)')} OR TRY_CAST(bedrooms AS BIGINT) NOT BETWEEN 0 AND 20)`,
      `updated IS NOT NULL AND (${full('updated', STAMP)} OR TRY_CAST(updated AS TIMESTAMPTZ) IS NULL)`,
      'notes IS NOT NULL AND length(notes) > 500',
      'award_end < award_start',
    ];
    const wards = Array.from({ length: 10_000 }, (_, n) => `E05${String(n).padStart(6, '0')}`).filter(
      wardInUse,
    );
    await connection.run('CREATE TABLE wards (code VARCHAR)');
    await connection.run(`INSERT INTO wards VALUES ${wards.map((code) => `('${code}')`).join()}`);
    const columns = PLAN.columns.map(({ name }) => `'${name}': 'VARCHAR'`).join();
    const reader = await connection.runAndReadAll(
      `SELECT ${rules.map((rule) => `count(*) FILTER (WHERE ${rule})`).join(', ')} ` +
        `FROM read_csv('${file}', header = true, columns = {${columns}}, auto_detect = false, quote = '"', escape = '"')`,
    );
    return reader.getRows()[0]?.reduce<number>((total, each) => total + Number(each), 0) ?? -1;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const day = (text: string) => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
  );
};
const nhs = (text: string) =>
  /^\d{10}$/.test(text) && [...text].reduce((sum, digit, n) => sum + (10 - n) * Number(digit), 0) % 11 === 0;
const postcode = new RegExp(`^(?:${POSTCODE})$`);
const stamp = new RegExp(`^(?:${STAMP})$`);
/** The same rules for strings, as somebody writes them who has a parser. */
const CHECKS: readonly ((value: string) => boolean)[] = [
  (value) => /^[A-Z]{2}\d{8}$/.test(value),
  (value) => /^[1-9]\d{0,11}$/.test(value),
  (value) => value === '' || postcode.test(value),
  (value) => value === '' || nhs(value),
  (value) => value === '' || wardInUse(value) !== undefined,
  day,
  (value) => value === '' || day(value),
  (value) => /^-?(?:0|[1-9]\d*)(?:\.\d{1,2}0*)?$/.test(value) && Number(value) >= 0 && Number(value) <= 5000,
  (value) => value === '' || TENURES.includes(value),
  (value) => value === '' || (/^-?(?:0|[1-9]\d*)$/.test(value) && Number(value) >= 0 && Number(value) <= 20),
  (value) =>
    value === '' || (stamp.test(value) && !Number.isNaN(Date.parse(value)) && day(value.slice(0, 10))),
  (value) => value.length <= 500 || [...value].length <= 500,
];

/** Parses with csv-parse and asks the same of each value. @returns how many values break a rule */
export function csvParse(bytes: Buffer): number {
  let broken = 0;
  parse(bytes, {
    from_line: 2,
    on_record: (record: string[]) => {
      record.forEach((value, n) => {
        if (!CHECKS[n]?.(value)) broken++;
      });
      if (record[6] !== '' && (record[6] ?? '') < (record[5] ?? '')) broken++;
      return null;
    },
  });
  return broken;
}
