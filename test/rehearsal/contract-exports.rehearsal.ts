/**
 * That exports of contracts are read, and files judged by them, by tools that nobody here wrote: Frictionless, CSVW’s reader and
 * SHACL. They are Python, so this is not among the tests that need Node alone. JSON Schema is held against ajv there.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportContract } from '../../lib/contracts/export';
import { contractPlansOf } from '../../lib/register';
import { pythonIn } from '../../lib/rehearsal/endpoint/python';
import { registerOf } from '../policy/sample-register';
import { ROOT } from './rehearsing';

const HEAD =
  'award_reference,national_insurance_number,family_name,date_of_birth,uprn,postcode,council_gss_code,benefit,award_start,award_end,weekly_amount';
const GOOD = [
  HEAD,
  'AW00000001,AB123456C,Example,1970-01-31,100012345678,LS1 1UR,E08000035,state-pension,2026-04-06,,12.50',
  'AW00000002,AB123457C,Example,1971-01-31,,LS1 1UR,E08000035,state-pension,2026-04-06,2026-05-01,0.10',
  '',
].join('\r\n');
const WRONG = GOOD.replace('1970-01-31', '31/01/1970').replace('LS1 1UR', 'ls1 1ur');
/** The shapes of DCAT-AP, beside the clone where they are at all. */
const SHAPES = ['dcat-ap-SHACL.ttl', 'shapes.ttl']
  .map((name) => join(ROOT, '../shared/schemas/dcat-ap', name))
  .filter((path) => existsSync(path));

interface Said {
  readonly frictionless: Readonly<Record<string, readonly string[]>>;
  readonly csvw: Readonly<Record<string, readonly Readonly<Record<string, string | null>>[] | string>>;
  readonly dcat: {
    readonly datasets: number;
    readonly conforms: readonly boolean[];
    readonly texts: readonly string[];
  };
}

let folder: string;
let said: Said;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'concordat-exports-'));
  const python = await pythonIn(
    join(ROOT, 'test/.contract-tools'),
    new AbortController().signal,
    () => undefined,
    {
      what: 'Frictionless, CSVW and SHACL',
      requirements: join(__dirname, 'contract-tools-requirements.txt'),
      otherwise: 'or leave this test out',
    },
  );
  const register = registerOf();
  const contract = register.contracts.find(({ id }) => id === 'housing-benefit-awards');
  const plan = contractPlansOf(register).get('housing-benefit-awards');
  if (contract === undefined || plan === undefined) throw new Error('the sample has no such contract');
  for (const format of ['frictionless', 'csvw', 'dcat'] as const)
    writeFileSync(join(folder, `${format}.json`), exportContract(contract, plan, format).text);
  writeFileSync(join(folder, 'good.csv'), GOOD);
  writeFileSync(join(folder, 'wrong.csv'), WRONG);
  const run = spawnSync(python, [join(__dirname, 'contract-exports.py'), folder, ...SHAPES], {
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(run.stderr);
  said = JSON.parse(run.stdout) as Said;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('lets Frictionless take a good file by the Table Schema, and find what is wrong in another', () => {
  expect(said.frictionless).toEqual({ 'good.csv': [], 'wrong.csv': ['date_of_birth', 'postcode'] });
});

it('lets a reader of CSVW read a good file back with every value as it was, and refuse a wrong one', () => {
  const rows = said.csvw['good.csv'];
  expect(rows).toHaveLength(2);
  expect(rows?.[0]).toMatchObject({ uprn: '100012345678', weekly_amount: '12.50', award_end: null });
  expect(said.csvw['wrong.csv']).toContain('date_of_birth');
});

it('is a dataset of DCAT by its triples, and keeps to the shapes of DCAT-AP where they are beside the clone', () => {
  expect(said.dcat.datasets).toBe(1);
  expect([said.dcat.texts.filter((_, n) => !said.dcat.conforms[n]), said.dcat.conforms.length]).toEqual([
    [],
    SHAPES.length,
  ]);
  if (SHAPES.length === 0) console.log('not run: the shapes of DCAT-AP are not beside this clone');
});
