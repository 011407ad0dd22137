/** Organisations that join, leave, pause or move. */
import type { OrganisationFacts, World } from '../assembly';
import { byName, type Change, changesOf } from './change';

/** An organisation as far as a plan tells of it. */
export interface PlannedOrganisation {
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly membership: OrganisationFacts['membership'];
  readonly state: 'active' | 'paused' | 'left';
  /** Who may sign for it; absent where nobody may. */
  readonly approvers?: readonly PlannedApprover[];
}

/** A post that signs, and by which key: nothing in AWS tells of it, and what it signs makes shares. */
export interface PlannedApprover {
  readonly post: string;
  readonly key: string;
  readonly from: string;
  readonly until?: string;
}

/** How organisations differ, by their ids. What access follows is told as access; of itself only one more who may sign widens. */
export function organisationChanges(before: World, after: World): Change<PlannedOrganisation>[] {
  return changesOf(organisationsIn(before), organisationsIn(after));
}

/** Those of a list who may sign, or on days, as nobody of another list may: by another key, too. */
export function newApprovers(
  { approvers: was = [] }: PlannedOrganisation,
  { approvers: is = [] }: PlannedOrganisation,
): PlannedApprover[] {
  return is.filter(
    (now) =>
      !was.some(
        ({ post, key, from, until }) =>
          post === now.post &&
          key === now.key &&
          from <= now.from &&
          (until === undefined || (now.until !== undefined && now.until <= until)),
      ),
  );
}

function organisationsIn({ register, asOf }: World): Map<string, PlannedOrganisation> {
  const organisations = register.organisations.map(
    ({ id, name, account, membership, paused, leaves, approvers }): PlannedOrganisation => ({
      id,
      name,
      account,
      membership,
      state:
        leaves !== undefined && leaves < asOf
          ? 'left'
          : paused !== undefined &&
              paused.from <= asOf &&
              (paused.until === undefined || asOf <= paused.until)
            ? 'paused'
            : 'active',
      ...(approvers && {
        approvers: approvers.map(({ post, sshKey, publicKey, from, until }) => ({
          ...{ post, key: sshKey ?? publicKey ?? '', from },
          ...(until !== undefined && { until }),
        })),
      }),
    }),
  );
  return byName(organisations, ({ id }) => id);
}
