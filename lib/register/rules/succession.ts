/** Rules on bodies that succeed one another, and on agreements that follow from earlier ones. */
import { addDays, inWords } from '../calendar';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft, type Sourced } from '../draft';
import type { Agreement } from '../schema/agreement';

/** A successor follows a body that leaves, and is there when it does. */
export function successorsFollow(draft: Draft): Diagnostic[] {
  return [...draft.organisations.values()].flatMap(({ value, source }) => {
    const { id, leaves, successors } = value;
    if (successors === undefined) return [];
    if (leaves === undefined) {
      return [
        at(source, ['successors'], {
          code: 'succession',
          message: `${id} names successors but does not leave`,
          fix: 'add `leaves:` with its last day, or remove `successors`',
        }),
      ];
    }
    return successors.flatMap((successor, index) => {
      const path = ['successors', index];
      const heir = draft.organisations.get(successor)?.value;
      if (successor === id || (heir && reaches(draft, heir.id, id))) {
        return [
          at(source, path, {
            code: 'succession',
            message: `${successor} cannot succeed ${id}: the line of successors leads back to where it began`,
            fix: 'remove one of the successors in the line',
          }),
        ];
      }
      if (heir === undefined || heir.joins <= addDays(leaves, 1)) return [];
      return [
        at(source, path, {
          code: 'succession',
          message: `${successor} joins on ${inWords(heir.joins)}, after ${id} has left on ${inWords(leaves)}`,
          fix: `let ${successor} join on ${addDays(leaves, 1)} or earlier`,
        }),
      ];
    });
  });
}

/** An agreement follows one that has ended before it starts; a novated one passes to a successor of a party. */
export function agreementsFollow(draft: Draft): Diagnostic[] {
  return [...draft.agreements.values()].flatMap((agreement) => [
    ...follows(draft, agreement, 'supersedes'),
    ...follows(draft, agreement, 'novatedFrom'),
    ...novation(draft, agreement),
  ]);
}

function follows(
  draft: Draft,
  { value, source }: Sourced<Agreement>,
  key: 'supersedes' | 'novatedFrom',
): Diagnostic[] {
  const earlier = value[key] === undefined ? undefined : draft.agreements.get(value[key])?.value;
  if (earlier === undefined) return [];
  if (earlier.id === value.id) {
    return [
      at(source, [key], {
        code: 'succession',
        message: `${value.id} follows itself`,
        fix: `remove \`${key}\``,
      }),
    ];
  }
  if (earlier.ends < value.starts) return [];
  return [
    at(source, [key], {
      code: 'succession',
      message: `${earlier.id} ends on ${inWords(earlier.ends)}, but ${value.id} already starts on ${inWords(value.starts)}: both would be in force`,
      found: earlier.id,
      fix: `end ${earlier.id} before ${value.starts}, or start this one later`,
    }),
  ];
}

function novation(draft: Draft, { value, source }: Sourced<Agreement>): Diagnostic[] {
  const earlier =
    value.novatedFrom === undefined ? undefined : draft.agreements.get(value.novatedFrom)?.value;
  if (earlier === undefined || earlier.id === value.id) return [];
  const parties = [value.owner, ...value.recipients];
  const passed = [earlier.owner, ...earlier.recipients].some((id) =>
    draft.organisations.get(id)?.value.successors?.some((successor) => parties.includes(successor)),
  );
  if (passed) return [];
  return [
    at(source, ['novatedFrom'], {
      code: 'succession',
      message: `no party to ${value.id} is a successor of a party to ${earlier.id}`,
      found: earlier.id,
      fix: 'name the successors in the file of the body that leaves, or write `supersedes` where the parties are the same',
    }),
  ];
}

function reaches(draft: Draft, from: string, to: string): boolean {
  const seen = new Set<string>();
  const queue = [from];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (id === to) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    queue.push(...(draft.organisations.get(id)?.value.successors ?? []));
  }
  return false;
}
