/** The smallest parts of a world that show all that one policy has a say in, so that a mutant is proven in milliseconds. */

import type { MadeBucket, World } from '../../lib/assembly';
import { compile } from '../../lib/iam/policy';
import { RECEIPTS } from '../../lib/proof/entitlement/zone-names';
import type { Proof } from '../../lib/proof/prove';
import { prove } from '../../lib/proof/prove';
import type { Question } from '../../lib/proof/question';
import { impliedShares } from '../../lib/proof/shares';
import type { PlacedPolicy } from './policies';

/** A part of a world, with whose resources are asked for and which of them count. */
interface Part {
  readonly world: World;
  readonly account: string;
  /** What is asked of other resources has lost the policies that it rests on, and says nothing. */
  readonly kinds: readonly string[];
}

/** Of each account’s key that encrypts no shared data. */
const ALERTS = 'alerts-and-logs';
const COLLECT = 'role/concordat/concordat-collect';
const NOBODY = compile({ Version: '2012-10-17', Statement: [] }, { kind: 'trust', name: 'nobody' });

/**
 * What the proof finds in one part after another, until it finds something; undefined if it finds nothing.
 * @param first a question whose answer the change is known to alter: the part that asks it comes first
 */
export function foundIn(world: World, placed: PlacedPolicy, first?: Question): string | undefined {
  const parts = first === undefined ? [] : partsOf(world, first);
  for (const part of [...parts, ...partsFor(world, placed)]) {
    const found = firstOf(prove(part.world, new Set([part.account])), part.kinds);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What the whole proof finds first. */
export function foundInAll(world: World): string | undefined {
  const proof = prove(world);
  return proof.withoutAccessPoint.length > 0 ? 'missing' : firstOf(proof, ['bucket', 'key', 'role', 'table']);
}

function firstOf({ differences, notJudged, notUnderstood }: Proof, kinds: readonly string[]) {
  if (notUnderstood.length > 0) return 'not understood';
  return [...differences, ...notJudged].find(({ question }) => kinds.includes(question.target.kind))?.kind;
}

/** The resource of one question, by the way of that question. */
function partsOf(world: World, { target, accessPoint }: Question): Part[] {
  if (target.kind === 'table')
    return [
      ofTables(
        world,
        world.tables.filter(({ arn }) => arn === target.arn),
      ),
    ];
  if (target.kind === 'role') return [partOf(world, target.account, [], [], ['role'])];
  const keys = target.kind === 'key' ? world.keys.filter(({ arn }) => arn === target.arn) : [];
  if (target.kind === 'key' && target.bucket === undefined)
    return [partOf(world, target.account, [], keys, ['key'])];
  return world.buckets
    .filter(({ arn }) => arn === (target.kind === 'key' ? target.bucket : target.arn))
    .map((bucket) => {
      const accessPoints = bucket.accessPoints.filter(({ arn }) => arn === accessPoint);
      const one = target.kind === 'key' ? { ...bucket, policy: undefined } : bucket;
      return partOf(world, bucket.account, [{ ...one, accessPoints }], keys, [target.kind]);
    });
}

/** Roles whose trust is not asked about take up no time, and still ask. */
function partOf(
  world: World,
  account: string,
  buckets: readonly MadeBucket[],
  keys: World['keys'],
  kinds: readonly string[],
): Part {
  const roles = kinds.includes('role')
    ? world.roles
    : world.roles.map((each) => ({ ...each, trust: NOBODY }));
  return { world: { ...world, roles, buckets, keys, tables: [] }, account, kinds };
}

/** Some of the operator’s tables. */
function ofTables(world: World, tables: World['tables']): Part {
  const part = partOf(world, world.register.zone.accounts.zone, [], [], ['table']);
  return { ...part, world: { ...part.world, tables } };
}

function partsFor(world: World, { sort, place, stack }: PlacedPolicy): Part[] {
  const { account } = stack;
  const zone = world.register.zone.accounts.zone;
  const own = world.buckets.filter((each) => each.account === account);
  const ofZone = () =>
    partOf(
      world,
      zone,
      world.buckets.filter((each) => each.account === zone),
      world.keys.filter((each) => each.account === zone),
      ['bucket', 'key'],
    );
  const keyOf = (bucket: MadeBucket) => world.keys.filter(({ arn }) => arn === bucket.key);
  const part = (buckets: readonly MadeBucket[], keys: World['keys'], ...kinds: string[]): Part =>
    partOf(world, buckets[0]?.account ?? account, buckets, keys, kinds);
  switch (sort) {
    case 'bucket':
      return own.filter(({ policy }) => policy?.name === place).map((each) => part([each], [], 'bucket'));
    case 'access point':
      return own.flatMap((bucket) =>
        bucket.accessPoints
          .filter((point) => point.place === place)
          .map((point) => part([{ ...bucket, accessPoints: [point] }], [], 'bucket')),
      );
    case 'key':
    case 'list of grants':
      // Each key of the operator’s is asked about, whatever it is for.
      if (account === zone || world.keys.some((key) => key.place === place && key.purpose === ALERTS))
        return [
          partOf(
            world,
            account,
            [],
            world.keys.filter((key) => key.place === place),
            ['key'],
          ),
        ];
      return own
        .filter((bucket) => sort !== 'key' || keyOf(bucket).some((key) => key.place === place))
        .map((bucket) => part([{ ...bucket, accessPoints: [], policy: undefined }], keyOf(bucket), 'key'));
    case 'table':
      return [
        ofTables(
          world,
          world.tables.filter((each) => each.place === place),
        ),
      ];
    case 'who takes on a role':
      return [part([], [], 'role')];
    case 'what a role may do': {
      const role = world.roles.find((each) => each.place === place);
      if (account === zone) return [ofZone(), ofTables(world, world.tables), part([], [], 'role')];
      const shares = role?.arn.endsWith(COLLECT) ? impliedShares(world.register, world.asOf) : [];
      const points = new Set(
        shares.filter(({ recipient }) => recipient.account === account).map(({ name }) => name),
      );
      const others = world.buckets
        .map((each) => ({
          ...each,
          accessPoints: each.accessPoints.filter(({ name }) => points.has(name)),
        }))
        .filter((each) => each.account !== account && each.accessPoints.length > 0);
      return [
        ...own.map((each) => part([{ ...each, accessPoints: [] }], keyOf(each), 'bucket', 'key', 'role')),
        ...others.map((each) => part([each], keyOf(each), 'bucket', 'key')),
        ...(role?.arn.endsWith(RECEIPTS) ? [ofZone()] : []),
        ...own.map((each) => part([each], [], 'bucket')),
        ...(own.length === 0 ? [part([], [], 'role')] : []),
      ];
    }
    default:
      return [];
  }
}
