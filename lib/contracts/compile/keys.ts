/** Keys: columns whose values do not occur twice, and columns that point at others of the same file. */
import type { ContractPlan, PlannedColumn } from '../../wire/contracts';
import { checkCustom, isRecipients } from './custom';
import type { OdcsObject, OdcsProperty, OdcsRelationship } from './document';
import { type ContractPath, type Faults, pointer } from './fault';

type Unique = ContractPlan['unique'][number];
type Reference = ContractPlan['references'][number];

/** An object with its place and its columns, which are as many as its properties and in their order. */
export interface KeyPlace {
  readonly object: OdcsObject;
  readonly path: ContractPath;
  readonly columns: readonly PlannedColumn[];
  readonly faults: Faults;
}

/** What must not occur twice in the rows of an object. */
export function uniqueOf(place: KeyPlace): Unique[] {
  const properties = place.object.properties ?? [];
  for (const [index, { name }] of place.columns.entries())
    if (properties[index]?.unique || properties[index]?.primaryKey) isComparable(index, name, place);
  const alone = properties.flatMap((property, index): Unique[] =>
    property.unique
      ? [{ rule: pointer([...place.path, 'properties', index, 'unique']), columns: [index], primary: false }]
      : [],
  );
  const primary = primaryKeyOf(properties, place);
  return primary ? [...alone, primary] : alone;
}

function isComparable(index: number, name: string, { columns, path, faults }: KeyPlace): void {
  const kind = columns[index]?.type.kind;
  if (kind !== 'object' && kind !== 'list') return;
  faults.tell([...path, 'properties', index], {
    message: `${name} is ${kind === 'list' ? 'a list' : 'an object'}, and no key is made of those`,
    fix: 'make the key of single values',
  });
}

/** The primary key, whose properties stand in the order of their positions, or of the document where they have none. */
function primaryKeyOf(properties: readonly OdcsProperty[], { path, faults }: KeyPlace): Unique | undefined {
  const parts = properties.flatMap((property, index) => {
    const at = [...path, 'properties', index];
    const { primaryKey, primaryKeyPosition: position = -1, required, name = '' } = property;
    if (!primaryKey && position > 0)
      faults.tell([...at, 'primaryKeyPosition'], {
        message: `${name} has a place in the primary key and is not part of it`,
        found: String(position),
        fix: 'add `primaryKey: true`, or remove `primaryKeyPosition`',
      });
    if (!primaryKey) return [];
    if (!required)
      faults.tell([...at, required === undefined ? 'primaryKey' : 'required'], {
        message: `${name} is part of the primary key, and it is not said that it always has a value`,
        allowed: '`required: true`',
        fix: 'add `required: true` beside `primaryKey: true`',
      });
    return [{ index, position, at }];
  });
  const first = parts[0];
  if (first === undefined) return undefined;
  const placed = parts.filter(({ position }) => position > 0);
  if (placed.length > 0) {
    const positions = placed.map(({ position }) => position);
    const wrong = parts.find(
      ({ position }, n) =>
        position < 1 || position > parts.length || parts.findIndex((each) => each.position === position) < n,
    );
    if (wrong !== undefined)
      faults.tell([...wrong.at, wrong.position === -1 ? 'primaryKey' : 'primaryKeyPosition'], {
        message: `the ${parts.length} parts of the primary key have the places ${positions.join(', ')}`,
        allowed: `each of 1 to ${parts.length} once`,
        fix: 'number the parts of the key from 1 up, each once',
      });
  }
  const ordered = placed.length > 0 ? parts.toSorted((a, b) => a.position - b.position) : parts;
  return {
    rule: pointer([...first.at, 'primaryKey']),
    columns: ordered.map(({ index }) => index),
    primary: true,
  };
}

