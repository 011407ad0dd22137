/** What the audit keeps of the log itself, in the table of transfers, under names that no object has: they begin with `#`. */
import { TRANSFERS } from '../../lib/names';
import { type IndexVersion, indexVersionsText, parseIndexVersions } from '../../lib/wire';
import { chaptersOf, VERSIONS_IN_A_CHAPTER } from './history-chapters';
import type { IndexHistory, NotedChain, Notes, OpenGap } from './ports';
import type { Item, Table } from './table';
import { keyOf, nameIn, OF_OBJECT } from './table-keys';

const HISTORY = keyOf('#register', 'history');
/** The key of an earlier part of the history, from 0. */
const chapterKey = (chapter: number) => keyOf('#register', `history#${chapter}`);
const CHAINS = '#chains';
const GAPS = '#gaps';

/** The register’s history, log files that were taken in, chains of digests and gaps in them. */
export class KeptNotes implements Notes {
  /** Chapters of the history that are full: nothing of them changes any more. */
  private readonly chapters: (readonly IndexVersion[])[] = [];

  constructor(private readonly table: Table) {}

  async readHistory(): Promise<IndexHistory> {
    const item = await this.table.get(HISTORY);
    const text = item?.versions?.S;
    const newest = text === undefined ? [] : parseIndexVersions(text);
    const earlier: IndexVersion[] = [];
    for (let chapter = 0; chapter < Number(item?.chapters?.N ?? 0); chapter++)
      earlier.push(...(await this.chapter(chapter)));
    return {
      versions: [...earlier, ...newest],
      told: Number(item?.told?.N ?? 0),
      revision: Number(item?.revision?.N ?? 0),
    };
  }

  async writeHistory({ versions, told, revision }: IndexHistory): Promise<boolean> {
    const { full, newest } = chaptersOf(versions);
    for (const [chapter, whole] of full.entries()) await this.writeChapter(chapter, whole);
    return this.table.update(
      HISTORY,
      'SET #versions = :versions, #chapters = :chapters, #told = :told, #revision = :revision',
      revision === 1 ? 'attribute_not_exists(#revision)' : '#revision = :before',
      {
        ':versions': { S: indexVersionsText(newest) },
        ':chapters': { N: String(full.length) },
        ':told': { N: String(told) },
        ':revision': { N: String(revision) },
        ...(revision > 1 && { ':before': { N: String(revision - 1) } }),
      },
      { '#versions': 'versions', '#chapters': 'chapters', '#told': 'told', '#revision': 'revision' },
    );
  }

  private async chapter(chapter: number): Promise<readonly IndexVersion[]> {
    const known = this.chapters[chapter];
    if (known) return known;
    const item = await this.table.get(chapterKey(chapter));
    const versions = parseIndexVersions(item?.versions?.S ?? '[]');
    if (versions.length !== VERSIONS_IN_A_CHAPTER)
      throw new Error(
        `chapter ${chapter} of the history of the register has ${versions.length} versions of ${VERSIONS_IN_A_CHAPTER}: restore the table concordat-transfers to a moment at which it was in order`,
      );
    this.chapters[chapter] = versions;
    return versions;
  }

  /** Before the history counts on it. All that stands in a full chapter was in the history already, so two that write it write the same. */
  private async writeChapter(chapter: number, versions: readonly IndexVersion[]): Promise<void> {
    if (this.chapters[chapter]) return;
    await this.table.write({ ...chapterKey(chapter), versions: { S: indexVersionsText(versions) } });
    this.chapters[chapter] = versions;
  }

  async readLogFile(bucket: string, key: string): Promise<string | undefined> {
    return (await this.table.get(logFileKey(bucket, key)))?.sha256?.S;
  }

  async noteLogFile(bucket: string, key: string, sha256: string, expires: number): Promise<void> {
    await this.table.write({
      ...logFileKey(bucket, key),
      sha256: { S: sha256 },
      [TRANSFERS.expires]: { N: String(Math.ceil(expires / 1000)) },
    });
  }

  async noteChain(chain: string, region: string, end: string, stood?: number): Promise<void> {
    await this.table.update(
      keyOf(CHAINS, chain),
      `SET #end = :end, #region = :region${stood === undefined ? '' : ', #stood = :stood'}`,
      'attribute_not_exists(#end) OR #end < :end',
      {
        ':end': { S: end },
        ':region': { S: region },
        ...(stood !== undefined && { ':stood': { N: String(stood) } }),
      },
      { '#end': 'end', '#region': 'region', ...(stood !== undefined && { '#stood': 'stood' }) },
    );
  }

  async chainEnd(chain: string): Promise<string | undefined> {
    return (await this.table.get(keyOf(CHAINS, chain)))?.end?.S;
  }

  async chains() {
    const chains: NotedChain[] = [];
    for await (const item of this.table.query(OF_OBJECT, { ':object': { S: CHAINS } }))
      chains.push({
        chain: nameIn(item).mark,
        region: item.region?.S ?? '',
        end: item.end?.S ?? '',
        stood: item.stood?.N === undefined ? undefined : Number(item.stood.N),
      });
    return chains;
  }

  async noteGap(digest: string, { chain, region, from, until }: OpenGap): Promise<void> {
    await this.table.write({
      ...keyOf(GAPS, digest),
      ...{ chain: { S: chain }, region: { S: region }, from: { S: from }, until: { S: until } },
    });
  }

  async closeGap(digest: string, expires: number): Promise<void> {
    await this.table.update(
      keyOf(GAPS, digest),
      'SET #expires = :value',
      'attribute_exists(#mark)',
      { ':value': { N: String(Math.ceil(expires / 1000)) } },
      { '#expires': TRANSFERS.expires, '#mark': TRANSFERS.sort },
    );
  }

  async gapOf(digest: string): Promise<OpenGap | undefined> {
    return openGapIn(await this.table.get(keyOf(GAPS, digest)));
  }

  async gaps(): Promise<OpenGap[]> {
    const gaps: OpenGap[] = [];
    for await (const item of this.table.query(OF_OBJECT, { ':object': { S: GAPS } })) {
      const gap = openGapIn(item);
      if (gap !== undefined) gaps.push(gap);
    }
    return gaps;
  }
}

/** Undefined for one that was closed. */
function openGapIn(item: Item | undefined): OpenGap | undefined {
  if (item === undefined || item[TRANSFERS.expires] !== undefined) return undefined;
  const { chain, region, from, until } = item;
  return { chain: chain?.S ?? '', region: region?.S ?? '', from: from?.S ?? '', until: until?.S ?? '' };
}

function logFileKey(bucket: string, key: string) {
  return keyOf(`#log-file/${bucket}/${key}`, 'taken-in');
}
