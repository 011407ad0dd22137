/** Changes of organisations, of those who act for them, and of the operator’s settings, in sentences. */
import { type AccountNames, POWER_WORDS, type Power, whoWords } from '../../custody';
import { dayWords } from '../../register/calendar';
import { andList, code, markedText, say } from '../../words';
import type { Change } from '../change';
import { newApprovers, type PlannedApprover, type PlannedOrganisation } from '../organisations';
import { type Holder, isGain, powerChange } from '../people';
import type { SettingChange, SettingName, SettingValue } from '../zone-settings';
import type { Told } from './told';

const STATES: Readonly<Record<PlannedOrganisation['state'], string>> = {
  active: 'takes part again',
  paused: 'is paused',
  left: 'has left',
};

/** An organisation that joins, goes or is not what it was. Its access is told by itself. */
export function tellOrganisation({ before, after }: Change<PlannedOrganisation>): Told {
  if (before === undefined && after !== undefined) {
    const { name, id, membership, account, state } = after;
    const yet = state === 'active' ? '' : `, and ${STATES[state]}`;
    return {
      mark: '+',
      sentence: say`${name} (${code(id)}) joins as ${membership === 'member' ? 'a member' : 'an external organisation'}, in account ${account}${yet}`,
      more: [],
      widens: false,
    };
  }
  if (after === undefined || before === undefined) {
    const { name, id } = before ?? { name: '', id: '' };
    return {
      mark: '-',
      sentence: say`${name} (${code(id)}) is no longer in the register`,
      more: [],
      widens: false,
    };
  }
  const [more, fewer] = [newApprovers(before, after), newApprovers(after, before)];
  const parts = [
    ...(more.length === 0 ? [] : [`lets sign for it ${andList(more.map(approverWords))}`]),
    ...(fewer.length === 0
      ? []
      : [`no longer lets sign, or for fewer days, ${andList(fewer.map(approverWords))}`]),
    ...(before.name === after.name ? [] : [`was called ${before.name}`]),
    ...(before.account === after.account
      ? []
      : [`moves from account ${before.account} to account ${after.account}`]),
    ...(before.membership === after.membership
      ? []
      : [`is ${after.membership === 'member' ? 'a member' : 'an external organisation'} now`]),
    ...(before.state === after.state ? [] : [STATES[after.state]]),
  ];
  return {
    mark: '~',
    sentence: say`${after.name} (${code(after.id)}) ${andList(parts)}`,
    more: [],
    widens: more.length > 0,
  };
}

/** `director by the key …F0SP76ZL5WQ, from 2026-05-01`. The end of a key tells it from others. */
function approverWords({ post, key, from, until }: PlannedApprover): string {
  return `${post} by the key …${key.trim().slice(-12)}, from ${dayWords(from)}${until === undefined ? '' : ` until ${dayWords(until)}`}`;
}

const SETTINGS: Readonly<Record<SettingName, string>> = {
  awsOrganization: 'the AWS organisation',
  region: 'the Region',
  mailboxOrigin: 'the origin of the mailbox’s page',
  pageReleasers: 'who may put another page of the mailbox in place',
  managementAccount: 'the management account',
  namePrefix: 'the prefix of buckets’ names',
  guardrailReach: 'the reach of the guardrails',
  guardrailUnits: 'the units that guardrails hold',
  zoneAccount: 'the zone’s account',
  deployers: 'who may deploy',
  approvals: 'whether all agreements have to be approved',
};

/** What a setting of the operator is called. */
export function settingInWords(setting: SettingName): string {
  return SETTINGS[setting];
}

/** The value of a setting. */
export function valueInWords(value: SettingValue): string {
  if (typeof value === 'string') return value;
  return value.length === 0 ? 'none' : value.join(', ');
}

/** A setting of the operator that is not what it was. */
export function tellSetting({ setting, before, after, widens }: SettingChange): Told {
  const [was, is] = [valueInWords(before), valueInWords(after)];
  return {
    mark: '~',
    sentence: say`The operator changes ${SETTINGS[setting]} from ${code(was)} to ${code(is)}`,
    more: [],
    widens,
  };
}

/** Those who may act for an organisation, or no longer may. */
export function tellHolder(change: Change<Holder>, accounts: AccountNames): Told {
  const { before, after } = change;
  const holder = after ?? before;
  if (holder === undefined) throw new Error('a change of nothing');
  const { organisation, deed, who } = holder;
  const widens = isGain(change);
  if (deed !== 'administer' && before !== undefined && after !== undefined)
    return {
      mark: '~',
      sentence: say`${'arn' in who ? code(who.arn) : whoWords(who, accounts)} may ${deed} for ${organisation.name} as before, under another name of the organisation`,
      more: [],
      widens,
    };
  if (deed !== 'administer')
    return {
      mark: widens ? '+' : '-',
      sentence: say`${'arn' in who ? code(who.arn) : whoWords(who, accounts)} ${widens ? 'may now' : 'may no longer'} ${deed} for ${organisation.name}`,
      more: [],
      widens,
    };
  const { gained, lost } = powerChange(change);
  const inWords = (powers: readonly Power[]) => andList(powers.map((power) => POWER_WORDS[power]));
  const parts = [
    ...(gained.length === 0 ? [] : [`may now ${inWords(gained)}`]),
    ...(lost.length === 0 ? [] : [`may no longer ${inWords(lost)}`]),
  ];
  return {
    mark: before === undefined ? '+' : after === undefined ? '-' : '~',
    sentence: say`Over the key of ${organisation.name}, ${whoWords(who, accounts)} ${parts.join('; ') || 'is the same under another name'}`,
    more: [],
    widens,
  };
}

/** A holder with the words for whom it is, for programs: the ARN of a role that collects or deposits. */
export function holderInWords({ who, ...holder }: Holder, accounts: AccountNames): object {
  const { organisation, deed, powers } = holder;
  const words = deed !== 'administer' && 'arn' in who ? who.arn : markedText(whoWords(who, accounts));
  return { organisation, deed, who: words, powers };
}
