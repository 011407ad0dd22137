/** What a column of Parquet is: its kind as the schema says it, to the letter; what the sample adds is guessed, and marked. */
import type { DeclaredColumn, DeclaredType } from '../parquet/declared';
import { type Guess, guessKind, type Kind } from './guess';
import type { Observed } from './observe';

/** Joins what the schema says of a column with what was seen of its values; nothing was seen where the engine reads none. */
export function declaredGuess({ name, required, type }: DeclaredColumn, seen: Observed | undefined): Guess {
  const kind = kindOf(name, type, seen);
  if (!seen || seen.values + seen.empty === 0) return { ...kind, required };
  const { empty, values } = seen;
  const isRequired = values > 0 && empty === 0;
  const review = isRequired
    ? required
      ? []
      : ['the schema lets values be missing, and none is in the sample: is that so always']
    : values > 0
      ? [`${empty} of ${empty + values} values are empty in the sample: may it be`]
      : [];
  return { ...kind, required: isRequired, review: [...kind.review, ...review] };
}

function kindOf(name: string, type: DeclaredType, seen: Observed | undefined): Kind {
  switch (type.kind) {
    case 'boolean':
      return exact('boolean');
    case 'date':
      return exact('date', { format: 'yyyy-MM-dd' });
    case 'time':
    case 'timestamp':
      return {
        ...exact(type.kind, { timezone: type.zone }),
        review: type.zone ? [] : ['the times say no zone: is there one time zone that is meant'],
      };
    case 'integer':
      return wholeKind(name, type.format, seen);
    case 'decimal':
      return exact('number', { multipleOf: Number(`1e-${type.scale}`) });
    case 'floating':
      return {
        ...exact('number'),
        review: [
          'the file has it in floating point, which is not exact: for amounts of money, have it written as DECIMAL and add multipleOf',
        ],
      };
    case 'uuid':
      return exact('string', { format: 'uuid' });
    case 'text':
      return textKind(name, seen);
    case 'object':
      return {
        logicalType: 'object',
        members: type.members.map((member) => [
          member.name,
          declaredGuess(member, seen?.members.get(member.name)),
        ]),
        review: [],
      };
    case 'list': {
      const items = kindOf(name, type.items, seen?.items);
      return { logicalType: 'array', items: { ...items, required: false }, review: [] };
    }
    case 'nothing':
      return {
        logicalType: 'string',
        review: ['the schema says that the column has no value: what kind of value is it'],
      };
    case 'unread':
      return {
        logicalType: 'string',
        review: [
          `the file has it as ${type.found}, which is not read, so no file with it can be released: have it written in another type, and say that one here`,
        ],
      };
  }
}

function exact(logicalType: string, options?: Guess['options']): Kind {
  return { logicalType, ...(options && { options }), review: [] };
}

/** A property number is a text of digits, whatever holds it: it is not counted with. */
function wholeKind(name: string, format: string | undefined, seen: Observed | undefined): Kind {
  const guessed = seen && seen.values > 0 && /u[ps]rn/i.test(name) ? guessKind(name, seen) : undefined;
  return guessed?.logicalType === 'string'
    ? guessed
    : exact('integer', format === undefined ? undefined : { format });
}

/** How a column has to be written to be of another kind than text. */
const WRITTEN_AS: Readonly<Record<string, string>> = {
  boolean: 'BOOLEAN',
  integer: 'INT64',
  number: 'DECIMAL',
  date: 'DATE',
  time: 'TIME',
  timestamp: 'TIMESTAMP',
};

/** Of text, the sample shows which text it may be. Another kind is a matter of the schema: text serves text alone. */
function textKind(name: string, seen: Observed | undefined): Kind {
  if (!seen || seen.values === 0)
    return { logicalType: 'string', review: ['the column is empty in the sample: what may stand in it'] };
  const kind = guessKind(name, seen);
  if (kind.logicalType === 'string') return kind;
  return {
    logicalType: 'string',
    review: [
      `every text of the sample has the form of a value of the type ${kind.logicalType}: if it is one, have it written as ${WRITTEN_AS[kind.logicalType] ?? 'that'}, and make this ${kind.logicalType}`,
    ],
  };
}
