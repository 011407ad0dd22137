/** Changes of organisations, of those who act for them, and of the operator’s settings, in sentences. */
import { POWERS, type Power } from '../custody/kms-actions';
import { type Body, DEPLOYERS, REACH, UNITS, type ZoneSetting } from './bodies';
import type { Change } from './change';
import { type Holder, isGain } from './people';
import { andList, type Told } from './told';

const STATES: Readonly<Record<Body['state'], string>> = {
  active: 'takes part again',
  paused: 'is paused',
  left: 'has left',
};

/** An organisation that joins, goes or is not what it was. Its access is told by itself. */
export function tellBody({ before, after }: Change<Body>): Told {
  if (before === undefined && after !== undefined) {
    const { name, id, membership, account, state } = after;
    const yet = state === 'active' ? '' : `, and ${STATES[state]}`;
    return {
      mark: '+',
      sentence: `${name} (\`${id}\`) joins as ${membership === 'member' ? 'a member' : 'an external body'}, in account ${account}${yet}`,
      more: [],
      widens: false,
    };
  }
  if (after === undefined || before === undefined) {
    const { name, id } = before ?? { name: '', id: '' };
    return {
      mark: '-',
      sentence: `${name} (\`${id}\`) is no longer in the register`,
      more: [],
      widens: false,
    };
  }
  const parts = [
    ...(before.name === after.name ? [] : [`was called ${before.name}`]),
    ...(before.account === after.account
      ? []
      : [`moves from account ${before.account} to account ${after.account}`]),
    ...(before.membership === after.membership
      ? []
      : [`is ${after.membership === 'member' ? 'a member' : 'an external body'} now`]),
    ...(before.state === after.state ? [] : [STATES[after.state]]),
  ];
  return {
    mark: '~',
    sentence: `${after.name} (\`${after.id}\`) ${andList(parts)}`,
    more: [],
    widens: false,
  };
}

const REACHES: readonly unknown[] = ['nowhere', 'canary', 'all'];

/**
 * Who counts as inside the AWS organisation rests on the accounts and on its id. Guardrails that reach less far let
 * administrators of accounts do more; so may other units, and another role may deploy anything.
 */
function widensZone(setting: string, was = '', is = ''): boolean {
  if (setting === REACH) return REACHES.indexOf(is) < REACHES.indexOf(was);
  if (setting === UNITS) return was !== 'none';
  if (setting === DEPLOYERS) return is.split(', ').some((role) => !was.split(', ').includes(role));
  return /account|AWS organisation/.test(setting);
}

/** A setting of the operator. */
export function tellZone({ before, after }: Change<ZoneSetting>): Told {
  const setting = (after ?? before)?.setting ?? '';
  return {
    mark: '~',
    sentence: `The operator changes ${setting} from \`${before?.value}\` to \`${after?.value}\``,
    more: [],
    widens: widensZone(setting, before?.value, after?.value),
  };
}

/** Somebody who may act for an organisation, or no longer may. */
export function tellHolder(change: Change<Holder>): Told {
  const { before, after } = change;
  const holder = after ?? before;
  if (holder === undefined) throw new Error('a change of nothing');
  const { organisation, deed, who } = holder;
  const widens = isGain(change);
  if (deed !== 'administer')
    return {
      mark: widens ? '+' : '-',
      sentence: `\`${who}\` ${widens ? 'may now' : 'may no longer'} ${deed} for ${organisation.name}`,
      more: [],
      widens,
    };
  const gained = powersWithout(after, before);
  const lost = powersWithout(before, after);
  const parts = [
    ...(gained.length === 0 ? [] : [`may now ${andList(gained)}`]),
    ...(lost.length === 0 ? [] : [`may no longer ${andList(lost)}`]),
  ];
  return {
    mark: before === undefined ? '+' : after === undefined ? '-' : '~',
    sentence: `Over the key of ${organisation.name}, ${who} ${parts.join('; ') || 'is the same under another name'}`,
    more: [],
    widens,
  };
}

function powersWithout(one: Holder | undefined, other: Holder | undefined): string[] {
  const without: readonly Power[] = other?.powers ?? [];
  return (one?.powers ?? []).filter((power) => !without.includes(power)).map((power) => POWERS[power]);
}
