/** Organisations that join, leave, pause or move, and the operator’s own settings. */
import type { OrganisationFacts, World } from '../assembly';
import { byName, type Change, changesOf } from './change';

/** An organisation as far as a plan tells of it. */
export interface Body {
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly membership: OrganisationFacts['membership'];
  readonly state: 'active' | 'paused' | 'left';
}

/** A setting of the operator on which everybody’s access rests. */
export interface ZoneSetting {
  readonly setting: string;
  readonly value: string;
}

/** How far the guardrails reach: nowhere, canary or all. */
export const REACH = 'the reach of the guardrails';
/** The organisational units that guardrails are attached to, each with what it is for. */
export const UNITS = 'the units that guardrails hold';
/** The roles that may deploy. */
export const DEPLOYERS = 'who may deploy';

/** How organisations differ, by their ids. */
export function bodyChanges(before: World, after: World): Change<Body>[] {
  return changesOf(bodiesIn(before), bodiesIn(after));
}

/** How the operator’s settings differ. */
export function zoneChanges(before: World, after: World): Change<ZoneSetting>[] {
  return changesOf(settingsIn(before), settingsIn(after));
}

function bodiesIn({ register, asOf }: World): Map<string, Body> {
  const bodies = register.organisations.map(
    ({ id, name, account, membership, paused, leaves }): Body => ({
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
  return byName(bodies, ({ id }) => id);
}

function settingsIn({ register: { zone } }: World): Map<string, ZoneSetting> {
  const settings: ZoneSetting[] = [
    { setting: 'the management account', value: zone.accounts.management },
    { setting: 'the zone’s account', value: zone.accounts.zone },
    { setting: 'the AWS organisation', value: zone.awsOrganizationId },
    { setting: 'the Region', value: zone.region },
    { setting: 'the prefix of buckets’ names', value: zone.namePrefix },
    { setting: REACH, value: zone.guardrails?.stage ?? 'nowhere' },
    { setting: UNITS, value: listed(unitsIn(zone.guardrails?.units ?? {})) },
    { setting: DEPLOYERS, value: listed(zone.guardrails?.deployers ?? []) },
  ];
  return byName(settings, ({ setting }) => setting);
}

type Units = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

function unitsIn(units: Units): string[] {
  return Object.entries(units).flatMap(([purpose, unit]) =>
    typeof unit === 'string' ? [`${purpose} ${unit}`] : unitsIn(unit),
  );
}

/** None has a comma in it. */
function listed(values: readonly string[]): string {
  return values.length === 0 ? 'none' : [...values].sort().join(', ');
}
