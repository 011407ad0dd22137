/** That the JSON Schemas for editors take the sample as an editor reads it, refuse what the loader refuses, and are fresh. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { RegisterFile } from '../../lib/register/folder';
import { readFile } from '../../lib/register/read-file';
import { jsonSchemas } from '../../lib/register/schema/json-schema';
import { MINIMAL, SAMPLE } from './samples';

const ROOT = join(__dirname, '../..');
const FOLDER = join(ROOT, 'register/schema');
const KINDS: Readonly<Record<string, string>> = {
  'zone.yaml': 'zone.schema.json',
  organisations: 'organisation.schema.json',
  agreements: 'agreement.schema.json',
  contracts: 'contract.schema.json',
};

const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
addFormats.default(ajv);
const validators = new Map([...jsonSchemas()].map(([name, text]) => [name, ajv.compile(JSON.parse(text))]));

function validatorOf(path: string) {
  const validator = validators.get(KINDS[path.replace(/\/.*$/, '')] ?? '');
  if (validator === undefined) throw new Error(`there is no schema for ${path}`);
  return validator;
}

/** A file as an editor reads it: YAML 1.2 with its core schema. */
function asInEditor({ bytes }: RegisterFile): unknown {
  return parse(Buffer.from(bytes).toString('utf8'), { version: '1.2', schema: 'core' });
}

/** What people write. A command writes what is signed, and nobody changes that. */
const WRITTEN = SAMPLE.filter(({ path }) => !path.startsWith('approvals/'));
const FILES = [...WRITTEN, ...MINIMAL];

test('there is a schema for each kind of file, in the dialect that says it has', () => {
  expect([...validators.keys()].sort()).toEqual(Object.values(KINDS).sort());
  for (const text of jsonSchemas().values())
    expect(JSON.parse(text).$schema).toBe('https://json-schema.org/draft/2020-12/schema');
});

test.each(FILES.map((file) => [file.path, file] as const))('%s is taken', (path, file) => {
  const validate = validatorOf(path);
  validate(asInEditor(file));
  expect(validate.errors ?? []).toEqual([]);
});

type Group = Record<string, unknown>;

/** Every group of settings in a value, but for what a standard leaves open: arguments of metrics, and custom checks. */
function groupsIn(value: unknown): Group[] {
  if (value === null || typeof value !== 'object') return [];
  const inner = Object.entries(value).flatMap(([name, each]) =>
    ['arguments', 'implementation'].includes(name) ? [] : groupsIn(each),
  );
  return Array.isArray(value) ? inner : [value as Group, ...inner];
}

test('a setting that does not exist is refused in every group of every file', () => {
  const accepted: string[] = [];
  for (const file of FILES) {
    const validate = validatorOf(file.path);
    const value = asInEditor(file);
    for (const group of groupsIn(value)) {
      group.noSuchSetting = 'x';
      if (validate(value)) accepted.push(`${file.path}: ${Object.keys(group).join()}`);
      delete group.noSuchSetting;
    }
  }
  expect(accepted).toEqual([]);
});

/** What the schema of an editor says and a rule of the loader, which has better words: a contract, or why there is none. */
function keepsToItsRule(path: string, value: unknown): boolean {
  if (!path.startsWith('agreements/')) return true;
  const { contract, withoutContract } = value as Group;
  return (contract === undefined) !== (withoutContract === undefined);
}

test('what is missing for the loader is missing for an editor', () => {
  const differ: string[] = [];
  for (const file of MINIMAL) {
    const validate = validatorOf(file.path);
    const value = asInEditor(file);
    for (const group of groupsIn(value)) {
      for (const [name, inner] of Object.entries(group)) {
        delete group[name];
        const result = readFile({ path: file.path, bytes: Buffer.from(JSON.stringify(value)) });
        const taken = 'source' in result && result.diagnostics.length === 0;
        if (validate(value) !== (taken && keepsToItsRule(file.path, value)))
          differ.push(`${file.path} without ${name}`);
        group[name] = inner;
      }
    }
  }
  expect(differ).toEqual([]);
});

test('an editor and the loader judge every text alike, wherever it stands', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '',
      ' ',
      'leeds',
      'Leeds',
      '2027-04-01',
      '2027-02-30',
      'P7Y',
      '5 GB',
      'text/csv',
      'OFFICIAL',
    ),
  );
  const places = MINIMAL.filter(({ path }) => !path.startsWith('contracts/')).flatMap((file) =>
    groupsIn(asInEditor(file)).flatMap((group, index) =>
      Object.keys(group)
        .filter((name) => typeof group[name] === 'string')
        .map((name) => ({ file, index, name })),
    ),
  );
  fc.assert(
    fc.property(fc.constantFrom(...places), texts, ({ file, index, name }, text) => {
      const value = asInEditor(file);
      const group = groupsIn(value)[index];
      if (group === undefined) throw new Error('the group is there');
      group[name] = text;
      const result = readFile({ path: file.path, bytes: Buffer.from(JSON.stringify(value)) });
      const formFaults =
        'source' in result ? result.diagnostics.filter(({ code }) => code !== 'file-name') : [];
      expect([name, text, validatorOf(file.path)(value)]).toEqual([name, text, formFaults.length === 0]);
    }),
    { numRuns: 2000, seed: 15 },
  );
});

test('the schemas in register/schema/ are fresh: `npm run schema` would write the same', () => {
  const onDisk = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  expect(onDisk.sort()).toEqual([...jsonSchemas().keys()].sort());
  for (const [name, text] of jsonSchemas()) expect(readFileSync(join(FOLDER, name), 'utf8')).toBe(text);
});

test('every file of the sample that people write names its schema for editors in its first line', () => {
  for (const { path, bytes } of WRITTEN) {
    const [first] = Buffer.from(bytes).toString('utf8').split('\n');
    const folder = path.includes('/') ? '../' : '';
    expect([path, first]).toEqual([
      path,
      `# yaml-language-server: $schema=${folder}schema/${KINDS[path.replace(/\/.*$/, '')]}`,
    ]);
  }
});
