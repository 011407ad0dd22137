/** Turns what the schema finds wrong into faults that a writer of the register can act on. */
import type { z } from 'zod';
import { nearest } from '../nearest';
import type { Path } from '../yaml-source';
import { describe, type Fault, orList, settingName } from './fault';
import { explainFormat } from './format';
import {
  alternatives,
  discriminatorOf,
  metaOf,
  type Schema,
  schemaAt,
  settingsOf,
  shapeOf,
  unwrap,
  valuesOf,
} from './schema-walk';

type Issue = z.core.$ZodIssue;

/** What a file is called in messages: “a setting of an agreement”. */
export type FileNoun = 'the zone' | 'an organisation' | 'an agreement' | 'a data contract';

/** Checks a value against the schema and gives every fault, or the value with its defaults filled in. */
export function schemaFaults<T>(
  schema: z.ZodType<T>,
  value: unknown,
  noun: FileNoun,
): { faults: Fault[]; value: T | undefined } {
  const result = schema.safeParse(value);
  if (result.success) return { faults: [], value: result.data };
  const faults = result.error.issues.flatMap((issue) => explain(schema, value, noun, issue));
  return { faults: withoutEchoes(faults), value: undefined };
}

function explain(root: Schema, value: unknown, noun: FileNoun, issue: Issue): Fault[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const schema = schemaAt(root, path, value);
  const found = valueAt(value, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(root, schema ?? root, value, noun, path, key));
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

function unknownKey(
  root: Schema,
  schema: Schema,
  value: unknown,
  noun: FileNoun,
  path: Path,
  key: string,
): Fault {
  const group = path.length === 0 ? noun : settingName(path);
  const base = { code: 'unknown-key', path: [...path, key], part: 'key' } as const;
  const allowed = Object.keys(settingsOf(schema));
  const near = nearest(key, allowed);
  const message = `\`${describe(key)}\` is not a setting of ${group}`;
  if (near) {
    const spelling =
      near.because === 'american'
        ? 'use the British spelling'
        : near.because === 'british'
          ? 'use the American spelling of the standard'
          : 'rename it';
    return {
      ...base,
      message,
      allowed: orList(allowed),
      suggestion: near.word,
      fix: `${spelling}: \`${near.word}\``,
    };
  }
  const elsewhere = otherAlternative(root, value, path, key);
  if (elsewhere) {
    return {
      ...base,
      message: `${message} where ${elsewhere.here}`,
      allowed: orList(allowed),
      fix: elsewhere.fix,
    };
  }
  return {
    ...base,
    message,
    allowed: orList(allowed),
    fix: 'remove it, or look for the right name among the settings allowed',
  };
}

/** Whether a setting that does not belong here belongs where the telling setting has another value. */
function otherAlternative(root: Schema, value: unknown, path: Path, key: string) {
  const union = unionAt(root, path, value);
  const discriminator = union && discriminatorOf(union);
  if (union === undefined || discriminator === undefined) return undefined;
  const fitting = alternatives(union)
    .filter((option) => key in settingsOf(option))
    .flatMap((option) => valuesOf(settingsOf(option)[discriminator] as Schema));
  if (fitting.length === 0) return undefined;
  const here = describe((valueAt(value, path) as Record<string, unknown>)[discriminator]);
  return {
    here: `\`${discriminator}\` is ${here}`,
    fix: `remove it, or set \`${discriminator}\` to ${orList(fitting)}`,
  };
}

function unionAt(root: Schema, path: Path, value: unknown): Schema | undefined {
  if (path.length === 0) return unwrap(root);
  const parent = schemaAt(root, path.slice(0, -1), value);
  const last = path.at(-1);
  if (parent === undefined || last === undefined) return undefined;
  if (typeof last === 'string') {
    const setting = settingsOf(parent)[last];
    return setting && unwrap(setting);
  }
  const { def } = (parent as z.core.$ZodTypes)._zod;
  return def.type === 'array' ? unwrap(def.element) : undefined;
}

/** A union none of whose alternatives fits; zod points at the telling setting, or at the whole group. */
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

function notAllowed(
  schema: Schema | undefined,
  path: Path,
  found: unknown,
  values: readonly string[],
): Fault {
  if (found === undefined) return missing(schema, path);
  const text = describe(found);
  const near = nearest(String(found), values);
  return {
    code: 'not-allowed',
    path,
    part: 'value',
    message: `${settingName(path)} may not be ${typeof found === 'object' ? text : `\`${text}\``}`,
    found: text,
    allowed: orList(values),
    ...(near && { suggestion: near.word }),
    fix:
      (schema && metaOf(schema).fix) ??
      (near
        ? `write \`${near.word}\``
        : values.length === 1
          ? `write \`${values[0]}\``
          : 'write one of those allowed'),
  };
}

function missing(schema: Schema | undefined, path: Path): Fault {
  const { expects, examples }: z.core.GlobalMeta = schema ? metaOf(schema) : {};
  const last = path.at(-1);
  const values = schema ? valuesOf(schema) : [];
  const takes = expects ?? (values.length > 0 ? orList(values) : schema ? shapeOf(schema) : 'a value');
  const example = examples?.[0];
  const quoted = schema && metaOf(schema).quoted ? `"${example}"` : example;
  return {
    code: 'missing-key',
    path,
    part: 'key',
    message: `${settingName(path)} is missing`,
    allowed: takes,
    fix:
      typeof last === 'number' ? 'fill in the empty item, or remove it' : `add \`${last}: ${quoted ?? '…'}\``,
  };
}

function wrongShape(schema: Schema | undefined, path: Path, found: unknown): Fault {
  const takes = schema ? shapeOf(schema) : 'another value';
  const what = describe(found);
  const isText = typeof found === 'string' && found !== '';
  const fixes: Record<string, string> = {
    'a list': 'write each item on a line of its own that begins with a dash and a space',
    'a group of settings': 'write its settings on the lines below, two spaces further in',
    'a text': 'write one text after the colon',
  };
  return {
    code: 'wrong-shape',
    path,
    part: 'value',
    message: `${settingName(path)} takes ${takes}, not ${isText ? 'a text' : what}`,
    found: what,
    allowed: (schema && metaOf(schema).expects) ?? takes,
    fix: fixes[takes] ?? `write ${takes}`,
  };
}

/** Drops the report of a missing setting whose misspelling is reported beside it: it is one mistake. */
function withoutEchoes(faults: readonly Fault[]): Fault[] {
  const misspelt = new Set(
    faults
      .filter((fault) => fault.code === 'unknown-key' && fault.suggestion !== undefined)
      .map((fault) => JSON.stringify([...fault.path.slice(0, -1), fault.suggestion])),
  );
  return faults.filter((fault) => fault.code !== 'missing-key' || !misspelt.has(JSON.stringify(fault.path)));
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (here, step) =>
      here !== null && typeof here === 'object'
        ? (here as Record<string | number, unknown>)[step]
        : undefined,
    value,
  );
}
