/** How much of a Parquet file is held at once. What goes beyond is refused before it is read. */

/** The most bytes of the footer, which describes every column of every row group. */
export const MOST_FOOTER_BYTES = 16 * 1024 * 1024;
/** The most fields and elements of the footer: what it becomes in memory grows with these, not with its bytes. */
export const MOST_FOOTER_PARTS = 1_500_000;
/** The most bytes of a page’s own header. */
export const MOST_HEADER_BYTES = 256 * 1024;
/** The most fields and elements of a page’s header. */
export const MOST_HEADER_PARTS = 200;
/**
 * The most bytes of one page, compressed or not. Most writers make pages of about a megabyte, and dictionaries of one or two; DuckDB
 * makes one of all the values of a row group, up to 100 MB.
 */
export const MOST_PAGE_BYTES = 128 * 1024 * 1024;
/** The most values of one page, none among them. */
export const MOST_PAGE_VALUES = 16 * 1024 * 1024;
/** The most bytes of the pages and dictionaries of all columns that are held together, packed and unpacked. */
export const MOST_HELD_BYTES = 512 * 1024 * 1024;
/** What is read ahead in all, shared among the columns. */
export const READ_AHEAD_BYTES = 32 * 1024 * 1024;
/** The least and the most that one column reads ahead. */
export const READ_AHEAD_LEAST = 16 * 1024;
export const READ_AHEAD_MOST = 1024 * 1024;
/** How deep a schema may be: the root, columns, and what they are made of. */
export const MOST_DEPTH = 24;
/** The most elements of a schema. */
export const MOST_ELEMENTS = 30_000;
