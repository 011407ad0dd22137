/** How much of a JSON Lines file is held at once. */

/** The longest line that is read, in bytes. One that is longer is passed over, and told. */
export const MOST_LINE_BYTES = 16 * 1024 * 1024;
/** How deeply values may be nested, those among them that the contract does not know. */
export const MOST_DEPTH = 64;
