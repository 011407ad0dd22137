/** One round of collecting: everything that waits under the agreements that were asked for. */
import type { Profile } from '../../wire';
import type { Collects } from '../agreement';
import { agreementIn } from '../agreement';
import { DeliveryRefused, type SharedRefusal } from '../refusals';
import { standingOn } from '../standing';
import { StoreFailure } from '../store';
import { type Arrival, arrivalsOf, stateOf } from './arrivals';
import type { HandedOn, Noted, Shelf } from './ports';
import { type CollectRefusal, refuse } from './refusals';
import type { Unsealing } from './unseal';
import { type CollectTools, collectVersion, giveUp, tidy } from './version';

/** Files that are fetched side by side. */
const FILES = 12;

/** What a round is asked for. */
export interface RoundOptions {
  readonly profile: Profile;
  /** All in force, where none is named. */
  readonly agreement: string | undefined;
  /** The day, in London. */
  readonly on: string;
  /** Only what was deposited from then on, in milliseconds since 1970. */
  readonly since: number | undefined;
  /** The access point of an agreement, as the collect role. */
  readonly shelfOf: (terms: Collects) => Promise<Shelf>;
  /** What opens the objects of an agreement; nothing where they are to stay as they are. @throws DeliveryRefused `no-identity` */
  readonly unsealingOf?: (terms: Collects) => Unsealing | undefined;
  /** Runs the command that was asked for on what was collected; gives its exit code, or why it did not run. */
  readonly handOn?: (noted: Noted) => Promise<HandedOn>;
  readonly tell: (event: RoundEvent) => void;
}

/** Why something was not collected. */
export type Hindrance = CollectRefusal | SharedRefusal;

/** What happens in a round, as it happens. */
export type RoundEvent =
  | { readonly event: 'found'; readonly agreement: string; readonly waiting: number; readonly bytes: number }
  | { readonly event: 'collected'; readonly noted: Noted }
  | { readonly event: 'held'; readonly arrival: Arrival }
  | {
      readonly event: 'not-collected';
      readonly agreement: string;
      readonly key: string;
      readonly why: Hindrance;
    }
  /** Nothing of an agreement could be collected; the others can. */
  | { readonly event: 'agreement-closed'; readonly agreement: string; readonly why: Hindrance }
  | { readonly event: 'command-failed'; readonly noted: Noted; readonly how: HandedOn };

/** What a round came to. */
export interface RoundResult {
  readonly collected: number;
  readonly bytes: number;
  /** Collected before, in an earlier run. */
  readonly before: number;
  readonly held: number;
  readonly failed: number;
}

/** What ends a round, since it would hinder all that comes next too. */
const ENDS: ReadonlySet<string> = new Set(['no-credentials', 'credentials-expired', 'clock', 'unreachable']);

/**
 * Collects. What hinders one file or one agreement is told, and the others go on.
 * @throws DeliveryRefused, StoreFailure where nothing can go on; what was collected by then is there, and the rest resumes
 */
export async function collectRound(
  tools: Omit<CollectTools, 'shelf' | 'handOn' | 'unsealing'>,
  options: RoundOptions,
): Promise<RoundResult> {
  const round = new Round(tools, options);
  await tidy(tools);
  await round.handOnWhatWasLeft();
  for (const terms of agreementsOf(options)) await round.collect(terms);
  return round.result;
}

/** The agreements of a round. @throws DeliveryRefused where the one that was named is none, or not in force */
export function agreementsOf({
  profile,
  agreement,
  on,
}: Pick<RoundOptions, 'profile' | 'agreement' | 'on'>): Collects[] {
  if (agreement !== undefined) return [agreementIn(profile, 'collects', agreement, on)];
  return profile.collects.filter(({ days }) => standingOn(days, on).state === 'in-force');
}

class Round {
  private collected = 0;
  private bytes = 0;
  private before = 0;
  private held = 0;
  private failed = 0;

  constructor(
    private readonly tools: Omit<CollectTools, 'shelf' | 'handOn' | 'unsealing'>,
    private readonly options: RoundOptions,
  ) {}

  get result(): RoundResult {
    const { collected, bytes, before, held, failed } = this;
    return { collected, bytes, before, held, failed };
  }

  /** What was collected in a run that ended before its command had done its work. */
  async handOnWhatWasLeft(): Promise<void> {
    if (this.options.handOn === undefined) return;
    for (const noted of this.tools.notes.toHandOn) await this.handOn(noted);
  }

