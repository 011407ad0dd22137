/** That the buckets let the page ask by the headers that it asks by, and by no others; and to read by those of reading alone. */
import type { Shelf, Store } from '../../lib/delivery';
import { mailboxCors } from '../../lib/policy';

/** Typed for browsers, which this is none of. */
const { BrowserStore } = require('../../lib/mailbox/page/store/browser-store') as {
  readonly BrowserStore: new (setting: object) => Store & Shelf;
};
const KEY = 'agreements/letters/adult-safeguarding/1@dwp.invalid.eml';
const asked: { readonly method: string; readonly headers: string[]; readonly cache: string | undefined }[] =
  [];
const seen = new Set<string>();
/** What a page may read of any answer. @see https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name */
const ANY = ['content-length', 'content-type', 'last-modified'];
const real = globalThis.fetch;

beforeAll(async () => {
  globalThis.fetch = async (_, how) => {
    asked.push({
      method: how?.method ?? 'GET',
      headers: [...new Headers(how?.headers).keys()],
      cache: (how as { readonly cache?: string } | undefined)?.cache,
    });
    const answer = new Response('<x><UploadId>u</UploadId></x>', {
      headers: { etag: '"e"', 'content-length': '1', 'content-range': 'bytes 0-0/1' },
    });
    const get = answer.headers.get.bind(answer.headers);
    const recording = (name: string) => {
      seen.add(name.toLowerCase());
      return get(name);
    };
    Object.defineProperty(answer.headers, 'get', { value: recording });
    return answer;
  };
  const store = new BrowserStore({
    address: 'https://bucket.example',
    region: 'eu-west-2',
    credentials: async () => ({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' }),
    stale: () => undefined,
    now: Date.now,
  });
  const about = { mediaType: 'message/rfc822', metadata: { sha256: 'a' } };
  const body = {
    bytes: 1,
    crc64nvme: 'AAAAAAAAAAA=',
    async *open() {
      yield new Uint8Array(1);
    },
  };
  await store.put(KEY, about, body);
  const upload = await store.begin(KEY, about);
  await store.sendPart(KEY, upload, 1, body);
  await store.parts(KEY, upload);
  const part = { number: 1, bytes: 1, etag: 'e', crc64nvme: 'AAAAAAAAAAA=' };
  await store
    .complete(KEY, upload, [part], { crc64nvme: 'AAAAAAAAAAA=', bytes: 1 } as never)
    .catch(() => undefined);
  await store.abort(KEY, upload);
  for await (const _ of store.list('agreements/')) break;
  await store.tags(KEY);
  await store.open(KEY);
  await store.open(KEY, { from: 0, to: 1, ifEtag: 'e' });
  await store.remove(KEY);
  await store.look(KEY);
  await store.partBytes(KEY, 'e', 1);
});
afterAll(() => {
  globalThis.fetch = real;
});

const ruleFor = (use: 'reads' | 'writes') => mailboxCors('https://mailbox.example.gov.uk', use).corsRules[0];
const headersOf = (of: typeof asked) => [...new Set(of.flatMap(({ headers }) => headers))].sort();

test('where the page writes', () => {
  const rule = ruleFor('writes');
  expect(headersOf(asked)).toEqual([...(rule?.allowedHeaders ?? [])].sort());
  expect([...new Set(asked.map(({ method }) => method))].sort()).toEqual(
    [...(rule?.allowedMethods ?? [])].sort(),
  );
});

test('where it reads alone', () => {
  const rule = ruleFor('reads');
  const reads = asked.filter(({ method }) => rule?.allowedMethods.includes(method));
  expect(headersOf(reads)).toEqual([...(rule?.allowedHeaders ?? [])].sort());
});

test('no browser keeps any answer on its disk, be it that the call was refused', () => {
  expect(new Set(asked.map(({ cache }) => cache))).toEqual(new Set(['no-store']));
});

test('what it reads of answers', () => {
  const own = [...seen].filter((each) => !ANY.includes(each)).sort();
  expect(own).toEqual([...(ruleFor('reads')?.exposedHeaders ?? [])].sort());
});
