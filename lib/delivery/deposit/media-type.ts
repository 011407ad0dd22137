/** Which media type a file is deposited as: by the ending of its name, among those that the agreement allows. */
import { bareMediaType, MEDIA_TYPES } from '../../contracts';

/** What packs another file; the contract engine looks into it, and the media type is that of the file within. */
const PACKED = /\.(?:gz|zip)$/i;

/**
 * Media types by endings, the usual one first.
 * @see https://www.iana.org/assignments/media-types/media-types.xhtml
 */
const BY_ENDING: Readonly<Record<string, readonly string[]>> = {
  csv: ['text/csv'],
  jsonl: namesOf('json-lines'),
  ndjson: namesOf('json-lines'),
  parquet: ['application/vnd.apache.parquet'],
  tsv: ['text/tab-separated-values'],
  txt: ['text/plain'],
  md: ['text/markdown'],
  json: ['application/json'],
  geojson: ['application/geo+json'],
  jsonld: ['application/ld+json'],
  xml: ['application/xml', 'text/xml'],
  gml: ['application/gml+xml'],
  gpkg: ['application/geopackage+sqlite3'],
  yaml: ['application/yaml'],
  html: ['text/html'],
  eml: ['message/rfc822'],
  pdf: ['application/pdf'],
  odt: ['application/vnd.oasis.opendocument.text'],
  ods: ['application/vnd.oasis.opendocument.spreadsheet'],
  docx: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  xlsx: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  pptx: ['application/vnd.openxmlformats-officedocument.presentationml.presentation'],
  rtf: ['application/rtf'],
  jpg: ['image/jpeg'],
  jpeg: ['image/jpeg'],
  png: ['image/png'],
  tif: ['image/tiff'],
  tiff: ['image/tiff'],
  svg: ['image/svg+xml'],
  mp3: ['audio/mpeg'],
  mp4: ['video/mp4'],
  zip: ['application/zip'],
  gz: ['application/gzip'],
};

function namesOf(form: (typeof MEDIA_TYPES)[string]): string[] {
  return Object.entries(MEDIA_TYPES).flatMap(([name, each]) => (each === form ? name : []));
}

/** The media type, or what was found instead. */
export type ChosenType =
  | { readonly mediaType: string }
  /** The ending says a type that the agreement does not allow; nothing found where it says none. */
  | { readonly found: string | undefined };

/**
 * Chooses the media type of a file.
 * @param given what was said by an option; then the name does not matter
 */
export function mediaTypeFor(name: string, allowed: readonly string[], given?: string): ChosenType {
  const candidates = given === undefined ? byName(name) : [given];
  const chosen = candidates.find((each) => allowed.includes(bareMediaType(each) ?? ''));
  return chosen === undefined ? { found: candidates[0] } : { mediaType: chosen };
}

/** What the whole file is comes before what is packed in it: an agreement on archives takes archives. */
function byName(name: string): string[] {
  const inner = PACKED.test(name) ? typesOf(name.replace(PACKED, '')) : [];
  return [...inner, ...typesOf(name)];
}

function typesOf(name: string): readonly string[] {
  const ending = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(BY_ENDING, ending) ? (BY_ENDING[ending] ?? []) : [];
}