  async collect(terms: Collects): Promise<void> {
    const { agreement } = terms;
    const opened = await this.unlessClosed(agreement, async () => {
      const unsealing = this.options.unsealingOf?.(terms);
      const shelf = await this.options.shelfOf(terms);
      return {
        shelf,
        unsealing,
        arrivals: await arrivalsOf(shelf, terms, this.tools.notes, this.options.since),
      };
    });
    if (opened === undefined) return;
    const { shelf, unsealing, arrivals } = opened;
    const waiting = arrivals.filter(({ collected }) => collected === undefined);
    this.before += arrivals.length - waiting.length;
    const bytes = waiting.reduce((sum, { listed }) => sum + listed.bytes, 0);
    this.options.tell({ event: 'found', agreement, waiting: waiting.length, bytes });
    await this.inLanes(waiting, (arrival) => this.one({ shelf, unsealing }, arrival));
  }

  private async one(of: Pick<CollectTools, 'shelf' | 'unsealing'>, arrival: Arrival): Promise<void> {
    const { shelf } = of;
    const { agreement, listed, rest } = arrival;
    const { key, modified } = listed;
    try {
      const found = await stateOf(shelf, arrival, this.tools.lanes, 'taking');
      if (found.state === 'held') {
        this.held += 1;
        this.options.tell({ event: 'held', arrival });
      }
      if (found.state !== 'ready') return;
      const { checksum, ...readable } = found.looked;
      if (checksum === undefined) refuse({ refused: 'no-checksum', key });
      const wanted = { ...readable, agreement, key, rest, deposited: modified, checksum };
      const handOn = this.options.handOn !== undefined;
      const noted = await collectVersion({ ...this.tools, ...of, handOn }, wanted).catch(
        async (error: unknown) => {
          if (isOver(error)) await giveUp(this.tools, wanted);
          throw error;
        },
      );
      this.collected += 1;
      this.bytes += noted.bytes;
      this.options.tell({ event: 'collected', noted });
      if (handOn) await this.handOn(noted);
    } catch (error) {
      const why = hindranceOf(error);
      if (why === undefined) throw error;
      this.failed += 1;
      this.options.tell({ event: 'not-collected', agreement, key, why });
    }
  }

  /** Commands run one after another, as they would by hand. */
  private line: Promise<void> = Promise.resolve();

  private async handOn(noted: Noted): Promise<void> {
    this.line = this.line.then(async () => {
      const how = await this.options.handOn?.(noted);
      if (how === undefined) return;
      if ('code' in how && how.code === 0) {
        const done: Noted = { ...noted, what: 'handed-on', at: this.tools.now() };
        await this.tools.desk.note(done);
        this.tools.notes.add(done);
        return;
      }
      this.failed += 1;
      this.options.tell({ event: 'command-failed', noted, how });
    });
    await this.line;
  }

  private async unlessClosed<T>(agreement: string, act: () => Promise<T>): Promise<T | undefined> {
    try {
      return await act();
    } catch (error) {
      const why = hindranceOf(error);
      if (why === undefined) throw error;
      this.failed += 1;
      this.options.tell({ event: 'agreement-closed', agreement, why });
      return undefined;
    }
  }

  private async inLanes(
    arrivals: readonly Arrival[],
    act: (arrival: Arrival) => Promise<void>,
  ): Promise<void> {
    const rest = arrivals[Symbol.iterator]();
    const failures: unknown[] = [];
    const lane = async () => {
      for (let next = rest.next(); !next.done && failures.length === 0; next = rest.next()) {
        try {
          await act(next.value);
        } catch (error) {
          failures.push(error);
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(FILES, arrivals.length) }, lane));
    if (failures.length > 0) throw failures[0];
  }
}

/** Whether the version is not to be had any more. */
function isOver(error: unknown): boolean {
  const refused = error instanceof DeliveryRefused ? (error.refusal as Hindrance).refused : undefined;
  return refused === 'changed' || refused === 'gone';
}

/** What an error says of one file or agreement alone; nothing where it ends the round. */
function hindranceOf(error: unknown): Hindrance | undefined {
  if (error instanceof StoreFailure)
    return ENDS.has(error.kind)
      ? undefined
      : { refused: 'failed', kind: error.kind, code: error.code, what: 's3' };
  if (!(error instanceof DeliveryRefused)) return undefined;
  const refusal = error.refusal as Hindrance;
  const isOfOne =
    OF_ONE.has(refusal.refused) || (refusal.refused === 'disk' && refusal.code === 'ENAMETOOLONG');
  return isOfOne ? refusal : undefined;
}

const OF_ONE: ReadonlySet<Hindrance['refused']> = new Set([
  'wrong-bytes',
  'no-checksum',
  'changed',
  'gone',
  'withdrawn',
  'no-name',
  'no-space',
  'no-identity',
  'sealed-to-others',
  'seal-damaged',
  'not-sealed',
  'opened-faulty',
  'scan-found',
]);
