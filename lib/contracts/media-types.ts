/** The media types that the engine reads, by which an agreement says what may be deposited. */
import type { FileForm } from '../wire/contracts';

/**
 * The registered type of CSV (RFC 7111), the two names in use for JSON Lines, of which neither is registered, and the registered
 * type of Parquet.
 */
export const MEDIA_TYPES: Readonly<Record<string, FileForm>> = {
  'text/csv': 'csv',
  'application/x-ndjson': 'json-lines',
  'application/jsonl': 'json-lines',
  'application/vnd.apache.parquet': 'parquet',
};

/** How a file of this media type is read, or nothing where the engine does not read it. */
export function formOfMediaType(mediaType: string): FileForm | undefined {
  return Object.hasOwn(MEDIA_TYPES, mediaType) ? MEDIA_TYPES[mediaType] : undefined;
}

/**
 * A media type without its parameters, in lower case: `text/csv` of `Text/CSV; charset=utf-8`.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-media-type
 */
export function bareMediaType(given: string | undefined): string | undefined {
  const bare = given?.split(';', 1)[0]?.trim().toLowerCase();
  return bare === '' ? undefined : bare;
}
