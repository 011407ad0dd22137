/** That no slip of one letter in the name of a setting goes unseen, anywhere in the sample register. */
import { isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { compileContract } from '../../lib/contracts/compile';
import type { RegisterFile } from '../../lib/register/folder';
import { assemble } from '../../lib/register/load';
import { type FileResult, readFile } from '../../lib/register/read-file';
import { agreementSchema } from '../../lib/register/schema/agreement';
import { approvalSchema } from '../../lib/register/schema/approval';
import { type Contract, contractSchema } from '../../lib/register/schema/contract';
import { organisationSchema } from '../../lib/register/schema/organisation';
import { zoneSchema } from '../../lib/register/schema/zone';
import { AS_OF, SAMPLE } from './samples';

const SCHEMAS: Readonly<Record<FileResult['folder'], z.ZodType>> = {
  zone: zoneSchema,
  organisations: organisationSchema,
  agreements: agreementSchema,
  contracts: contractSchema,
  approvals: approvalSchema,
};

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Every name that one slip makes of a name: a letter replaced, left out, put in, or swapped with the next. */
function slips(name: string): string[] {
  const found = new Set<string>();
  for (let at = 0; at <= name.length; at++) {
    const [before, here, after] = [name.slice(0, at), name.charAt(at), name.slice(at + 1)];
    for (const letter of LETTERS) found.add(before + letter + here + after);
    if (here === '') continue;
    for (const letter of LETTERS) found.add(before + sameCase(letter, here) + after);
    found.add(before + otherCase(here) + after);
    found.add(before + after);
    if (after !== '') found.add(before + after.charAt(0) + here + after.slice(1));
  }
  found.delete(name);
  return [...found];
}

function sameCase(letter: string, like: string): string {
  return like === like.toUpperCase() ? letter.toUpperCase() : letter;
}

function otherCase(letter: string): string {
  return letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
}

const RESULTS = SAMPLE.map(readFile).map((result) => {
  if (!('source' in result)) throw new Error(result.message);
  return result;
});

type Group = Record<string, unknown>;

/** A setting of a file, by the way to its group, and what tells such groups apart. */
interface Setting {
  readonly result: FileResult;
  readonly path: readonly (string | number)[];
  readonly name: string;
  readonly shape: string;
}

/** The settings whose values decide which others a group may have. */
const TELLING = ['membership', 'kind', 'regime', 'scheme', 'logicalType', 'type', 'metric'];

function* settingsIn(
  result: FileResult,
  value: unknown,
  path: readonly (string | number)[] = [],
): Generator<Setting> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* settingsIn(result, item, [...path, index]);
  } else if (value !== null && typeof value === 'object') {
    const told = TELLING.map((each) => (value as Group)[each]).join();
    const place = path.map((step) => (typeof step === 'number' ? '[]' : step)).join('.');
    for (const [name, inner] of Object.entries(value)) {
      yield { result, path, name, shape: `${result.folder} ${place} ${told} ${name}` };
      yield* settingsIn(result, inner, [...path, name]);
    }
  }
}

/** One setting of each shape in the sample. */
const SETTINGS = [
  ...new Map(
    RESULTS.flatMap((result) => [...settingsIn(result, result.source.value)])
      .reverse()
      .map((setting) => [setting.shape, setting]),
  ).values(),
];

/** A copy of a value with one item in each list of groups: the one on the path, or else the first. */
function slim(value: unknown, path: readonly (string | number)[]): unknown {
  if (value === null || typeof value !== 'object') return value;
  const [step, ...rest] = path;
  if (Array.isArray(value)) {
    const one: unknown = value[typeof step === 'number' ? step : 0];
    return one !== null && typeof one === 'object' ? [slim(one, rest)] : value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, slim(inner, name === step ? rest : [])]),
  );
}

