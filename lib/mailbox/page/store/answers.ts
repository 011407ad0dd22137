/** What S3 says of an object, and what it is told of one: headers, entity tags, and bytes as they come. */
import { type About, ALGORITHMS, type Looked, NO_VERSION, type ObjectChecksum } from '../../../delivery';
import { unreachable } from './signed-fetch';

/** The header of an object’s version. */
export const VERSION = 'x-amz-version-id';
const METADATA = 'x-amz-meta-';

/** What there is of an object that may be read. */
export function readable(headers: Headers): Looked {
  return {
    answer: 'readable',
    version: headers.get(VERSION) ?? NO_VERSION,
    etag: bare(headers.get('etag')),
    bytes: Number(headers.get('content-length') ?? 0),
    checksum: checksumIn(headers),
  };
}

/** The checksum that S3 holds, the strongest first. */
export function checksumIn(headers: Headers): ObjectChecksum | undefined {
  const isComposite = headers.get('x-amz-checksum-type') === 'COMPOSITE';
  for (const algorithm of ALGORITHMS) {
    const [value, parts] = headers.get(`x-amz-checksum-${algorithm.toLowerCase()}`)?.split('-') ?? [];
    if (value === undefined) continue;
    if (parts === undefined && isComposite) return undefined;
    return { algorithm, value, parts: parts === undefined ? undefined : Number(parts) };
  }
  return undefined;
}

/** What is said of an object that is written. */
export function headersOf({ mediaType, metadata }: About): Record<string, string> {
  const named = Object.entries(metadata).map(([name, value]) => [`${METADATA}${name}`, value]);
  return { 'content-type': mediaType, ...Object.fromEntries(named) };
}

/** What its writer said of it. */
export function metadataIn(headers: Headers): Record<string, string> {
  const found: Record<string, string> = {};
  headers.forEach((value, name) => {
    if (name.startsWith(METADATA)) found[name.slice(METADATA.length)] = value;
  });
  return found;
}

/** Bytes as they come. @throws StoreFailure `unreachable` where they break off */
export async function* piecesOf(answer: Response): AsyncIterable<Uint8Array> {
  const reader = answer.body?.getReader();
  if (reader === undefined) return;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    throw unreachable(error);
  } finally {
    reader.releaseLock();
  }
}

/** An entity tag without its quotation marks. */
export function bare(etag: string | null | undefined): string {
  return (etag ?? '').replaceAll('"', '');
}
