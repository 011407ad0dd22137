/** The columns of the Parquet files in this folder, as a plan has them. */
import type { PlannedColumn, PlannedType } from '../../../lib/wire/contracts';

const RULE = '/schema/0/properties/0/logicalType';
const rule = { rule: RULE };

/** A column without further rules. */
function column(name: string, type: PlannedType): PlannedColumn {
  return { name, at: `/schema/0/properties/${name}`, type };
}

const text: PlannedType = { kind: 'text', ...rule };
const integer: PlannedType = { kind: 'integer', ...rule };
const number: PlannedType = { kind: 'number', ...rule };

/** Every column of the files, in the order in which `expected.json` has them. */
export const AWARDS: readonly PlannedColumn[] = [
  column('reference', text),
  column('kind', text),
  column('count', integer),
  column('small', integer),
  column('unsigned', integer),
  column('unsigned_small', integer),
  column('cents', number),
  column('large', number),
  column('huge', number),
  column('half', number),
  column('flag', { kind: 'boolean', ...rule }),
  column('day', { kind: 'date', ...rule }),
  column('instant', { kind: 'timestamp', ...rule, zone: 'required' }),
  column('local', { kind: 'timestamp', ...rule, zone: 'refused' }),
  column('exact', { kind: 'timestamp', ...rule, zone: 'refused' }),
  column('coarse', { kind: 'timestamp', ...rule, zone: 'required' }),
  column('clock', { kind: 'time', ...rule, zone: 'refused' }),
  column('note', text),
  column('address', {
    kind: 'object',
    ...rule,
    members: [column('line', text), column('town', text)],
  }),
  column('tags', { kind: 'list', ...rule, items: text }),
  column('lines', {
    kind: 'list',
    ...rule,
    items: {
      kind: 'object',
      ...rule,
      members: [
        column('sku', text),
        column('price', number),
        column('codes', { kind: 'list', ...rule, items: integer }),
      ],
    },
  }),
];
