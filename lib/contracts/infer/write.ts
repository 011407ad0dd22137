/**
 * Writes what was guessed as a contract in YAML, with a comment at each guess. Texts stand in the quotes of JSON, which YAML
 * reads alike.
 */
import { decimalOf } from '../compile/decimal';
import type { Guess } from './guess';

/** What a contract is written from. */
export interface Draft {
  readonly id: string;
  readonly object: string;
  readonly columns: readonly (readonly [name: string, guess: Guess])[];
  /** The number of the column that no value of which occurs twice, if it is guessed to be the key. */
  readonly key: number | undefined;
  /** How much was looked at, in words: `20,000 rows`. */
  readonly basis: string;
  /** What each property was guessed from, in words. */
  readonly from: string;
}

/** The text of the contract’s file. */
export function contractYaml({ id, object, columns, key, basis, from }: Draft): string {
  return [
    '# yaml-language-server: $schema=../schema/contract.schema.json',
    `# A first contract, guessed from ${basis}. Look at each line that says "review", then take away these comments and the`,
    '# custom properties "guessed". Nothing that is guessed here was agreed with anybody.',
    'apiVersion: v3.1.0',
    'kind: DataContract',
    `id: ${id}`,
    'version: 0.1.0',
    'status: draft',
    'schema:',
    `  - name: ${quoted(object)}`,
    '    # review: what does one row stand for',
    '    # dataGranularityDescription: One … of one …',
    '    properties:',
    ...columns.flatMap(([name, each], index) => property(name, each, '      ', { key: index === key, from })),
    '',
  ].join('\n');
}

/** What is written of a property besides its guess. */
interface About {
  readonly key: boolean;
  readonly from: string;
}

function property(name: string, guess: Guess, indent: string, { key, from }: About): string[] {
  const within = `${indent}  `;
  const review = key
    ? [...guess.review, 'no value occurs twice in the sample: does it tell rows apart']
    : guess.review;
  return [
    `${indent}- name: ${quoted(name)}`,
    ...body(guess, within, from),
    ...(key ? [`${within}primaryKey: true`] : []),
    ...(guess.required || key ? [`${within}required: true`] : []),
    ...review.map((each) => `${within}${reviewLine(each)}`),
    `${within}customProperties:`,
    `${within}  - property: guessed`,
    `${within}    value: ${quoted(review.length === 0 ? from : `${from}; to be reviewed`)}`,
    ...Object.entries(guess.custom ?? {}).flatMap(([custom, values]) => [
      `${within}  - property: ${custom}`,
      `${within}    value: [${values.map(quoted).join(', ')}]`,
    ]),
  ];
}

/** What somebody has to look at, as a comment. */
function reviewLine(each: string): string {
  return `# review: ${each}${/: (?:is|does|may|would|what|which|are) /.test(each) ? '?' : ''}`;
}

function body({ logicalType, options = {}, members, items }: Guess, indent: string, from: string): string[] {
  const entries = Object.entries(options);
  return [
    `${indent}logicalType: ${logicalType}`,
    ...(entries.length > 0 ? [`${indent}logicalTypeOptions:`] : []),
    ...entries.map(
      ([name, value]) => `${indent}  ${name}: ${typeof value === 'string' ? quoted(value) : decimal(value)}`,
    ),
    ...(members
      ? [
          `${indent}properties:`,
          ...members.flatMap(([name, each]) => property(name, each, `${indent}  `, { key: false, from })),
        ]
      : []),
    ...(items
      ? [
          `${indent}items:`,
          ...body(items, `${indent}  `, from),
          ...items.review.map((each) => `${indent}  ${reviewLine(each)}`),
        ]
      : []),
  ];
}

function quoted(text: string): string {
  return /^[A-Za-z][\w-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

/** A number without exponent: 1e-7 as 0.0000001. */
function decimal(value: number | boolean): string {
  return typeof value === 'number' ? decimalOf(value) : String(value);
}
