/**
 * Reads a file of the log archive. A small one is unpacked and parsed as a whole, which is quickest; a large one as it
 * comes, record by record, so that memory does not grow with it.
 */
import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGunzip, gunzipSync } from 'node:zlib';
import { isFields } from './fields';
import { RecordSplitter } from './record-splitter';
import { UnreadableFileError } from './unreadable-file';

/** A file of at most this many bytes unpacked is parsed as a whole. @internal Only tests import it. */
export const WHOLE_BYTES = 64 * 1024 * 1024;
/** A file of at most this many bytes packed may be small enough: CloudTrail’s files shrink to a tenth and less. */
const WHOLE_PACKED_BYTES = 16 * 1024 * 1024;
const CHUNK = 256 * 1024;

type Bytes = AsyncIterable<Uint8Array>;

/** What was read, apart from the records. */
export interface ReadFile {
  /** Of the unpacked content, in hex, as CloudTrail’s digests have it. */
  readonly sha256: string;
  readonly streamed: boolean;
}

/**
 * Reads a log file and hands over its records, some at a time. What it has handed over before it finds that the rest can’t
 * be read, stays handed over. The hash comes with the records of a file that is read as a whole; of any other it is known
 * only at the end.
 * @throws UnreadableFileError; and what `body` or `take` throw
 */
export async function readLogFile(
  body: Bytes,
  take: (records: readonly unknown[], sha256?: string) => Promise<void>,
  wholeBytes = WHOLE_BYTES,
): Promise<ReadFile> {
  const { packed, rest } = await begin(body);
  const whole = rest ? undefined : unpack(packed, wholeBytes);
  if (whole) {
    const { Records } = fieldsIn(whole);
    if (!Array.isArray(Records)) throw new UnreadableFileError('it has no list of Records');
    const sha256 = createHash('sha256').update(whole).digest('hex');
    await take(Records as unknown[], sha256);
    return { sha256, streamed: false };
  }
  const hash = createHash('sha256');
  const splitter = new RecordSplitter();
  for await (const chunk of unpacking(packed, rest)) {
    hash.update(chunk);
    const records = splitter.push(chunk).map(parsed);
    if (records.length > 0) await take(records);
  }
  splitter.finish();
  return { sha256: hash.digest('hex'), streamed: true };
}

/** Reads a file of one JSON value, such as a digest. @throws UnreadableFileError */
export async function readJsonFile(body: Bytes): Promise<{ value: unknown; sha256: string }> {
  const { packed, rest } = await begin(body);
  const whole = rest ? undefined : unpack(packed, WHOLE_BYTES);
  if (!whole) throw new UnreadableFileError(`it is larger than ${WHOLE_BYTES} bytes`);
  return { value: fieldsIn(whole), sha256: createHash('sha256').update(whole).digest('hex') };
}

/** The SHA-256 of a file’s unpacked content, in hex. @throws UnreadableFileError */
export async function hashOfFile(body: Bytes): Promise<string> {
  const hash: Hash = createHash('sha256');
  for await (const chunk of unpacking([], body)) hash.update(chunk);
  return hash.digest('hex');
}

/** The packed bytes of a file, up to the size at which it is read as it comes. */
async function begin(body: Bytes): Promise<{ packed: Uint8Array[]; rest: Bytes | undefined }> {
  const packed: Uint8Array[] = [];
  const iterator = body[Symbol.asyncIterator]();
  for (let size = 0; size <= WHOLE_PACKED_BYTES; ) {
    const { value, done } = await iterator.next();
    if (done) return { packed, rest: undefined };
    packed.push(value);
    size += value.length;
  }
  return { packed, rest: { [Symbol.asyncIterator]: () => iterator } };
}

/** The content, or undefined where it is too large to be taken as a whole. */
function unpack(packed: readonly Uint8Array[], most: number): Buffer | undefined {
  const bytes = Buffer.concat(packed);
  // Gzip ends with the size of its content. It need not be true, but it mostly saves unpacking a file that is too large.
  if (bytes.length > 18 && bytes.readUInt32LE(bytes.length - 4) > most) return undefined;
  try {
    return gunzipSync(bytes, { maxOutputLength: most, chunkSize: CHUNK });
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw unreadable(error);
  }
}

async function* unpacking(packed: readonly Uint8Array[], rest: Bytes | undefined): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  async function* all() {
    yield* packed;
    if (rest) yield* rest;
  }
  const source = Readable.from(all(), { objectMode: false });
  source.once('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
  } catch (error) {
    throw unreadable(error);
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

function fieldsIn(content: Buffer) {
  const value = parsed(content.toString('utf8'));
  if (!isFields(value)) throw new UnreadableFileError('it is not a JSON object');
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnreadableFileError(`it is not JSON: ${inOneLine((error as Error).message).slice(0, 200)}`, {
      cause: error,
    });
  }
}

/** What zlib throws says of the file; anything else, such as what the network did, is passed on. */
function unreadable(error: unknown): unknown {
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string' || !code.startsWith('Z_')) return error;
  return new UnreadableFileError(`its gzip can’t be unpacked: ${(error as Error).message}`, { cause: error });
}

/** What is quoted of a file has its line ends. */
function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
