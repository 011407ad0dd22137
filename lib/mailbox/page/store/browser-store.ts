/** S3 behind the ports `Store` and `Shelf`, by a browser’s own fetch: one bucket or access point, as one role. */
import { hasCode, isGone, lookedAt } from '../../../client/in-browsers';
import {
  type About,
  type Body,
  type ListedObject,
  type Looked,
  NO_VERSION,
  type Opened,
  type SentPart,
  type Shelf,
  type Store,
  type Stored,
  StoreFailure,
} from '../../../delivery';
import { patiently } from './again';
import { bare, checksumIn, headersOf, metadataIn, piecesOf, readable, VERSION } from './answers';
import { type SignedCall, SignedFetch, type SignedSetting } from './signed-fetch';
import { elementsOf, escapedText, textIn } from './xml';

/** What S3 is asked for with each object: it is written once, whatever is asked again because an answer was lost. */
const ONCE = { 'if-none-match': '*' };

/**
 * One bucket or access point. Every call is asked again where what is in the way passes. Each name is written once: what has it
 * already is what an earlier try sent, since names are drawn by chance.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export class BrowserStore implements Store, Shelf {
  readonly #wire: SignedFetch;

  constructor(setting: SignedSetting) {
    this.#wire = new SignedFetch(setting);
  }

  async put(key: string, about: About, body: Body): Promise<Stored> {
    const stored = await this.#unlessThere(key, async () => {
      const { headers } = await this.#wire.call({
        method: 'PUT',
        key,
        headers: { ...headersOf(about), ...ONCE },
        body,
      });
      return { version: headers.get(VERSION) ?? NO_VERSION };
    });
    if (stored === undefined) throw new StoreFailure('unexpected', 'NoSuchKey');
    return stored;
  }

  async begin(key: string, about: About): Promise<string> {
    const answer = await this.#ask({
      method: 'POST',
      key,
      query: { uploads: '' },
      headers: {
        ...headersOf(about),
        'x-amz-checksum-algorithm': 'CRC64NVME',
        'x-amz-checksum-type': 'FULL_OBJECT',
      },
    });
    return textIn(await answer.text(), 'UploadId') ?? '';
  }

  async sendPart(key: string, uploadId: string, number: number, body: Body): Promise<SentPart> {
    const query = { partNumber: String(number), uploadId };
    const { headers } = await this.#ask({ method: 'PUT', key, query, body });
    return { number, bytes: body.bytes, etag: bare(headers.get('etag')), crc64nvme: body.crc64nvme };
  }

  async parts(key: string, uploadId: string): Promise<readonly SentPart[] | undefined> {
    const found: SentPart[] = [];
    for (let marker: string | undefined = '0'; marker !== undefined; ) {
      const query: Record<string, string> = { 'part-number-marker': marker, uploadId };
      const answer = await this.#unlessGone('NoSuchUpload', { method: 'GET', key, query });
      if (answer === undefined) return undefined;
      const xml = await answer.text();
      for (const part of elementsOf(xml, 'Part'))
        found.push({
          number: Number(textIn(part, 'PartNumber')),
          bytes: Number(textIn(part, 'Size')),
          etag: bare(textIn(part, 'ETag')),
          crc64nvme: textIn(part, 'ChecksumCRC64NVME'),
        });
      marker = textIn(xml, 'IsTruncated') === 'true' ? textIn(xml, 'NextPartNumberMarker') : undefined;
    }
    return found;
  }

  async complete(
    key: string,
    uploadId: string,
    parts: readonly SentPart[],
    { crc64nvme }: { readonly crc64nvme: string; readonly bytes: number },
  ): Promise<Stored | undefined> {
    const inner = parts.map(
      (each) =>
        `<Part><PartNumber>${each.number}</PartNumber><ETag>&quot;${escapedText(each.etag)}&quot;</ETag>${each.crc64nvme === undefined ? '' : `<ChecksumCRC64NVME>${each.crc64nvme}</ChecksumCRC64NVME>`}</Part>`,
    );
    return await this.#unlessThere(key, async () => {
      try {
        const answer = await this.#wire.call({
          method: 'POST',
          key,
          query: { uploadId },
          headers: {
            ...ONCE,
            'content-type': 'application/xml',
            'x-amz-checksum-crc64nvme': crc64nvme,
            'x-amz-checksum-type': 'FULL_OBJECT',
          },
          text: `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner.join('')}</CompleteMultipartUpload>`,
        });
        const xml = await answer.text();
        // S3 begins this answer before it is done, and may say with 200 that it failed.
        const code = textIn(xml, 'Code');
        if (code !== undefined) throw new StoreFailure('busy', code);
        return { version: answer.headers.get(VERSION) ?? NO_VERSION };
      } catch (error) {
        if (hasCode(error, 'NoSuchUpload')) return undefined;
        throw error;
      }
    });
  }

  async abort(key: string, uploadId: string): Promise<void> {
    await this.#unlessGone('NoSuchUpload', { method: 'DELETE', key, query: { uploadId } });
  }

  async *list(prefix: string, after?: string): AsyncIterable<ListedObject> {
    for (let token: string | undefined = ''; token !== undefined; ) {
      const answer = await this.#ask({
        method: 'GET',
        query: {
          'list-type': '2',
          prefix,
          ...(after !== undefined && { 'start-after': after }),
          ...(token !== '' && { 'continuation-token': token }),
        },
      });
      const xml = await answer.text();
      for (const each of elementsOf(xml, 'Contents'))
        yield {
          key: textIn(each, 'Key') ?? '',
          bytes: Number(textIn(each, 'Size')),
          etag: bare(textIn(each, 'ETag')),
          modified: Date.parse(textIn(each, 'LastModified') ?? '') || 0,
        };
      token = textIn(xml, 'IsTruncated') === 'true' ? textIn(xml, 'NextContinuationToken') : undefined;
    }
  }

  async tags(key: string) {
    const answer = await this.#unlessGone(undefined, { method: 'GET', key, query: { tagging: '' } });
    if (answer === undefined) return undefined;
    const tags = elementsOf(await answer.text(), 'Tag').map(
      (each) => [textIn(each, 'Key') ?? '', textIn(each, 'Value') ?? ''] as const,
    );
    return { version: answer.headers.get(VERSION) ?? NO_VERSION, tags: new Map(tags) };
  }

  async open(key: string, range: Parameters<Store['open']>[1] = {}): Promise<Opened | undefined> {
    const { version, from = 0, to, ifEtag } = range;
    const isWhole = from === 0 && to === undefined;
    const answer = await this.#unlessGone(undefined, {
      method: 'GET',
      key,
      ...(version !== undefined && { query: { versionId: version } }),
      headers: {
        ...(isWhole
          ? { 'x-amz-checksum-mode': 'ENABLED' }
          : { range: `bytes=${from}-${to === undefined ? '' : to - 1}` }),
        ...(ifEtag !== undefined && { 'if-match': `"${ifEtag}"` }),
      },
    });
    if (answer === undefined) return undefined;
    const { headers } = answer;
    const whole = /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1] ?? headers.get('content-length');
    const checksum = checksumIn(headers);
    return {
      version: headers.get(VERSION) ?? undefined,
      bytes: Number(whole ?? 0),
      etag: bare(headers.get('etag')),
      mediaType: headers.get('content-type') ?? undefined,
      modified: Date.parse(headers.get('last-modified') ?? '') || 0,
      metadata: metadataIn(headers),
      crc64nvme: isWhole && checksum?.algorithm === 'CRC64NVME' ? checksum.value : undefined,
      content: piecesOf(answer),
    };
  }

  async remove(key: string): Promise<{ readonly marker: string | undefined }> {
    const { headers } = await this.#ask({ method: 'DELETE', key });
    return { marker: headers.get(VERSION) ?? undefined };
  }

  async look(key: string): Promise<Looked> {
    const headers = { 'x-amz-checksum-mode': 'ENABLED' };
    return lookedAt(
      async () => {
        const found = await this.#unlessGone(undefined, { method: 'HEAD', key, headers });
        return found === undefined ? { answer: 'gone' } : readable(found.headers);
      },
      () => this.list(key)[Symbol.asyncIterator]().next(),
    );
  }

  /** A page reads only what somebody opens, so nothing is taken by the way. */
  take(key: string): Promise<Looked> {
    return this.look(key);
  }

  async partBytes(key: string, etag: string, part: number): Promise<number> {
    const query = { partNumber: String(part) };
    const { headers } = await this.#ask({ method: 'HEAD', key, query, headers: { 'if-match': `"${etag}"` } });
    return Number(headers.get('content-length') ?? 0);
  }

  #ask(call: SignedCall): Promise<Response> {
    return patiently(() => this.#wire.call(call));
  }

  /** Writes, and where something has the name by then, says which version it is. */
  async #unlessThere(key: string, write: () => Promise<Stored | undefined>): Promise<Stored | undefined> {
    try {
      return await patiently(write);
    } catch (error) {
      if (!(error instanceof StoreFailure) || error.kind !== 'changed') throw error;
      const found = await this.tags(key);
      return found && { version: found.version };
    }
  }

  /** @param code of what is not there; nothing for an object */
  #unlessGone(code: string | undefined, call: SignedCall): Promise<Response | undefined> {
    return patiently(async () => {
      try {
        return await this.#wire.call(call);
      } catch (error) {
        if (code === undefined ? isGone(error) : hasCode(error, code)) return undefined;
        throw error;
      }
    });
  }
}
