/** Finds the part of a schema that speaks of one setting, so that a diagnostic can say what is allowed there. */
import { z } from 'zod';
import type { Path } from '../yaml-source';

/** Any schema node. */
export type Schema = z.core.$ZodType;

/** Takes off what only says whether a setting may be left out. */
export function unwrap(schema: Schema): Schema {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'optional':
    case 'default':
    case 'prefault':
    case 'nullable':
    case 'readonly':
    case 'nonoptional':
      return unwrap(def.innerType);
    case 'lazy':
      return unwrap(def.getter());
    case 'pipe':
      return unwrap(def.in);
    default:
      return schema;
  }
}

/** The schema of the setting at a path, given the value of the file; undefined where the schema has no such setting. */
export function schemaAt(root: Schema, path: Path, value: unknown): Schema | undefined {
  let schema: Schema | undefined = root;
  let here = value;
  for (const step of path) {
    if (schema === undefined) return undefined;
    schema = child(schema, step, here);
    here = property(here, step);
  }
  return schema && (alternatives(schema).length < 2 ? schema : alternative(unwrap(schema), here));
}

/** The union at a path, before one of its alternatives is chosen; any other schema as it is. */
export function unionAt(root: Schema, path: Path, value: unknown): Schema | undefined {
  const last = path.at(-1);
  if (last === undefined) return unwrap(root);
  const parent = schemaAt(root, path.slice(0, -1), value);
  const schema = parent && child(parent, last, valueAt(value, path.slice(0, -1)));
  return schema && unwrap(schema);
}

/** The value at a path; undefined if there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce(property, value);
}

/** The settings that a group takes, by name; empty for anything but a group. */
export function settingsOf(schema: Schema): Readonly<Record<string, Schema>> {
  const { def } = (unwrap(schema) as z.core.$ZodTypes)._zod;
  return def.type === 'object' ? def.shape : {};
}

/** The alternatives of a union, or the schema itself. */
export function alternatives(schema: Schema): readonly Schema[] {
  const { def } = (unwrap(schema) as z.core.$ZodTypes)._zod;
  return def.type === 'union' ? def.options.flatMap(alternatives) : [unwrap(schema)];
}

/** The setting whose value tells the alternatives of a union apart, if there is one. */
export function discriminatorOf(schema: Schema): string | undefined {
  const { def } = (unwrap(schema) as z.core.$ZodTypes)._zod;
  return def.type === 'union' && 'discriminator' in def ? String(def.discriminator) : undefined;
}

/** The values that a setting takes, if they can be listed. */
export function valuesOf(schema: Schema): readonly string[] {
  const { def } = (unwrap(schema) as z.core.$ZodTypes)._zod;
  if (def.type === 'enum') return Object.values(def.entries).map(String);
  if (def.type === 'literal') return def.values.map(String);
  if (def.type === 'boolean') return ['true', 'false'];
  return [];
}

/** What kind of thing a setting takes, in words that follow “takes”. */
export function shapeOf(schema: Schema): string {
  const { def } = (unwrap(schema) as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object':
    case 'record':
      return 'a group of settings';
    case 'array':
      return 'a list';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'union':
      return [...new Set(def.options.map(shapeOf))].join(' or ');
    default:
      return 'text';
  }
}

/** What the schema says of itself to people. */
export function metaOf(schema: Schema): z.core.GlobalMeta {
  return { ...z.globalRegistry.get(unwrap(schema)), ...z.globalRegistry.get(schema) };
}

/** The alternative that a value was meant as: by its telling setting, or else by the kind of value that it is. */
function alternative(schema: Schema, value: unknown): Schema {
  const options = alternatives(schema);
  if (options.length < 2) return schema;
  const discriminator = discriminatorOf(schema);
  if (discriminator === undefined)
    return options.find((each) => shapeOf(each) === shapeOfValue(value)) ?? schema;
  const chosen = property(value, discriminator);
  const option = options.find((each) => {
    const setting = settingsOf(each)[discriminator];
    if (setting === undefined) return chosen === undefined;
    return chosen === undefined ? unwrap(setting) !== setting : valuesOf(setting).includes(String(chosen));
  });
  return option ?? schema;
}

function shapeOfValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return 'a number';
  if (typeof value === 'boolean') return 'true or false';
  return value !== null && typeof value === 'object' ? 'a group of settings' : 'text';
}

function child(schema: Schema, step: string | number, value: unknown): Schema | undefined {
  const here = alternative(unwrap(schema), value);
  const { def } = (here as z.core.$ZodTypes)._zod;
  if (def.type === 'array') return def.element;
  if (def.type === 'record') return def.valueType;
  for (const option of alternatives(here)) {
    const settings = settingsOf(option);
    if (Object.hasOwn(settings, step)) return settings[String(step)];
    const list = (option as z.core.$ZodTypes)._zod.def;
    if (list.type === 'array' && typeof step === 'number') return list.element;
  }
  return undefined;
}

function property(value: unknown, step: string | number): unknown {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return undefined;
  return (value as Record<string | number, unknown>)[step];
}

/** Whether nothing stands where a value belongs. */
export function isNothing(found: unknown): boolean {
  return found === '' || found === null;
}
