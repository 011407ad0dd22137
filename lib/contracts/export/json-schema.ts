/** A contract as JSON Schema (draft 2020-12) of one row: a line of JSON Lines. */
import type { ContractPlan, PlannedColumn, PlannedType } from '../../wire/contracts';
import type { DescribedContract, DescribedObject, DescribedProperty } from './described';
import { patternOfKind, wholePattern } from './patterns';
import { type Exported, Said } from './said';

type Schema = Record<string, unknown>;

/** The schema of a row. Rules on several rows or columns it cannot say. */
export function toJsonSchema(
  contract: DescribedContract,
  object: DescribedObject,
  plan: ContractPlan,
): Exported {
  const said = new Said();
  const schema = defined({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:concordat:contract:${contract.id}:${plan.contract.digest}`,
    title: contract.name ?? contract.id,
    description: object.description,
    ...group(plan.columns, object.properties ?? [], said),
  });
  return { text: `${JSON.stringify(schema, null, 2)}\n`, unsaid: said.unsaid(plan) };
}

function group(
  columns: readonly PlannedColumn[],
  properties: readonly DescribedProperty[],
  said: Said,
): Schema {
  return {
    type: 'object',
    properties: Object.fromEntries(
      columns.map((column, index) => [column.name, columnSchema(column, properties[index] ?? {}, said)]),
    ),
    required: columns.flatMap(({ name, required }) => said.of(required, () => name) ?? []),
    additionalProperties: false,
  };
}

function columnSchema(column: PlannedColumn, property: DescribedProperty, said: Said): Schema {
  const { type, required, oneOf } = column;
  const values = said.of(oneOf?.severity === 'error' ? oneOf : undefined, (each) =>
    each.values.map((value) => typed(value, type)),
  );
  const schema = typeSchema(type, property, said);
  return defined({
    title: property.businessName,
    description: property.description,
    ...schema,
    // No value is null or not there, which is one in every format.
    ...(required === undefined && { type: [schema.type, 'null'] }),
    ...(values && { enum: required === undefined ? [...values, null] : values }),
  });
}

function typed(value: string, { kind }: PlannedType): string | number | boolean {
  return kind === 'integer' ? Number(value) : kind === 'boolean' ? value === 'true' : value;
}

function typeSchema(type: PlannedType, property: DescribedProperty, said: Said): Schema {
  switch (type.kind) {
    case 'object':
      said.of(type, () => undefined);
      return group(type.members, (property.properties ?? []) as DescribedProperty[], said);
    case 'list':
      said.of(type, () => undefined);
      return defined({
        type: 'array',
        items: typeSchema(type.items, (property.items ?? {}) as DescribedProperty, said),
        minItems: said.of(type.minItems, ({ value }) => value),
        maxItems: said.of(type.maxItems, ({ value }) => value),
        uniqueItems: said.of(type.uniqueItems, () => true),
      });
    case 'integer':
    case 'number':
      return numberSchema(type, said);
    case 'boolean':
      said.of(type, () => undefined);
      return { type: 'boolean' };
    case 'text':
      said.of(type, () => undefined);
      return defined({
        type: 'string',
        minLength: said.of(type.minLength, ({ value }) => value),
        maxLength: said.of(type.maxLength, ({ value }) => value),
        pattern: said.of(type.pattern, ({ value }) => wholePattern(value)),
        format: said.of(type.format, ({ value }) => value),
      });
    case 'date':
      said.of(type, () => undefined);
      return { type: 'string', format: 'date' };
    case 'time':
      // The format time of JSON Schema has a zone (RFC 3339).
      said.of(type, () => undefined);
      return type.zone === 'required'
        ? { type: 'string', format: 'time' }
        : { type: 'string', pattern: `^${TIME}$` };
    case 'timestamp':
      said.of(type, () => undefined);
      return type.zone === 'required'
        ? { type: 'string', format: 'date-time' }
        : { type: 'string', pattern: `^[0-9]{4}-[0-9]{2}-[0-9]{2}T${TIME}$` };
    default:
      // The pattern says less than the kind: no check digit, no list of codes. So the rule is left among those not said.
      return { type: 'string', pattern: patternOfKind(type) };
  }
}

const TIME = '([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?';

function numberSchema(type: Extract<PlannedType, { kind: 'integer' | 'number' }>, said: Said): Schema {
  said.of(type, () => undefined);
  const limit = (end: 'minimum' | 'maximum', exclusiveEnd: string) =>
    said.of(type[end], ({ value, exclusive }) => ({ [exclusive ? exclusiveEnd : end]: Number(value) })) ?? {};
  return defined({
    type: type.kind,
    ...(type.minimum === undefined && type.fits && { minimum: Number(type.fits.minimum) }),
    ...(type.maximum === undefined && type.fits && { maximum: Number(type.fits.maximum) }),
    ...limit('minimum', 'exclusiveMinimum'),
    ...limit('maximum', 'exclusiveMaximum'),
    multipleOf: said.of(type.multipleOf, ({ value }) => Number(value)),
  });
}

/** The same without what is undefined. */
export function defined(value: Schema): Schema {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
}
