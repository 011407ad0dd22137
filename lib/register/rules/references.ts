/** Rules on what agreements and organisations refer to. */

import { nearest } from '../../words';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft, type Sourced, whereIs } from '../draft';
import { locate } from '../explain/fault';
import { somebodyCollects, somebodyDeposits } from '../may';
import { type NamedParty, namedParties, written } from '../parties';
import type { Agreement } from '../schema/agreement';
import type { Organisation } from '../schema/organisation';
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
    for (const { id, path } of namedParties(value)) check('organisations', id, source, path);
    check('organisations', value.hold?.by, source, ['hold', 'by']);
    check('contracts', value.contract, source, ['contract']);
    check('agreements', value.supersedes, source, ['supersedes']);
    check('agreements', value.novatedFrom, source, ['novatedFrom']);
  }
  return diagnostics;
}

/**
 * The parties are an owner and its recipients, or those that share with each other; who owns is a member who can deposit, who
 * collects can, and each is named once.
 */
export function partiesCanAct(draft: Draft): Diagnostic[] {
  return [...draft.agreements.values()].flatMap((agreement) => {
    const form = formOfParties(agreement);
    // Of parties that are named in both forms, nobody can say what each does.
    if (form.length > 0) return form;
    return namedParties(agreement.value).flatMap((party, index, all) => {
      const first = all.findIndex(({ id }) => id === party.id);
      if (first !== index) return [namedTwice(agreement, party, all[first] ?? party)];
      const found = draft.organisations.get(party.id);
      if (found === undefined) return [];
      return [
        ...(party.deposits ? ownerActs(agreement, party, found) : []),
        ...(party.collects ? recipientActs(agreement, party, found) : []),
      ];
    });
  });
}

/** Who shares with whom is said in one of the two forms, and whole. */
function formOfParties({ value, source }: Sourced<Agreement>): Diagnostic[] {
  const { owner, recipients, reciprocal } = written(value);
  const oneWay = { owner, recipients };
  if (reciprocal === undefined)
    return (['owner', 'recipients'] as const)
      .filter((name) => oneWay[name] === undefined)
      .map((name) =>
        locate(source, {
          code: 'missing-key',
          path: [],
          part: 'key',
          message: `\`${name}\` is missing`,
          allowed: '`owner` and `recipients`, or `reciprocal`',
          fix:
            name === 'owner'
              ? 'add `owner:` with the organisation whose data is shared, or `reciprocal:` with all parties where each shares with each other'
              : 'add `recipients:` with a list of those who may collect',
        }),
      );
  return (['owner', 'recipients'] as const)
    .filter((name) => oneWay[name] !== undefined)
    .map((name) =>
      locate(source, {
        code: 'not-allowed',
        path: [name],
        part: 'key',
        message: `\`${name}\` and \`reciprocal\` are both given: under a reciprocal agreement each party owns what it deposits, and each other collects it`,
        allowed: '`owner` and `recipients`, or `reciprocal`',
        fix: `remove \`${name}\`, or remove \`reciprocal\` if one party shares with the others`,
      }),
    );
}

function namedTwice({ source }: Sourced<Agreement>, party: NamedParty, first: NamedParty): Diagnostic {
  const line = source.place(first.path).line;
  const isOwner = first.deposits && !party.deposits;
  const among = party.deposits ? 'as a party' : 'as a recipient';
  return at(source, party.path, {
    code: 'duplicate-value',
    message: isOwner
      ? `${party.id} is both the owner and a recipient`
      : `${party.id} is named ${among} twice, first on line ${line}`,
    found: party.id,
    fix: isOwner ? 'remove it from the recipients' : 'remove one of the two',
  });
}

function ownerActs(
  { source }: Sourced<Agreement>,
  { path, collects }: NamedParty,
  { value: owner, source: file }: Sourced<Organisation>,
): Diagnostic[] {
  if (owner.membership === 'external')
    return [
      at(source, path, {
        code: 'not-a-member',
        message: `${owner.id} is external, so it may receive but not own an agreement`,
        found: owner.id,
        allowed: 'an organisation whose `membership` is member',
        fix: collects
          ? 'share with it one way, with an `owner` and `recipients`, or let the organisation join with an account in the zone’s AWS organisation'
          : 'name a member as the owner, or let the organisation join with an account in the zone’s AWS organisation',
      }),
    ];
  if (somebodyDeposits(owner)) return [];
  return [
    at(source, path, {
      code: 'nobody-may',
      message: collects
        ? `nobody at ${owner.id} may deposit, so it can share nothing under this agreement`
        : `nobody at ${owner.id} may deposit, so nothing can be shared under this agreement`,
      fix: `name a role under \`mayDeposit\` (${whereIs(file, ['mayDeposit'])})`,
    }),
  ];
}

function recipientActs(
  { source }: Sourced<Agreement>,
  { path, id }: NamedParty,
  { value: recipient, source: file }: Sourced<Organisation>,
): Diagnostic[] {
  if (somebodyCollects(recipient)) return [];
  return [
    at(source, path, {
      code: 'nobody-may',
      message: `nobody at ${id} may collect, so nothing sent to it can be read`,
      fix: `name a role under \`mayCollect\` (${whereIs(file, ['mayCollect'])})`,
    }),
  ];
}
