/** What the schema of a Parquet file says of its columns, in the terms of contracts: types that hold every value exactly. */
import type { PlannedColumn, PlannedType } from '../../wire/contracts';
import type { Meaning } from './footer';
import type { Node } from './schema';

/** A type as the schema says it. */
export type DeclaredType =
  | { readonly kind: 'boolean' | 'text' | 'uuid' | 'date' }
  /** Binary fractions: not exact. */
  | { readonly kind: 'floating' }
  /** The column has no value anywhere. */
  | { readonly kind: 'nothing' }
  /** @see HELD for what each format holds; none for a decimal number without a fraction */
  | { readonly kind: 'integer'; readonly format?: `${'i' | 'u'}${8 | 16 | 32 | 64}` }
  | { readonly kind: 'decimal'; readonly scale: number }
  | { readonly kind: 'time' | 'timestamp'; readonly zone: boolean }
  | { readonly kind: 'object'; readonly members: readonly DeclaredColumn[] }
  | { readonly kind: 'list'; readonly items: DeclaredType }
  /** A type that the engine does not read. */
  | { readonly kind: 'unread'; readonly found: string };

/** A column, or a member of an object. */
export interface DeclaredColumn {
  readonly name: string;
  /** Whether the schema says that no value may be missing. */
  readonly required: boolean;
  readonly type: DeclaredType;
}

/** What the schema says of a column. */
export function declaredColumn(node: Node): DeclaredColumn {
  const { name, repetition } = node.element;
  return { name, required: repetition === 'required', type: declaredType(node) };
}

function declaredType(node: Node): DeclaredType {
  const { element, children } = node;
  const unread = (found: string): DeclaredType => ({ kind: 'unread', found });
  if (element.repetition === 'repeated') return unread('a column that repeats without being a list');
  if (children.length > 0) return groupType(node);
  const { type, meaning } = element;
  switch (type) {
    case 'BOOLEAN':
      return meaning === undefined ? { kind: 'boolean' } : unread(said(type, meaning));
    case 'INT32':
    case 'INT64':
      return wholeType(type, meaning) ?? momentType(type, meaning) ?? unread(said(type, meaning));
    case 'FLOAT':
    case 'DOUBLE':
      return meaning === undefined ? { kind: 'floating' } : unread(said(type, meaning));
    case 'BYTE_ARRAY':
    case 'FIXED_LEN_BYTE_ARRAY':
      return bytesType(node) ?? unread(said(type, meaning));
    default:
      return meaning?.is === 'nothing' ? { kind: 'nothing' } : unread(said(type, meaning));
  }
}

function groupType({ element, children }: Node): DeclaredType {
  if (element.meaning === undefined)
    return { kind: 'object', members: children.map((child) => declaredColumn(child)) };
  const [repeats] = children;
  const [item] = repeats?.children ?? [];
  const isList =
    element.meaning.is === 'list' &&
    children.length === 1 &&
    repeats?.element.repetition === 'repeated' &&
    repeats.children.length === 1;
  return isList && item
    ? { kind: 'list', items: declaredType(item) }
    : { kind: 'unread', found: 'a map, or a list of an older form' };
}

function wholeType(type: 'INT32' | 'INT64', meaning: Meaning | undefined): DeclaredType | undefined {
  if (meaning === undefined) return { kind: 'integer', format: type === 'INT32' ? 'i32' : 'i64' };
  if (meaning.is === 'nothing') return { kind: 'nothing' };
  if (meaning.is === 'decimal') return decimal(meaning.scale);
  if (meaning.is !== 'integer') return undefined;
  const bits = ([8, 16, 32, 64] as const).find((each) => each === meaning.bits);
  return bits && { kind: 'integer', format: `${meaning.signed ? 'i' : 'u'}${bits}` };
}

function momentType(type: 'INT32' | 'INT64', meaning: Meaning | undefined): DeclaredType | undefined {
  if (meaning?.is === 'date') return type === 'INT32' ? { kind: 'date' } : undefined;
  return meaning?.is === 'time' || meaning?.is === 'timestamp'
    ? { kind: meaning.is, zone: meaning.utc }
    : undefined;
}

function bytesType({ element: { type, typeLength, meaning } }: Node): DeclaredType | undefined {
  switch (meaning?.is) {
    case 'nothing':
      return { kind: 'nothing' };
    case 'decimal':
      return decimal(meaning.scale);
    case 'uuid':
      return typeLength === 16 ? { kind: 'uuid' } : undefined;
    case 'text':
    case 'enum':
    case 'json':
      return type === 'BYTE_ARRAY' ? { kind: 'text' } : undefined;
    default:
      return undefined;
  }
}

function decimal(scale: number): DeclaredType {
  return scale === 0 ? { kind: 'integer' } : { kind: 'decimal', scale };
}

function said(type: string | undefined, meaning: Meaning | undefined): string {
  const physical = type ?? 'no type';
  if (meaning === undefined) return `${physical} that does not say what it means`;
  return `${physical}, ${meaning.is === 'other' ? meaning.name : meaning.is}`;
}

/** The type of a contract by which values are read: it serves every value, and asks nothing further. */
export function plannedType(type: DeclaredType): PlannedType {
  const rule = '';
  switch (type.kind) {
    case 'boolean':
    case 'date':
    case 'integer':
      return { kind: type.kind, rule };
    case 'floating':
    case 'decimal':
      return { kind: 'number', rule };
    case 'time':
    case 'timestamp':
      return { kind: type.kind, rule, zone: type.zone ? 'required' : 'refused' };
    case 'object':
      return {
        kind: 'object',
        rule,
        members: type.members.map(
          ({ name, type: each }): PlannedColumn => ({ name, at: '', type: plannedType(each) }),
        ),
      };
    case 'list':
      return { kind: 'list', rule, items: plannedType(type.items) };
    case 'text':
    case 'uuid':
    case 'nothing':
    case 'unread':
      return { kind: 'text', rule };
  }
}
