/**
 * Reads a zip archive that holds one file and nothing else: no second file, no directory, no comment, and no byte that is part
 * of neither. Whoever unpacks it then gets what was checked, whichever program they use.
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import * as yauzl from 'yauzl';
import { crc32 } from '../crc32';
import type { Source } from '../port';
import { locked, PackingError, unpackable } from './fault';
import { inflated } from './inflate';

const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
/** Sums and lengths stand behind the data, since they were not known before. */
const DESCRIBED = 8;
/** Before a file; an archive without any begins with its end. */
const LOCAL_SIGN = 'PK\x03\x04';
const DESCRIPTOR_SIGN = 'PK\x07\x08';
const LOCAL_HEADER_BYTES = 30;
const CENTRAL_HEADER_BYTES = 46;
const END_BYTES = 22;
const END_SIGN = 'PK\x05\x06';
const MOST_COMMENT_BYTES = 65_535;
/** The end of a large archive stands before the other, with what says where it is. */
const LARGE_END_BYTES = 56 + 20;
const MOST_ENTRIES_LOOKED_AT = 100;
const CHUNK_BYTES = 128 * 1024;

type Slice = NonNullable<Source['slice']>;

/** The one file of an archive. */
export interface ZippedFile {
  /** As the archive says, and as `read` makes sure. */
  readonly bytes: number;
  read(): AsyncGenerator<Uint8Array>;
}

/**
 * Opens an archive.
 * @param bytes of the archive
 * @throws PackingError `locked` where its file is encrypted, `compression` where it is damaged or has not one file
 */
export async function openZip(slice: Slice, bytes: number): Promise<ZippedFile> {
  const { start, end, method, crc, unpacked } = await oneEntry(slice, bytes);
  return {
    bytes: unpacked,
    async *read() {
      const raw = pieces(slice, start, end);
      const content = method === STORED ? raw : inflated(raw, createInflateRaw({ chunkSize: CHUNK_BYTES }));
      let seen = 0;
      let sum = 0;
      for await (const piece of content) {
        seen += piece.length;
        if (seen > unpacked) unpackable('damaged', 'it unpacks to more than it says');
        sum = crc32(piece, sum);
        yield piece;
      }
      if (seen !== unpacked || sum !== crc) unpackable('damaged', 'its file is not what its checksum says');
    },
  };
}

interface OneEntry {
  readonly start: number;
  readonly end: number;
  readonly method: number;
  readonly crc: number;
  readonly unpacked: number;
}

async function oneEntry(slice: Slice, bytes: number): Promise<OneEntry> {
  const head = Buffer.from(await slice(0, Math.min(bytes, LOCAL_HEADER_BYTES)));
  if (bytes < LOCAL_HEADER_BYTES + CENTRAL_HEADER_BYTES + END_BYTES) {
    const begins = head.toString('latin1').startsWith(LOCAL_SIGN);
    unpackable(begins ? 'cut-off' : 'not-one-file', begins ? 'it is too short' : 'it holds no file');
  }
  if (head.readUInt16LE(6) & ENCRYPTED) locked('password', 'its file has a password');
  const reader = new SliceReader(slice);
  try {
    return await readEntry(reader, bytes);
  } catch (error) {
    // What the file itself cannot be read for is no fault of the archive.
    if (reader.failed) throw reader.failed.error;
    throw error instanceof PackingError
      ? error
      : new PackingError(
          'compression',
          (await isCutOff(slice, bytes)) ? 'cut-off' : 'damaged',
          'it is damaged',
          {
            cause: error,
          },
        );
  }
}

/** Whether an archive has no end: its beginning was there. A comment may follow it. */
async function isCutOff(slice: Slice, bytes: number): Promise<boolean> {
  const tail = Buffer.from(await slice(Math.max(0, bytes - END_BYTES - MOST_COMMENT_BYTES), bytes));
  return !tail.includes(END_SIGN);
}

/** Whether it holds what only documents of Office and OpenDocument do, near its beginning. */
async function isDocument(archive: yauzl.ZipFile): Promise<boolean> {
  let seen = 0;
  for await (const { fileName } of archive.eachEntry()) {
    if (fileName === '[Content_Types].xml' || (fileName === 'mimetype' && seen === 0)) return true;
    seen += 1;
    if (seen > MOST_ENTRIES_LOOKED_AT) break;
  }
  return false;
}

