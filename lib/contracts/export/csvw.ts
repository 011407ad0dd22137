/** A contract as CSVW metadata (W3C, CSV on the Web): a table with its schema. */
import type { ContractPlan, PlannedColumn } from '../../wire/contracts';
import {
  type DescribedContract,
  type DescribedObject,
  type DescribedProperty,
  propertyAt,
} from './described';
import { defined } from './json-schema';
import { patternOfKind, patternOfValues, wholePattern } from './patterns';
import { type Exported, Said } from './said';

type Part = Record<string, unknown>;

/** The metadata of a table. The name of the file stands in `url`, relative to the metadata. Metrics and comparisons it cannot say. */
export function toCsvw(contract: DescribedContract, object: DescribedObject, plan: ContractPlan): Exported {
  const said = new Said();
  const names = uniqueNames(plan.columns.map(({ name }) => name));
  const named = (indexes: readonly number[]) => indexes.map((index) => names[index] ?? '');
  const url = `${plan.object}.csv`;
  const primary = plan.unique.find((each) => each.primary);
  const metadata = defined({
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
    url,
    'dc:title': contract.name ?? contract.id,
    'dc:description': object.description,
    'dc:conformsTo': `urn:concordat:contract:${contract.id}:${plan.contract.digest}`,
    dialect: { encoding: 'utf-8', header: true, delimiter: ',', quoteChar: '"', doubleQuote: true },
    tableSchema: defined({
      columns: plan.columns.map((column, index) =>
        columnOf(column, names[index] ?? '', propertyAt(object, index), said),
      ),
      primaryKey: said.of(primary, ({ columns }) => named(columns)),
      foreignKeys:
        plan.references.length === 0
          ? undefined
          : plan.references.map((each) =>
              said.of(each, ({ from, to }) => ({
                columnReference: named(from),
                reference: { resource: url, columnReference: named(to) },
              })),
            ),
    }),
  });
  return { text: `${JSON.stringify(metadata, null, 2)}\n`, unsaid: said.unsaid(plan) };
}

/** Names of CSVW are variables of URI templates; the header stands in `titles`, whatever it is. */
function uniqueNames(headers: readonly string[]): string[] {
  const taken = new Set<string>();
  return headers.map((header) => {
    const plain = header.replace(/[^A-Za-z0-9_]/g, '_').replace(/^_/, 'x_') || 'column';
    let name = plain;
    for (let number = 2; taken.has(name); number += 1) name = `${plain}_${number}`;
    taken.add(name);
    return name;
  });
}

function columnOf(column: PlannedColumn, name: string, property: DescribedProperty, said: Said): Part {
  return defined({
    name,
    titles: column.name,
    'dc:title': property.businessName,
    'dc:description': property.description,
    required: said.of(column.required, () => true) ?? false,
    null: '',
    datatype: datatypeOf(column, said),
  });
}

function datatypeOf({ type, oneOf }: PlannedColumn, said: Said): unknown {
  const list = said.of(oneOf?.severity === 'error' ? oneOf : undefined, ({ values }) =>
    patternOfValues(values),
  );
  switch (type.kind) {
    case 'boolean':
      said.of(type, () => undefined);
      return { base: 'boolean', format: 'true|false' };
    case 'integer':
    case 'number':
      said.of(type, () => undefined);
      return defined({ base: type.kind === 'integer' ? 'integer' : 'decimal', ...bounds(type, said) });
    case 'date':
      said.of(type, () => undefined);
      return defined({ base: 'date', format: 'yyyy-MM-dd', ...bounds(type, said) });
    case 'time':
      return defined({ base: 'time', ...bounds(type, said) });
    case 'timestamp':
      // dateTimeStamp is a dateTime that has a zone (XML Schema 1.1).
      if (type.zone === 'required') said.of(type, () => undefined);
      return defined({
        base: type.zone === 'required' ? 'dateTimeStamp' : 'dateTime',
        ...bounds(type, said),
      });
    case 'text':
      said.of(type, () => undefined);
      return defined({
        base: 'string',
        format: list ?? said.of(type.pattern, ({ value }) => wholePattern(value)),
        minLength: said.of(type.minLength, ({ value }) => value),
        maxLength: said.of(type.maxLength, ({ value }) => value),
      });
    case 'object':
    case 'list':
      return { base: 'json' };
    default:
      return { base: 'string', format: patternOfKind(type) };
  }
}

interface Bounded {
  readonly minimum?:
    | { readonly rule: string; readonly value: string; readonly exclusive: boolean }
    | undefined;
  readonly maximum?:
    | { readonly rule: string; readonly value: string; readonly exclusive: boolean }
    | undefined;
}

/** Limits as text, so that each decimal is that of the contract. */
function bounds({ minimum, maximum }: Bounded, said: Said): Part {
  return {
    ...said.of(minimum, ({ value, exclusive }) => ({ [exclusive ? 'minExclusive' : 'minimum']: value })),
    ...said.of(maximum, ({ value, exclusive }) => ({ [exclusive ? 'maxExclusive' : 'maximum']: value })),
  };
}
