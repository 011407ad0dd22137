/**
 * Everything that a proof asks about: each way to each bucket, key and role of the organisations and of the operator, and to
 * each table of the operator’s.
 */
import type { OrganisationFacts, World } from '../assembly';
import { STRANGERS } from './askers';
import { indexed } from './indexed';
import type { Owner } from './question';
import type { ImpliedShare } from './shares';
import { type Way, waysBeside, waysToBucket, wayToKey, wayToRole, wayToTable, wayToZoneKey } from './way';

/** The shares for which no template makes an access point. */
export function withoutAccessPoint(world: World, shares: readonly ImpliedShare[]): ImpliedShare[] {
  const points = new Set(
    world.buckets.flatMap(({ account, accessPoints }) =>
      accessPoints.map(({ name }) => `${account} ${name}`),
    ),
  );
  return shares.filter(({ owner, name }) => !points.has(`${owner.account} ${name}`));
}

/** A way with what counts of whose it is. */
export interface OwnedWay {
  readonly way: Way;
  /** Undefined for the operator. */
  readonly owner: OrganisationFacts | undefined;
  /** The key of the owner’s bucket. */
  readonly keyArn: string;
  /** Accounts whose receipts roles count. */
  readonly readers: readonly string[];
}

const ZONE: Owner = { kind: 'zone' };

/**
 * Every way, in the order of owners; the operator’s come last.
 * @param only the accounts whose resources are asked for; all if not given
 */
export function* everyWay(world: World, only?: ReadonlySet<string>): Generator<OwnedWay> {
  const { organisations, zone } = world.register;
  const { bucketsOf, keysOf, rolesOf, keyByArn } = indexed(world);
  for (const owner of organisations) {
    const { account, id } = owner;
    if (only !== undefined && !only.has(account)) continue;
    const whose: Owner = { kind: 'organisation', id };
    for (const bucket of bucketsOf.get(account) ?? []) {
      const key = keyByArn.get(bucket.key ?? '');
      const ways = [...waysToBucket(bucket, whose), ...waysBeside(bucket, whose, zone.region, STRANGERS[0])];
      if (key !== undefined) ways.push(wayToKey(key, whose, bucket.arn));
      for (const way of ways) yield { way, owner, keyArn: bucket.key ?? '', readers: [] };
    }
    for (const key of keysOf.get(account) ?? [])
      if (key.purpose === 'alerts-and-logs')
        yield { way: wayToZoneKey(key, whose), owner, keyArn: '', readers: [] };
    for (const role of rolesOf.get(account) ?? [])
      yield { way: wayToRole(role, whose), owner, keyArn: '', readers: [] };
  }
  const { zone: account } = zone.accounts;
  if (only !== undefined && !only.has(account)) return;
  const operators = { owner: undefined, keyArn: '' };
  const readers = organisations.map((each) => each.account);
  for (const bucket of bucketsOf.get(account) ?? []) {
    for (const way of waysToBucket(bucket, ZONE)) yield { way, ...operators, readers };
    for (const way of waysBeside(bucket, ZONE, zone.region, STRANGERS[0]))
      yield { way, ...operators, readers: [] };
  }
  for (const key of keysOf.get(account) ?? []) yield { way: wayToZoneKey(key, ZONE), ...operators, readers };
  for (const role of rolesOf.get(account) ?? [])
    yield { way: wayToRole(role, ZONE), ...operators, readers: [] };
  for (const table of world.tables.filter((each) => each.account === account))
    yield { way: wayToTable(table, ZONE), ...operators, readers: [] };
}
