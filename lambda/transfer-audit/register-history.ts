/**
 * The versions of the register’s index, each from the moment on which the audit first ran with it. An event is judged by
 * the version of its own time. The index of every version is kept beside the ledger, under the digest of its file; which
 * version took hold when is kept in the table; and each has an entry in the ledger.
 *
 * A function that still runs with an earlier index changes nothing: an index that the history knows is not taken for a
 * new one. So a deployment that goes back to an earlier register has to say so (`{ "action": "register" }`).
 */
import { createHash } from 'node:crypto';
import { Exchange, signedEntry, zoneEntry } from '../../lib/transfers';
import { type IndexVersion, MOST_INDEX_BYTES, parseAuditIndex } from '../../lib/wire';
import { FileMissingError, OtherIndexError } from './errors';
import type { Files, History, IndexHistory, Staging } from './ports';

const ATTEMPTS = 10;

/** What the history works with. */
export interface HistoryProps {
  readonly history: History;
  readonly files: Files;
  readonly staging: Staging;
  /** Where the indexes are kept, under `index/`. */
  readonly ledgerBucket: string;
  /** The text of the index that this function was deployed with. */
  readonly indexText: string;
  /** What that text must hash to, as it was synthesised. */
  readonly indexSha256: string;
}

/** The name of a kept index. */
function indexKey(sha256: string): string {
  return `index/${sha256}.json`;
}

/** The history of the register, as far as the audit saw it. */
export class RegisterHistory {
  private readonly own: string;
  private readonly exchanges = new Map<string, Exchange>();
  private versions: readonly IndexVersion[] = [];

  /**
   * @throws OtherIndexError where the function’s own index is not the one that was synthesised: it comes by way of a
   * bucket, and whoever could write there could put another in its place
   * @throws AuditIndexError where it is not in order
   */
  constructor(private readonly props: HistoryProps) {
    this.own = createHash('sha256').update(props.indexText).digest('hex');
    if (this.own !== props.indexSha256)
      throw new OtherIndexError(
        `the register’s index has the SHA-256 ${this.own}, and the deployment gave it ${props.indexSha256}: it was changed on its way. Nothing is judged by it, and log files stay queued. Find out who wrote to the bucket of assets, and deploy again`,
      );
    parseAuditIndex(props.indexText);
  }

  /** Reads the history; adds the function’s own index where it is new, or where the deployment says that it holds. */
  async refresh(now: number, deployed = false): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const history = await this.props.history.read();
      const settled = await this.settled(history, now, deployed);
      if (settled) {
        this.versions = settled.versions;
        return;
      }
      if (attempt === ATTEMPTS)
        throw new Error('the history of the register is being changed by others all the time');
    }
  }

  /** The register as it stood at a moment; before the first version, that one. */
  at(time: string): Exchange | Promise<Exchange> {
    const version = this.versions.findLast(({ since }) => since <= time) ?? this.versions[0];
    if (!version) throw new Error('the history of the register has not been read');
    return this.exchanges.get(keyOf(version)) ?? this.load(version);
  }

  /** The register as it stands. */
  current(): Exchange | Promise<Exchange> {
    return this.at('9999');
  }

  /** The history once nothing is left to add or to report; undefined where another run wrote meanwhile. */
  private async settled(
    history: IndexHistory,
    now: number,
    deployed: boolean,
  ): Promise<IndexHistory | undefined> {
    const { files, ledgerBucket, indexText } = this.props;
    const { versions } = history;
    const isNew = !versions.some(({ index }) => index === this.own);
    let known = history;
    if (isNew || (deployed && versions.at(-1)?.index !== this.own)) {
      await files.writeOnce(ledgerBucket, indexKey(this.own), Buffer.from(indexText));
      const since = latest(`${new Date(now).toISOString().slice(0, 19)}Z`, versions.at(-1)?.since);
      const { register } = parseAuditIndex(indexText);
      known = {
        versions: [...versions, { register, index: this.own, since }],
        told: history.told,
        revision: history.revision + 1,
      };
      if (!(await this.props.history.write(known))) return undefined;
    }
    if (known.told === known.versions.length) return known;
    for (const [n, version] of known.versions.entries())
      if (n >= known.told) await this.tell(version, known.versions[n - 1], n, now);
    const told = { ...known, told: known.versions.length, revision: known.revision + 1 };
    return (await this.props.history.write(told)) ? told : undefined;
  }

  private async tell(
    version: IndexVersion,
    before: IndexVersion | undefined,
    n: number,
    now: number,
  ): Promise<void> {
    const id = `register#${n + 1}#${version.index.slice(0, 32)}`;
    const exchange = await this.load(version);
    const { index } = exchange;
    const entry = zoneEntry('register-changed', {
      id,
      time: version.since,
      region: index.region,
      about: { ...version, indexFile: indexKey(version.index), before: before?.register },
    });
    const stagedAt = new Date(now).toISOString();
    await this.props.staging.stage({ eventId: id, entry, organisations: [], stagedAt });
    await this.tellSigned(exchange, before && (await this.load(before)), version.since, now);
  }

  /** What approvers signed that the register before did not have, a millisecond apart: the sealer goes by when it was staged. */
  private async tellSigned(
    exchange: Exchange,
    before: Exchange | undefined,
    since: string,
    now: number,
  ): Promise<void> {
    const known = new Set(before?.index.signed?.map(({ sha256 }) => sha256));
    const fresh = (exchange.index.signed ?? []).filter(({ sha256 }) => !known.has(sha256));
    for (const [n, statement] of fresh.entries()) {
      const { id, organisations, entry } = signedEntry(statement, since, exchange);
      const stagedAt = new Date(now + n + 1).toISOString();
      await this.props.staging.stage({ eventId: id, entry, organisations, stagedAt });
    }
  }

  private async load(version: IndexVersion): Promise<Exchange> {
    const { files, ledgerBucket, indexText } = this.props;
    const text =
      version.index === this.own ? indexText : await kept(files, ledgerBucket, indexKey(version.index));
    if (createHash('sha256').update(text).digest('hex') !== version.index)
      throw new Error(`the kept index ${indexKey(version.index)} is not what it was`);
    const exchange = new Exchange(parseAuditIndex(text), version.since);
    this.exchanges.set(keyOf(version), exchange);
    return exchange;
  }
}

async function kept(files: Files, bucket: string, key: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (await files.open(bucket, key)).body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MOST_INDEX_BYTES) throw new FileMissingError(`${key} is no index: it is too large`);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function keyOf({ index, since }: IndexVersion): string {
  return `${since} ${index}`;
}

function latest(one: string, other: string | undefined): string {
  return other !== undefined && other > one ? other : one;
}
