/**
 * S3 in memory behind the port `Store`: versions, uploads in parts, checksums held to, and a clock that goes on with each call. It
 * stops at any call, before the call takes hold or after it, as a process that is killed sees it: from then on no call of that run
 * comes through.
 */
import { createHash } from 'node:crypto';
import {
  type About,
  type Body,
  type ListedObject,
  type Opened,
  type SentPart,
  type Store,
  type Stored,
  StoreFailure,
} from '../../lib/delivery';

/** One version of an object; a delete marker has no bytes. */
export interface StoredVersion {
  readonly version: string;
  readonly about: About | undefined;
  readonly bytes: Buffer | undefined;
  readonly etag: string;
  readonly crc64nvme: string;
  readonly modified: number;
  readonly tags: Map<string, string>;
}

interface Upload {
  readonly key: string;
  readonly about: About;
  readonly began: number;
  readonly parts: Map<number, { readonly part: SentPart; readonly bytes: Buffer }>;
}

/** The run was killed at a call. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** Where a run is killed: at which call of it, and whether the call had taken hold. */
export interface Kill {
  readonly call: number;
  readonly when: 'before' | 'after';
}

/** S3 itself: what stays between runs. */
export class MemoryS3 {
  readonly objects = new Map<string, StoredVersion[]>();
  readonly uploads = new Map<string, Upload>();
  /** How often S3 took each part, by key, upload and number. */
  readonly taken = new Map<string, number>();
  readonly log: string[] = [];
  #now: number;
  #next = 1;

  /** @param perCall how many milliseconds go by with each call */
  constructor(
    start = Date.parse('2026-12-01T09:00:00Z'),
    private readonly perCall = 400,
  ) {
    this.#now = start;
  }

  get now(): number {
    return this.#now;
  }

  tick(): void {
    this.#now += this.perCall;
  }

  id(): string {
    return `id-${this.#next++}`;
  }

  /** The current version, if it is no delete marker. */
  current(key: string): StoredVersion | undefined {
    const last = this.objects.get(key)?.at(-1);
    return last?.bytes === undefined ? undefined : last;
  }

  add(key: string, about: About, bytes: Buffer, etag: string, began: number): Stored {
    const stored: StoredVersion = {
      version: this.id(),
      about,
      bytes,
      etag,
      crc64nvme: crc64(bytes),
      modified: Math.floor(began / 1000) * 1000,
      tags: new Map(),
    };
    this.objects.set(key, [...(this.objects.get(key) ?? []), stored]);
    return { version: stored.version };
  }

  /** The store as one run sees it. */
  run(kill?: Kill): Store & { readonly calls: number } {
    return new MemoryStore(this, kill);
  }
}

class MemoryStore implements Store {
  calls = 0;
  #isKilled = false;

  constructor(
    private readonly s3: MemoryS3,
    private readonly kill: Kill | undefined,
  ) {}

  put(key: string, about: About, body: Body): Promise<Stored> {
    return this.call(`put ${key}`, async () => {
      const bytes = await received(body);
      return this.s3.add(key, about, bytes, md5(bytes), this.s3.now);
    });
  }

  begin(key: string, about: About): Promise<string> {
    return this.call(`begin ${key}`, async () => {
      const id = this.s3.id();
      this.s3.uploads.set(id, { key, about, began: this.s3.now, parts: new Map() });
      return id;
    });
  }

  sendPart(key: string, upload: string, number: number, body: Body): Promise<SentPart> {
    return this.call(`part ${number}`, async () => {
      const found = this.s3.uploads.get(upload);
      if (found?.key !== key) throw new StoreFailure('unexpected', 'NoSuchUpload');
      const bytes = await received(body);
      const part = { number, bytes: bytes.length, etag: md5(bytes), crc64nvme: body.crc64nvme };
      found.parts.set(number, { part, bytes });
      const id = `${key} ${upload} ${number}`;
      this.s3.taken.set(id, (this.s3.taken.get(id) ?? 0) + 1);
      return part;
    });
  }

  parts(key: string, upload: string): Promise<readonly SentPart[] | undefined> {
    return this.call('parts', async () => {
      const found = this.s3.uploads.get(upload);
      if (found?.key !== key) return undefined;
      return [...found.parts.values()].map(({ part }) => part).sort((a, b) => a.number - b.number);
    });
  }

  complete(
    key: string,
    upload: string,
    parts: readonly SentPart[],
    whole: { readonly crc64nvme: string; readonly bytes: number },
  ): Promise<Stored | undefined> {
    return this.call('complete', async () => {
      const found = this.s3.uploads.get(upload);
      if (found?.key !== key) return undefined;
      const pieces = parts.map(({ number, etag }) => {
        const each = found.parts.get(number);
        if (each?.part.etag !== etag) throw new StoreFailure('unexpected', 'InvalidPart');
        return each.bytes;
      });
      const bytes = Buffer.concat(pieces);
      if (crc64(bytes) !== whole.crc64nvme || bytes.length !== whole.bytes)
        throw new StoreFailure('damaged', 'BadDigest');
      this.s3.uploads.delete(upload);
      return this.s3.add(key, found.about, bytes, `${md5(bytes)}-${parts.length}`, found.began);
    });
  }

