/** The columns of an object, and what is within them. */
import type { PlannedColumn, PlannedType } from '../../wire/contracts';
import type { TypeContext } from './context';
import { checkCustom, isRecipients } from './custom';
import type { OdcsProperty } from './document';
import { type ContractPath, pointer } from './fault';
import { scalarType, sizes } from './types';
import { enumerationOf } from './values';

/** How columns are compiled, beside the path. */
export type ColumnContext = Omit<TypeContext, 'path'>;

/**
 * A property as a column, or nothing where it has a fault.
 * @param depth 0 for a column of a table; more for a member of an object within
 */
function columnOf(
  property: OdcsProperty,
  path: ContractPath,
  context: ColumnContext,
  depth = 0,
): PlannedColumn | undefined {
  const { faults } = context;
  const { name } = property;
  if (name === undefined) {
    faults.tell(path, {
      message: 'the property has no name',
      fix: 'add `name:` with the name that files have',
    });
    return undefined;
  }
  namedAsInFiles(property, path, context);
  checkCustom(property, 'property', path, faults);
  if (depth > 0) onlyOfColumns(property, path, context);
  const type = typeOf(property, path, context, depth);
  if (type === undefined) return undefined;
  const oneOf = enumerationOf(property, type, path, faults);
  return {
    name,
    at: pointer(path),
    ...(property.required && { required: { rule: pointer([...path, 'required']) } }),
    ...(oneOf && { oneOf }),
    type,
  };
}

function typeOf(
  property: OdcsProperty,
  path: ContractPath,
  context: ColumnContext,
  depth: number,
): PlannedType | undefined {
  const { faults } = context;
  const options = [...path, 'logicalTypeOptions'];
  const given = (property.logicalTypeOptions ?? {}) as Readonly<Record<string, unknown>>;
  const rule = pointer([...path, 'logicalType']);
  if (property.logicalType === 'object') {
    for (const name of ['minProperties', 'maxProperties', 'required'])
      if (given[name] !== undefined)
        faults.tell(
          [...options, name],
          {
            message: `\`${name}\` of an object is not carried out`,
            fix: 'remove it, and write `required: true` at each property that is always there',
          },
          'key',
        );
    if (!property.properties?.length) {
      faults.tell(path, {
        message: 'it is not said what the object holds, so nothing of it could be checked',
        fix: 'add `properties:`, or leave the property out of the contract and of the files',
      });
      return undefined;
    }
    const members = columnsOf(property.properties, [...path, 'properties'], context, depth + 1);
    return members && { kind: 'object', rule, members };
  }
  if (property.logicalType === 'array') {
    const { items } = property;
    if (items === undefined) {
      faults.tell(path, {
        message: 'it is not said what the items of the list are, so nothing of them could be checked',
        fix: 'add `items:` with the kind of value that each item is',
      });
      return undefined;
    }
    const inItems = [...path, 'items'];
    onlyOfColumns(items, inItems, context);
    checkCustom(items, 'property', inItems, faults);
    for (const name of ['required', 'quality'] as const)
      if (items[name] === true || (Array.isArray(items[name]) && items[name].length > 0))
        faults.tell(
          [...inItems, name],
          {
            message: `\`${name}\` of the items of a list is not carried out`,
            fix: 'remove it; what an item is can be said by its kind of value and its options',
          },
          'key',
        );
    const type = typeOf(items, inItems, context, depth + 1);
    const limits = sizes(given, 'minItems', 'maxItems', options, faults);
    return (
      type && {
        kind: 'list',
        rule,
        items: type,
        ...limits,
        ...(given.uniqueItems === true && {
          uniqueItems: { rule: pointer([...options, 'uniqueItems']) },
        }),
      }
    );
  }
  for (const name of ['properties', 'items'] as const)
    if (property[name] !== undefined)
      faults.tell(
        [...path, name],
        {
          message: `\`${name}\` stands at a value that is no ${name === 'items' ? 'list' : 'object'}`,
          fix: `write \`logicalType: ${name === 'items' ? 'array' : 'object'}\`, or remove \`${name}\``,
        },
        'key',
      );
  return scalarType(property, { ...context, path });
}

/** The properties of an object as columns, or nothing where one has a fault. */
export function columnsOf(
  properties: readonly OdcsProperty[],
  path: ContractPath,
  context: ColumnContext,
  depth = 0,
): PlannedColumn[] | undefined {
  const seen = new Map<string, number>();
  const columns = properties.map((property, index) => {
    const before = seen.get(property.name ?? '');
    if (property.name !== undefined && before !== undefined)
      context.faults.tell([...path, index, 'name'], {
        message: `the name is that of item ${before + 1} as well, and a file could not have both`,
        found: property.name,
        fix: 'give each property a name of its own',
      });
    seen.set(property.name ?? '', index);
    return columnOf(property, [...path, index], context, depth);
  });
  return columns.every((each) => each !== undefined) ? columns : undefined;
}

/** A file has one name for a column, so a second one would leave open which. */
function namedAsInFiles(property: OdcsProperty, path: ContractPath, { faults }: ColumnContext): void {
  if (property.physicalName === undefined || property.physicalName === property.name) return;
  faults.tell([...path, 'physicalName'], {
    message: 'the property has two names, and files have `name` alone',
    found: property.physicalName,
    allowed: `\`${property.name}\``,
    fix: 'write the name that files have under `name`, what people call it under `businessName`, and remove `physicalName`',
  });
}

/** What is asked of a table’s columns alone. */
function onlyOfColumns(property: OdcsProperty, path: ContractPath, { faults }: ColumnContext): void {
  const asked = [
    property.unique === true && 'unique',
    property.primaryKey === true && 'primaryKey',
    property.relationships?.some((each) => !isRecipients(each)) && 'relationships',
  ];
  for (const name of asked)
    if (name)
      faults.tell(
        [...path, name],
        {
          message: `\`${name}\` is carried out for columns, and not within objects and lists`,
          fix: 'remove it, or mark it as the recipient’s where that can be done',
        },
        'key',
      );
}
