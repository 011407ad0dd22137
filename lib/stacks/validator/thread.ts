/** Work in a thread, whose outcome is waited for asleep: what the CDK calls in the midst of a synth can wait in no other way. */
import { resolve } from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';

/** What the file of a thread exports as `work`: it makes ready what needs no order, and gives what carries one out. */
export type Work<Order, Outcome> = () => (order: Order) => Outcome;

/** What a thread says at its end. */
type Answer<Outcome> = { readonly done: Outcome } | { readonly failed: string };

const BOOT = resolve(__dirname, '../../start/thread.cjs');

/** A thread that carries out one order. It keeps no process from ending, and ends by itself once it has answered. */
export class Thread<Order, Outcome> {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

  /**
   * Starts it.
   * @param file the module that exports `work`
   * @param patience the milliseconds after which a thread that was given an order and does not answer is given up
   */
  constructor(
    file: string,
    private readonly patience: number,
  ) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#worker = new Worker(BOOT, {
      workerData: { file, port: port2, answered: this.#answered },
      transferList: [port2],
    });
    // What went wrong in it is its answer.
    this.#worker.on('error', () => undefined);
    this.#worker.unref();
    port1.unref();
  }

  /** Hands over the order. */
  give(order: Order): void {
    this.#port.postMessage(order);
  }

  /** Waits for what comes of the order. @throws Error if the thread failed, with its words, or does not answer in time */
  outcome(): Outcome {
    Atomics.wait(this.#answered, 0, 0, this.patience);
    const received: { readonly message: Answer<Outcome> } | undefined = receiveMessageOnPort(this.#port);
    this.end();
    if (received === undefined)
      throw new Error(`it gave no answer in ${this.patience / 60_000} minutes: run it again`);
    if ('failed' in received.message) throw new Error(received.message.failed);
    return received.message.done;
  }

  /** Ends it, whether it has answered or not. */
  end(): void {
    this.#port.close();
    void this.#worker.terminate();
  }
}
