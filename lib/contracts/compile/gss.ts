/** Columns of GSS codes: of which entities, in use on which day, and which codes the contract adds to those known here. */

import type { ScalarType } from '../../wire/contracts';
import { orList } from '../../words';
import { GSS_ENTITIES } from '../gss/codes';
import type { TypeContext } from './context';
import { customValue, type OdcsProperty } from './document';
import { type ContractPath, type Faults, pointer } from './fault';
import { isDay } from './moments';

type Gss = Extract<ScalarType, { kind: 'gss-code' }>;

const ENTITIES = Object.keys(GSS_ENTITIES);

/** The type of a property of GSS codes, or nothing where it has a fault. @param rule the place of its format */
export function gssType(property: OdcsProperty, rule: string, context: TypeContext): Gss | undefined {
  const { faults, path } = context;
  const before = faults.all.length;
  const placeOf = (name: string): ContractPath => [
    ...path,
    'customProperties',
    property.customProperties?.findIndex((each) => each.property === name) ?? 0,
    'value',
  ];
  const entities = entitiesIn(customValue(property, 'gssEntities'), placeOf('gssEntities'), faults);
  const validOn = validOnIn(customValue(property, 'gssValidOn'), placeOf('gssValidOn'), context);
  const also = alsoIn(customValue(property, 'gssCodesAlso'), placeOf('gssCodesAlso'), faults);
  if (faults.all.length > before) return undefined;
  return { kind: 'gss-code', rule, entities, ...(validOn && { validOn }), also };
}

function entitiesIn(value: unknown, path: ContractPath, faults: Faults): string[] {
  if (value === undefined) return ENTITIES;
  const given = Array.isArray(value) && value.length > 0 ? value.map(String) : undefined;
  const unknown = given?.findIndex((each) => !ENTITIES.includes(each)) ?? 0;
  if (given !== undefined && unknown < 0) return given;
  faults.tell(given ? [...path, unknown] : path, {
    message: given
      ? 'the codes of this entity are not known here, so that one of them could not be told from none'
      : '`gssEntities` is no list of entities',
    ...(given && { found: given[unknown] ?? '' }),
    allowed: orList(ENTITIES),
    fix: 'list entities of those allowed; codes of other entities can be held against a `pattern` alone',
  });
  return [];
}

function validOnIn(value: unknown, path: ContractPath, { columnOf, kindOf, faults }: TypeContext) {
  if (value === undefined) return undefined;
  const rule = pointer(path);
  if (typeof value === 'string' && isDay(value)) return { rule, on: { day: value } };
  const column = typeof value === 'string' ? columnOf(value) : undefined;
  if (column !== undefined && ['date', 'timestamp'].includes(kindOf(column) ?? ''))
    return { rule, on: { column } };
  faults.tell(path, {
    message: '`gssValidOn` is no day and no column of days',
    found: String(value),
    allowed: 'a day such as 2027-04-01, or the name of a column of dates or timestamps of the same object',
    fix: 'write the day on which the codes are to be in use, or the column that tells it for each row',
  });
  return undefined;
}

function alsoIn(value: unknown, path: ContractPath, faults: Faults): Gss['also'] {
  if (value === undefined) return [];
  const all = Array.isArray(value) ? value : [value];
  return all.flatMap((each: unknown, index) => {
    if (each !== null && typeof each === 'object' && 'code' in each && 'from' in each) {
      const { code, from, ...rest } = each;
      if (
        typeof code === 'string' &&
        /^[A-Z]\d{8}$/.test(code) &&
        typeof from === 'string' &&
        isDay(from) &&
        Object.keys(rest).length === 0
      )
        return [{ code, from }];
    }
    faults.tell(Array.isArray(value) ? [...path, index] : path, {
      message: 'this adds no GSS code',
      allowed: '`code:` with a GSS code such as E06000067, and `from:` with its first day',
      fix: 'give each code and the first day on which it is in use',
    });
    return [];
  });
}
