/**
 * The history of the register in the table of transfers, under a name that no object has. It stands there in parts, since an item
 * of DynamoDB holds 400 KB, some 2,000 versions: a zone of many organisations changes its register several times a day.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
import { type IndexVersion, indexVersionsText, parseIndexVersions } from '../../lib/wire';
import type { History, IndexHistory } from './ports';
import type { Table } from './table';
import { keyOf } from './table-keys';

const HISTORY = keyOf('#register', 'history');
/** The key of an earlier part of the history, from 0. */
const chapterKey = (chapter: number) => keyOf('#register', `history#${chapter}`);
/** Some 200 KB. */
const VERSIONS_IN_A_CHAPTER = 1_000;

/** Read and written as a whole. */
export class KeptHistory implements History {
  /** Chapters of the history that are full: nothing of them changes any more. */
  private readonly chapters: (readonly IndexVersion[])[] = [];

  constructor(private readonly table: Table) {}

  async read(): Promise<IndexHistory> {
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

  async write({ versions, told, revision }: IndexHistory): Promise<boolean> {
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
}

/** A history in parts. */
interface Chapters {
  /** Of `VERSIONS_IN_A_CHAPTER` each. Something came after each of them, so what is in them was written before. */
  readonly full: readonly (readonly IndexVersion[])[];
  readonly newest: readonly IndexVersion[];
}

/** Divides a history, of which at most the last version is new. */
function chaptersOf(versions: readonly IndexVersion[]): Chapters {
  const earlier = Math.max(0, Math.ceil(versions.length / VERSIONS_IN_A_CHAPTER) - 1);
  const full = Array.from({ length: earlier }, (_, chapter) =>
    versions.slice(chapter * VERSIONS_IN_A_CHAPTER, (chapter + 1) * VERSIONS_IN_A_CHAPTER),
  );
  return { full, newest: versions.slice(earlier * VERSIONS_IN_A_CHAPTER) };
}
