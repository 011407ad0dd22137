/**
 * The rule on the arguments of quality metrics. The JSON Schema of ODCS 3.1 leaves them open; its text names them. A
 * misspelt argument would turn a check into one that nothing can fail.
 */

import { nearest, orList } from '../../words';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft, type Sourced } from '../draft';
import { locate } from '../explain/fault';
import type { Contract } from '../schema/contract';
import type { Path } from '../yaml-source';

type Element = NonNullable<Contract['schema']>[number];
type Check = NonNullable<Element['quality']>[number];
type Metric = Extract<Check, { metric: unknown }>['metric'];

/** What each metric of the standard needs to know (ODCS 3.1, Data Quality, Library). */
const ARGUMENTS: Readonly<Record<Metric, readonly string[]>> = {
  nullValues: [],
  missingValues: ['missingValues'],
  invalidValues: ['validValues', 'pattern'],
  duplicateValues: ['properties'],
  rowCount: [],
};

/** Each argument is one that its metric has. */
export function metricsKnowTheirArguments(draft: Draft): Diagnostic[] {
  return [...draft.contracts.values()].flatMap((contract) =>
    [...checksIn(contract.value.schema ?? [], ['schema'])].flatMap(({ check, path }) =>
      'metric' in check ? unknownArguments(contract, check, [...path, 'arguments']) : [],
    ),
  );
}

function unknownArguments(
  { source }: Sourced<Contract>,
  { metric, arguments: given = {} }: Extract<Check, { metric: unknown }>,
  path: Path,
): Diagnostic[] {
  const known = ARGUMENTS[metric];
  const names = Object.keys(given);
  if (names.length > 0 && known.length === 0) {
    return [
      at(source, path, {
        code: 'unknown-key',
        message: `the metric ${metric} takes no arguments`,
        fix: 'remove `arguments`, or choose another metric',
      }),
    ];
  }
  return names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = nearest(name, known);
      return locate(source, {
        code: 'unknown-key',
        path: [...path, name],
        part: 'key',
        message: `\`${name}\` is not an argument of the metric ${metric}`,
        allowed: orList(known),
        ...(near && { suggestion: near.word }),
        fix: near ? `rename it to \`${near.word}\`` : 'remove it, or choose another metric',
      });
    });
}

interface Part {
  readonly quality?: readonly Check[] | undefined;
  readonly properties?: readonly Part[] | undefined;
  readonly items?: Part | undefined;
}

/** Every check on objects, on their properties, and on what is in those. */
function* checksIn(parts: readonly Part[], path: Path): Generator<{ check: Check; path: Path }> {
  for (const [index, part] of parts.entries()) yield* checksOf(part, [...path, index]);
}

function* checksOf(part: Part, path: Path): Generator<{ check: Check; path: Path }> {
  for (const [index, check] of (part.quality ?? []).entries())
    yield { check, path: [...path, 'quality', index] };
  yield* checksIn(part.properties ?? [], [...path, 'properties']);
  if (part.items) yield* checksOf(part.items, [...path, 'items']);
}
