/** The operator’s settings on which everybody’s access rests, each with what of a change of it widens access. */
import type { RegisterFacts, World } from '../assembly';

type Zone = RegisterFacts['zone'];

/** A setting of the operator. */
export type SettingName =
  | 'awsOrganization'
  | 'region'
  | 'managementAccount'
  | 'namePrefix'
  | 'guardrailReach'
  | 'guardrailUnits'
  | 'zoneAccount'
  | 'mailboxOrigin'
  | 'pageReleasers'
  | 'deployers'
  | 'approvals';

/** The value of a setting; of one that holds several, all of them in order. */
export type SettingValue = string | readonly string[];

/** A setting that is not what it was. */
export interface SettingChange {
  readonly setting: SettingName;
  readonly before: SettingValue;
  readonly after: SettingValue;
  /** Whether somebody may do more by it. */
  readonly widens: boolean;
}

/** How far guardrails reach, from nowhere on. One that is not known counts as less than any. */
const REACHES: readonly string[] = ['nowhere', 'canary', 'all'];

/**
 * Every setting, in the order in which changes are told. Who counts as inside the AWS organisation rests on the accounts and
 * on its id. Guardrails that reach less far let administrators of accounts do more; so may other units, and another role
 * may deploy anything.
 */
const SETTINGS: Readonly<Record<SettingName, (before: Zone, after: Zone) => Values | undefined>> = {
  awsOrganization: setting((zone) => zone.awsOrganizationId, always),
  region: setting((zone) => zone.region, never),
  managementAccount: setting((zone) => zone.accounts.management, always),
  namePrefix: setting((zone) => zone.namePrefix, never),
  guardrailReach: setting(
    (zone) => zone.guardrails?.stage ?? 'nowhere',
    (was, is) => REACHES.indexOf(is) < REACHES.indexOf(was),
  ),
  guardrailUnits: setting(
    (zone) => unitsIn(zone.guardrails?.units ?? {}).sort(),
    (was) => was.length > 0,
  ),
  // Browsers may then speak to buckets from another page.
  mailboxOrigin: setting(
    (zone) => zone.mailbox?.origin ?? 'none',
    (_, is) => is !== 'none',
  ),
  // Whoever puts another page in place can read what is written and opened in it.
  pageReleasers: setting(
    (zone) => [...(zone.mailbox?.served?.mayRelease ?? [])].sort(),
    (was, is) => is.some((role) => !was.includes(role)),
  ),
  zoneAccount: setting((zone) => zone.accounts.zone, always),
  deployers: setting(
    (zone) => [...(zone.guardrails?.deployers ?? [])].sort(),
    (was, is) => is.some((role) => !was.includes(role)),
  ),
  // What is agreed from then on needs nobody’s signature.
  approvals: setting(
    (zone) => zone.approvals ?? 'not asked for',
    (was) => was === 'required',
  ),
};

/** How the operator’s settings differ. */
export function settingChanges(before: World, after: World): SettingChange[] {
  return Object.entries(SETTINGS).flatMap(([name, compare]) => {
    const values = compare(before.register.zone, after.register.zone);
    return values === undefined ? [] : [{ setting: name as SettingName, ...values }];
  });
}

type Values = Omit<SettingChange, 'setting'>;

/** A setting, by what it is in a zone and by when a change of it widens access. */
function setting<Value extends SettingValue>(
  of: (zone: Zone) => Value,
  widens: (was: Value, is: Value) => boolean,
): (before: Zone, after: Zone) => Values | undefined {
  return (before, after) => {
    const [was, is] = [of(before), of(after)];
    if (JSON.stringify(was) === JSON.stringify(is)) return undefined;
    return { before: was, after: is, widens: widens(was, is) };
  };
}

function always(): boolean {
  return true;
}

function never(): boolean {
  return false;
}

type Units = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** Each unit with what it is for. */
function unitsIn(units: Units): string[] {
  return Object.entries(units).flatMap(([purpose, unit]) =>
    typeof unit === 'string' ? [`${purpose} ${unit}`] : unitsIn(unit),
  );
}
