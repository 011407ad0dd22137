/**
 * The history of the register in parts, since an item of DynamoDB holds 400 KB, some 2,000 versions: a zone of many organisations
 * changes its register several times a day.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
import type { IndexVersion } from '../../lib/wire';

/** Some 200 KB. */
export const VERSIONS_IN_A_CHAPTER = 1_000;

/** A history in parts. */
interface Chapters {
  /** Of `VERSIONS_IN_A_CHAPTER` each. Something came after each of them, so what is in them was written before. */
  readonly full: readonly (readonly IndexVersion[])[];
  readonly newest: readonly IndexVersion[];
}

/** Divides a history, of which at most the last version is new. */
export function chaptersOf(versions: readonly IndexVersion[]): Chapters {
  const earlier = Math.max(0, Math.ceil(versions.length / VERSIONS_IN_A_CHAPTER) - 1);
  const full = Array.from({ length: earlier }, (_, chapter) =>
    versions.slice(chapter * VERSIONS_IN_A_CHAPTER, (chapter + 1) * VERSIONS_IN_A_CHAPTER),
  );
  return { full, newest: versions.slice(earlier * VERSIONS_IN_A_CHAPTER) };
}
