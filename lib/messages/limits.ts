/**
 * How much of a message is looked at. What is beyond is refused, so that memory stays bounded whatever a message is like: one line,
 * one block of fields and a list of entities are held, and never a body.
 */

/** The longest line, in bytes. RFC 5322 allows 998; programs that save mail write longer ones of HTML. */
export const MOST_LINE_BYTES = 65_536;
/** The fields of one entity, in bytes, with their line ends. */
export const MOST_FIELD_BYTES = 65_536;
/** How many fields one entity has. */
export const MOST_FIELDS = 400;
/** How many entities a message has: itself, each part, and what is forwarded in it. */
export const MOST_ENTITIES = 200;
/** How deep they lie in one another. */
export const MOST_DEPTH = 10;
