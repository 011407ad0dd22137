/** What stands in the headers of S3’s answers, and of what is sent. */
import type { IncomingMessage } from 'node:http';
import { type About, ALGORITHMS, type ObjectChecksum } from '../delivery';

/** The version that an answer is of. */
export const VERSION = 'x-amz-version-id';
const METADATA = 'x-amz-meta-';

/** The checksum that S3 holds, the strongest first. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export function checksumIn(found: IncomingMessage): ObjectChecksum | undefined {
  const isComposite = headerIn(found, 'x-amz-checksum-type') === 'COMPOSITE';
  for (const algorithm of ALGORITHMS) {
    const held = headerIn(found, `x-amz-checksum-${algorithm.toLowerCase()}`);
    if (held === undefined) continue;
    // Of several parts their number follows a hyphen, which is no letter of base64.
    const [value = '', parts] = held.split('-');
    if (parts === undefined && isComposite) return undefined;
    return { algorithm, value, parts: parts === undefined ? undefined : Number(parts) };
  }
  return undefined;
}

/** A header that comes once. */
export function headerIn({ headers }: IncomingMessage, name: string): string | undefined {
  const found = headers[name];
  return typeof found === 'string' ? found : undefined;
}

/** All bytes of a small answer. */
export async function bytesOf(answer: IncomingMessage): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of answer) pieces.push(piece as Uint8Array);
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
}

/** The entity tag, without quotation marks. */
export function etagIn(answer: IncomingMessage): string {
  return bare(headerIn(answer, 'etag') ?? '');
}

/** User metadata, by names without what S3 puts before them. */
export function metadataIn({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith(METADATA) && typeof value === 'string' ? [[name.slice(METADATA.length), value]] : [],
    ),
  );
}

/** The headers of what an object is stored with. */
export function headersOf({ mediaType, metadata }: About): Record<string, string> {
  const named = Object.entries(metadata).map(([name, value]) => [`${METADATA}${name}`, value]);
  return { 'content-type': mediaType, ...Object.fromEntries(named) };
}

/** An entity tag without its quotation marks. */
export function bare(etag: string): string {
  return etag.replaceAll('"', '');
}
