/** Turns what the schema finds wrong into faults that a writer of the register can act on. */
import { z } from 'zod';
import { describe, nearest, orList } from '../../words';
import type { Path } from '../yaml-source';
import { type Fault, settingName } from './fault';
import { explainFormat } from './format';
import {
  alternatives,
  discriminatorOf,
  metaOf,
  type Schema,
  schemaAt,
  settingsOf,
  shapeOf,
  unionAt,
  unwrap,
  valueAt,
  valuesOf,
} from './schema-walk';
import { type FileNoun, unknownKey } from './unknown-key';

type Issue = z.core.$ZodIssue;

/** Checks a value against the schema and gives every fault, or the value with its defaults filled in. */
export function schemaFaults<T>(
  schema: z.ZodType<T>,
  value: unknown,
  noun: FileNoun,
): { faults: Fault[]; value: T | undefined } {
  const result = schema.safeParse(value);
  if (result.success) return { faults: [], value: result.data };
  const faults = result.error.issues.flatMap((issue) => explain(schema, value, noun, issue));
  return { faults: oneForEachSetting(withoutEchoes(faults)), value: undefined };
}

function explain(root: Schema, value: unknown, noun: FileNoun, issue: Issue): Fault[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const schema = schemaAt(root, path, value);
  const found = valueAt(value, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(root, value, noun, path, key));
    case 'invalid_union': {
      const meant = issue.errors.find(
        (inner) => !inner.some((each) => each.code === 'invalid_type' && each.path.length === 0),
      );
      if (meant === undefined || meant.length === 0) return [wrongAlternative(root, value, path)];
      return meant.flatMap((inner) =>
        explain(root, value, noun, { ...inner, path: [...issue.path, ...inner.path] }),
      );
    }
    case 'invalid_value':
      return [notAllowed(schema, path, found, issue.values.filter((each) => each !== undefined).map(String))];
    case 'invalid_type':
      return [found === undefined ? missing(schema, path) : wrongShape(schema, path, found)];
    default:
      return [found === undefined ? missing(schema, path) : explainFormat(schema, path, found, issue)];
  }
}

/** A union of which no alternative fits; zod points at the setting that chooses one, or at the whole group. */
function wrongAlternative(root: Schema, value: unknown, path: Path): Fault {
  const around = path.slice(0, -1);
  const outer = path.length === 0 ? undefined : unionAt(root, around, value);
  if (outer !== undefined && discriminatorOf(outer) === path.at(-1))
    return wrongTelling(outer, path, valueAt(value, path));
  const here = unionAt(root, path, value);
  if (valueAt(value, path) === undefined) return missing(here, path);
  return wrongShape(here, path, valueAt(value, path));
}

function wrongTelling(union: Schema, path: Path, chosen: unknown): Fault {
  const telling = String(path.at(-1));
  const values = alternatives(union).flatMap((option) => valuesOf(settingsOf(option)[telling] as Schema));
  if (chosen !== undefined) return notAllowed(undefined, path, chosen, values);
  return {
    code: 'missing-key',
    path,
    part: 'key',
    message: `${settingName(path)} is missing`,
    allowed: orList(values),
    fix: `add \`${telling}:\` with one of these`,
  };
}

/** Other words for what a setting takes, which people and tools often write. */
const SYNONYMS: Readonly<Record<string, string>> = { true: 'yes', false: 'no', y: 'yes', n: 'no' };

function notAllowed(
  schema: Schema | undefined,
  path: Path,
  found: unknown,
  values: readonly string[],
): Fault {
  if (found === undefined) return missing(schema, path);
  const text = describe(found);
  const synonym = values.find((each) => each === SYNONYMS[String(found).toLowerCase()]);
  const near = nearest(String(found), values);
  const sure = synonym ?? (near?.because === 'spelling' ? undefined : near?.word);
  const suggestion = synonym ?? near?.word;
  return {
    code: 'not-allowed',
    path,
    part: 'value',
    message: `${settingName(path)} may not be ${isPlainText(found) ? `\`${text}\`` : text}`,
    found: text,
    allowed: orList(values),
    ...(suggestion !== undefined && { suggestion }),
    fix:
      (schema && metaOf(schema).fix) ??
      (sure !== undefined || values.length === 1
        ? `write \`${sure ?? values[0]}\``
        : suggestion !== undefined
          ? `write \`${suggestion}\` if that is meant, or another of those allowed`
          : 'write one of those allowed'),
  };
}

