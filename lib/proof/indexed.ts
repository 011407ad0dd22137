/** What a world holds, by account and by ARN, and the shares that its register implies: gone through once, however many ask for one of thousands. */
import type { MadeBucket, MadeKey, MadeRole, OrganisationFacts, World } from '../assembly';
import { grouped } from './grouped';
import { type ImpliedShare, impliedShares } from './shares';

/** Of two by one name, the first counts. */
export interface Indexed {
  /** In the order of agreements and their recipients. */
  readonly shares: readonly ImpliedShare[];
  readonly organisationOf: ReadonlyMap<string, OrganisationFacts>;
  readonly bucketsOf: ReadonlyMap<string, readonly MadeBucket[]>;
  readonly keysOf: ReadonlyMap<string, readonly MadeKey[]>;
  readonly rolesOf: ReadonlyMap<string, readonly MadeRole[]>;
  readonly keyByArn: ReadonlyMap<string, MadeKey>;
  readonly roleByArn: ReadonlyMap<string, MadeRole>;
}

const known = new WeakMap<World, Indexed>();

/** The index of a world, whose lists are not to change from then on. */
export function indexed(world: World): Indexed {
  let found = known.get(world);
  if (found === undefined) {
    const { register, buckets, keys, roles } = world;
    const account = (each: { readonly account: string }) => each.account;
    found = {
      shares: impliedShares(register, world.asOf),
      organisationOf: firsts(register.organisations, account),
      bucketsOf: grouped(buckets, account),
      keysOf: grouped(keys, account),
      rolesOf: grouped(roles, account),
      keyByArn: firsts(keys, ({ arn }) => arn),
      roleByArn: firsts(roles, ({ arn }) => arn),
    };
    known.set(world, found);
  }
  return found;
}

function firsts<Thing>(things: readonly Thing[], by: (thing: Thing) => string): ReadonlyMap<string, Thing> {
  const found = new Map<string, Thing>();
  for (const each of things) if (!found.has(by(each))) found.set(by(each), each);
  return found;
}
