/** What the audit keeps of the log itself, in the table of transfers, under names that no object has: they begin with `#`. */
import { TRANSFERS } from '../../lib/names';
import type { NotedChain, Notes, OpenGap } from './ports';
import type { Item, Table } from './table';
import { keyOf, nameIn, OF_OBJECT } from './table-keys';

const CHAINS = '#chains';
const GAPS = '#gaps';

/** Log files that were taken in, chains of digests and gaps in them. */
export class KeptNotes implements Notes {
  constructor(private readonly table: Table) {}

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
