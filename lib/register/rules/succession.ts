/** Rules on organisations that succeed one another, and on agreements that follow from earlier ones. */
import { addDays, inWords } from '../calendar';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft, type Sourced } from '../draft';
import { namedParties } from '../parties';
import type { Agreement } from '../schema/agreement';

/** A successor follows an organisation that leaves, and is there when it does. */
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

/** An organisation that winds up is leaving; what is handed over goes to another organisation, which has joined by then. */
export function handOversFollow(draft: Draft): Diagnostic[] {
  return [...draft.organisations.values()].flatMap(({ value, source }) => {
    const { id, leaves, windsUp, handsOver = [] } = value;
    const early =
      windsUp !== undefined && leaves === undefined
        ? [
            at(source, ['windsUp'], {
              code: 'succession',
              message: `${id} winds up but does not leave`,
              fix: 'add `leaves:` with its last day, or remove `windsUp`',
            }),
          ]
        : [];
    return [
      ...early,
      ...handsOver.flatMap(({ to, on }, index) => {
        const path = ['handsOver', index, 'to'];
        const heir = draft.organisations.get(to)?.value;
        if (to === id)
          return [
            at(source, path, {
              code: 'succession',
              message: `${id} hands something over to itself`,
              fix: 'name the organisation that takes over',
            }),
          ];
        if (heir === undefined || heir.joins <= on) return [];
        return [
          at(source, path, {
            code: 'succession',
            message: `${to} joins on ${inWords(heir.joins)}, after it takes over on ${inWords(on)}`,
            fix: `let ${to} join on ${on} or earlier`,
          }),
        ];
      }),
    ];
  });
}

/**
 * An agreement follows one that has ended before it starts, or whose owner has left by then and so deposits nothing more; a
 * novated one passes to a successor of a party.
 */
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
  const owners = namedParties(earlier).filter(({ deposits }) => deposits);
  const haveLeft = owners.every(({ id }) => {
    const leaves = draft.organisations.get(id)?.value.leaves;
    return leaves !== undefined && leaves < value.starts;
  });
  if (earlier.ends < value.starts || (owners.length > 0 && haveLeft)) return [];
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
  const parties = namedParties(value).map(({ id }) => id);
  const passed = namedParties(earlier).some(({ id }) => {
    const { successors = [], handsOver = [] } = draft.organisations.get(id)?.value ?? {};
    const heirs = [...successors, ...handsOver.filter(({ on }) => on <= value.starts).map(({ to }) => to)];
    return heirs.some((heir) => parties.includes(heir));
  });
  if (passed) return [];
  return [
    at(source, ['novatedFrom'], {
      code: 'succession',
      message: `no party to ${value.id} is a successor of a party to ${earlier.id}`,
      found: earlier.id,
      fix: 'name the successors in the file of the organisation that leaves or hands over, or write `supersedes` where the parties are the same',
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
