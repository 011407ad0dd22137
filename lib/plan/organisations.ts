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
}

/** How organisations differ, by their ids. None of this widens by itself: what access follows from it is told as access. */
export function organisationChanges(before: World, after: World): Change<PlannedOrganisation>[] {
  return changesOf(organisationsIn(before), organisationsIn(after));
}

function organisationsIn({ register, asOf }: World): Map<string, PlannedOrganisation> {
  const organisations = register.organisations.map(
    ({ id, name, account, membership, paused, leaves }): PlannedOrganisation => ({
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
    }),
  );
  return byName(organisations, ({ id }) => id);
}
