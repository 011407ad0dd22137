/** That what is packed is read as what it holds, wherever pieces end, and that nothing else is taken for it. */

import { randomFillSync } from 'node:crypto';
import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { crc32, plainCrc32 } from '../../../lib/contracts/crc32';
import type { Source } from '../../../lib/contracts/port';
import { PackingError } from '../../../lib/contracts/unpack/fault';
import { packingOf } from '../../../lib/contracts/unpack/packing';
import { unpacked } from '../../../lib/contracts/unpack/unpacked';
import type { FileForm } from '../../../lib/wire/contracts';
import { CONTENT, GOOD, LOCKED, REFUSED } from './archives';

const LARGEST = 1_000_000;

/** A source whose pieces end at the given places, and whose one buffer is used again for each piece. */
function source(bytes: Uint8Array, ends: readonly number[] = []): Source {
  return {
    bytes: bytes.length,
    async *read(from) {
      const buffer = new Uint8Array(bytes.length);
      let at = from;
      for (const end of [...ends.filter((each) => each > from), bytes.length]) {
        if (end <= at) continue;
        buffer.set(bytes.subarray(at, end));
        const length = end - at;
        at = end;
        yield buffer.subarray(0, length);
        buffer.fill(0xff, 0, length);
      }
    },
    slice: async (from, to) => bytes.slice(from, to),
  };
}

interface Reading {
  readonly name?: string;
  readonly from?: number;
  readonly form?: FileForm;
  readonly ends?: readonly number[];
  readonly largest?: number;
}

async function contentOf(
  packed: Uint8Array,
  { name, from = 0, form = 'csv', ends, largest = LARGEST }: Reading = {},
) {
  const content = await unpacked(source(packed, ends), { form, largest, name });
  const pieces: Buffer[] = [];
  for await (const piece of content.read(from)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString('latin1');
}

async function faultOf(packed: Uint8Array, reading?: Reading): Promise<string> {
  try {
    await contentOf(packed, reading);
    return 'none';
  } catch (error) {
    if (error instanceof PackingError) return error.fault;
    throw error;
  }
}

const fromBase64 = (text: string) => Buffer.from(text, 'base64');
const TEXT = 'reference,amount\nAW-00001,12.50\nAW-00002,7\n';

describe('gzip', () => {
  const members = Buffer.concat([
    gzipSync(TEXT.slice(0, 10)),
    gzipSync(''),
    gzipSync(TEXT.slice(10), { level: 0 }),
  ]);

  it('is read as one text wherever a piece of it ends', async () => {
    for (let end = 0; end <= members.length; end++)
      expect(await contentOf(members, { ends: [end] })).toBe(TEXT);
    const everyByte = Array.from(members.keys());
    expect(await contentOf(members, { ends: everyByte })).toBe(TEXT);
  });

  it('is read from any place of what is in it', async () => {
    for (const from of [0, 1, 17, TEXT.length - 1, TEXT.length])
      expect(await contentOf(members, { from })).toBe(TEXT.slice(from));
  });

  it('is refused where it is cut off, or where anything follows it', async () => {
    const first = gzipSync(TEXT.slice(0, 10)).length;
    const whole = [first, first + gzipSync('').length];
    for (let end = 3; end < members.length; end++)
      expect(await faultOf(members.subarray(0, end))).toBe(whole.includes(end) ? 'none' : 'compression');
    for (const tail of [
      '\0',
      '\0\0\0\0',
      'x',
      '\x1f',
      '\x1f\x8b',
      '\0more',
      `\0${gzipSync('hidden').toString('latin1')}`,
    ]) {
      const followed = Buffer.concat([members, Buffer.from(tail, 'latin1')]);
      expect([tail, await faultOf(followed)]).toEqual([tail, 'compression']);
      expect([tail, await faultOf(followed, { ends: [members.length] })]).toEqual([tail, 'compression']);
      expect([tail, await faultOf(followed, { ends: [members.length + 1] })]).toEqual([tail, 'compression']);
    }
  });

  it('is refused where a bit of it is another', async () => {
    // The first ten bytes have flags and a time that change nothing.
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 10, max: members.length - 1 }), fc.nat(7), async (at, bit) => {
        const changed = Buffer.from(members);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        const read = await contentOf(changed).catch((error: unknown) => {
          expect(error).toBeInstanceOf(PackingError);
          return TEXT;
        });
        expect(read).toBe(TEXT);
      }),
      { numRuns: 60 },
    );
  });

  it('is refused where it would unpack to more than the agreement allows, within little memory', async () => {
    const bomb = gzipSync(Buffer.alloc(400_000_000));
    const before = process.memoryUsage().arrayBuffers;
    expect(await faultOf(bomb, { largest: 300_000_000 })).toBe('compression');
    // What is no longer needed lies there until it is collected, so a third is little enough.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000);
  });

  it('passes on what its source throws', async () => {
    const broken: Source = {
      async *read() {
        yield members.subarray(0, 20);
        throw new RangeError('the connection is lost');
      },
    };
    const content = await unpacked(
      { read: (from) => (from === 0 ? source(members).read(0) : broken.read(0)) },
      { form: 'csv', largest: LARGEST },
    );
    expect(await text(content)).toBe(TEXT);
    let first = true;
    const later: Source = {
      read: () => {
        const reading = first ? source(members) : broken;
        first = false;
        return reading.read(0);
      },
    };
    await expect(unpacked(later, { form: 'csv', largest: LARGEST }).then(text)).rejects.toThrow(
      'the connection is lost',
    );
  });

  it('lets go of its source when nobody reads on', async () => {
    let open = 0;
    const watched: Source = {
      async *read() {
        open++;
        try {
          for (let n = 0; n < 1000; n++) yield randomGzip;
        } finally {
          open--;
        }
      },
    };
    const content = await unpacked(watched, { form: 'csv', largest: 1e9 });
    for await (const piece of content.read(0)) if (piece.length > 0) break;
    expect(open).toBe(0);
  });
});

