/** Work in a thread that a synth hands over, and whose outcome it waits for: asleep, since the CDK waits in no other way. */
import { resolve } from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';

/** What a thread’s file exports: `work` makes ready what the order can do without, and gives what carries out an order. */
export type Work<Order, Outcome> = () => (order: Order) => Outcome;

/** What a thread says at its end. */
type Answer<Outcome> = { readonly done: Outcome } | { readonly failed: string };

const BOOT = resolve(__dirname, '../start/thread.cjs');

/** A thread that carries out one order. It keeps no process from ending, and ends by itself once it has answered. */
export class Thread<Order, Outcome> {
  readonly #port: MessagePort;
  readonly #answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #isAsked = false;

  /**
   * Starts it.
   * @param file the path of a module that exports `work`
   * @param patience milliseconds after which a thread that has not answered is given up
   */
  constructor(
    file: string,
    private readonly patience: number,
  ) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const worker = new Worker(BOOT, {
      workerData: { file, port: port2, answered: this.#answered },
      transferList: [port2],
    });
    // What went wrong is its answer, which comes sooner.
    worker.on('error', () => undefined);
    worker.unref();
    port1.unref();
  }

  /** Has it carry out an order; what was ordered before stays ordered. */
  ask(order: Order): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.#port.postMessage(order);
  }

  /** What came of the order. @throws Error if the thread failed, with its words, or did not answer in time */
  outcome(): Outcome {
    Atomics.wait(this.#answered, 0, 0, this.patience);
    const received: { readonly message: Answer<Outcome> } | undefined = receiveMessageOnPort(this.#port);
    this.#port.close();
    if (received === undefined) throw new Error(`it gave no answer in ${this.patience / 60_000} minutes`);
    if ('failed' in received.message) throw new Error(received.message.failed);
    return received.message.done;
  }
}
