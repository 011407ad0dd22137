/**
 * Refusals of one log file. What a stranger was refused is one entry for each hour, account and owner, with a count, and with
 * digests in place of names: a stranger could otherwise fill the ledger at others’ cost, with text that nobody can erase. The
 * refusals of those who have something to do with the object stand each by itself, up to a number that no honest work reaches.
 */
import { createHash } from 'node:crypto';
import { eventEntry, type LogOrigin } from './entry';
import type { Exchange } from './exchange';
import { isKeyUse } from './interpret-keys';
import { isObjectEvent } from './interpret-objects';
import { objectIdOf } from './mark';
import { entryIdOf, type Identified, type Meaning } from './meaning';
import type { TrailEvent } from './record';

/** So many refusals of one account in one file stand each by themselves. @internal Only tests import it. */
export const MOST_TOLD_APART = 100;
/** So many objects are named by their digests. */
const MOST_DIGESTS = 20;

/** Refusals that are told of in one entry: the first, and what all come to. */
export interface RefusalSum {
  /** Of the first, as far as a stranger does not choose its words. */
  readonly event: TrailEvent;
  readonly meaning: Meaning;
  readonly exchange: Exchange;
  readonly id: string;
  readonly count: number;
  /** When the first and the last happened, in milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** The SHA-256 of the first objects that were asked for. */
  readonly objects: readonly string[];
}

interface Growing {
  readonly event: TrailEvent;
  readonly owner: string | undefined;
  readonly exchange: Exchange;
  readonly organisations: Set<string>;
  readonly objects: Set<string>;
  count: number;
  from: number;
  to: number;
}

/** Takes the refusals of one file, in its order: so the same file always comes to the same entries. */
export class Refusals {
  readonly #sums = new Map<string, Growing>();
  readonly #accounts = new Map<string, number>();

  /** Whether it is a refusal that is summed up, and so has no entry of its own. */
  take(event: TrailEvent, { meaning }: Identified, exchange: Exchange): boolean {
    if (meaning.kind !== 'denied') return false;
    const account = event.principal.account ?? event.principal.kind;
    const before = this.#accounts.get(account) ?? 0;
    this.#accounts.set(account, before + 1);
    if (before < MOST_TOLD_APART && !isStranger(event, meaning, exchange)) return false;
    this.#add(account, event, meaning, exchange);
    return true;
  }

  /** How many each account was refused, those with an entry of their own as well. */
  get accounts(): ReadonlyMap<string, number> {
    return this.#accounts;
  }

  /** What was summed up. */
  sums(): RefusalSum[] {
    return [...this.#sums.values()].map(({ event, owner, exchange, organisations, objects, ...rest }) => {
      const meaning: Meaning = {
        kind: 'refused',
        reasons: [],
        owner,
        organisations: [...organisations].sort(),
      };
      return {
        ...rest,
        event,
        exchange,
        meaning,
        id: entryIdOf(event, meaning),
        objects: [...objects].sort(),
      };
    });
  }

  #add(account: string, event: TrailEvent, meaning: Meaning, exchange: Exchange): void {
    const { owner, object, organisations } = meaning;
    const time = Date.parse(event.time);
    const hour = Math.floor(time / 3_600_000);
    const key = [account, owner ?? '', hour, exchange.index.register].join('\n');
    const sum = this.#sums.get(key) ?? {
      event: withoutNames(event),
      owner,
      exchange,
      organisations: new Set(),
      objects: new Set(),
      count: 0,
      from: time,
      to: time,
    };
    this.#sums.set(key, sum);
    sum.count += 1;
    sum.from = Math.min(sum.from, time);
    sum.to = Math.max(sum.to, time);
    for (const each of organisations) sum.organisations.add(each);
    if (object && sum.objects.size < MOST_DIGESTS)
      sum.objects.add(createHash('sha256').update(objectIdOf(object)).digest('hex'));
  }
}

/** The entry of a sum. */
export function refusalEntry(
  { event, meaning, exchange, id, count, from, to, objects }: RefusalSum,
  file: LogOrigin,
): Uint8Array {
  return eventEntry(event, meaning, exchange, id, file, { count, from, to, objects });
}

/** Whether the caller has nothing to do with the owner: it is neither that, nor a recipient of its, nor the operator. */
function isStranger({ name, principal }: TrailEvent, { owner }: Meaning, exchange: Exchange): boolean {
  if (!(isKeyUse(name) || isObjectEvent(name)) || exchange.isZone(principal.account)) return false;
  const caller = exchange.partyOf(principal.account)?.id;
  if (caller === undefined || owner === undefined) return true;
  return (
    caller !== owner &&
    !exchange.index.agreements.some(
      (each) => each.owner === owner && each.shares.some(({ recipient }) => recipient === caller),
    )
  );
}

/** Names of roles and of endpoints are the caller’s own words. */
function withoutNames({ principal, ...event }: TrailEvent): TrailEvent {
  return { ...event, principal: { ...principal, role: undefined }, vpcEndpoint: undefined };
}
