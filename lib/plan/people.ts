/** Roles and people: who may collect and deposit for an organisation, and who administers its key. */
import type { OrganisationFacts } from '../assembly';
import { ADMINISTRATION, callerOf, type Power, type Who } from '../custody';
import { isActive } from '../proof';
import { byName, type Change, changesOf } from './change';
import { type NamedOrganisation, named, type Side } from './side';

/** A role, or those with powers over the key, that an organisation lets act for it. */
export interface Holder {
  readonly organisation: NamedOrganisation;
  /** `collect` and `deposit`: takes on that role. `administer`: has powers over the key, none of which reads data. */
  readonly deed: 'collect' | 'deposit' | 'administer';
  /** Of `collect` and `deposit` a role. */
  readonly who: Who;
  /** Over the key; empty for the rest. */
  readonly powers: readonly Power[];
}

/** Powers that change what happens to a key; to look at it changes nothing. */
const OVER_KEYS: readonly Power[] = [...ADMINISTRATION.filter((power) => power !== 'look'), 'unknown'];

/** How those who act for organisations differ. One that is paused or has left has roles, but they may do nothing. */
export function holderChanges(before: Side, after: Side): Change<Holder>[] {
  return changesOf(holdersIn(before), holdersIn(after));
}

/** The powers that a change gives and takes. */
export function powerChange({ before, after }: Change<Holder>): {
  readonly gained: readonly Power[];
  readonly lost: readonly Power[];
} {
  const [was, is] = [before?.powers ?? [], after?.powers ?? []];
  return {
    gained: is.filter((power) => !was.includes(power)),
    lost: was.filter((power) => !is.includes(power)),
  };
}

/** Whether a change lets anyone do something that they could not do before. */
export function isGain(change: Change<Holder>): boolean {
  const { before, after } = change;
  return after !== undefined && (before === undefined || powerChange(change).gained.length > 0);
}

function holdersIn(side: Side): Map<string, Holder> {
  return byName([...byRegister(side), ...byKeyPolicy(side)], ({ organisation, deed, who }) =>
    [
      organisation.id,
      organisation.account,
      deed,
      'arn' in who ? who.arn : `${who.kind} ${JSON.stringify(who)}`,
    ].join(' '),
  );
}

/** The proof holds that roles’ trust policies let in exactly those; where they do not, it says so. */
function byRegister({ world: { register, asOf } }: Side): Holder[] {
  return register.organisations
    .filter((each) => isActive(each, asOf))
    .flatMap((each) => {
      const holder = (deed: Holder['deed']) => (arn: string) => ({
        organisation: named(each),
        deed,
        who: callerOf(arn),
        powers: [],
      });
      return [
        ...[...new Set(each.mayCollect)].map(holder('collect')),
        ...[...new Set(each.mayDeposit)].map(holder('deposit')),
        ...signedInFor(each),
      ];
    });
}

/** Those who sign in to collect and to deposit, each with what for. */
export function signedInFor(organisation: OrganisationFacts): Holder[] {
  return [
    ...signedIn(organisation, 'mayCollect', 'collect'),
    ...signedIn(organisation, 'mayDeposit', 'deposit'),
  ];
}

/** Those who sign in: each subject, and the holders of each app role. */
function signedIn(
  organisation: OrganisationFacts,
  list: 'mayCollect' | 'mayDeposit',
  deed: Holder['deed'],
): Holder[] {
  const { signIn } = organisation;
  const provider = signIn?.issuer ?? '';
  const { subjects = [], appRoles = [] } = signIn?.[list] ?? {};
  const who: readonly Who[] = [
    ...subjects.map((subject) => ({ kind: 'federated', provider, subject }) as const),
    ...appRoles.map((appRole) => ({ kind: 'federated', provider, appRole }) as const),
  ];
  return who.map((each) => ({ organisation: named(organisation), deed, who: each, powers: [] }));
}

/** Those whom the key’s own policy gives powers over the key, whatever the register says. */
function byKeyPolicy({ custody, world }: Side): Holder[] {
  const found = new Map<string, Holder & { powers: Power[] }>();
  for (const { organisation: id, name, account, powers } of custody) {
    const organisation = world.register.organisations.find((each) => each.id === id) ?? { id, name, account };
    for (const power of OVER_KEYS)
      for (const who of (powers[power] ?? []).flatMap((each) => each.who)) {
        const key = `${id} ${JSON.stringify(who)}`;
        const holder = found.get(key) ?? {
          organisation: named(organisation),
          deed: 'administer' as const,
          who,
          powers: [],
        };
        if (!holder.powers.includes(power)) holder.powers.push(power);
        found.set(key, holder);
      }
  }
  return [...found.values()];
}
