/**
 * How long a check of JSON Lines and of Parquet takes, all rules of the contract included, beside what only reads the same bytes
 * in the same run: JSON.parse line by line, and hyparquet. In processor time.
 * `tsx test/bench/contract-formats.ts [megabytes of CSV that the rows come from [rounds]]`
 */

import { parquetRead } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { checkFile, type Source } from '../../lib/contracts';
import type { FileForm } from '../../lib/wire/contracts';
import { HEADER, PLAN, rowsOf, wardInUse } from './contract-file';

const megabytes = Number(process.argv[2] ?? 40);
const rounds = Number(process.argv[3] ?? 5);
const PIECE = 1024 * 1024;
/** How many times as fast as what only reads. */
const LEAST = 1.0;

const NAMES = HEADER.trim().split(',');
const NUMBERS = new Set(['amount', 'bedrooms']);

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** The fields of each row; only the last is quoted, and has no quotes in it. */
function* fieldsOf(csv: Buffer): Generator<readonly string[]> {
  for (const line of csv.toString('latin1').trimEnd().split('\n')) {
    const quote = line.indexOf('"');
    yield [...line.slice(0, quote - 1).split(','), line.slice(quote + 1, -1)];
  }
}

function jsonLinesOf(csv: Buffer): Buffer {
  const lines: string[] = [];
  for (const fields of fieldsOf(csv)) {
    const members = NAMES.map((name, n) => {
      const text = fields[n] ?? '';
      return `"${name}":${text === '' ? 'null' : NUMBERS.has(name) ? text : JSON.stringify(text)}`;
    });
    lines.push(`{${members.join()}}\n`);
  }
  return Buffer.from(lines.join(''));
}

function parquetOf(csv: Buffer): Buffer {
  const columns: (string | null)[][] = NAMES.map(() => []);
  for (const fields of fieldsOf(csv)) NAMES.forEach((_, n) => void columns[n]?.push(fields[n] || null));
  const days = (text: string | null) => text && Date.parse(text) / 86_400_000;
  const as: Readonly<Record<string, readonly [object, (text: string | null) => unknown]>> = {
    award_start: [{ type: 'INT32', converted_type: 'DATE' }, days],
    award_end: [{ type: 'INT32', converted_type: 'DATE' }, days],
    amount: [
      { type: 'INT32', converted_type: 'DECIMAL', scale: 2, precision: 9 },
      (text) => text && BigInt(text.replace('.', '')),
    ],
    bedrooms: [{ type: 'INT32' }, (text) => text && Number(text)],
    updated: [
      { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' } },
      (text) => text && BigInt(Date.parse(text)) * 1000n,
    ],
  };
  const text = [{ type: 'BYTE_ARRAY', converted_type: 'UTF8' }, (value: string | null) => value] as const;
  const schema = NAMES.map((name) => ({ repetition_type: 'OPTIONAL', ...(as[name] ?? text)[0], name }));
  const options = {
    columnData: NAMES.map((name, n) => ({ name, data: (columns[n] ?? []).map((as[name] ?? text)[1]) })),
    schema: [{ name: 'root', num_children: NAMES.length }, ...schema],
    rowGroupSize: 100_000,
  } as Parameters<typeof parquetWriteBuffer>[0];
  return Buffer.from(parquetWriteBuffer(options));
}

function sourceOf(bytes: Buffer): Source {
  return {
    bytes: bytes.length,
    async *read(from) {
      for (let at = from; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
    },
    slice: async (from, to) => bytes.subarray(from, to),
  };
}

async function check(form: FileForm, source: Source): Promise<number> {
  const checked = await checkFile(PLAN, form, source, { largest: 1e12, gss: wardInUse });
  if (checked.kind !== 'done' || checked.outcome.result !== 'passed')
    throw new Error('the file did not pass');
  return checked.outcome.rows;
}

async function parseLines(source: Source): Promise<number> {
  const decoder = new TextDecoder();
  let rest = '';
  let rows = 0;
  for await (const piece of source.read(0)) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (JSON.parse(line).reference !== undefined) rows++;
  }
  return rows;
}

async function readColumns(bytes: Buffer): Promise<number> {
  let values = 0;
  const slice = (from: number, to?: number) => {
    const part = new Uint8Array(bytes.subarray(from, to));
    return part.buffer;
  };
  await parquetRead({
    file: { byteLength: bytes.length, slice },
    compressors,
    onChunk: ({ columnData }) => {
      values += columnData.length;
    },
  });
  return values / NAMES.length;
}

interface Competitor {
  readonly name: string;
  readonly run: () => Promise<number>;
}

/** Both in turn, so that neither has the quieter half of a run. @returns how many times as fast ours is */
async function measure(what: string, bytes: number, ours: Competitor, theirs: Competitor): Promise<number> {
  const seconds = { ours: Number.POSITIVE_INFINITY, theirs: Number.POSITIVE_INFINITY };
  let rows = 0;
  for (let round = 0; round <= rounds; round++)
    for (const [side, { run }] of [['theirs', theirs] as const, ['ours', ours] as const]) {
      const before = cpuSeconds();
      const counted = await run();
      if (rows > 0 && counted !== rows) throw new Error('they did not read the same rows');
      rows = counted;
      // The first round is for the compiler.
      if (round > 0) seconds[side] = Math.min(seconds[side], cpuSeconds() - before);
    }
  const ratio = seconds.theirs / seconds.ours;
  console.log(
    `${what}, ${Math.round(bytes / 1e6)} MB, ${rows.toLocaleString('en-GB')} rows: ${ours.name} ${seconds.ours.toFixed(2)} s ` +
      `(${Math.round(bytes / 1e6 / seconds.ours)} MB/s), ${theirs.name} ${seconds.theirs.toFixed(2)} s: ${ratio.toFixed(2)} times as fast`,
  );
  return ratio;
}

async function main(): Promise<void> {
  const csv = rowsOf(megabytes * 1e6);
  const json = jsonLinesOf(csv);
  const parquet = parquetOf(csv);
  const [jsonSource, parquetSource] = [sourceOf(json), sourceOf(parquet)];
  const ratios = [
    await measure(
      'JSON Lines',
      json.length,
      { name: 'with all rules', run: () => check('json-lines', jsonSource) },
      { name: 'JSON.parse line by line', run: () => parseLines(jsonSource) },
    ),
    await measure(
      'Parquet, Snappy',
      parquet.length,
      { name: 'with all rules', run: () => check('parquet', parquetSource) },
      { name: 'hyparquet’s columns', run: () => readColumns(parquet) },
    ),
  ];
  if (ratios.some((ratio) => ratio < LEAST)) {
    console.error(`at least ${LEAST} times as fast is asked for`);
    process.exitCode = 1;
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 4;
});
