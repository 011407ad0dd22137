/** An owner’s access point and a folder in memory, which can fail or be killed at any call; and checksums for them. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type {
  Algorithm,
  Checksums,
  Desk,
  Journal,
  Looked,
  Noted,
  ObjectChecksum,
  PartFile,
  Running,
  Shelf,
} from '../../../lib/delivery/collect/ports';
import type { ListedObject, Opened } from '../../../lib/delivery/store';
import { StoreFailure } from '../../../lib/delivery/store';

/** The process was killed: nothing runs any more. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** Counts calls, and kills at one of them. Once killed, each call is. */
export class Fate {
  calls = 0;
  constructor(private readonly killAt = Number.POSITIVE_INFINITY) {}

  step(): void {
    this.calls += 1;
    if (this.calls >= this.killAt) throw new Killed();
  }
}

/** A version of an object. */
export interface MemoryObject {
  readonly key: string;
  readonly version: string;
  readonly bytes: Uint8Array;
  readonly modified: number;
  readonly checksum: ObjectChecksum | undefined;
  /** Bytes of each part. */
  readonly parts?: readonly number[];
  readonly released?: boolean;
}

/** What the access point does with reads, beside serving them. */
export interface Temper {
  /** How answers are cut: bytes of a chunk. */
  readonly chunk?: number;
  /** Says how many bytes of a read come before the connection breaks. */
  readonly breaks?: (from: number, to: number) => number | undefined;
  /** Whether it answers whatever condition a read has. */
  readonly forgetsConditions?: boolean;
  /** Whether it gives what is small along with the answer, as S3 does. */
  readonly takes?: boolean;
  /** Changes what comes. */
  readonly spoil?: (bytes: Uint8Array, from: number) => Uint8Array;
  /** Called before each call; may throw. */
  readonly before?: (call: 'list' | 'look' | 'open' | 'partBytes', key: string) => void;
}

const etagOf = ({ version, parts }: Pick<MemoryObject, 'version' | 'parts'>) =>
  `etag-of-${version}${parts ? `-${parts.length}` : ''}`;

/** An access point that shows the current versions of objects. */
export class MemoryShelf implements Shelf {
  readonly reads: { key: string; from: number; to: number; ifEtag: string | undefined }[] = [];
  constructor(
    readonly objects: Map<string, MemoryObject>,
    private readonly fate: Fate = new Fate(),
    private readonly temper: Temper = {},
  ) {}

  async *list(prefix: string): AsyncIterable<ListedObject> {
    this.call('list', prefix);
    for (const object of [...this.objects.values()].sort((a, b) => (a.key < b.key ? -1 : 1)))
      if (object.key.startsWith(prefix)) {
        const { key, bytes, modified } = object;
        yield { key, bytes: bytes.length, etag: etagOf(object), modified };
      }
  }

  async look(key: string): Promise<Looked> {
    this.call('look', key);
    const object = this.objects.get(key);
    if (object === undefined) return { answer: 'gone' };
    if (object.released === false) return { answer: 'refused' };
    const { version, bytes, checksum } = object;
    return { answer: 'readable', version, etag: etagOf(object), bytes: bytes.length, checksum };
  }

  async take(key: string, etag: string): Promise<Looked> {
    const looked = await this.look(key);
    if (!this.temper.takes || looked.answer !== 'readable' || looked.etag !== etag) return looked;
    const pieces: Uint8Array[] = [];
    try {
      const opened = await this.open(key, { ifEtag: etag });
      for await (const piece of opened?.content ?? []) pieces.push(piece);
    } catch (error) {
      // Asked again, it came; what is looked for here is what is done with it.
      if (error instanceof StoreFailure && error.kind === 'unreachable') return looked;
      throw error;
    }
    return { ...looked, held: Buffer.concat(pieces) };
  }

  async partBytes(key: string, etag: string, part: number): Promise<number> {
    this.call('partBytes', key);
    const object = this.objects.get(key);
    if (object === undefined || etagOf(object) !== etag)
      throw new StoreFailure('changed', 'PreconditionFailed');
    return object.parts?.[part - 1] ?? 0;
  }

  async open(
    key: string,
    { from = 0, to, ifEtag }: Parameters<Shelf['open']>[1] = {},
  ): Promise<Opened | undefined> {
    this.call('open', key);
    const object = this.objects.get(key);
    if (object === undefined) return undefined;
    if (object.released === false) throw new StoreFailure('denied', 'AccessDenied');
    if (ifEtag !== undefined && ifEtag !== etagOf(object) && !this.temper.forgetsConditions)
      throw new StoreFailure('changed', 'PreconditionFailed');
    const end = to ?? object.bytes.length;
    this.reads.push({ key, from, to: end, ifEtag });
    return {
      version: object.version,
      bytes: object.bytes.length,
      etag: etagOf(object),
      mediaType: 'text/csv',
      modified: object.modified,
      metadata: {},
      crc64nvme: undefined,
      content: this.content(object.bytes, from, end),
    };
  }

  private async *content(bytes: Uint8Array, from: number, to: number): AsyncIterable<Uint8Array> {
    const { chunk = 64, breaks, spoil } = this.temper;
    const stop = breaks?.(from, to);
    const end = stop === undefined ? to : Math.min(to, from + stop);
    for (let at = from; at < end; at += chunk) {
      this.fate.step();
      const part = bytes.slice(at, Math.min(end, at + chunk));
      yield spoil ? spoil(part, at) : part;
    }
    if (stop !== undefined) throw new StoreFailure('unreachable', 'ECONNRESET');
  }

  private call(name: 'list' | 'look' | 'open' | 'partBytes', key: string): void {
    this.fate.step();
    this.temper.before?.(name, key);
  }
}

