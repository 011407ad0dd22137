/**
 * Letters, the tables and GOV.UK Notify in memory. Each call may be the last before the function dies, done or not; what the index
 * gives may be old; and Notify may take a notice and never say so.
 */
import type * as fc from 'fast-check';
import type { Telling } from '../../../lambda/notices/due';
import { Notifier } from '../../../lambda/notices/notifier';
import type {
  Ending,
  Notice,
  Notices,
  Post,
  Posted,
  Transfers,
  Unreadable,
  Unsent,
} from '../../../lambda/notices/ports';
import { markKeyOf } from '../../../lib/transfers';
import type { DepositMark, LaterMark, ListedLetters, Mark } from '../../../lib/wire';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const START = Date.parse('2026-12-01T09:00:00Z');
const BUCKET = 'concordat-exchange-012345678901-eu-west-2-an';

export const LETTERS: ListedLetters = {
  agreement: 'safeguarding-letters',
  owner: 'dwp',
  title: 'Letters about adults at risk',
  ownerName: 'Department for Work and Pensions',
  recipientName: 'Leeds City Council',
  bucket: BUCKET,
  recipient: 'leeds',
  inboxes: [
    { id: 'adult-safeguarding', team: 'Adult safeguarding', mailbox: 'adult-safeguarding@leeds.example' },
  ],
  own: [
    { id: 'vulnerable-customers', team: 'Vulnerable customers', mailbox: 'safeguarding-desk@dwp.example' },
  ],
  inForce: [{ from: '2026-10-01T00:00:00Z', until: '2027-10-01T00:00:00Z' }],
};

/** The function died. */
class Died extends Error {}

interface Kept extends Notice {
  taken: number;
  ending?: Ending;
  refused?: number;
  unreadable?: string;
}

/** When a run dies: at which call, and whether that call was still done. */
export interface Death {
  readonly call: number;
  readonly done: boolean;
}

/** How Notify answers to what it is sent, one after another; it takes each once these are used up. */
export type Answer = 'accepted' | 'lost answer' | 'lost request' | 'refused' | 'takes-none';

const instant = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** All that the notifier works with. */
export class World {
  time = START;
  letters: ListedLetters[] = [LETTERS];
  telling: Telling = 'everything';
  /** Whether the post is SNS, which keeps no references. */
  forgets = false;
  readonly marks = new Map<string, Mark[]>();
  readonly kept = new Map<string, Kept>();
  /** What Notify has taken, in order. */
  readonly posted: Notice[] = [];
  readonly answers: Answer[] = [];
  /** Which notices Notify refuses, whenever it is sent them. */
  refuses: (notice: Notice) => boolean = () => false;
  /** Whether the table of transfers gives no list. */
  cannotLook = false;
  /** How long one request to Notify takes. */
  requestTakes = 0;
  log = '';
  /** Orders the calls of runs side by side. */
  turn: () => Promise<void> = async () => {};

  /** A letter is deposited, scanned and released. @returns its object */
  letter(name: string, { collectWithin = 5 * DAY, inbox = 'adult-safeguarding' } = {}): string {
    const object = `${BUCKET}/agreements/safeguarding-letters/${inbox}/${name}.eml`;
    const number = this.marks.size + 1;
    const deposit: DepositMark = {
      id: `event-${number}`,
      time: instant(this.time),
      kind: 'deposited',
      agreement: LETTERS.agreement,
      owner: LETTERS.owner,
      recipients: [LETTERS.recipient],
      collectBy: instant(this.time + collectWithin),
      version: `version-${number}`,
      gated: true,
    };
    this.marks.set(object, [deposit]);
    return object;
  }

  /** Something happens to a letter now. */
  happens(object: string, mark: Pick<LaterMark, 'kind'> & Partial<LaterMark>): void {
    const all = this.marks.get(object) ?? [];
    all.push({ id: `event-${all.length}-${object.length}`, time: instant(this.time), ...mark });
  }

  released(object: string): void {
    this.happens(object, { kind: 'scanned', scan: 'NO_THREATS_FOUND' });
    this.happens(object, { kind: 'gated', decision: 'released' });
  }

  /** Runs side by side, again and again, in whatever order the scheduler has their calls; then undisturbed ones for six hours. */
  async overlapping(
    moments: readonly { readonly runs: readonly (Death | undefined)[]; readonly wait: number }[],
    scheduler: fc.Scheduler,
  ): Promise<void> {
    this.turn = () => scheduler.schedule(Promise.resolve()).then(() => {});
    for (const { runs, wait } of moments) {
      await scheduler.waitFor(Promise.all(runs.map((each) => this.run(each))));
      this.time += wait;
    }
    this.turn = async () => {};
    await this.runFor(6 * HOUR);
  }

