/**
 * Holds an event against the published schema of OCSF, of which `ocsf-schema.json` has what concerns us, with its source.
 * As OCSF’s own validator does, it takes attributes of a profile only where `metadata.profiles` names that profile.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const attribute = z.strictObject({
  type: z.string(),
  list: z.literal(true).optional(),
  required: z.literal(true).optional(),
  profile: z.string().optional(),
  values: z.array(z.string()).optional(),
});
const described = z.strictObject({
  attributes: z.record(z.string(), attribute),
  atLeastOne: z.array(z.string()).optional(),
});
const SCHEMA = z
  .strictObject({
    source: z.url(),
    version: z.string(),
    licence: z.string(),
    holds: z.string(),
    classes: z.record(z.string(), described),
    objects: z.record(z.string(), described),
  })
  .parse(JSON.parse(readFileSync(join(__dirname, 'ocsf-schema.json'), 'utf8')));

type Attribute = z.infer<typeof attribute>;
type Described = z.infer<typeof described>;
type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is wrong with an event, each with its path; nothing where it fits. */
export function faultsOf(event: unknown): string[] {
  if (!isFields(event)) return ['it is no object'];
  const { profiles = [] } = isFields(event.metadata) ? event.metadata : {};
  const known = SCHEMA.classes[String(event.class_uid)];
  if (!known) return [`class_uid: ${String(event.class_uid)} is no class`];
  return objectFaults(event, known, Array.isArray(profiles) ? profiles.map(String) : [], '');
}

function objectFaults(
  value: Fields,
  { attributes, atLeastOne }: Described,
  profiles: readonly string[],
  at: string,
): string[] {
  const faults: string[] = [];
  for (const [name, each] of Object.entries(value)) {
    const path = `${at}${name}`;
    const known = attributes[name];
    if (!known || (known.profile !== undefined && !profiles.includes(known.profile)))
      faults.push(
        `${path}: the schema has no such attribute${known ? ` without the profile ${known.profile}` : ''}`,
      );
    else faults.push(...valueFaults(each, known, profiles, path));
  }
  for (const [name, { required, profile }] of Object.entries(attributes))
    if (required && (profile === undefined || profiles.includes(profile)) && value[name] === undefined)
      faults.push(`${at}${name}: it is required`);
  if (atLeastOne && !atLeastOne.some((name) => value[name] !== undefined))
    faults.push(`${at}: it has none of ${atLeastOne.join(', ')}`);
  return faults;
}

function valueFaults(value: unknown, known: Attribute, profiles: readonly string[], path: string): string[] {
  if (known.list) {
    if (!Array.isArray(value)) return [`${path}: it is no list`];
    return value.flatMap((each, n) =>
      valueFaults(each, { ...known, list: undefined }, profiles, `${path}[${n}]`),
    );
  }
  if (known.values && !known.values.includes(String(value)))
    return [`${path}: ${String(value)} is no value of it`];
  if (known.type === 'object') return isFields(value) ? [] : [`${path}: it is no object`];
  if (known.type.endsWith('_t')) {
    const fits = /^(?:integer|long|timestamp|port)_t$/.test(known.type)
      ? Number.isSafeInteger(value)
      : known.type === 'boolean_t'
        ? typeof value === 'boolean'
        : typeof value === 'string';
    return fits ? [] : [`${path}: it is no ${known.type}`];
  }
  const below = SCHEMA.objects[known.type];
  if (!below) return [`${path}: ocsf-schema.json does not hold the object ${known.type}`];
  return isFields(value) ? objectFaults(value, below, profiles, `${path}.`) : [`${path}: it is no object`];
}