/** What survives the process. */
export class Disk {
  readonly files = new Map<string, Uint8Array>();
  readonly parts = new Map<string, Uint8Array>();
  readonly journals = new Map<string, Journal>();
  readonly notes: Noted[] = [];
  room: number | undefined;
  /** When everything was last written to. */
  touched = 1_800_000_000_000;

  /** The power went: of what was not settled, some is lost. */
  powerCut(random: () => number): void {
    for (const [id, bytes] of this.parts) {
      const left = bytes.slice(0, Math.floor(random() * (bytes.length + 1)));
      for (let n = 0; n < left.length; n++) if (random() < 0.05) left[n] = 0;
      this.parts.set(id, left);
    }
  }
}

/** A folder on that disk, for one process. */
export class MemoryDesk implements Desk {
  readonly shown = 'collected';
  constructor(
    readonly disk: Disk,
    private readonly fate: Fate = new Fate(),
  ) {}

  async noted() {
    this.fate.step();
    return [...this.disk.notes];
  }

  async note(noted: Noted) {
    this.fate.step();
    this.disk.notes.push(noted);
    this.fate.step();
  }

  async journal(id: string) {
    this.fate.step();
    return this.disk.journals.get(id);
  }

  async keepJournal(id: string, journal: Journal) {
    this.fate.step();
    this.disk.journals.set(id, journal);
  }

  async openPart(id: string): Promise<PartFile> {
    this.fate.step();
    const { parts } = this.disk;
    const fresh = !parts.has(id);
    if (fresh) parts.set(id, new Uint8Array());
    const here = () => parts.get(id) ?? new Uint8Array();
    const { fate } = this;
    return {
      fresh,
      write: async (at, bytes) => {
        fate.step();
        const old = here();
        const grown = new Uint8Array(Math.max(old.length, at + bytes.length));
        grown.set(old);
        grown.set(bytes, at);
        parts.set(id, grown);
      },
      read: (from, to) => slices(() => here().slice(from, to), fate),
      settle: async () => fate.step(),
      close: async () => undefined,
    };
  }

  async begun() {
    this.fate.step();
    return [...new Set([...this.disk.parts.keys(), ...this.disk.journals.keys()])].map((id) => ({
      id,
      touched: this.disk.touched,
    }));
  }

  async drop(id: string) {
    this.fate.step();
    this.disk.parts.delete(id);
    this.fate.step();
    this.disk.journals.delete(id);
  }

  async place(id: string, names: readonly string[]) {
    this.fate.step();
    const path = names.join('/');
    if ([...this.disk.files.keys()].some((file) => path.startsWith(`${file}/`))) return 'blocked';
    if (this.disk.files.has(path) || [...this.disk.files.keys()].some((file) => file.startsWith(`${path}/`)))
      return 'taken';
    this.disk.files.set(path, this.disk.parts.get(id)?.slice() ?? new Uint8Array());
    this.fate.step();
    return 'placed';
  }

  async placed(names: readonly string[], bytes: number) {
    this.fate.step();
    const file = this.disk.files.get(names.join('/'));
    if (file?.length !== bytes) return undefined;
    return (from: number, to: number) => slices(() => file.slice(from, to), this.fate);
  }

  pathOf(id: string) {
    return id;
  }

  async room() {
    return this.disk.room;
  }
}

async function* slices(read: () => Uint8Array, fate: Fate): AsyncIterable<Uint8Array> {
  fate.step();
  yield read();
}

/** Checksums by Node, and CRC-64/NVME bit by bit as its definition has it. */
export const checksums: Checksums = async (algorithm) => runningOf(algorithm);

function runningOf(algorithm: Algorithm): Running {
  if (algorithm === 'SHA256' || algorithm === 'SHA1') {
    const hash = createHash(algorithm.toLowerCase());
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
  }
  const chunks: Uint8Array[] = [];
  return {
    update: (bytes) => void chunks.push(bytes.slice()),
    digest: () => {
      const all = Buffer.concat(chunks);
      const sum = Buffer.alloc(algorithm === 'CRC64NVME' ? 8 : 4);
      if (algorithm === 'CRC64NVME') sum.writeBigUInt64BE(crc64(all));
      else sum.writeUInt32BE(crc32(all));
      return sum;
    },
  };
}

const TABLE = Array.from({ length: 256 }, (_, byte) => {
  let crc = BigInt(byte);
  for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ 0x9a6c9329ac4bc9b5n : crc >> 1n;
  return crc;
});

/** @see https://reveng.sourceforge.io/crc-catalogue/17plus.htm#crc.cat.crc-64-nvme */
function crc64(bytes: Uint8Array): bigint {
  let crc = 0xffff_ffff_ffff_ffffn;
  for (const byte of bytes) crc = (crc >> 8n) ^ (TABLE[Number((crc ^ BigInt(byte)) & 0xffn)] ?? 0n);
  return crc ^ 0xffff_ffff_ffff_ffffn;
}

/** The checksum that S3 would hold. @param parts bytes of each, for one of parts */
export function checksumOf(
  bytes: Uint8Array,
  algorithm: Algorithm,
  parts?: readonly number[],
): ObjectChecksum {
  const sum = (of: Uint8Array) => {
    const running = runningOf(algorithm);
    running.update(of);
    return running.digest();
  };
  if (parts === undefined)
    return { algorithm, value: Buffer.from(sum(bytes)).toString('base64'), parts: undefined };
  let from = 0;
  const digests = parts.map((length) => {
    from += length;
    return sum(bytes.slice(from - length, from));
  });
  return {
    algorithm,
    value: Buffer.from(sum(Buffer.concat(digests))).toString('base64'),
    parts: parts.length,
  };
}
