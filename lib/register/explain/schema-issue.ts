/** Turns what the schema finds wrong into faults that a writer of the register can act on. */
import { z } from 'zod';
import { describe, nearest, orList } from '../../words';
import type { Path } from '../yaml-source';
import { isSame, oneForEachSetting, withoutEchoes } from './echoes';
import { type Fault, settingName } from './fault';
import { explainFormat } from './format';
import { contentsOf, missing } from './missing';
import {
  alternatives,
  discriminatorOf,
  isNothing,
  metaOf,
  type Schema,
  schemaAt,
  settingsOf,
  shapeOf,
  unionAt,
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
  return { faults: oneForEachSetting(withoutEchoes(schema, value, faults)), value: undefined };
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
      if (meant === undefined || meant.length === 0)
        return [wrongAlternative(root, value, noun, path), ...faultsOfEach(root, value, noun, path)];
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
function wrongAlternative(root: Schema, value: unknown, noun: FileNoun, path: Path): Fault {
  const around = path.slice(0, -1);
  const outer = path.length === 0 ? undefined : unionAt(root, around, value);
  if (outer !== undefined && discriminatorOf(outer) === path.at(-1))
    return misspeltTelling(root, value, noun, path) ?? wrongTelling(outer, path, valueAt(value, path));
  const here = unionAt(root, path, value);
  if (valueAt(value, path) === undefined) return missing(here, path);
  return wrongShape(here, path, valueAt(value, path));
}

/** A setting that was meant as the one that tells the alternatives apart, and is misspelt. */
function misspeltTelling(root: Schema, value: unknown, noun: FileNoun, path: Path): Fault | undefined {
  const around = path.slice(0, -1);
  const group = valueAt(value, around);
  const union = unionAt(root, around, value);
  if (
    union === undefined ||
    group === null ||
    typeof group !== 'object' ||
    valueAt(value, path) !== undefined
  )
    return undefined;
  const known = new Set(alternatives(union).flatMap((each) => Object.keys(settingsOf(each))));
  const key = Object.keys(group).find((each) => !known.has(each) && nearest(each, [String(path.at(-1))]));
  return key === undefined ? undefined : unknownKey(root, value, noun, around, key, [String(path.at(-1))]);
}

/** Where it is not known which alternative was meant: what is wrong whichever it was. */
function faultsOfEach(root: Schema, value: unknown, noun: FileNoun, path: Path): Fault[] {
  const around = path.slice(0, -1);
  const union = path.length === 0 ? undefined : unionAt(root, around, value);
  const group = valueAt(value, around);
  if (
    union === undefined ||
    discriminatorOf(union) !== path.at(-1) ||
    group === null ||
    typeof group !== 'object'
  )
    return [];
  const telling = String(path.at(-1));
  const [first = [], ...others] = alternatives(union).map((option) => {
    const told = { ...group, [telling]: valuesOf(settingsOf(option)[telling] as Schema)[0] };
    const result = z.safeParse(option, told);
    const whole = valueWith(value, around, told);
    return (result.error?.issues ?? []).flatMap((issue) =>
      explain(root, whole, noun, { ...issue, path: [...around, ...issue.path] }),
    );
  });
  const isIn = (faults: readonly Fault[], fault: Fault) =>
    faults.some(({ path: at, message }) => isSame(at, fault.path) && message === fault.message);
  return first.filter((fault) => others.every((each) => isIn(each, fault)));
}

/** A value with another in it. */
function valueWith(value: unknown, [step, ...further]: Path, inner: unknown): unknown {
  if (step === undefined) return inner;
  const next = valueWith(valueAt(value, [step]), further, inner);
  return Array.isArray(value) ? value.with(Number(step), next) : { ...(value as object), [step]: next };
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
const SYNONYMS: Readonly<Record<string, string>> = {
  ...{ true: 'yes', false: 'no', y: 'yes', n: 'no' },
  // Whose register a code is from, in place of what it is called.
  ...{ ons: 'gss', nhs: 'ods', 'charity-commission': 'charity' },
};

function notAllowed(
  schema: Schema | undefined,
  path: Path,
  found: unknown,
  values: readonly string[],
): Fault {
  if (found === undefined) return missing(schema, path);
  if (typeof found === 'object' && found !== null) return notOne(path, found, values);
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
    fix: afterTheColon(
      found,
      (schema && metaOf(schema).fix) ??
        (sure !== undefined || values.length === 1
          ? `write \`${sure ?? values[0]}\``
          : suggestion !== undefined
            ? `write \`${suggestion}\` if that is meant, or another of those allowed`
            : 'write one of those allowed'),
    ),
  };
}

/** Where nothing stands, the name of the setting is pointed at, and what is to be written goes behind it. */
function afterTheColon(found: unknown, fix: string): string {
  return isNothing(found) ? `after the colon, ${fix}` : fix;
}

/** A list or a group where one word belongs. */
function notOne(path: Path, found: object, values: readonly string[]): Fault {
  return {
    code: 'wrong-shape',
    path,
    part: 'value',
    message: `${settingName(path)} takes one word, not ${describe(found)}`,
    found: describe(found),
    allowed: orList(values),
    fix: 'write one of those allowed after the colon, without brackets or dashes',
  };
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