const randomGzip = gzipSync(randomFillSync(Buffer.alloc(200_000)).toString('hex'));

async function text(content: Source): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of content.read(0)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString();
}

describe('zip', () => {
  it.each(Object.entries(GOOD))('%s is read as the one file in it', async (_, archive) => {
    expect(await contentOf(fromBase64(archive), { form: 'json-lines' })).toBe(CONTENT);
    expect(await contentOf(fromBase64(archive), { from: 9 })).toBe(CONTENT.slice(9));
  });

  it.each(Object.entries(REFUSED))('with %s is refused', async (_, archive) => {
    expect(await faultOf(fromBase64(archive))).toBe('compression');
  });

  it('whose file has a password is locked', async () => {
    expect(await faultOf(fromBase64(LOCKED))).toBe('locked');
  });

  it('is refused where any byte is added to it, wherever it is', async () => {
    for (const archive of Object.values(GOOD)) {
      const bytes = fromBase64(archive);
      for (const at of [0, 29, 37, bytes.length - 22, bytes.length]) {
        const longer = Buffer.concat([bytes.subarray(0, at), Buffer.from('x'), bytes.subarray(at)]);
        // What begins as no archive does is none, and is read as it is.
        if (packingOf(longer) === 'zip') expect(await faultOf(longer)).toBe('compression');
      }
    }
  });

  it('is refused where it is cut off', async () => {
    for (const archive of Object.values(GOOD)) {
      const bytes = fromBase64(archive);
      for (let end = 4; end < bytes.length; end += 7)
        expect(await faultOf(bytes.subarray(0, end))).toBe('compression');
    }
  });

  it('is refused where a file says that it is shorter than it is, or another', async () => {
    const bytes = fromBase64(GOOD['deflated, by Python'] ?? '');
    const directory = bytes.indexOf('PK\x01\x02');
    for (const at of [16, 24]) {
      const changed = Buffer.from(bytes);
      changed[directory + at] = (changed[directory + at] ?? 0) ^ 1;
      expect(await faultOf(changed)).toBe('compression');
    }
  });

  it('is refused by the size that it says, before it is read', async () => {
    expect(await faultOf(fromBase64(GOOD['by zip'] ?? ''), { largest: CONTENT.length - 1 })).toBe(
      'compression',
    );
    expect(await faultOf(fromBase64(GOOD['by zip'] ?? ''), { largest: CONTENT.length })).toBe('none');
  });

  it('is refused where its packed bytes go on behind the end of what is packed', async () => {
    const bytes = fromBase64(GOOD['deflated, by Python'] ?? '');
    const packed = deflateRawSync(CONTENT);
    const data = bytes.indexOf(packed);
    const directory = bytes.indexOf('PK\x01\x02');
    const changed = Buffer.concat([
      bytes.subarray(0, directory),
      Buffer.from('hidden'),
      bytes.subarray(directory),
    ]);
    changed.writeUInt32LE(packed.length + 6, 18);
    changed.writeUInt32LE(packed.length + 6, directory + 6 + 20);
    changed.writeUInt32LE(directory + 6, changed.length - 6);
    expect(data).toBeGreaterThan(0);
    expect(await faultOf(changed)).toBe('compression');
  });
});

describe('a file', () => {
  it('is told by what it holds, whatever its name', async () => {
    expect(await contentOf(gzipSync(TEXT), { name: 'awards.csv' })).toBe(TEXT);
    expect(await contentOf(Buffer.from(TEXT), { name: 'awards.csv' })).toBe(TEXT);
    expect(await contentOf(Buffer.from(''), { name: 'awards.csv' })).toBe('');
  });

  it('has to be what its name says', async () => {
    expect(await faultOf(Buffer.from(TEXT), { name: 'awards.csv.gz' })).toBe('compression');
    expect(await faultOf(gzipSync(TEXT), { name: 'awards.zip' })).toBe('compression');
    expect(await faultOf(Buffer.from(TEXT), { name: 'awards.tar' })).toBe('compression');
  });

  it('that is packed twice is refused', async () => {
    expect(await faultOf(gzipSync(gzipSync(TEXT)))).toBe('compression');
    expect(await faultOf(gzipSync(fromBase64(GOOD['by zip'] ?? '')))).toBe('compression');
  });

  it('that is packed in what is not read here is refused, and one that is encrypted is locked', async () => {
    for (const head of ['7z\xbc\xaf\x27\x1c', '\xfd7zXZ\0', 'BZh91AY&SY', '\x28\xb5\x2f\xfd'])
      expect(await faultOf(Buffer.from(head, 'latin1'))).toBe('compression');
    for (const head of ['age-encryption.org/v1\n', '-----BEGIN PGP MESSAGE-----\n']) {
      expect(await faultOf(Buffer.from(head))).toBe('locked');
      expect(await faultOf(gzipSync(head))).toBe('locked');
    }
  });

  it('of Parquet is not packed in anything', async () => {
    expect(await faultOf(gzipSync(TEXT), { form: 'parquet' })).toBe('compression');
  });
});

it('has the CRC of Node where Node has none', () => {
  const bytes = randomFillSync(Buffer.alloc(1000));
  expect(plainCrc32(bytes.subarray(300), plainCrc32(bytes.subarray(0, 300)))).toBe(crc32(bytes));
});
