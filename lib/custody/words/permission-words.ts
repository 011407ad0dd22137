/** A statement of a policy as a sentence, and the days of a grant. */
import { dayOf, inWords } from '../../register/calendar';
import { andList, capital, code, joined, orList, type Sentence, say } from '../../words';
import type { Sid } from '../attention';
import type { HeldGrant } from '../held-grants';
import { POWERS, type Power, type Powers } from '../kms-actions';
import type { Permission } from '../permissions';
import type { AccountNames, Who } from '../who';
import { sidWords } from './attention-words';
import { conditionWords } from './condition-words';
import { whoWords } from './who-words';

/** What each power lets its holder do, as a verb. */
export const POWER_WORDS: Readonly<Record<Power, string>> = {
  decrypt: 'decrypt',
  encrypt: 'encrypt',
  sign: 'sign or authenticate',
  grant: 'make grants',
  endGrants: 'end grants',
  changePolicy: 'change the key’s policy',
  copy: 'copy the key to another Region',
  material: 'bring or remove key material',
  disable: 'switch the key off',
  end: 'have the key deleted',
  administer: 'change the key’s settings',
  look: 'look at the key',
  unknown: 'do what this statement does not understand',
};

/** What one statement of a key’s policy lets somebody do, or denies, of the powers that are asked about. */
export function permissionWords(
  permission: Permission,
  about: readonly Power[],
  accounts: AccountNames,
): Sentence {
  const { effect, who, sid } = permission;
  const does = [...powerWords(permission, [...about, 'unknown']), ...otherActions(permission)];
  if (effect === 'Deny') {
    const everybody = who.every(({ kind }) => kind === 'anybody');
    const whom = everybody ? say`Nobody at all may` : say`Denied to ${whomWords(who, accounts)}: to`;
    return say`${whom} ${deeds(does, orList)}${conditionsWords(permission, 'where', accounts)}. ${inBrackets(sid)}`;
  }
  const may = effect === 'Allow' ? 'may' : 'might be able to';
  return say`${capital(whomWords(who, accounts))} ${may} ${deeds(does, andList)}${conditionsWords(permission, 'only if', accounts)}. ${inBrackets(sid)}`;
}

/** Who may take on a role, by one statement of its trust policy. @param home an account that was told already */
export function trustWords(permission: Permission, accounts: AccountNames, home?: string): Sentence {
  const { effect, who, actions, except, sid } = permission;
  const plain = !except && actions.join() === 'sts:AssumeRole';
  const does = plain
    ? ''
    : say`, by ${except ? 'anything but ' : ''}${actions.length === 0 ? 'no action' : joined(actions.map(code), ', ')}`;
  const named = whomWords(who, accounts, home);
  const whom = effect === 'Allow' ? capital(named) : say`${effect === 'Deny' ? 'Not' : 'Perhaps'} ${named}`;
  return say`${whom}${does}${conditionsWords(permission, effect === 'Deny' ? 'where' : 'only if', accounts)}. ${inBrackets(sid)}`;
}

/** What a role’s own policy says of the key. @param key what the template calls the key’s ARN */
export function ownPolicyWords(permission: Permission, key: string, accounts: AccountNames): Sentence {
  const { effect, resources, sid } = permission;
  const does = deeds([...powerWords(permission, POWERS), ...otherActions(permission)], andList);
  const verb = effect === 'Allow' ? 'It may' : effect === 'Deny' ? 'It may not' : 'It might be able to';
  const on =
    resources.length === 0
      ? 'resources that are not named'
      : joined(
          resources.map((each) => (each === key ? 'this key' : code(each))),
          ', ',
        );
  return say`${verb} ${does}, on ${on}${conditionsWords(permission, effect === 'Deny' ? 'where' : 'only if', accounts)}. ${inBrackets(sid)}`;
}

/** The days of a grant in London; moments that are none are given as they are. */
export function grantDays({ from, until }: HeldGrant): string {
  const [start, end] = [Date.parse(from), Date.parse(until) - 1];
  if (Number.isNaN(start) || Number.isNaN(end)) return `from ${from} until ${until}`;
  return `from ${day(start)} to ${day(end)} (${from} until ${until})`;
}

/** Some of whom statements speak, as a list in which nobody is named twice. */
export function whomWords(who: readonly Who[], accounts: AccountNames, home?: string): Sentence {
  return andList(distinct(who).map((each) => whoWords(each, accounts, home)));
}

/** The same, each once. */
export function distinct(who: readonly Who[]): readonly Who[] {
  if (who.length < 2) return who;
  return [...new Map(who.map((each) => [JSON.stringify(each), each])).values()];
}

function deeds(does: readonly Sentence[], list: (words: readonly Sentence[]) => Sentence): Sentence {
  return does.length === 0 ? say`do nothing` : list(does);
}

function powerWords({ powers }: Permission, about: readonly Power[]): Sentence[] {
  const words = wordsOfPowers(powers);
  return POWERS.flatMap((power) => (about.includes(power) ? (words[power] ?? []) : []));
}

const known = new WeakMap<Powers, Readonly<Partial<Record<Power, Sentence>>>>();

/** What each of some powers is in words, with its actions: many statements give the same. */
function wordsOfPowers(powers: Powers): Readonly<Partial<Record<Power, Sentence>>> {
  const made =
    known.get(powers) ??
    Object.fromEntries(
      Object.entries(powers).map(([power, actions]) => [
        power,
        say`${POWER_WORDS[power as Power]} (${joined(actions.map(code), ', ')})`,
      ]),
    );
  known.set(powers, made);
  return made;
}

/** Actions that are of no KMS power, such as those of other services: named, so that nothing is left out. */
function otherActions({ powers, actions, except }: Permission): Sentence[] {
  if (Object.keys(powers).length > 0 || except) return [];
  return actions.length > 0 ? [say`do ${joined(actions.map(code), ', ')}`] : [];
}

function conditionsWords({ conditions }: Permission, word: string, accounts: AccountNames): Sentence {
  const words = conditions.filter(({ inWho }) => !inWho).map((each) => conditionWords(each, accounts));
  if (words.length === 0) return say``;
  return words.length === 1
    ? say`, ${word} ${words[0]}`
    : say`, ${word} all of this holds: ${joined(words, '; ')}`;
}

/** The name of a statement, to stand after a sentence. */
function inBrackets(sid: Sid): Sentence {
  return say`[${code(sidWords(sid))}]`;
}

function day(moment: number): string {
  return inWords(dayOf(moment));
}