  /** One run. @returns whether it ended without a failure */
  async run(death?: Death, remaining = 120_000): Promise<boolean> {
    const run = { calls: 0, dead: false };
    const call = async <T>(does: () => T): Promise<T> => {
      await this.turn();
      if (run.dead) throw new Died();
      if (death !== undefined && run.calls === death.call) {
        run.dead = true;
        if (death.done) does();
        throw new Died();
      }
      run.calls += 1;
      return does();
    };
    const notifier = new Notifier({
      functionName: 'concordat-notices',
      wire: async () => ({
        letters: this.letters,
        telling: this.telling,
        transfers: this.transfers(call),
        notices: this.notices(call),
        post: this.post(call),
      }),
      write: (line) => {
        this.log += `${line}\n`;
      },
      now: () => this.time,
    });
    const began = this.time;
    const context = { getRemainingTimeInMillis: () => remaining - (this.time - began) } as Parameters<
      Notifier['handle']
    >[1];
    return notifier.handle({}, context).then(
      () => true,
      () => false,
    );
  }

  /** Runs every quarter of an hour for so long. */
  async runFor(milliseconds: number): Promise<void> {
    for (const end = this.time + milliseconds; this.time < end; this.time += 15 * MINUTE) await this.run();
  }

  /** How often Notify has taken notices, by what they say and to whom. */
  told(): Record<string, number> {
    const told: Record<string, number> = {};
    for (const { kind, mailbox } of this.posted)
      told[`${kind} ${mailbox}`] = (told[`${kind} ${mailbox}`] ?? 0) + 1;
    return told;
  }

  private transfers(call: <T>(does: () => T) => Promise<T>): Transfers {
    const { marks } = this;
    const fails = () => this.cannotLook;
    return {
      async *open() {
        if (fails()) throw new Error('the index does not answer');
        for (const [object, all] of await call(() => [...marks]))
          for (const mark of all) if (mark.kind === 'deposited') yield { object, mark: markKeyOf(mark) };
      },
      marksOf: (object) => call(() => [...(marks.get(object) ?? [])]),
    };
  }

  private notices(call: <T>(does: () => T) => Promise<T>): Notices {
    const { kept } = this;
    const change = (reference: string, does: (item: Kept) => boolean) =>
      call(() => {
        const item = kept.get(reference);
        return item !== undefined && does(item);
      });
    return {
      keep: (notice) =>
        call(() => {
          const there = kept.get(notice.reference);
          if (there === undefined || there.ending === 'untrue')
            kept.set(notice.reference, { ...notice, taken: 0 });
        }),
      async *unsent() {
        const all = await call(() =>
          [...kept.values()]
            .filter(({ ending }) => ending === undefined)
            .sort((a, b) => a.due - b.due)
            .map(({ taken, refused = 0, unreadable, ...notice }): Unsent | Unreadable =>
              unreadable === undefined
                ? { ...notice, takenUntil: taken, refused }
                : { reference: notice.reference, takenUntil: taken, unreadable },
            ),
        );
        yield* all;
      },
      take: ({ reference, takenUntil }, until) =>
        change(reference, (item) => {
          if (item.ending !== undefined || item.taken !== takenUntil) return false;
          item.taken = until;
          return true;
        }),
      giveBack: async (reference, until, refused) => {
        await change(reference, (item) => {
          if (item.taken !== until) return true;
          item.taken = 0;
          item.refused = refused;
          return true;
        });
      },
      end: async (reference, ending) => {
        await change(reference, (item) => {
          item.ending = ending;
          return true;
        });
      },
    };
  }

  private post(call: <T>(does: () => T) => Promise<T>): Post {
    const send = (notice: Notice): Posted => {
      this.time += this.requestTakes;
      const answer = this.refuses(notice) ? 'refused' : (this.answers.shift() ?? 'accepted');
      if (answer === 'accepted' || answer === 'lost answer') this.posted.push(notice);
      if (answer === 'accepted') return { outcome: answer };
      if (answer === 'refused' || answer === 'takes-none')
        return { outcome: answer, why: '400 BadRequestError' };
      return { outcome: 'unknown', why: 'no answer (ECONNRESET)' };
    };
    return {
      send: (notice) => call(() => send(notice)),
      has: (reference) =>
        call(() => (this.forgets ? 'unknown' : this.posted.some((each) => each.reference === reference))),
    };
  }
}