/** References within a file, and those that are left to the recipient. */
export function referencesOf(place: KeyPlace): {
  references: Reference[];
  recipients: { rule: string; name: string }[];
} {
  const { object, path } = place;
  const all = [
    ...(object.relationships ?? []).map((each, n) => ({
      each,
      at: [...path, 'relationships', n],
      from: undefined,
    })),
    ...(object.properties ?? []).flatMap((property, index) =>
      (property.relationships ?? []).map((each, n) => ({
        each,
        at: [...path, 'properties', index, 'relationships', n],
        from: [index],
      })),
    ),
  ];
  const recipients = all
    .filter(({ each }) => isRecipients(each))
    .map(({ each, at }) => ({ rule: pointer(at), name: `Reference to ${listed(each.to).join(', ')}` }));
  const references = all
    .filter(({ each }) => !isRecipients(each))
    .flatMap(({ each, at, from }): Reference[] => referenceOf(each, at, from, place));
  for (const { each, at } of all) checkCustom(each, 'relationship', at, place.faults);
  return { references, recipients };
}

function referenceOf(
  relationship: OdcsRelationship,
  at: ContractPath,
  own: number[] | undefined,
  place: KeyPlace,
): Reference[] {
  const ends = (name: 'from' | 'to') => {
    const given = relationship[name];
    return listed(given).map((text, n) =>
      columnAt(text, typeof given === 'string' ? [...at, name] : [...at, name, n], place),
    );
  };
  const from = own ?? ends('from');
  const to = ends('to');
  if (![...from, ...to].every((each) => each !== undefined)) return [];
  const [columnsFrom, columnsTo] = [from as number[], to as number[]];
  const kind = (column: number) => {
    const type = place.columns[column]?.type;
    return type?.kind === 'integer' ? 'number' : type?.kind;
  };
  if (
    columnsFrom.length !== columnsTo.length ||
    columnsFrom.some(
      (column, n) =>
        kind(column) !== kind(columnsTo[n] as number) || ['object', 'list'].includes(kind(column) ?? ''),
    )
  ) {
    place.faults.tell([...at, 'to'], {
      message: 'the two ends of the relationship hold values of different kinds or numbers',
      fix: 'point from as many properties as are pointed at, each at one of its own kind',
    });
    return [];
  }
  if (columnsFrom.every((column, n) => column === columnsTo[n])) {
    place.faults.tell([...at, 'to'], {
      message: 'the relationship points at itself',
      fix: 'name another property',
    });
    return [];
  }
  return [{ rule: pointer(at), from: columnsFrom, to: columnsTo }];
}

/** The column that a reference of ODCS names: `object.property`, or `schema/id/properties/id`. */
function columnAt(text: string, path: ContractPath, { object, faults }: KeyPlace): number | undefined {
  const properties = object.properties ?? [];
  const byName = /^([^./]+)\.([^./]+)$/.exec(text);
  const byId = /^\/?schema\/([\w-]+)\/properties\/([\w-]+)$/.exec(text);
  const own = byName ? byName[1] === object.name : byId?.[1] === object.id && object.id !== undefined;
  if (!own) {
    faults.tell(path, {
      message: 'this points out of the object, and a file holds one object alone',
      found: text,
      allowed: `a property of the same object, such as ${object.name}.${properties[0]?.name ?? 'property'}`,
      fix: 'where the recipient sees to it, add the custom property `checkedBy` with the value recipient; else remove it',
    });
    return undefined;
  }
  const found = properties.findIndex(({ name, id }) =>
    byName ? name === byName[2] : id !== undefined && id === byId?.[2],
  );
  if (found >= 0) return found;
  faults.tell(path, {
    message: 'the object has no such property',
    found: text,
    allowed: properties
      .map(({ name }) => `${object.name}.${name}`)
      .slice(0, 20)
      .join(', '),
    fix: 'name a property as the object does',
  });
  return undefined;
}

function listed(end: string | readonly string[] | undefined): readonly string[] {
  return end === undefined ? [] : typeof end === 'string' ? [end] : end;
}
