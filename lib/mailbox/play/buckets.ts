/** Buckets in memory, with what scans, decides and seals beside them. Nothing of it is real, and nothing stays. */
import { createHash, randomUUID } from 'node:crypto';
import { base64 } from '../../ledger/core';
import { GATE_TAG, MALWARE_CLEAN, MALWARE_TAG } from '../../names';
import { runningCrc64 } from '../page/store/crc64';

/** One version of an object; a delete marker has no bytes. */
export interface Version {
  readonly id: string;
  readonly bytes: Buffer | undefined;
  readonly mediaType: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly etag: string;
  readonly crc64nvme: string;
  /** In whole seconds, as milliseconds since 1970. */
  readonly modified: number;
  readonly tags: Map<string, string>;
}

interface Upload {
  readonly bucket: string;
  readonly key: string;
  readonly mediaType: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly began: number;
  readonly parts: Map<number, { readonly bytes: Buffer; readonly etag: string; readonly crc64nvme: string }>;
}

/** What is said of an object as it is put. */
export interface PutAbout {
  readonly mediaType: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The buckets. */
export class Buckets {
  readonly #objects = new Map<string, Version[]>();
  readonly #uploads = new Map<string, Upload>();

  /** @param now in milliseconds since 1970 */
  constructor(private readonly now: () => number) {}

  /** Puts an object, whose newest version it is from then on. */
  put(bucket: string, key: string, about: PutAbout, bytes: Buffer): Version {
    return this.#add(bucket, key, about, bytes, md5(bytes), this.now());
  }

  /** The newest version; nothing where there is none, or it was deleted. */
  current(bucket: string, key: string): Version | undefined {
    const last = this.#objects.get(`${bucket}/${key}`)?.at(-1);
    return last?.bytes === undefined ? undefined : last;
  }

  /** The newest versions below a prefix, in the order of their keys. */
  below(bucket: string, prefix: string): (Version & { readonly key: string })[] {
    return [...this.#objects.keys()].sort().flatMap((path) => {
      const key = path.slice(bucket.length + 1);
      const found = path.startsWith(`${bucket}/${prefix}`) ? this.current(bucket, key) : undefined;
      return found === undefined ? [] : [{ ...found, key }];
    });
  }

  /** Puts a delete marker on top. @returns its version */
  remove(bucket: string, key: string): string {
    const about = { mediaType: '', metadata: {} };
    const marker = { ...this.#version(about, Buffer.alloc(0), '', this.now()), bytes: undefined };
    this.#push(bucket, key, marker);
    return marker.id;
  }

  begin(bucket: string, key: string, about: PutAbout): string {
    const id = randomUUID();
    this.#uploads.set(id, { bucket, key, ...about, began: this.now(), parts: new Map() });
    return id;
  }

  /** An upload, where there is one of that name. */
  upload(bucket: string, key: string, id: string): Upload | undefined {
    const found = this.#uploads.get(id);
    return found?.bucket === bucket && found.key === key ? found : undefined;
  }

  part({ parts }: Upload, number: number, bytes: Buffer): string {
    const etag = md5(bytes);
    parts.set(number, { bytes, etag, crc64nvme: crc64(bytes) });
    return etag;
  }

  /** Makes the object. @returns nothing where it does not come to the checksum */
  complete(
    id: string,
    { bucket, key, parts, began, ...about }: Upload,
    crc64nvme: string,
  ): Version | undefined {
    const inOrder = [...parts].sort(([a], [b]) => a - b).map(([, { bytes }]) => bytes);
    const bytes = Buffer.concat(inOrder);
    if (crc64(bytes) !== crc64nvme) return undefined;
    this.#uploads.delete(id);
    return this.#add(bucket, key, about, bytes, `${md5(bytes)}-${parts.size}`, began);
  }

  abort(id: string): void {
    this.#uploads.delete(id);
  }

  #add(bucket: string, key: string, about: PutAbout, bytes: Buffer, etag: string, began: number): Version {
    const made = this.#version(about, bytes, etag, began);
    this.#push(bucket, key, made);
    return made;
  }

  #version({ mediaType, metadata }: PutAbout, bytes: Buffer, etag: string, began: number): Version {
    const modified = Math.floor(began / 1000) * 1000;
    return {
      ...{ id: randomUUID().replaceAll('-', ''), bytes, mediaType, metadata, etag },
      ...{ crc64nvme: crc64(bytes), modified, tags: new Map() },
    };
  }

  #push(bucket: string, key: string, version: Version): void {
    const path = `${bucket}/${key}`;
    this.#objects.set(path, [...(this.#objects.get(path) ?? []), version]);
  }
}

/** Whether a version was released: whoever collects may read no other. */
export function isReleased({ tags }: Version): boolean {
  return tags.get(MALWARE_TAG) === MALWARE_CLEAN && tags.get(GATE_TAG) === 'released';
}

/** CRC-64/NVME in base64. */
export function crc64(bytes: Uint8Array): string {
  const running = runningCrc64();
  running.update(bytes);
  return base64(running.digest());
}

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
