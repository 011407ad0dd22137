/** Rules on what agreements and organisations refer to. */

import { nearest } from '../../words';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft } from '../draft';
import { somebodyCollects, somebodyDeposits } from '../may';
import type { Path, YamlSource } from '../yaml-source';

type Folder = keyof Draft['claimed'];

const NOUNS: Record<Folder, string> = {
  organisations: 'organisation',
  agreements: 'agreement',
  contracts: 'contract',
};

/** Every id that is referred to is that of a file in the register. */
export function idsResolve(draft: Draft): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const check = (folder: Folder, id: string | undefined, source: YamlSource, path: Path) => {
    if (id === undefined || draft.claimed[folder].has(id)) return;
    const known = [...draft.claimed[folder]].sort();
    const near = nearest(id, known);
    diagnostics.push(
      at(source, path, {
        code: 'unresolved-id',
        message: `there is no ${NOUNS[folder]} \`${id}\` in the register`,
        found: id,
        allowed: `an id of a file in ${folder}/`,
        ...(near && { suggestion: near.word }),
        fix: near
          ? `write \`${near.word}\` if that is meant, or add ${folder}/${id}.yaml`
          : `add ${folder}/${id}.yaml, or write the id of one that is there`,
      }),
    );
  };
  for (const { value, source } of draft.organisations.values()) {
    value.successors?.forEach((id, index) => {
      check('organisations', id, source, ['successors', index]);
    });
    value.handsOver?.forEach(({ to }, index) => {
      check('organisations', to, source, ['handsOver', index, 'to']);
    });
  }
  for (const { value, source } of draft.agreements.values()) {
    check('organisations', value.owner, source, ['owner']);
    value.recipients.forEach((id, index) => {
      check('organisations', id, source, ['recipients', index]);
    });
    check('contracts', value.contract, source, ['contract']);
    check('agreements', value.supersedes, source, ['supersedes']);
    check('agreements', value.novatedFrom, source, ['novatedFrom']);
  }
  return diagnostics;
}

/** The owner is a member who can deposit; each recipient is another organisation that can collect, and is named once. */
export function partiesCanAct(draft: Draft): Diagnostic[] {
  return [...draft.agreements.values()].flatMap(({ value, source }) => {
    const diagnostics: Diagnostic[] = [];
    const owner = draft.organisations.get(value.owner)?.value;
    if (owner?.membership === 'external') {
      diagnostics.push(
        at(source, ['owner'], {
          code: 'not-a-member',
          message: `${owner.id} is external, so it may receive but not own an agreement`,
          found: owner.id,
          allowed: 'an organisation whose `membership` is member',
          fix: 'name a member as the owner, or let the organisation join with an account in the zone’s AWS organisation',
        }),
      );
    } else if (owner !== undefined && !somebodyDeposits(owner)) {
      diagnostics.push(
        at(source, ['owner'], {
          code: 'nobody-may',
          message: `nobody at ${owner.id} may deposit, so nothing can be shared under this agreement`,
          fix: `name a role under \`mayDeposit\` in organisations/${owner.id}.yaml`,
        }),
      );
    }
    value.recipients.forEach((id, index) => {
      const path = ['recipients', index];
      const recipient = draft.organisations.get(id)?.value;
      if (id === value.owner) {
        diagnostics.push(
          at(source, path, {
            code: 'duplicate-value',
            message: `${id} is both the owner and a recipient`,
            found: id,
            fix: 'remove it from the recipients',
          }),
        );
      } else if (value.recipients.indexOf(id) !== index) {
        diagnostics.push(
          at(source, path, {
            code: 'duplicate-value',
            message: `${id} is named as a recipient twice, first on line ${source.place(['recipients', value.recipients.indexOf(id)]).line}`,
            found: id,
            fix: 'remove one of the two',
          }),
        );
      } else if (recipient !== undefined && !somebodyCollects(recipient)) {
        diagnostics.push(
          at(source, path, {
            code: 'nobody-may',
            message: `nobody at ${id} may collect, so nothing sent to it can be read`,
            fix: `name a role under \`mayCollect\` in organisations/${id}.yaml`,
          }),
        );
      }
    });
    return diagnostics;
  });
}
