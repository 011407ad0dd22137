/** Reads gzip, of one member or of many. @see https://www.rfc-editor.org/rfc/rfc1952 */
import { createGunzip } from 'node:zlib';
import type { Source } from '../port';
import { inflated } from './inflate';

const CHUNK_BYTES = 128 * 1024;

/** The unpacked bytes of a gzip file. @throws PackingError where it is damaged */
export function gunzipped(packed: Source): AsyncGenerator<Uint8Array> {
  return inflated(packed.read(0), createGunzip({ chunkSize: CHUNK_BYTES }));
}
