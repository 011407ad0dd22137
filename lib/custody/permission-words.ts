/** A statement of a policy as a sentence, and the days of a grant. */
import { type IsoDate, inWords, today } from '../register/calendar';
import { orList } from '../words';
import type { Condition } from './conditions';
import type { HeldGrant } from './held-grants';
import { POWERS, type Power } from './kms-actions';
import type { Permission } from './permissions';

/** What one statement of a key’s policy lets somebody do, or denies, of the powers that are asked about. */
export function permissionWords(permission: Permission, about: readonly Power[]): string {
  const { effect, who, sid } = permission;
  const does = [...powerWords(permission, [...about, 'unknown']), ...otherActions(permission)];
  if (effect === 'Deny') {
    const everybody = who.every(
      (each) => each.startsWith('anybody, in any AWS account') && !each.includes(' but '),
    );
    const whom = everybody ? 'Nobody at all may' : `Denied to ${listed(who)}: to`;
    return `${whom} ${orList(does) || 'do nothing'}${conditionWords(permission, 'where')}. ${sidWords(sid)}`;
  }
  const may = effect === 'Allow' ? 'may' : 'might be able to';
  return `${capital(listed(who))} ${may} ${listed(does)}${conditionWords(permission, 'only if')}. ${sidWords(sid)}`;
}

/** Who may take on a role, by one statement of its trust policy. */
export function trustWords(permission: Permission): string {
  const { effect, who, actions, except, sid } = permission;
  const plain = !except && actions.join() === 'sts:AssumeRole';
  const does = plain
    ? ''
    : `, by ${except ? 'anything but ' : ''}${actions.map(code).join(', ') || 'no action'}`;
  const whom =
    effect === 'Allow' ? capital(listed(who)) : `${effect === 'Deny' ? 'Not' : 'Perhaps'} ${listed(who)}`;
  return `${whom}${does}${conditionWords(permission, effect === 'Deny' ? 'where' : 'only if')}. ${sidWords(sid)}`;
}

/** What a role’s own policy says of the key. @param key what the template calls the key’s ARN */
export function ownPolicyWords(permission: Permission, key: string): string {
  const { effect, resources, sid } = permission;
  const does = listed([
    ...powerWords(permission, Object.keys(POWERS) as Power[]),
    ...otherActions(permission),
  ]);
  const verb = effect === 'Allow' ? 'It may' : effect === 'Deny' ? 'It may not' : 'It might be able to';
  const on =
    resources.map((each) => (each === key ? 'this key' : code(each))).join(', ') ||
    'resources that are not named';
  return `${verb} ${does}, on ${on}${conditionWords(permission, effect === 'Deny' ? 'where' : 'only if')}. ${sidWords(sid)}`;
}

/** The days of a grant in London; moments that are none are given as they are. */
export function grantDays({ from, until }: HeldGrant): string {
  const [start, end] = [Date.parse(from), Date.parse(until) - 1];
  if (Number.isNaN(start) || Number.isNaN(end)) return `from ${from} until ${until}`;
  return `from ${day(start)} to ${day(end)} (${from} until ${until})`;
}

/** A date in words, where it is one. */
export function dayWords(date: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(date) ? inWords(date as IsoDate) : date;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2
    ? (words[0] ?? 'do nothing')
    : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** The first letter as a capital. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function powerWords({ powers }: Permission, about: readonly Power[]): string[] {
  return (Object.keys(POWERS) as Power[]).flatMap((power) => {
    const actions = powers[power];
    return actions !== undefined && about.includes(power)
      ? [`${POWERS[power]} (${actions.map(code).join(', ')})`]
      : [];
  });
}

/** Actions that are of no KMS power, such as those of other services: named, so that nothing is left out. */
function otherActions({ powers, actions, except }: Permission): string[] {
  if (Object.keys(powers).length > 0 || except) return [];
  return actions.length > 0 ? [`do ${actions.map(code).join(', ')}`] : [];
}

function conditionWords({ conditions }: Permission, word: string): string {
  const words = conditions.filter(({ inWho }) => !inWho).map((each: Condition) => each.words);
  if (words.length === 0) return '';
  return words.length === 1 ? `, ${word} ${words[0]}` : `, ${word} all of this holds: ${words.join('; ')}`;
}

function sidWords(sid: string): string {
  return `[\`${sid}\`]`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function day(moment: number): string {
  return inWords(today(new Date(moment)));
}
