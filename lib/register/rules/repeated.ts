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
  const diagnostics: Diagnostic[] = [];
  for (const { value, source } of files)
    eachRepeated(value, [], (path, first) =>
      diagnostics.push(
        at(source, [...path], {
          code: 'duplicate-value',
          message: `item ${Number(path.at(-1)) + 1} of \`${String(path.at(-2))}\` is item ${first + 1} again`,
          fix: 'remove one of the two',
        }),
      ),
    );
  return diagnostics;
}

/** Calls back for each text that its list has before, with the index of the first, and a path that holds only during the call. */
function eachRepeated(
  value: unknown,
  path: (string | number)[],
  found: (path: Path, first: number) => void,
): void {
  if (value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) {
    value.forEach((each: unknown, index) => {
      path.push(index);
      const first = typeof each === 'string' ? value.indexOf(each) : index;
      if (first < index) found(path, first);
      else eachRepeated(each, path, found);
      path.pop();
    });
    return;
  }
  for (const key of Object.keys(value)) {
    if (path.length === 0 && TOLD_ELSEWHERE.has(key)) continue;
    path.push(key);
    eachRepeated((value as Record<string, unknown>)[key], path, found);
    path.pop();
  }
}
