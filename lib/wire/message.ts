/** What is said of messages between those who look at them: what they are called, and why bytes are none. */

/** An Internet message (RFC 5322), as RFC 2046, section 5.2.1 names it. */
export const MESSAGE_MEDIA_TYPE = 'message/rfc822';

/**
 * How much of a message is looked at. What is beyond is refused, so that memory stays bounded whatever a message is like: one line,
 * one block of fields and a list of entities are held, and never a body.
 */
export const MESSAGE_LIMITS = {
  /** The longest line, in bytes. RFC 5322 allows 998; programs that save mail write longer ones of HTML. */
  lineBytes: 65_536,
  /** The fields of one entity, in bytes, with their line ends. */
  fieldBytes: 65_536,
  /** How many fields one entity has. */
  fields: 400,
  /** How many entities a message has: itself, each part, and what is forwarded in it. */
  entities: 200,
  /** How deep they lie in one another. */
  depth: 10,
} as const;

/** Why bytes are no message that all programs read alike. */
export const MESSAGE_FAULTS = [
  /** They do not begin with a field. */
  'not-a-message',
  /** They end, or a boundary stands, before the fields of an entity do. */
  'ends-in-fields',
  /** A carriage return or a line feed stands alone, where other lines end otherwise. */
  'line-ends',
  'line-too-long',
  'fields-too-large',
  'fields-too-many',
  /** A field has bytes that are not printable ASCII. */
  'field-not-ascii',
  /** A line is neither a field nor goes on with one. */
  'no-field',
  /** A field that programs go by is there twice. */
  'field-twice',
  'field-missing',
  /** A field that programs go by is not written as its standard says, or so that they read it differently. */
  'field-unreadable',
  /** There is not exactly one sender: some programs show the first, some the last. */
  'senders',
  'encoding',
  /** What is said to be base64 is none. */
  'base64',
  /** A boundary is missing, or is like that of a part around it. */
  'boundary',
  /** A line begins as a boundary and is none. */
  'boundary-damaged',
  /** A part is not closed by its boundary. */
  'not-closed',
  'entities-too-many',
  'too-deep',
  /** The body lies elsewhere, or in several messages (RFC 2046, sections 5.2.2 and 5.2.3). */
  'body-elsewhere',
] as const;
/** Why bytes are no message that all programs read alike. */
export type MessageFaultKind = (typeof MESSAGE_FAULTS)[number];
