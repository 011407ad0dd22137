/**
 * Goes through every combination of values, and takes together those that nothing tells apart: the same statements and
 * grants hold, and the entitlement says the same of them.
 *
 * Combinations are built up one condition key after the other. Two that are alike so far stay alike whatever comes after
 * them, so one is carried on for both, with how many it stands for.
 */
import type { Truth } from '../iam';
import type { Dimension } from './dimensions';
import type { Entitlement } from './question';
import type { Value } from './values';

/** Combinations that nothing tells apart. */
export interface Alike {
  /** Which statements and grants hold, packed as `packed` does it. */
  readonly held: bigint;
  /** Whether the asker is entitled to them. */
  readonly entitled: boolean;
  /** How many there are. */
  readonly many: number;
  /** The first of them: for each condition key in turn, which of its values. */
  readonly first: readonly number[];
}

/** As long as not every key that it reads has a value, an entitlement may not be settled. */
interface Begun extends Omit<Alike, 'entitled'> {
  readonly entitled: boolean | undefined;
  /** The values of the keys that the entitlement depends on, as long as it is not settled. */
  readonly told: string;
}

const BITS: readonly [string, string, string] = ['00', '01', '11'];

/** Truths as the bits of one number, two for each, so that `&` of two such numbers is `and` of each pair of truths. */
export function packed(truths: readonly Truth[]): bigint {
  return truths.length === 0 ? 0n : BigInt(`0b${truths.map((each) => BITS[each]).join('')}`);
}

/** What is gone through. */
export interface Through {
  readonly dimensions: readonly Dimension[];
  /** For each dimension and each of its values: what holds by it, packed. */
  readonly masks: readonly (readonly bigint[])[];
  /** What holds before any key has a value. */
  readonly start: bigint;
  readonly entitlement: Entitlement | undefined;
  readonly object: string;
  /** Has each combination stand alone. */
  readonly apart: boolean;
}

/**
 * All combinations, in the order of the first of each.
 * @throws Error if an entitlement depends on a key that it does not name, which is a fault of the proof
 */
export function alikeIn({ dimensions, masks, start, entitlement, object, apart }: Through): readonly Alike[] {
  const depths = new Map(dimensions.map(({ key }, depth) => [key, depth]));
  /** Undefined where the entitlement asks for a key that has no value yet. */
  const settled = (values: readonly number[]): boolean | undefined => {
    if (entitlement === undefined) return false;
    let isOpen = false;
    const read = (key: string): Value => {
      const depth = depths.get(key);
      if (depth === undefined) return undefined;
      if (!entitlement.values.has(key))
        throw new Error(`an entitlement depends on ${key}, which it does not name`);
      const n = values[depth];
      isOpen ||= n === undefined;
      return n === undefined ? undefined : dimensions[depth]?.values[n];
    };
    const holds = entitlement.holds(read, object);
    return isOpen ? undefined : holds;
  };
  const entitled = apart && dimensions.length > 0 ? undefined : settled([]);
  let begun: readonly Begun[] = [{ held: start, entitled, many: 1, first: [], told: '' }];
  dimensions.forEach(({ key, values }, depth) => {
    const isRead = entitlement?.values.has(key) === true;
    // One that stands alone is settled with all its values, which checks those that are settled before.
    const isDue = apart ? depth === dimensions.length - 1 : isRead;
    const next: (Begun & { many: number })[] = [];
    /** What the entitlement says, or what it has been told so far, then what holds. */
    const known = new Map<boolean | string, Map<bigint, Begun & { many: number }>>();
    const answers = new Map<string, boolean | undefined>();
    const answer = (told: string, first: readonly number[]) => {
      if (apart) return settled(first);
      // It depends on nothing but what it has been told.
      if (!answers.has(told)) answers.set(told, settled(first));
      return answers.get(told);
    };
    for (const before of begun)
      for (let n = 0; n < values.length; n++) {
        const held = before.held & (masks[depth]?.[n] ?? 0n);
        let { entitled, told } = before;
        if (entitled === undefined && isDue) {
          const more = apart ? '' : `${told},${n}`;
          entitled = answer(more, [...before.first, n]);
          if (entitled === undefined) told = more;
        }
        if (!apart) {
          const name = entitled ?? told;
          const alike = known.get(name) ?? new Map<bigint, Begun & { many: number }>();
          known.set(name, alike);
          const same = alike.get(held);
          if (same !== undefined) {
            same.many += before.many;
            continue;
          }
          const fresh = { held, entitled, many: before.many, first: [...before.first, n], told };
          alike.set(held, fresh);
          next.push(fresh);
        } else next.push({ held, entitled, many: before.many, first: [...before.first, n], told });
      }
    begun = next;
  });
  return begun.map(({ held, entitled = false, many, first }) => ({ held, entitled, many, first }));
}