function missing(schema: Schema | undefined, path: Path): Fault {
  const values = schema ? valuesOf(schema) : [];
  const { expects = values.length > 0 ? orList(values) : schema ? contentsOf(schema) : 'a value' } = schema
    ? metaOf(schema)
    : {};
  return {
    code: 'missing-key',
    path,
    part: 'key',
    message: `${settingName(path)} is missing`,
    allowed: expects,
    fix: `add ${line(String(path.at(-1)), schema)}`,
  };
}

/** The line that a missing setting begins with, and what goes below it. */
function line(name: string, schema: Schema | undefined): string {
  const { examples, quoted }: z.core.GlobalMeta = schema ? metaOf(schema) : {};
  const takes = schema ? shapeOf(schema) : '';
  if (takes === 'a group of settings') return `\`${name}:\`, and its settings on the lines below`;
  if (takes === 'a list') {
    const below = 'items on the lines below, each after a dash and a space';
    return schema && z.safeParse(schema, []).success
      ? `\`${name}: []\`, or \`${name}:\` and ${below}`
      : `\`${name}:\` and ${below}`;
  }
  const example = examples?.[0] ?? '…';
  return `\`${name}: ${quoted ? `"${example}"` : example}\``;
}

/** What a setting takes, with the names of a group’s required settings. */
function contentsOf(schema: Schema): string {
  const required = Object.entries(settingsOf(schema)).filter(([, each]) => unwrap(each) === each);
  const names = required.map(([name]) => name).join(', ');
  return names === '' ? shapeOf(schema) : `${shapeOf(schema)}: ${names}`;
}

const SHAPE_FIXES: Readonly<Record<string, string>> = {
  'a list': 'write each item on a line of its own that begins with a dash and a space',
  'a group of settings': 'write its settings on the lines below, two spaces further in and without a dash',
  text: 'write one value after the colon',
};

function wrongShape(schema: Schema | undefined, path: Path, found: unknown): Fault {
  const takes = schema ? shapeOf(schema) : 'another value';
  const what = describe(found);
  const scalar = found === null || typeof found !== 'object';
  const { expects, fix }: z.core.GlobalMeta = schema ? metaOf(schema) : {};
  const kind =
    typeof found === 'number' && Number.isFinite(found) && takes === 'text'
      ? 'a number'
      : !isPlainText(found)
        ? what
        : takes === 'a number' || takes === 'true or false'
          ? `the text \`${what}\``
          : 'text';
  return {
    code: 'wrong-shape',
    path,
    part: 'value',
    message: `${settingName(path)} takes ${takes}, not ${kind}`,
    found: what,
    allowed: expects ?? (schema ? contentsOf(schema) : takes),
    fix:
      path.length === 0
        ? 'begin each line with the name of a setting, a colon and a space'
        : takes.startsWith('a list') || takes.startsWith('a group') || !scalar
          ? (SHAPE_FIXES[takes] ?? fix ?? `write ${takes}`)
          : (fix ?? SHAPE_FIXES[takes] ?? `write ${takes}`),
  };
}

function isPlainText(found: unknown): boolean {
  return typeof found === 'string' && found !== '';
}

/** One fault is enough for one setting: more say the same in other words. */
function oneForEachSetting(faults: readonly Fault[]): Fault[] {
  const first = new Map<string, Fault>();
  for (const fault of faults) {
    const key = JSON.stringify(fault.path);
    if (!first.has(key)) first.set(key, fault);
  }
  return [...first.values()];
}

/** Drops the report of a missing setting that is reported beside it as misspelt or misplaced: it is one mistake. */
function withoutEchoes(faults: readonly Fault[]): Fault[] {
  const unknown = faults.filter((fault) => fault.code === 'unknown-key');
  const misspelt = new Set(
    unknown.map((fault) => JSON.stringify([...fault.path.slice(0, -1), fault.suggestion])),
  );
  const misplaced = new Set(unknown.map((fault) => fault.path.at(-1)));
  return faults.filter(
    (fault) =>
      fault.code !== 'missing-key' ||
      !(misspelt.has(JSON.stringify(fault.path)) || misplaced.has(fault.path.at(-1))),
  );
}
