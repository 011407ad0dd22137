/**
 * Up to when the log of an account is known to be whole: as far as its chain of digests has come, and no further than to a gap in
 * it. A digest lists what CloudTrail delivered in its hour, whenever that happened: so where the chain stood still, what was held
 * up with it may come hours after it goes on, and nothing is known before.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
import { LATENESS } from '../../lib/transfers';
import type { NotedChain, Notes, OpenGap } from './ports';

/** The chains of all accounts, as they stood when they were read: before the marks, which then hold all that the chains list. */
export class KnownLog {
  private constructor(
    private readonly ends: ReadonlyMap<string, Pick<NotedChain, 'end' | 'stood'>>,
    private readonly gaps: readonly OpenGap[],
  ) {}

  /** Reads what is noted. */
  static async read(notes: Pick<Notes, 'chains' | 'gaps'>): Promise<KnownLog> {
    const ends = new Map<string, NotedChain>();
    for (const each of await notes.chains()) {
      const known = ends.get(nameOf(each));
      // A trail by another name begins another chain.
      if (known === undefined || known.end < each.end) ends.set(nameOf(each), each);
    }
    return new KnownLog(ends, await notes.gaps());
  }

  /**
   * In milliseconds since 1970; undefined where no digest has ever come.
   * @param since of what came after this moment: a gap before it hides nothing of that
   */
  until({
    account,
    region,
    since,
  }: {
    readonly account: string;
    readonly region: string;
    readonly since: string;
  }): number | undefined {
    const of = `${account} ${region}`;
    const chain = this.ends.get(of);
    if (chain === undefined) return undefined;
    const end = Date.parse(chain.end);
    if (chain.stood !== undefined && end < chain.stood + LATENESS) return Number.NEGATIVE_INFINITY;
    const gaps = this.gaps.filter((each) => nameOf(each) === of && each.until > since);
    return Math.min(end, ...gaps.map(({ from }) => Date.parse(from)));
  }
}

/** Account and Region: a chain is called after its account, its Region and its trail. */
function nameOf({ chain, region }: { readonly chain: string; readonly region: string }): string {
  return `${chain.slice(0, 12)} ${region}`;
}
