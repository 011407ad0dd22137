/** What the engine reads of CSV at most, so that its memory is bounded whatever comes. More is `form:too-large`. */

/** Bytes of one value as it stands in the file, quotes included. */
export const MOST_FIELD_BYTES = 1_048_576;
/** Bytes of the header. */
export const MOST_HEADER_BYTES = 1_048_576;
/** Bytes of one row. */
export const MOST_ROW_BYTES = 8_388_608;
/** Columns of the header. */
export const MOST_COLUMNS = 10_000;
/** Bytes that are looked at in one go: they stay in the processor’s cache. */
export const BLOCK_BYTES = 262_144;