async function readEntry(reader: SliceReader, bytes: number): Promise<OneEntry> {
  const archive = await yauzl.fromRandomAccessReaderPromise(reader, bytes, {
    autoClose: false,
    strictFileNames: true,
  });
  if (archive.entryCount > 1 && (await isDocument(archive))) unpackable('document', 'it is a document');
  if (archive.entryCount !== 1) unpackable('not-one-file', 'it holds more than one file, or none');
  const { value: entry } = await archive.eachEntry().next();
  if (!entry) return unpackable('not-one-file', 'it holds no file');
  if (entry.isEncrypted()) locked('password', 'its file has a password');
  if (entry.fileName.endsWith('/')) unpackable('not-one-file', 'it holds a folder');
  const { compressionMethod: method, compressedSize, uncompressedSize: unpacked } = entry;
  if (method !== STORED && method !== DEFLATED)
    unpackable('other-packing', 'its file is packed by a method that is not read here');
  const local = await archive.readLocalFileHeaderPromise(entry);
  if (
    entry.relativeOffsetOfLocalHeader !== 0 ||
    local.compressionMethod !== method ||
    local.generalPurposeBitFlag !== entry.generalPurposeBitFlag ||
    !entry.fileNameRaw.equals(local.fileName)
  )
    unpackable('damaged', 'it says two things of its file');
  const start = local.fileDataStart;
  const end = start + compressedSize;
  const directory =
    CENTRAL_HEADER_BYTES +
    entry.fileNameLength +
    entry.extraFieldLength +
    entry.fileCommentLength +
    END_BYTES;
  const between = bytes - end - directory;
  const behind = Buffer.from(await reader.bytes(end, Math.min(bytes, end + 24)));
  const described = entry.generalPurposeBitFlag & DESCRIBED ? descriptors(entry) : [Buffer.alloc(0)];
  const found = described.some(
    (each) =>
      behind.subarray(0, each.length).equals(each) &&
      (between === each.length || between === each.length + LARGE_END_BYTES),
  );
  if (!found || archive.comment.length > 0) unpackable('more-than-its-file', 'it holds more than its file');
  if (method === STORED && compressedSize !== unpacked)
    unpackable('damaged', 'it says two things of its file');
  return { start, end, method, crc: entry.crc32, unpacked };
}

/** What may stand behind the data: with or without a sign before it, its lengths in 32 or in 64 bits. */
function descriptors({ crc32: sum, compressedSize, uncompressedSize }: yauzl.Entry): readonly Buffer[] {
  return [4, 8].flatMap((width) => {
    const plain = Buffer.alloc(4 + 2 * width);
    plain.writeUInt32LE(sum);
    for (const [n, length] of [compressedSize, uncompressedSize].entries()) {
      plain.writeUInt32LE(length % 2 ** 32, 4 + n * width);
      if (width === 8) plain.writeUInt32LE(Math.floor(length / 2 ** 32), 8 + n * width);
    }
    return [plain, Buffer.concat([Buffer.from(DESCRIPTOR_SIGN, 'latin1'), plain])];
  });
}

/** A part of a file, piece by piece. */
async function* pieces(slice: Slice, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; at += CHUNK_BYTES) yield await slice(at, Math.min(end, at + CHUNK_BYTES));
}

/** What the library reads an archive by. */
class SliceReader extends yauzl.RandomAccessReader {
  /** What the file could not be read for. */
  failed: { readonly error: unknown } | undefined;
  readonly #slice: Slice;

  constructor(slice: Slice) {
    super();
    this.#slice = slice;
  }

  /** The bytes between two places. */
  async bytes(from: number, to: number): Promise<Uint8Array> {
    try {
      return await this.#slice(from, to);
    } catch (error) {
      this.failed = { error };
      throw error;
    }
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(pieces(this.#slice, start, end));
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.bytes(position, position + length).then(
      (bytes) => {
        buffer.set(bytes, offset);
        callback(null, bytes.length);
      },
      (error: Error) => callback(error),
    );
  }
}
