/** A world with one policy in another’s place: the same as if the assembly had been changed and read again, and far quicker. */
import { type Assembly, AssemblyError, isUnresolved, type World, worldOf } from '../../lib/assembly';
import { grounded } from '../../lib/assembly/grounded';
import type { AskedGrant } from '../../lib/assembly/world';
import type { PolicyKind } from '../../lib/iam/kind';
import { compile, type Policy } from '../../lib/iam/policy';
import { type Mutant, type PlacedPolicy, type PolicySort, sourceWith } from './policies';

/** What the proof reads of a placed policy; queues’ and topics’ it does not read. */
const KINDS: Readonly<Partial<Record<PolicySort, PolicyKind>>> = {
  bucket: 'bucket',
  'access point': 'access point',
  key: 'key',
  table: 'resource',
  'who takes on a role': 'trust',
  'what a role may do': 'identity',
};

/** A policy as the engine takes it. */
export interface Compiled {
  readonly policy: Policy;
  /** Without functions of CloudFormation. */
  readonly statements: readonly unknown[];
}

/** Compiles a policy of this place. @throws AssemblyError for a function of CloudFormation that is not known */
export function compiled(placed: PlacedPolicy, document: PlacedPolicy['document']): Compiled | undefined {
  const kind = KINDS[placed.sort];
  if (kind === undefined) return undefined;
  const { stack, id, place } = placed;
  const plain = grounded(document, stack) as { Statement: readonly unknown[] };
  if (isUnresolved(plain)) throw new AssemblyError(`${id ?? place} holds what the template does not tell`);
  return { policy: compile(plain, { kind, name: place }), statements: plain.Statement };
}

/** The policy of that place in a world; undefined if the world has none. */
export function policyIn(world: World, { sort, place, path }: PlacedPolicy): Policy | undefined {
  const role = () => world.roles.find((each) => each.place === place);
  switch (sort) {
    case 'bucket':
      return world.buckets.find(({ policy }) => policy?.name === place)?.policy;
    case 'access point':
      return world.buckets.flatMap(({ accessPoints }) => accessPoints).find((each) => each.place === place)
        ?.policy;
    case 'key':
      return world.keys.find((each) => each.place === place)?.policy;
    case 'table':
      return world.tables.find((each) => each.place === place)?.policy;
    case 'who takes on a role':
      return role()?.trust;
    case 'what a role may do':
      return role()?.identity[Number(path[1])];
    default:
      return undefined;
  }
}

/** The world with that policy in its place. */
export function worldWith(world: World, placed: PlacedPolicy, policy: Policy): World {
  const old = policyIn(world, placed);
  const swap = <T extends Policy | undefined>(each: T) => (each === old ? policy : each) as T;
  switch (placed.sort) {
    case 'bucket':
      return { ...world, buckets: world.buckets.map((each) => ({ ...each, policy: swap(each.policy) })) };
    case 'access point':
      return {
        ...world,
        buckets: world.buckets.map((each) => ({
          ...each,
          accessPoints: each.accessPoints.map((point) => ({ ...point, policy: swap(point.policy) })),
        })),
      };
    case 'key':
      return { ...world, keys: world.keys.map((each) => ({ ...each, policy: swap(each.policy) })) };
    case 'table':
      return { ...world, tables: world.tables.map((each) => ({ ...each, policy: swap(each.policy) })) };
    default:
      return {
        ...world,
        roles: world.roles.map((each) =>
          each.place === placed.place
            ? { ...each, trust: swap(each.trust), identity: each.identity.map(swap) }
            : each,
        ),
      };
  }
}

/**
 * The grants of the key whose list is changed, as the reader reads them.
 * @throws AssemblyError if the list is refused
 */
export function grantsWith(source: Assembly, mutant: Mutant, key: string): readonly AskedGrant[] {
  const changed = sourceWith(source, mutant);
  const stacks = changed.stacks.filter(({ name }) => name === mutant.policy.stack.name);
  return worldOf({ ...changed, stacks }).keys.find(({ arn }) => arn === key)?.grants ?? [];
}
