/**
 * Bytes from the network without memory for each piece. Node reads each piece into memory of its own, and V8 takes it for growth of
 * what lives long: where 1 GB came so, it looked 50 times through all that lives (docs/performance.md).
 */
import type { Agent as PlainAgent } from 'node:http';
import type { Socket, TcpNetConnectOpts } from 'node:net';
import type { Readable } from 'node:stream';
import { StoreFailure } from '../delivery';
import { failureOf } from './failures';

/** As much as Node reads at once. */
const READ = 1 << 16;
/**
 * So much is given at once: each is written in a turn of a thread. Not a power of two, of which Linux caches a file in pages as large:
 * on a virtual machine these are the ones that the host has taken back, and the system took three times the time (docs/performance.md).
 */
const BLOCK = 3 << 16;

/**
 * Has each connection of an agent read into memory of its own, again and again. Node’s parser copies what is a body out of it.
 * @see https://nodejs.org/api/net.html#new-netsocketoptions `onread`
 */
export function readsInPlace<A extends PlainAgent>(agent: A): A {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, done) => {
    const memory = Buffer.allocUnsafeSlow(READ);
    const callback = (bytes: number) => {
      socket.emit('data', memory.subarray(0, bytes));
      return true;
    };
    const how: Partial<TcpNetConnectOpts> = { onread: { buffer: memory, callback } };
    const socket = connect({ ...options, ...how }, done) as Socket;
    return socket;
  };
  return agent;
}

/**
 * The bytes of an answer, joined into blocks. Each is good until the next one is asked for: its memory is used again. What came before
 * a failure is given before it.
 * @param most how many bytes there may be
 * @throws StoreFailure where they end too early, as they are read
 */
export function inBlocks(answer: Readable, most: number): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => new Blocks(answer, Math.max(1, Math.min(BLOCK, most))) };
}

const END: IteratorResult<Uint8Array> = { done: true, value: undefined };

/** Two blocks: one is filled while whoever reads has the other. */
class Blocks implements AsyncIterator<Uint8Array> {
  private filling: Uint8Array;
  private filled = 0;
  private other: Uint8Array;
  /** What had no room. */
  private rest: Uint8Array | undefined;
  private ended: { readonly failure?: unknown } | undefined;
  private wake: (() => void) | undefined;

  constructor(
    private readonly answer: Readable,
    bytes: number,
  ) {
    this.filling = new Uint8Array(bytes);
    this.other = new Uint8Array(bytes);
    answer.on('data', (piece: Uint8Array) => this.take(piece));
    answer.on('end', () => this.end({}));
    answer.on('error', (error) => this.end({ failure: failureOf(error) }));
    // After its end this says nothing new.
    answer.on('close', () => this.end({ failure: broken() }));
    if (answer.destroyed) this.end({ failure: answer.errored ? failureOf(answer.errored) : broken() });
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    if (!this.isFull && this.ended === undefined)
      await new Promise<void>((wake) => {
        this.wake = wake;
      });
    if (this.filled === 0) {
      if (this.ended?.failure !== undefined) throw this.ended.failure;
      return END;
    }
    const value = this.filling.subarray(0, this.filled);
    [this.filling, this.other, this.filled] = [this.other, this.filling, 0];
    const { rest } = this;
    this.rest = undefined;
    if (rest !== undefined) this.take(rest);
    if (!this.isFull && this.answer.isPaused()) this.answer.resume();
    return { done: false, value };
  }

  async return(): Promise<IteratorResult<Uint8Array>> {
    this.answer.destroy();
    return END;
  }

  private get isFull(): boolean {
    return this.filled === this.filling.length;
  }

  private take(piece: Uint8Array): void {
    const now = piece.subarray(0, this.filling.length - this.filled);
    this.filling.set(now, this.filled);
    this.filled += now.length;
    if (now.length < piece.length) this.rest = piece.subarray(now.length);
    if (!this.isFull) return;
    this.answer.pause();
    this.wakes();
  }

  private end(how: { readonly failure?: unknown }): void {
    this.ended ??= how;
    this.wakes();
  }

  private wakes(): void {
    this.wake?.();
    this.wake = undefined;
  }
}

function broken(): StoreFailure {
  return new StoreFailure('unreachable', 'ERR_STREAM_PREMATURE_CLOSE');
}
