/** The rule that no list says one thing twice, where no rule of its own says so. */
import type { Diagnostic } from '../diagnostic';
import { at, type Draft, type Sourced } from '../draft';
import type { Path } from '../yaml-source';

/** Lists whose items have rules of their own, which say more. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set([
  'recipients',
  'reciprocal',
  'correspondence',
  'sealed',
  'signIn',
  'ledger',
]);

/** A purpose, a role or a group of people that is named twice was copied, and something else was meant. */
export function listsRepeatNothing(draft: Draft): Diagnostic[] {
  const files: readonly Sourced<object>[] = [
    ...(draft.zone ? [draft.zone] : []),
    ...draft.organisations.values(),
    ...draft.agreements.values(),
  ];
  return files.flatMap(({ value, source }) =>
    repeated(value, []).map(({ path, first }) =>
      at(source, path, {
        code: 'duplicate-value',
        message: `item ${Number(path.at(-1)) + 1} of \`${String(path.at(-2))}\` is item ${first + 1} again`,
        fix: 'remove one of the two',
      }),
    ),
  );
}

function repeated(value: unknown, path: Path): { readonly path: Path; readonly first: number }[] {
  if (value === null || typeof value !== 'object') return [];
  if (!Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, each]) =>
      path.length === 0 && TOLD_ELSEWHERE.has(key) ? [] : repeated(each, [...path, key]),
    );
  }
  return value.flatMap((each: unknown, index) => {
    const first = typeof each === 'string' ? value.indexOf(each) : index;
    return first < index ? [{ path: [...path, index], first }] : repeated(each, [...path, index]);
  });
}
