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
interface Begun {
  /** What holds, by its number among all that has come up. */
  readonly held: number;
  readonly entitled: boolean | undefined;
  /** The values of the keys that the entitlement depends on, by their number; 0 once it is settled. */
  readonly told: number;
  many: number;
  readonly first: readonly number[];
}

const BITS: readonly [string, string, string] = ['00', '01', '11'];

/** Truths as the bits of one number, two for each, so that `&` of two such numbers is `and` of each pair of truths. */
export function packed(truths: Iterable<Truth>): bigint {
  let bits = '';
  for (const each of truths) bits += BITS[each];
  return bits === '' ? 0n : BigInt(`0b${bits}`);
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
  /** The combination that is asked about. */
  let asked: readonly number[] = [];
  let isOpen = false;
  const read = (key: string): Value => {
    const depth = depths.get(key);
    if (depth === undefined) return undefined;
    if (entitlement?.values.has(key) !== true)
      throw new Error(`an entitlement depends on ${key}, which it does not name`);
    const n = asked[depth];
    isOpen ||= n === undefined;
    return n === undefined ? undefined : dimensions[depth]?.values[n];
  };
  /** Undefined where the entitlement asks for a key that has no value yet. */
  const settled = (values: readonly number[]): boolean | undefined => {
    if (entitlement === undefined) return false;
    asked = values;
    isOpen = false;
    const holds = entitlement.holds(read, object);
    return isOpen ? undefined : holds;
  };
  const met = new Met(start);
  const entitled = apart && dimensions.length > 0 ? undefined : settled([]);
  let begun: readonly Begun[] = [{ held: 0, entitled, many: 1, first: [], told: 0 }];
  dimensions.forEach(({ key, values }, depth) => {
    const isRead = entitlement?.values.has(key) === true;
    // One that stands alone is settled with all its values, which checks those that are settled before.
    const isDue = apart ? depth === dimensions.length - 1 : isRead;
    const rows = met.rowsOf(masks[depth] ?? []);
    const next: Begun[] = [];
    /** By what holds, then by what the entitlement says, or the number of what it has been told so far. */
    const known: Map<number, Begun>[] = [];
    /** What was told before with the value of this key: what the entitlement says by it, or a number for what it is told now. */
    const answers: { readonly entitled: boolean | undefined; readonly told: number }[] = [];
    let tellings = 0;
    for (const before of begun) {
      const row = rows(before.held);
      for (let n = 0; n < values.length; n++) {
        const held = row[n] as number;
        let { entitled, told } = before;
        if (entitled === undefined && isDue) {
          // It depends on nothing but what it has been told.
          const at = before.told * values.length + n;
          let answer = apart ? undefined : answers[at];
          if (answer === undefined) {
            const says = settled([...before.first, n]);
            answer = { entitled: says, told: says === undefined ? tellings++ : 0 };
            answers[at] = answer;
          }
          ({ entitled, told } = answer);
        }
        if (!apart) {
          const name = entitled === undefined ? told : entitled ? -1 : -2;
          known[held] ??= new Map();
          const alike = known[held];
          const same = alike.get(name);
          if (same !== undefined) {
            same.many += before.many;
            continue;
          }
          const fresh = { held, entitled, many: before.many, first: [...before.first, n], told };
          alike.set(name, fresh);
          next.push(fresh);
        } else next.push({ held, entitled, many: before.many, first: [...before.first, n], told });
      }
    }
    begun = next;
  });
  return begun.map(({ held, entitled = false, many, first }) => ({
    held: met.packedOf(held),
    entitled,
    many,
    first,
  }));
}

/** What has come up of all that can hold together, each with a number: there is little of it, and numbers are quick to compare. */
class Met {
  readonly #packed: bigint[];
  readonly #numbers: Map<bigint, number>;

  /** @param start what holds before any key has a value; its number is 0 */
  constructor(start: bigint) {
    this.#packed = [start];
    this.#numbers = new Map([[start, 0]]);
  }

  packedOf(held: number): bigint {
    return this.#packed[held] ?? 0n;
  }

  /** What is left of what held, for each value of one key. */
  rowsOf(masks: readonly bigint[]): (held: number) => readonly number[] {
    const rows: (readonly number[])[] = [];
    return (held) => {
      rows[held] ??= masks.map((mask) => this.#numberOf(this.packedOf(held) & mask));
      return rows[held];
    };
  }

  #numberOf(packed: bigint): number {
    let number = this.#numbers.get(packed);
    if (number === undefined) {
      number = this.#packed.push(packed) - 1;
      this.#numbers.set(packed, number);
    }
    return number;
  }
}