  abort(_key: string, upload: string): Promise<void> {
    return this.call('abort', async () => void this.s3.uploads.delete(upload));
  }

  async *list(prefix: string): AsyncIterable<ListedObject> {
    const found = await this.call('list', async () =>
      [...this.s3.objects.keys()].sort().flatMap((key) => {
        const current = this.s3.current(key);
        if (!key.startsWith(prefix) || current?.bytes === undefined) return [];
        const { etag, modified, bytes } = current;
        return [{ key, bytes: bytes.length, etag, modified }];
      }),
    );
    yield* found;
  }

  tags(key: string) {
    return this.call('tags', async () => {
      const current = this.s3.current(key);
      return current && { version: current.version, tags: current.tags };
    });
  }

  open(key: string, range: Parameters<Store['open']>[1] = {}): Promise<Opened | undefined> {
    return this.call('open', async () => {
      const { version, from = 0, to, ifEtag } = range;
      const found =
        version === undefined
          ? this.s3.current(key)
          : this.s3.objects.get(key)?.find((each) => each.version === version);
      if (found?.bytes === undefined) return undefined;
      if (ifEtag !== undefined && ifEtag !== found.etag)
        throw new StoreFailure('changed', 'PreconditionFailed');
      const bytes = found.bytes.subarray(from, to);
      return {
        version: found.version,
        bytes: found.bytes.length,
        etag: found.etag,
        mediaType: found.about?.mediaType,
        modified: found.modified,
        metadata: found.about?.metadata ?? {},
        crc64nvme: from === 0 && to === undefined ? found.crc64nvme : undefined,
        content: (async function* () {
          yield bytes;
        })(),
      };
    });
  }

  remove(key: string): Promise<{ readonly marker: string | undefined }> {
    return this.call('remove', async () => {
      const marker = this.s3.id();
      const modified = Math.floor(this.s3.now / 1000) * 1000;
      const stored = {
        version: marker,
        about: undefined,
        bytes: undefined,
        etag: '',
        crc64nvme: '',
        modified,
      };
      this.s3.objects.set(key, [...(this.s3.objects.get(key) ?? []), { ...stored, tags: new Map() }]);
      return { marker };
    });
  }

  private async call<T>(what: string, act: () => Promise<T>): Promise<T> {
    // What is called side by side is under way before any of it comes to its end.
    await Promise.resolve();
    if (this.#isKilled) throw new Killed();
    this.s3.tick();
    const isLast = ++this.calls === this.kill?.call;
    if (isLast) this.#isKilled = true;
    if (isLast && this.kill?.when === 'before') throw new Killed();
    this.s3.log.push(what);
    const result = await act();
    if (this.#isKilled) throw new Killed();
    return result;
  }
}

/** What S3 receives, held against what was declared of it. */
async function received({ open, bytes: declared, crc64nvme, sha256 }: Body): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  // A piece is good until the next one is asked for.
  for await (const piece of open()) pieces.push(Buffer.from(piece));
  const bytes = Buffer.concat(pieces);
  if (bytes.length !== declared) throw new StoreFailure('damaged', 'IncompleteBody');
  if (crc64(bytes) !== crc64nvme) throw new StoreFailure('damaged', 'BadDigest');
  if (sha256 !== undefined && createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw new StoreFailure('damaged', 'XAmzContentSHA256Mismatch');
  return bytes;
}

/** What each byte does to the remainder: its upper and its lower half. */
const TABLE = Array.from({ length: 256 }, (_, byte) => {
  let rest = BigInt(byte);
  for (let bit = 0; bit < 8; bit++) rest = rest & 1n ? (rest >> 1n) ^ 0x9a6c9329ac4bc9b5n : rest >> 1n;
  return rest;
});
const UPPER = Int32Array.from(TABLE, (each) => Number(BigInt.asIntN(32, each >> 32n)));
const LOWER = Int32Array.from(TABLE, (each) => Number(BigInt.asIntN(32, each)));

/** CRC-64/NVME byte by byte, as the catalogue of CRCs defines it; shared with nothing of ours. */
export function crc64(bytes: Uint8Array): string {
  let upper = -1;
  let lower = -1;
  // By an index: going through megabytes with the array’s iterator takes four times as long.
  for (let index = 0; index < bytes.length; index++) {
    const at = (lower ^ (bytes[index] as number)) & 255;
    lower = ((lower >>> 8) | (upper << 24)) ^ (LOWER[at] as number);
    upper = (upper >>> 8) ^ (UPPER[at] as number);
  }
  const result = Buffer.alloc(8);
  result.writeInt32BE(~upper, 0);
  result.writeInt32BE(~lower, 4);
  return result.toString('base64');
}

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
