/**
 * What the ledger’s entries tell of an agreement, for those who have to report a personal data breach within 72 hours: what
 * could be read, who read it and when, and what was not in order.
 * @see https://www.legislation.gov.uk/eur/2016/679/article/33 UK GDPR, Article 33
 */
import { type Fields, fieldsOf } from './fields';

/** So many events, from the first to the last; RFC 3339, UTC. */
export interface Happened {
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

/** What the entries tell of one agreement. */
export interface BreachFacts {
  readonly agreement: string;
  /** How many different objects the entries name. */
  readonly objects: number;
  readonly deposited: Happened | undefined;
  /** Reads within the agreement, by the organisation that read. */
  readonly collected: readonly (Happened & { readonly by: string })[];
  /** What should not have been possible, by who did it. */
  readonly violations: readonly (Happened & { readonly by: string; readonly reasons: readonly string[] })[];
  /** Calls that were refused. */
  readonly denied: Happened | undefined;
  readonly recalled: Happened | undefined;
}

/**
 * Reads entries as the audit writes them; those that name none of the agreements are passed over, as is what is no entry.
 * @param entries parsed JSON
 */
export function breachFacts(entries: Iterable<unknown>, agreements: readonly string[]): BreachFacts[] {
  const tallies = new Map(agreements.map((agreement) => [agreement, new Tally(agreement)]));
  for (const entry of entries) {
    const { unmapped, ...rest } = fieldsOf(entry);
    const about = fieldsOf(unmapped);
    tallies.get(String(about.agreement))?.add(rest, about);
  }
  return [...tallies.values()].map((tally) => tally.facts());
}

class Tally {
  private readonly objects = new Set<string>();
  private readonly kinds = new Map<string, Span>();
  private readonly readers = new Map<string, Span>();
  private readonly wrong = new Map<string, { span: Span; reasons: Set<string> }>();

  constructor(private readonly agreement: string) {}

  add(entry: Fields, about: Fields): void {
    const metadata = fieldsOf(entry.metadata);
    const kind = String(metadata.event_code ?? about.kind);
    const time = Number(entry.time);
    const { path } = fieldsOf(entry.file);
    if (typeof path === 'string') this.objects.add(path);
    const by = callerOf(entry);
    if (about.verdict === 'violation') {
      const wrong = this.wrong.get(by) ?? { span: new Span(), reasons: new Set() };
      wrong.span.add(time);
      for (const reason of Array.isArray(about.reasons) ? about.reasons : [])
        wrong.reasons.add(String(reason));
      this.wrong.set(by, wrong);
      return;
    }
    spanIn(this.kinds, kind).add(time);
    if (kind === 'collected') spanIn(this.readers, by).add(time);
  }

  facts(): BreachFacts {
    const of = (kind: string) => this.kinds.get(kind)?.happened();
    return {
      agreement: this.agreement,
      objects: this.objects.size,
      deposited: of('deposited'),
      collected: sorted(this.readers).map(([by, span]) => ({ by, ...span.happened() })),
      violations: sorted(this.wrong).map(([by, { span, reasons }]) => ({
        by,
        reasons: [...reasons].sort(),
        ...span.happened(),
      })),
      denied: of('denied'),
      recalled: of('recalled'),
    };
  }
}

class Span {
  private count = 0;
  private first = Number.POSITIVE_INFINITY;
  private last = Number.NEGATIVE_INFINITY;

  add(time: number): void {
    this.count += 1;
    this.first = Math.min(this.first, time);
    this.last = Math.max(this.last, time);
  }

  happened(): Happened {
    const { count, first, last } = this;
    return { count, first: new Date(first).toISOString(), last: new Date(last).toISOString() };
  }
}

function spanIn(spans: Map<string, Span>, key: string): Span {
  const span = spans.get(key) ?? new Span();
  spans.set(key, span);
  return span;
}

/** The organisation that asked, or else its role or account. */
function callerOf(entry: Fields): string {
  const user = fieldsOf(fieldsOf(entry.actor).user);
  return String(fieldsOf(user.org).uid ?? user.uid ?? fieldsOf(user.account).uid ?? 'unknown');
}

function sorted<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
