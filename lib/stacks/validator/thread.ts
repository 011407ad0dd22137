/** Work in a thread, whose outcome is waited for asleep: what the CDK calls in the midst of a synth can wait in no other way. */
import { resolve } from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { passingFolder } from '../../disk';

/**
 * What the file of a thread exports as `work`: it makes ready what needs no order, and gives what hears of things before there is
 * one, and what carries it out, which may tell what it finds on the way. Its folder is for what it writes, and goes when it ends.
 */
export type Work<Word, Order, News, Outcome> = (folder: string) => {
  readonly hear: (word: Word) => void;
  readonly carryOut: (order: Order, tell: (news: News) => void) => Outcome;
};

/** What a thread says at its end. */
type Answer<Outcome> = { readonly done: Outcome } | { readonly failed: string };
type Message<News, Outcome> = { readonly told: News } | Answer<Outcome>;

/** What is young may take so much. V8 would give it 48 MB, beside an engine that takes 170 MB, for no gain in time. */
const YOUNG_MB = 8;

const BOOT = resolve(__dirname, '../../start/watched-thread.cjs');

/** A thread that carries out one order. It keeps no process from ending, and ends by itself once it has answered. */
export class Thread<Word, Order, News, Outcome> {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  /** Tells how it ended where it has not answered. */
  readonly #end: MessagePort;
  readonly #folder = passingFolder();
  /** How many messages it has sent. */
  readonly #sent = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #received = 0;
  #answer: Answer<Outcome> | undefined;

  /**
   * Starts it.
   * @param file the module that exports `work`
   * @param patience the milliseconds after which a thread that was given an order and does not answer is given up
   */
  constructor(
    file: string,
    private readonly patience: number,
  ) {
    const own = new MessageChannel();
    const watching = new MessageChannel();
    this.#port = own.port1;
    this.#end = watching.port1;
    const thread = { file, port: own.port2, sent: this.#sent, folder: this.#folder.path };
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
    this.#worker = new Worker(BOOT, {
      workerData: { thread, resourceLimits, end: watching.port2 },
      transferList: [own.port2, watching.port2],
      resourceLimits,
    });
    this.#worker.unref();
    this.#port.unref();
    this.#end.unref();
  }

  /** Has it hear of something before the order. */
  tell(word: Word): void {
    this.#port.postMessage({ word });
  }

  /** Hands over the order. */
  give(order: Order): void {
    this.#port.postMessage({ order });
  }

  /** Waits for what the thread tells on its way; undefined where it comes to its end, or is given up, without a word. */
  news(): News | undefined {
    const message = this.#next();
    if (message === undefined || 'told' in message) return message?.told;
    this.#answer = message;
    return undefined;
  }

  /** Waits for what comes of the order. @throws Error if the thread failed, with its words, or does not answer in time */
  outcome(): Outcome {
    let message: Message<News, Outcome> | undefined = this.#answer ?? this.#next();
    while (message !== undefined && 'told' in message) message = this.#next();
    this.end();
    if (message === undefined)
      throw new Error(`it gave no answer in ${this.patience / 60_000} minutes: run it again`);
    if ('failed' in message) throw new Error(message.failed);
    return message.done;
  }

  #next(): Message<News, Outcome> | undefined {
    Atomics.wait(this.#sent, 0, this.#received, this.patience);
    const received: { readonly message: Message<News, Outcome> } | undefined =
      receiveMessageOnPort(this.#port) ?? receiveMessageOnPort(this.#end);
    if (received !== undefined) this.#received += 1;
    return received?.message;
  }

  /** Ends it, whether it has answered or not. */
  end(): void {
    this.#port.close();
    this.#end.close();
    void this.#worker.terminate();
    this.#folder.remove();
  }
}
