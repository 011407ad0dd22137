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
  readonly first: () => readonly number[];
}

/**
 * A combination of the values of some keys. As long as not every key that it reads has a value, an entitlement may not be settled.
 * There are millions, so each holds the value of one key alone, and the combination that it was carried on from.
 */
class Begun {
  constructor(
    /** What holds, by its number among all that has come up. */
    readonly held: number,
    readonly entitled: boolean | undefined,
    /** The values of the keys that the entitlement depends on, by their number; 0 once it is settled. */
    readonly told: number,
    public many: number,
    /** How many keys have a value. */
    readonly depth: number,
    private readonly before: Begun | undefined,
    private readonly value: number,
  ) {}

  /** Puts in, for each key in turn, which of its values. */
  putInto(values: number[]): void {
    for (let each: Begun = this; each.before !== undefined; each = each.before)
      values[each.depth - 1] = each.value;
  }
}

/**
 * Combinations of values of the same keys, found by what tells them apart. What was found of fewer keys is no longer found; its
 * place is used again, since lists that grow anew for each key took more memory than all combinations.
 */
class Known {
  /** Of those that are settled: by what holds. */
  readonly #entitled: Begun[] = [];
  readonly #others: Begun[] = [];
  /** By what holds, then by the number of what the entitlement has been told so far. */
  readonly #open: Map<number, Begun>[] = [];

  get(held: number, entitled: boolean | undefined, told: number, depth: number): Begun | undefined {
    const found =
      entitled === undefined ? this.#open[held]?.get(told) : (entitled ? this.#entitled : this.#others)[held];
    return found?.depth === depth ? found : undefined;
  }

  add(begun: Begun): void {
    const { held, entitled, told } = begun;
    if (entitled !== undefined) (entitled ? this.#entitled : this.#others)[held] = begun;
    else {
      this.#open[held] ??= new Map();
      this.#open[held].set(told, begun);
    }
  }
}

const BITS: readonly [string, string, string] = ['00', '01', '11'];

/** Truths as the bits of one number, two for each, so that `&` of two such numbers is `and` of each pair of truths. */
export function packed(truths: readonly Truth[]): bigint {
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
  /** The combination that is asked about, of which so many keys have a value. */
  const asked = dimensions.map(() => 0);
  let given = 0;
  let isOpen = false;
  const read = (key: string): Value => {
    const depth = depths.get(key);
    if (depth === undefined) return undefined;
    if (entitlement?.values.has(key) !== true)
      throw new Error(`an entitlement depends on ${key}, which it does not name`);
    isOpen ||= depth >= given;
    return depth < given ? dimensions[depth]?.values[asked[depth] as number] : undefined;
  };
  /** Undefined where the entitlement asks for a key that has no value yet. */
  const settled = (): boolean | undefined => {
    if (entitlement === undefined) return false;
    isOpen = false;
    const holds = entitlement.holds(read, object);
    return isOpen ? undefined : holds;
  };
  const met = new Met(start);
  const entitled = apart && dimensions.length > 0 ? undefined : settled();
  let begun: readonly Begun[] = [new Begun(0, entitled, 0, 1, 0, undefined, 0)];
  const known = new Known();
  dimensions.forEach(({ key, values }, depth) => {
    const isRead = entitlement?.values.has(key) === true;
    // One that stands alone is settled with all its values, which checks those that are settled before.
    const isDue = apart ? depth === dimensions.length - 1 : isRead;
    const rows = met.rowsOf(masks[depth] ?? []);
    const next: Begun[] = [];
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
            before.putInto(asked);
            asked[depth] = n;
            given = depth + 1;
            const says = settled();
            answer = { entitled: says, told: says === undefined ? tellings++ : 0 };
            answers[at] = answer;
          }
          ({ entitled, told } = answer);
        }
        const same = apart ? undefined : known.get(held, entitled, told, depth + 1);
        if (same !== undefined) {
          same.many += before.many;
          continue;
        }
        const fresh = new Begun(held, entitled, told, before.many, depth + 1, before, n);
        if (!apart) known.add(fresh);
        next.push(fresh);
      }
    }
    begun = next;
  });
  return begun.map((each) => ({
    held: met.packedOf(each.held),
    entitled: each.entitled ?? false,
    many: each.many,
    first: () => {
      const values = dimensions.map(() => 0);
      each.putInto(values);
      return values;
    },
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
