/** Rules about the whole file that ask whether values recur: unique keys, references, and how many values are duplicates. */
import type { ContractPlan } from '../../../wire/contracts';
import { type Findings, MOST_PLACES } from '../../findings';
import type { Spill } from '../../port';
import { type Write, writerOf } from '../order/order';
import type { Row, Slots } from '../row';
import { copyPlace, type EntryPlace, isTarget, placeOf, WORDS } from './entries';
import { type RunNumbers, Runs } from './runs';
import type { SipHash } from './sip-hash';

/** What recurrence is asked of. */
export interface Recurrence {
  /** The rule that each recurrence breaks; nothing where they are only counted. */
  readonly rule: number | undefined;
  /** Columns of the plan whose values together must not recur; or, of a reference, those whose values must be found. */
  readonly columns: readonly number[];
  /** Of a reference: the columns in which they must be found. */
  readonly among?: readonly number[];
}

/** Takes the values of one rule, row by row. */
export class Recurrences {
  readonly #asked: Recurrence;
  readonly #hash: SipHash;
  readonly #runs: Runs;
  readonly #columns: readonly KeyColumn[];
  readonly #among: readonly KeyColumn[];
  #scratch = new Uint8Array(256);
  /** Whether the format has lines, and bytes that somebody could look at. */
  #lines = true;
  #bytes = true;

  constructor(
    asked: Recurrence,
    plan: ContractPlan,
    slots: Slots,
    hash: SipHash,
    room: { readonly memory: number; readonly spill: Spill | undefined; readonly numbers: RunNumbers },
  ) {
    this.#asked = asked;
    this.#hash = hash;
    this.#runs = new Runs(room.memory, room.spill, room.numbers);
    const keyed = (columns: readonly number[]) => columns.map((column) => keyColumn(plan, column, slots));
    this.#columns = keyed(asked.columns);
    this.#among = keyed(asked.among ?? []);
  }

  row(row: Row): void {
    this.#add(row, this.#columns, false);
    if (this.#among.length > 0) this.#add(row, this.#among, true);
  }

  get full(): boolean {
    return this.#runs.full;
  }

  drain(): Promise<void> {
    return this.#runs.drain();
  }

  /**
   * Works out what recurs, or is not found.
   * @param tellsPlaces of what is only counted: whether so many are told with their places, and by which rule
   * @returns how many values that is: of those that recur, all but the first of each
   */
  async finish(findings: Findings, tellsPlaces?: (count: number) => number | undefined): Promise<number> {
    const { count, places } = this.#asked.among === undefined ? await this.#again() : await this.#notFound();
    const { rule } = this.#asked;
    const told = rule ?? tellsPlaces?.(count);
    if (told === undefined) return count;
    const [only] = this.#columns;
    const column = this.#columns.length === 1 && only ? only.column : -1;
    const spot = ({ row, line, byte }: EntryPlace) => ({
      row,
      line: this.#lines ? line : -1,
      byte: this.#bytes ? byte : -1,
    });
    for (const { place, first } of places)
      findings.broke(told, { ...spot(place), column, ...(first && { first: spot(first) }) });
    findings.brokeUnplaced(told, count - places.length);
    return count;
  }

  /** What recurs, each with the place where it stands for the first time: entries come in the order of the file. */
  async #again(): Promise<Told> {
    const told = new FirstPlaces();
    const head = new Uint32Array(WORDS);
    let count = 0;
    await this.#runs.inOrder((words, at, isFirst) => {
      if (isFirst) {
        copyPlace(words, at, head);
        return;
      }
      count++;
      if (told.wants(words, at)) told.take(placeOf(words, at), placeOf(head, 0));
    });
    return { count, places: told.places };
  }

  /** What is looked for and not found. */
  async #notFound(): Promise<Told> {
    const told = new FirstPlaces();
    let count = 0;
    let found = false;
    // The values of one digest, until it is known whether it is found. What is kept is bounded, so only counts and the first places
    // of a group are.
    let open = 0;
    let openPlaces: EntryPlace[] = [];
    const close = () => {
      if (!found) {
        count += open;
        for (const place of openPlaces) told.take(place);
      }
      found = false;
      open = 0;
      openPlaces = [];
    };
    await this.#runs.inOrder((words, at, isFirst) => {
      if (isFirst) close();
      if (isTarget(words, at)) found = true;
      else {
        open++;
        if (!found && openPlaces.length < MOST_PLACES) openPlaces.push(placeOf(words, at));
      }
    });
    close();
    return { count, places: told.places };
  }

  #add(row: Row, columns: readonly KeyColumn[], target: boolean): void {
    let end = 0;
    for (const { slot, write } of columns) {
      const from = row.from[slot] ?? 0;
      const to = row.to[slot] ?? 0;
      // A row with no value among them is not compared.
      if (to <= from) return;
      if (end + to - from + 16 > this.#scratch.length) this.#grow(end + to - from + 16);
      const start = end + 4;
      end = write(row.bytes, from, to, this.#scratch, start);
      // The length before each value, so that two keys are the same bytes only if all their values are.
      const length = end - start;
      this.#scratch[start - 4] = length >>> 24;
      this.#scratch[start - 3] = length >>> 16;
      this.#scratch[start - 2] = length >>> 8;
      this.#scratch[start - 1] = length;
    }
    const hash = this.#hash;
    hash.digest(this.#scratch, 0, end);
    const [only] = columns;
    const column = columns.length === 1 && only ? only.column : -1;
    const { word0, word1, word2, word3 } = hash;
    const line = row.lineOf(column);
    const byte = row.byteOf(column);
    this.#lines = line >= 0;
    this.#bytes = byte >= 0;
    const { entries } = this.#runs;
    entries.add(word0, word1, word2, word3, row.number, Math.max(0, line), Math.max(0, byte), target);
  }

  #grow(least: number): void {
    const larger = new Uint8Array(2 * least);
    larger.set(this.#scratch);
    this.#scratch = larger;
  }
}

interface KeyColumn {
  readonly column: number;
  readonly slot: number;
  readonly write: Write;
}

function keyColumn(plan: ContractPlan, column: number, slots: Slots): KeyColumn {
  const kind = plan.columns[column]?.type.kind;
  const write = writerOf(kind === undefined || kind === 'object' || kind === 'list' ? 'text' : kind);
  return { column, slot: slots[column] ?? -1, write };
}

/** A value that breaks a rule, and where it stands for the first time. */
interface Recurring {
  readonly place: EntryPlace;
  readonly first: EntryPlace | undefined;
}

/** How many values break a rule, and the first of them. */
interface Told {
  readonly count: number;
  readonly places: readonly Recurring[];
}

/** The first places in the order of the file, of any number that come in any order. */
class FirstPlaces {
  readonly places: Recurring[] = [];

  /** Whether an entry would be among them. Quick, since most are not once there are many. */
  wants(words: Uint32Array, at: number): boolean {
    const last = this.places.at(-1);
    return this.places.length < MOST_PLACES || last === undefined || placeOf(words, at).row < last.place.row;
  }

  take(place: EntryPlace, first?: EntryPlace): void {
    let at = this.places.length;
    while (at > 0 && (this.places[at - 1]?.place.row ?? 0) > place.row) at--;
    if (at >= MOST_PLACES) return;
    this.places.splice(at, 0, { place, first });
    if (this.places.length > MOST_PLACES) this.places.pop();
  }
}
