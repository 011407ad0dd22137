/** A contract as a Frictionless Table Schema (Data Package standard 1.0). */
import type { ContractPlan, PlannedColumn } from '../../wire/contracts';
import {
  type DescribedContract,
  type DescribedObject,
  type DescribedProperty,
  propertyAt,
} from './described';
import { defined } from './json-schema';
import { patternOfKind, wholePattern } from './patterns';
import { type Exported, Said } from './said';

type Field = Record<string, unknown>;

/** The schema of a table. Metrics, comparisons, and keys beside the primary one it cannot say. */
export function toFrictionless(
  _contract: DescribedContract,
  object: DescribedObject,
  plan: ContractPlan,
): Exported {
  const said = new Said();
  const names = (indexes: readonly number[]) => indexes.map((index) => plan.columns[index]?.name ?? '');
  const fields = plan.columns.map((column, index) => {
    const alone = plan.unique.find(
      ({ columns, primary }) => !primary && columns.length === 1 && columns[0] === index,
    );
    return fieldOf(
      column,
      propertyAt(object, index),
      said,
      said.of(alone, () => true),
    );
  });
  const primary = plan.unique.find((each) => each.primary);
  const schema = defined({
    fields,
    missingValues: [''],
    primaryKey: said.of(primary, ({ columns }) => names(columns)),
    foreignKeys:
      plan.references.length === 0
        ? undefined
        : plan.references.map((each) =>
            said.of(each, ({ from, to }) => ({
              fields: names(from),
              // No name is this table itself.
              reference: { resource: '', fields: names(to) },
            })),
          ),
  });
  return { text: `${JSON.stringify(schema, null, 2)}\n`, unsaid: said.unsaid(plan) };
}

function fieldOf(
  column: PlannedColumn,
  property: DescribedProperty,
  said: Said,
  unique: true | undefined,
): Field {
  const { type, oneOf, required } = column;
  const { constraints = {}, ...kind } = kindOf(type, said);
  const all = defined({
    required: said.of(required, () => true),
    unique,
    ...(constraints as Field),
    enum: said.of(oneOf?.severity === 'error' ? oneOf : undefined, ({ values }) =>
      type.kind === 'integer' ? values.map(Number) : values,
    ),
  });
  return defined({
    name: column.name,
    title: property.businessName,
    description: property.description,
    ...kind,
    ...(Object.keys(all).length > 0 && { constraints: all }),
  });
}

function kindOf(type: PlannedColumn['type'], said: Said): Field {
  switch (type.kind) {
    case 'object':
      return { type: 'object' };
    case 'list':
      return {
        type: 'array',
        constraints: {
          minLength: said.of(type.minItems, ({ value }) => value),
          maxLength: said.of(type.maxItems, ({ value }) => value),
        },
      };
    case 'boolean':
      said.of(type, () => undefined);
      return { type: 'boolean', trueValues: ['true'], falseValues: ['false'] };
    case 'integer':
    case 'number':
      said.of(type, () => undefined);
      return {
        type: type.kind,
        constraints: {
          minimum: limit(type.minimum, said, Number),
          maximum: limit(type.maximum, said, Number),
        },
      };
    case 'date':
      said.of(type, () => undefined);
      return {
        type: 'date',
        constraints: {
          minimum: limit(type.minimum, said, String),
          maximum: limit(type.maximum, said, String),
        },
      };
    case 'time':
    case 'timestamp':
      // Its default form is ISO 8601; whether there is a zone it does not say.
      return { type: type.kind === 'time' ? 'time' : 'datetime' };
    case 'text': {
      said.of(type, () => undefined);
      const format = ['email', 'uri', 'uuid'].includes(type.format?.value ?? '') ? type.format : undefined;
      return defined({
        type: 'string',
        format: said.of(format, ({ value }) => value),
        constraints: {
          minLength: said.of(type.minLength, ({ value }) => value),
          maxLength: said.of(type.maxLength, ({ value }) => value),
          pattern: said.of(type.pattern, ({ value }) => wholePattern(value)),
        },
      });
    }
    default:
      return { type: 'string', constraints: { pattern: patternOfKind(type) } };
  }
}

/** A limit that itself is allowed; one that is not cannot be said. */
function limit<T>(
  bound: { readonly rule: string; readonly value: string; readonly exclusive: boolean } | undefined,
  said: Said,
  as: (value: string) => T,
): T | undefined {
  return said.of(bound?.exclusive === false ? bound : undefined, ({ value }) => as(value));
}
