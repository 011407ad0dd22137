/**
 * Rules on the data contract of an agreement: it is named or its absence is explained, and what may be deposited can be held
 * against it.
 */
import { formOfMediaType, MEDIA_TYPES } from '../../contracts/compile';
import { orList } from '../../words';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft, type Sourced, whereIs } from '../draft';
import { locate } from '../explain/fault';
import type { Agreement } from '../schema/agreement';
import type { Contract } from '../schema/contract';

const READ = Object.keys(MEDIA_TYPES);

/** Each agreement names a contract or says why it has none, and only one of the two. */
export function contractIsNamedOrExplained(draft: Draft): Diagnostic[] {
  return [...draft.agreements.values()].flatMap(({ value, source }) => {
    if ((value.contract === undefined) !== (value.withoutContract === undefined)) return [];
    const fix = value.contract
      ? 'keep `contract`, and remove `withoutContract`'
      : 'add `contract:` with the id of a file in contracts/, or `withoutContract:` with the reason why there is none';
    return [
      locate(source, {
        code: value.contract ? 'not-allowed' : 'missing-key',
        path: value.contract ? ['withoutContract'] : [],
        part: 'key',
        message: value.contract
          ? '`contract` and `withoutContract` are both given, and only one of them can be true'
          : 'the agreement names no data contract, and does not say why',
        allowed: '`contract` or `withoutContract`',
        fix,
      }),
    ];
  });
}

/**
 * What may be deposited under an agreement with a contract is of a kind that the engine reads, and the contract is about one
 * kind of row.
 */
export function contractCanBeHeldAgainst(draft: Draft): Diagnostic[] {
  return [...draft.agreements.values()].flatMap((agreement) => {
    const { contract } = agreement.value;
    if (contract === undefined) return [];
    const named = draft.contracts.get(contract);
    return [
      ...typesAreRead(agreement),
      ...typesHoldTheValues(agreement, named),
      ...objectIsOne(agreement, named),
    ];
  });
}

function typesAreRead({ value, source }: Sourced<Agreement>): Diagnostic[] {
  return value.delivery.mediaTypes.flatMap((type, index) =>
    Object.hasOwn(MEDIA_TYPES, type)
      ? []
      : [
          at(source, ['delivery', 'mediaTypes', index], {
            code: 'not-allowed',
            message: `the agreement has a data contract, and a file of ${type} cannot be held against one`,
            found: type,
            allowed: orList(READ),
            fix: 'write one of those allowed, or share such files under an agreement of their own that says why it has no contract',
          }),
        ],
  );
}

/**
 * A field of CSV holds one value, so a contract with objects or lists cannot be kept in it. One that does not say what they hold is
 * told of that alone: what it is to be is not known yet.
 */
function typesHoldTheValues(
  { value, source }: Sourced<Agreement>,
  contract: Sourced<Contract> | undefined,
): Diagnostic[] {
  const properties = contract?.value.schema?.[0]?.properties ?? [];
  const column = properties.findIndex(
    (each) =>
      (each.logicalType === 'object' && (each.properties?.length ?? 0) > 0) ||
      (each.logicalType === 'array' && each.items !== undefined),
  );
  const nested = properties[column];
  const index = value.delivery.mediaTypes.findIndex((type) => formOfMediaType(type) === 'csv');
  if (contract === undefined || nested === undefined || index < 0) return [];
  return [
    at(source, ['delivery', 'mediaTypes', index], {
      code: 'contract-rule',
      message: `a field of CSV holds one value, and \`${nested.name}\` of the contract ${value.contract} is ${nested.logicalType === 'array' ? 'a list' : 'an object'}`,
      found: String(value.delivery.mediaTypes[index]),
      allowed: orList(READ.filter((type) => formOfMediaType(type) !== 'csv')),
      fix: `share JSON Lines or Parquet under this agreement, or make the contract one of single values (${whereIs(contract.source, ['schema', 0, 'properties', column, 'logicalType'])})`,
    }),
  ];
}

/** A file says nowhere which object of a contract it holds, so there is to be no choice. */
function objectIsOne(
  { value, source }: Sourced<Agreement>,
  contract: Sourced<Contract> | undefined,
): Diagnostic[] {
  const objects = contract?.value.schema?.length ?? 0;
  if (contract === undefined || objects === 1) return [];
  return [
    at(source, ['contract'], {
      code: 'contract-rule',
      message:
        objects === 0
          ? `the contract ${value.contract} says of no object what it looks like, so nothing can be held against it`
          : `the contract ${value.contract} is about ${objects} objects, and a file does not say which of them it holds`,
      found: String(value.contract),
      allowed: 'a contract with one object under `schema`',
      fix:
        objects === 0
          ? `describe the object under \`schema\` (${whereIs(contract.source, ['schema'])})`
          : `make a contract, and an agreement, of each object (${whereIs(contract.source, ['schema', 1])} begins the second)`,
    }),
  ];
}
