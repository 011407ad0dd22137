/** What is received arrives whole and in order, however it is cut, however slow its reader, and also where it breaks off. */
import { createServer, get, Agent as PlainAgent } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { inBlocks, readsInPlace } from '../../lib/client/receiving';

const turn = () => new Promise(setImmediate);

/** An answer in pieces of these sizes, each byte another than the one before it. It breaks off where it is told to. */
function answerOf(sizes: readonly number[], isBroken: boolean): { answer: Readable; bytes: Buffer } {
  const bytes = Buffer.from(
    Array.from({ length: sizes.reduce((sum, each) => sum + each, 0) }, (_, n) => n % 251),
  );
  let at = 0;
  const left = [...sizes];
  const answer = new Readable({
    read() {
      const size = left.shift();
      if (size !== undefined) {
        at += size;
        this.push(bytes.subarray(at - size, at));
      } else if (isBroken) this.destroy(Object.assign(new Error('broken'), { code: 'ECONNRESET' }));
      else this.push(null);
    },
  });
  return { answer, bytes };
}

it('gives every byte once and in order, and then says how it ended', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 30 }),
      fc.integer({ min: 1, max: 50 }),
      fc.boolean(),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
      async (sizes, most, isBroken, waits) => {
        const { answer, bytes } = answerOf(sizes, isBroken);
        const got: Buffer[] = [];
        let failure: unknown;
        try {
          for await (const block of inBlocks(answer, most)) {
            expect(block.length).toBeLessThanOrEqual(most);
            if (waits[got.length % waits.length]) await turn();
            got.push(Buffer.from(block));
          }
        } catch (error) {
          failure = error;
        }
        // What a stream had not handed on by the time it was destroyed is asked for again.
        const whole = Buffer.concat(got);
        expect(bytes.subarray(0, whole.length).equals(whole)).toBe(true);
        if (!isBroken) expect([whole.length, failure]).toEqual([bytes.length, undefined]);
        else expect(failure).toMatchObject({ kind: 'unreachable', code: 'ECONNRESET' });
      },
    ),
  );
});

it('says of an answer that is gone already that it broke off', async () => {
  const answer = new Readable({ read: () => undefined }).destroy();
  const [read] = await Promise.allSettled([inBlocks(answer, 1)[Symbol.asyncIterator]().next()]);
  expect(read).toMatchObject({ status: 'rejected', reason: { name: 'StoreFailure', kind: 'unreachable' } });
});

it('takes no more than it has room for, until it is asked', async () => {
  let read = 0;
  const answer = new Readable({
    highWaterMark: 1,
    read() {
      read++;
      this.push(Buffer.alloc(10));
    },
  });
  const blocks = inBlocks(answer, 20)[Symbol.asyncIterator]();
  await blocks.next();
  for (let n = 0; n < 20; n++) await turn();
  expect(read).toBeLessThan(10);
  await blocks.return?.();
  expect(answer.destroyed).toBe(true);
});

it('reads every connection into memory of its own, which bodies are not in', async () => {
  const sent = Buffer.from(Array.from({ length: 300_000 }, (_, n) => (n * 7) % 256));
  const server = createServer((_, answer) => answer.end(sent));
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const agent = readsInPlace(new PlainAgent({ keepAlive: true, maxSockets: 2 }));
  const { port } = server.address() as AddressInfo;
  const fetched = () =>
    new Promise<Buffer>((done, failed) => {
      get({ port, host: '127.0.0.1', agent }, (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('end', () => done(Buffer.concat(pieces)));
      }).on('error', failed);
    });
  // More than there are connections, so that each is used again.
  for (const each of await Promise.all(Array.from({ length: 6 }, fetched)))
    expect(each.equals(sent)).toBe(true);
  expect(connections).toBe(2);
  agent.destroy();
  await new Promise((done) => server.close(done));
});
