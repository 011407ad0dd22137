/** `concordat contract` as it is typed: exports, first contracts, and what is refused. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { openDeskFile } from '../../lib/commands/contracts/desk-file';
import { EXIT } from '../../lib/commands/terminal';
import { loadContract } from '../../lib/register';
import { emptyFolder, folderWithRegister, run } from './captured-terminal';

const PROGRAM = resolve(__dirname, '../../bin/concordat.js');

const AWARD = {
  award_reference: 'AW00000001',
  national_insurance_number: 'AB123456C',
  family_name: 'Example',
  date_of_birth: '1970-01-31',
  uprn: null,
  postcode: 'LS1 1UR',
  council_gss_code: 'E08000035',
  benefit: 'state-pension',
  award_start: '2026-04-06',
  weekly_amount: 12.5,
};

async function exported(to: string, contract = 'housing-benefit-awards') {
  const outcome = await run(['contract', 'export', contract, '--to', to], folderWithRegister());
  expect(outcome.code).toBe(EXIT.clean);
  return outcome;
}

describe('contract export', () => {
  it('writes a JSON Schema that another validator takes, and by which it takes and refuses rows', async () => {
    const { out, err } = await exported('json-schema');
    const validate = addFormats(new Ajv2020({ strict: false })).compile(JSON.parse(out));
    const { family_name: _, ...nameless } = AWARD;
    const refused = [
      { ...AWARD, benefit: 'pension' },
      { ...AWARD, date_of_birth: '31/01/1970' },
      { ...AWARD, weekly_amount: -1 },
      { ...AWARD, award_reference: 'xAW00000001' },
      { ...AWARD, more: 1 },
      nameless,
    ];
    expect([AWARD, ...refused].map((row) => validate(row))).toEqual([true, ...refused.map(() => false)]);
    expect(err).toContain('award_end must be no earlier than award_start');
  });

  it('writes CSVW and a Table Schema with every column, its kind, and the key', async () => {
    const csvw = JSON.parse((await exported('csvw')).out) as {
      tableSchema: { columns: { titles: string; datatype: object }[]; primaryKey: string[] };
    };
    expect(csvw.tableSchema.columns.map(({ titles }) => titles)).toEqual([
      ...Object.keys(AWARD).slice(0, 9),
      'award_end',
      'weekly_amount',
    ]);
    expect(csvw.tableSchema.columns[10]?.datatype).toEqual({
      base: 'decimal',
      minimum: '0',
      maximum: '2000',
    });
    expect(csvw.tableSchema.primaryKey).toEqual(['award_reference']);
    const table = JSON.parse((await exported('frictionless')).out) as {
      fields: object[];
      primaryKey: string[];
    };
    expect(table.primaryKey).toEqual(['award_reference']);
    expect(table.fields[3]).toEqual({
      name: 'date_of_birth',
      title: 'Date of birth',
      type: 'date',
      constraints: { required: true, minimum: '1900-01-01' },
    });
  });

  it('writes DCAT without a number of JSON, since those are not exact', async () => {
    const { out } = await exported('dcat', 'air-quality-readings');
    expect(out).not.toMatch(/: -?\d/);
    expect(JSON.parse(out)).toMatchObject({
      '@type': 'dcat:Dataset',
      'dcat:temporalResolution': { '@value': 'P1M', '@type': 'xsd:duration' },
    });
  });

  it('writes a page with every column and every rule', async () => {
    const { out } = await exported('dictionary');
    for (const name of Object.keys(AWARD)) expect(out).toContain(`<code>${name}</code>`);
    expect(out).toContain('must be no earlier than <code>award_start</code>');
  });

  it('says which contract it could not read, and what is wrong with one', async () => {
    const folder = folderWithRegister();
    const none = await run(['contract', 'export', 'housing', '--to', 'csvw'], folder);
    expect([none.code, none.err]).toEqual([
      EXIT.usage,
      expect.stringContaining('register/contracts/housing.yaml'),
    ]);
    writeFileSync(
      join(folder, 'odd.yaml'),
      'apiVersion: v3.1.0\nkind: DataContract\nid: odd\nstatus: draft\n',
    );
    const faulty = await run(['contract', 'export', './odd.yaml', '--to', 'csvw'], folder);
    expect([faulty.code, faulty.err]).toEqual([
      EXIT.faultyInput,
      expect.stringContaining('`version` is missing'),
    ]);
    // The place can be opened from where the command was given, wherever the file lies.
    expect(faulty.err).toContain('--> ./odd.yaml:1:1');
    mkdirSync(join(folder, 'drafts'));
    renameSync(join(folder, 'odd.yaml'), join(folder, 'drafts/odd.yaml'));
    const below = await run(['contract', 'test', 'drafts/odd.yaml', 'odd.csv'], folder);
    expect(below.err).toContain('--> drafts/odd.yaml:1:1');
  });
});

describe('contract infer', () => {
  const CSV = [
    'reference,phone,start,typed,amount,council,agreed,notes',
    'A1,0113,2026-01-02,01/02/2026,12.50,E08000035,true,"a, ""b"""',
    'A2,0114,2026-01-03,02/03/2026,7.5,W06000015,false,',
  ].join('\r\n');

  async function inferred(name: string, content: string | Uint8Array) {
    const folder = emptyFolder();
    writeFileSync(join(folder, name), content);
    return run(['contract', 'infer', name], folder);
  }
  function propertiesOf(text: string) {
    const loaded = loadContract('sample.yaml', Buffer.from(text));
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
    return loaded.contract.schema?.[0]?.properties ?? [];
  }

  it('guesses what can be seen, loses no zero in front, guesses no order of day and month, and marks all of it', async () => {
    const { code, out } = await inferred('sample.csv', CSV);
    expect(code).toBe(EXIT.clean);
    const properties = propertiesOf(out);
    expect(properties.map(({ name, logicalType }) => `${name} ${logicalType}`)).toEqual([
      'reference string',
      'phone string',
      'start date',
      'typed string',
      'amount number',
      'council string',
      'agreed boolean',
      'notes string',
    ]);
    expect(properties.map(({ required }) => required ?? false)).toEqual([...Array(7).fill(true), false]);
    expect(properties.every(({ customProperties }) => customProperties?.[0]?.property === 'guessed')).toBe(
      true,
    );
    expect(out).toContain('no zero in front of them is lost');
    expect(out).toContain('day and month could be mixed up, so none was guessed');
  });

  it('holds no value of the sample', async () => {
    const { out } = await inferred('sample.csv', CSV.replace('A2', 'Zebedee').replace('0114', '7654321'));
    expect(out).not.toMatch(/Zebedee|7654321|12\.5/);
  });

  it('is the same from a packed file, and reads JSON Lines with what is within', async () => {
    expect((await inferred('sample.csv.gz', gzipSync(CSV))).out).toBe(
      (await inferred('sample.csv', CSV)).out,
    );
    const lines = [
      { a: 1, b: { c: 'x' }, d: [1.5] },
      { a: 2, d: [] },
    ]
      .map((each) => JSON.stringify(each))
      .join('\n');
    expect(propertiesOf((await inferred('sample.jsonl', lines)).out)).toMatchObject([
      { name: 'a', logicalType: 'integer' },
      { name: 'b', logicalType: 'object', properties: [{ name: 'c', logicalType: 'string' }] },
      { name: 'd', logicalType: 'array', items: { logicalType: 'number' } },
    ]);
  });

  it.each([
    ['sample.csv', 'a,b\n1\n', 'row 1 has 1 field, and the header 2'],
    ['sample.csv', 'a,a\n1,2\n', 'the header has a name twice'],
    ['sample.csv', 'a\n"x', 'a quote is never closed'],
    ['sample.csv', new Uint8Array([0x61, 0x0a, 0xff]), 'not in UTF-8'],
    ['sample.csv', 'a,b\n', 'no row of data'],
    ['sample.jsonl', '[1]\n', 'line 1 is no JSON object'],
  ])('says of %s with %p what is wrong', async (name, content, says) => {
    const { code, out, err } = await inferred(name, content);
    expect([code, out, err]).toEqual([EXIT.faultyInput, '', expect.stringContaining(says)]);
  });
});

describe('contract test', () => {
  const HEAD = `${[...Object.keys(AWARD).slice(0, 9), 'award_end', 'weekly_amount'].join()}\r\n`;
  const ROW =
    'AW00000001,AB123456C,Example,1970-01-31,100012345678,LS1 1UR,E08000035,state-pension,2026-04-06,,12.50\r\n';
  const WRONG = HEAD + ROW.replace('1970-01-31', '31/01/1970').replace(',,12.50', ',2026-04-05,12.50');

  async function tested(files: Readonly<Record<string, string | Uint8Array>>, ...options: string[]) {
    const folder = folderWithRegister();
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return run(['contract', 'test', 'housing-benefit-awards', ...Object.keys(files), ...options], folder);
  }

  it('exits with 0 where every file keeps to the contract, packed or not', async () => {
    const { code, out, err } = await tested({ 'a.csv': HEAD + ROW, 'b.csv.gz': gzipSync(HEAD + ROW) });
    expect([code, err]).toEqual([EXIT.clean, '\n2 files keep to the contract, 0 do not.\n']);
    expect(out).toContain('b.csv.gz keeps to its contract');
  });

  it('reads a file again that is longer than what tells how it is packed', async () => {
    const long = HEAD + [1, 2, 3, 4, 5, 6, 7].map((n) => ROW.replace('01,', `0${n},`)).join('');
    const files = { 'a.csv': long, 'b.csv.gz': gzipSync(long, { level: 0 }) };
    expect((await tested(files)).code).toBe(EXIT.clean);
    const words = ['contract', 'test', 'housing-benefit-awards', '-', '--as', 'csv'];
    const told = execFileSync(PROGRAM, words, { cwd: folderWithRegister(), input: long, encoding: 'utf8' });
    expect(told).toContain('standard input keeps to its contract');
    const folder = emptyFolder();
    writeFileSync(join(folder, 'a.csv'), long);
    expect((await run(['contract', 'infer', 'a.csv'], folder)).code).toBe(EXIT.clean);
  });

  it('reads a large file whole from any place, whoever left it before its end', async () => {
    const folder = emptyFolder();
    const bytes = randomBytes(2_500_000);
    writeFileSync(join(folder, 'a.csv'), bytes);
    const { source, close } = await openDeskFile('a.csv', folder);
    for await (const piece of source.read(0)) if (piece.length > 0) break;
    const pieces: Uint8Array[] = [];
    for await (const piece of source.read(7)) pieces.push(piece);
    await close();
    expect(Buffer.concat(pieces).equals(bytes.subarray(7))).toBe(true);
  });

  it('exits with 1 and tells cell, row, line and byte of what is wrong, and never a value', async () => {
    const { code, out, err } = await tested({ 'awards.csv': WRONG });
    expect([code, err]).toEqual([EXIT.findings, '\n0 files keep to the contract, 1 does not.\n']);
    expect(out).toMatch(/^D2 +1 +date_of_birth +2 +\d+$/m);
    expect(out).toMatch(/^J2 +1 +award_end +2 +\d+$/m);
    expect(out).not.toMatch(/31\/01\/1970|AB123456C|2026-04-05/);
  });

  it('writes the same as JSON, as a table and as a page', async () => {
    const json = JSON.parse((await tested({ 'awards.csv': WRONG }, '--json')).out) as {
      files: { outcome: { broken: { rule: string; places: { byte: number }[] }[] } }[];
    };
    const broken = json.files[0]?.outcome.broken ?? [];
    expect(broken.map(({ rule }) => rule).sort()).toEqual([
      '/schema/0/properties/3/logicalTypeOptions/format',
      '/schema/0/quality/1',
    ]);
    const [first] = broken.find(({ rule }) => rule.includes('properties/3'))?.places ?? [];
    expect(WRONG.slice(first?.byte)).toMatch(/^31\/01\/1970/);
    const table = (await tested({ 'awards.csv': WRONG }, '--format', 'csv')).out;
    expect(table.trimEnd().split('\r\n')).toHaveLength(3);
    expect((await tested({ 'awards.csv': WRONG }, '--format', 'html')).out).toContain(
      '<h1><code>awards.csv</code>',
    );
  });

  it('takes a first contract that was made of the same file', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'sample.csv'), HEAD + ROW);
    const { out } = await run(['contract', 'infer', 'sample.csv'], folder);
    writeFileSync(join(folder, 'sample.yaml'), out);
    expect((await run(['contract', 'test', './sample.yaml', 'sample.csv'], folder)).code).toBe(EXIT.clean);
  });

  it('asks for what the names of files do not say', async () => {
    const folder = folderWithRegister();
    const typed = (...words: string[]) =>
      run(['contract', 'test', 'housing-benefit-awards', ...words], folder);
    expect(await typed('awards.dat')).toMatchObject({
      code: EXIT.usage,
      err: expect.stringContaining('add --as csv, --as json-lines, --as parquet'),
    });
    expect(await typed()).toMatchObject({ code: EXIT.usage, err: expect.stringContaining('FILE') });
    expect(await typed('no.csv', 'other.csv')).toMatchObject({
      code: EXIT.usage,
      err: expect.stringContaining('no.csv cannot be read (it is not there)'),
    });
  });
});