/** The slips in the name of a setting with which its file would be taken. */
function takenSlips({ result, path, name }: Setting): string[] {
  const file = slim(result.source.value, path);
  const where = `${result.source.file}, ${[...path, name].join('.')}`;
  const before = result.folder === 'contracts' ? compiled(file as Contract) : '';
  if (!isTaken(result, file, before)) return [`${where} cannot be tried`];
  const group = path.reduce(
    (here, step) => here[typeof step === 'number' ? 0 : step] as Group,
    file as Group,
  );
  const value = group[name];
  delete group[name];
  const all = slips(name).filter((slip) => !(slip in group));
  const unknown = unknownAmong(all, result, file, group, value);
  const taken = all.filter((slip, index) => {
    // What is refused beside others is refused alone: some of it is tried all the same.
    if (unknown.has(slip) && index % BY_ITSELF !== 0) return false;
    group[slip] = value;
    const isOne = isTaken(result, file, before);
    delete group[slip];
    return isOne;
  });
  return taken.map((slip) => `${where}: ${slip}`);
}

/** Of names that are refused among others, every so many is tried by itself as well. */
const BY_ITSELF = 20;

/** The names that the schema says it does not know, where all of them stand in a group at once. */
function unknownAmong(
  names: readonly string[],
  { folder }: FileResult,
  file: unknown,
  group: Group,
  value: unknown,
): Set<string> {
  for (const name of names) group[name] = value;
  const { error } = SCHEMAS[folder].safeParse(file);
  for (const name of names) delete group[name];
  return new Set(
    (error?.issues ?? []).flatMap((each) => (each.code === 'unrecognized_keys' ? each.keys : [])),
  );
}

/** Whether a file would be taken with a value, by its schema and by what compiles what the standard leaves open. */
function isTaken({ folder }: FileResult, value: unknown, before: string): boolean {
  const { success, data } = SCHEMAS[folder].safeParse(value);
  return success && (folder !== 'contracts' || compiled(data as Contract) === before);
}

/** What cannot be carried out of a contract: of a slim one this is not nothing, as columns that are referred to are gone. */
function compiled(contract: Contract): string {
  const result = compileContract(contract, '0'.repeat(64));
  return result.ok ? '' : JSON.stringify(result.faults);
}

/** The names of settings in a file’s text, with where they stand. */
function namesIn({ path, bytes }: RegisterFile) {
  const text = Buffer.from(bytes).toString('utf8');
  const counter = new LineCounter();
  const names: { path: string; text: string; name: string; at: number; line: number }[] = [];
  visit(parseDocument(text, { lineCounter: counter }), {
    Pair: (_key, { key }) => {
      if (!isScalar(key) || !key.range) return;
      const [at] = key.range;
      names.push({ path, text, name: String(key.value), at, line: counter.linePos(at).line });
    },
  });
  return names;
}

test('every slip of one letter in every setting of the sample is rejected', () => {
  expect(SETTINGS.flatMap(takenSlips)).toEqual([]);
  const tried = SETTINGS.reduce((sum, { name }) => sum + slips(name).length, 0);
  expect(tried).toBeGreaterThan(100_000);
});

test('wherever a name stands in the sample, a slip in it is rejected when the file is read, and pointed at', () => {
  const names = SAMPLE.flatMap(namesIn);
  expect(names.length).toBeGreaterThan(1000);
  const unseen = names.filter(({ path, text, name, at, line }, index) => {
    const each = slips(name);
    const slip = each[(index * 7919) % each.length] ?? '';
    const bytes = Buffer.from(text.slice(0, at) + slip + text.slice(at + name.length));
    const loaded = assemble([readFile({ path, bytes })], [], AS_OF);
    return (
      loaded.ok ||
      !loaded.diagnostics.some(
        ({ place, message }) => place.line === line || message.startsWith(`\`${name}\``),
      )
    );
  });
  expect(unseen.map(({ path, line, name }) => `${path}:${line} ${name}`)).toEqual([]);
});
