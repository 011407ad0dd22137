/** That a log file gives the same records as a whole and as it comes, and that what can’t be read says why. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { hashOfFile, readJsonFile, readLogFile } from '../../lib/transfers/log-file';
import { RecordSplitter } from '../../lib/transfers/record-splitter';
import { UnreadableFileError } from '../../lib/transfers/unreadable-file';
import { logFile, sha256 } from '../lambda/transfer-audit/world';

async function* inPieces(bytes: Uint8Array, size = 1_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Uint8Array, whole?: number) {
  const records: unknown[] = [];
  const file = await readLogFile(inPieces(bytes), async (each) => void records.push(...each), whole);
  return { ...file, records };
}

/** What a splitter makes of a text that comes in pieces. */
function split(text: string, sizes: readonly number[]): unknown[] {
  const splitter = new RecordSplitter();
  const bytes = Buffer.from(text);
  const records: string[] = [];
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const size = sizes[n % sizes.length] ?? 1;
    records.push(...splitter.push(bytes.subarray(at, at + size)));
    at += size;
  }
  splitter.finish();
  return records.map((each) => JSON.parse(each) as unknown);
}

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', 'é', '😀', 'u', ' ') }),
);
const value = fc.oneof(fc.dictionary(text, fc.oneof(text, fc.jsonValue())), fc.jsonValue(), text);

describe('records as they come', () => {
  it('are those that the whole has, however the bytes fall', () => {
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 6 }),
        sizes,
        fc.constantFrom(undefined, 1, 2),
        (records, pieces, indent) => {
          const whole = JSON.stringify({ Records: records }, undefined, indent);
          expect(split(whole, pieces)).toEqual((JSON.parse(whole) as { Records: unknown[] }).Records);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('are never taken from a file that is cut short', () => {
    const whole = JSON.stringify({ Records: [{ a: '"\\' }, [1, ']'], 'x'] });
    for (let length = 0; length < whole.length; length++)
      expect(() => split(whole.slice(0, length), [7])).toThrow(UnreadableFileError);
  });

  it('are found behind other settings of the file', () => {
    expect(split(' { "v" : "1\\"", "n": 2, "Records" : [ 1 , {"Records":[3]} ] } ', [3])).toEqual([
      1,
      { Records: [3] },
    ]);
  });

  it.each([
    ['{"Records":[1,,2]}'],
    ['{"Records":[1,]}'],
    ['[1]'],
    ['{"Records":{}}'],
    ['{"Records":[1]} x'],
    [`{"a":"${'x'.repeat(70_000)}"}`],
  ])('are not guessed at in %.40s', (wrong) => expect(() => split(wrong, [20])).toThrow(UnreadableFileError));
});

describe('a log file', () => {
  const records = Array.from({ length: 50 }, (_, n) => ({ eventID: `id-${n}`, text: 'é"\\,]'.repeat(20) }));
  const file = logFile(records);
  const digest = sha256(JSON.stringify({ Records: records }));

  it('gives its records and the hash of its content, as a whole and as it comes', async () => {
    expect(await read(file)).toEqual({ records, sha256: digest, streamed: false });
    expect(await read(file, 100)).toEqual({ records, sha256: digest, streamed: true });
    expect(await hashOfFile(inPieces(file))).toBe(digest);
  });

  it('may be empty of records', async () => {
    expect((await read(logFile([]))).records).toEqual([]);
    expect((await read(logFile([]), 1)).records).toEqual([]);
  });

  it.each<[string, Uint8Array, string]>([
    ['its gzip is cut short', file.subarray(0, file.length - 9), 'its gzip can’t be unpacked'],
    ['it is no gzip', Buffer.from('{"Records":[]}'), 'its gzip can’t be unpacked'],
    ['it is empty', new Uint8Array(), 'its gzip can’t be unpacked'],
    ['it is not JSON', gzipSync('{"Records":[{]}'), 'it is not JSON'],
    ['it is no object', gzipSync('[]'), 'it is not a JSON object'],
    ['it has no records', gzipSync('{"Events":[]}'), 'it has no list of Records'],
  ])('that can’t be read says that %s', async (_, bytes, reason) => {
    await expect(read(bytes)).rejects.toThrow(reason);
    await expect(read(bytes)).rejects.toBeInstanceOf(UnreadableFileError);
    await expect(read(bytes, 1)).rejects.toBeInstanceOf(UnreadableFileError);
  });

  it('whose reading breaks off is not called unreadable', async () => {
    async function* broken() {
      yield file.subarray(0, 20);
      throw new Error('socket hang up');
    }
    const reading = () => readLogFile(broken(), async () => undefined, 1);
    await expect(reading()).rejects.toThrow('socket hang up');
    await expect(reading()).rejects.not.toBeInstanceOf(UnreadableFileError);
    await expect(hashOfFile(broken())).rejects.toThrow('socket hang up');
  });

  it('passes on what fails in taking its records', async () => {
    const failing = async () => Promise.reject(new Error('throttled'));
    await expect(readLogFile(inPieces(file), failing)).rejects.toThrow('throttled');
    await expect(readLogFile(inPieces(file), failing, 1)).rejects.toThrow('throttled');
  });

  it('of one value is read with its hash', async () => {
    expect(await readJsonFile(inPieces(gzipSync('{"a":1}')))).toEqual({
      value: { a: 1 },
      sha256: sha256('{"a":1}'),
    });
  });
});
