/** Publishing a checkpoint: once for each size, signed once, and `checkpoint` only ever moves on. */
import {
  CHECKPOINT,
  type Checkpoint,
  checkpointPath,
  checkpointText,
  checkSignatures,
  EMPTY_ROOT,
  formatNote,
  formatVkey,
  keyPath,
  parseCheckpoint,
  pemOf,
  type SignedCheckpoint,
  type VerifierKey,
} from '../../lib/ledger';
import { LedgerDamagedError, SigningError } from './errors';
import type { LogSigner, Store } from './ports';

const ATTEMPTS = 5;

/** Reads and writes the checkpoints of one log. */
export class Checkpoints {
  private keysWritten = false;

  constructor(
    private readonly store: Store,
    private readonly signer: LogSigner,
    private readonly log: {
      readonly origin: string;
      /** Keys that signed earlier checkpoints. */
      readonly formerKeys: readonly VerifierKey[];
    },
  ) {}

  /** The checkpoint of a size, which must be there, with a good signature of the log. @throws LedgerDamagedError */
  async at(size: number): Promise<Checkpoint> {
    const { origin } = this.log;
    if (size === 0) return { origin, size, root: EMPTY_ROOT };
    const path = checkpointPath(size);
    const found = await this.store.get(path);
    if (!found) throw new LedgerDamagedError(`${path} is missing`);
    const checkpoint = await this.read(found.bytes, path);
    if (checkpoint.size !== size) throw new LedgerDamagedError(`${path} is of ${checkpoint.size} entries`);
    return checkpoint;
  }

  /** Signs a checkpoint, unless that has been done; gives its note. All its tiles must have been written. */
  async sign(head: Checkpoint): Promise<string> {
    const path = checkpointPath(head.size);
    const found = await this.store.get(path);
    if (found) return this.sameHead(found.bytes, head, path);
    await this.writeKeys();
    const text = checkpointText(head);
    const note = formatNote({ text, signatures: await this.signer.sign(head) });
    const lines = await checkSignatures(parseCheckpoint(note), await this.ed25519Keys());
    if (!lines.some(({ outcome }) => outcome === 'good'))
      throw new SigningError('the signature that the key gave does not verify with its public half');
    if ((await this.store.create(path, Buffer.from(note))) === 'created') return note;
    const theirs = await this.store.get(path);
    return this.sameHead(theirs?.bytes ?? Buffer.of(), head, path);
  }

  /** Moves `checkpoint` on to this note, unless it is there already or further. */
  async publish(note: string, size: number): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const current = await this.store.get(CHECKPOINT);
      if (current && (await this.read(current.bytes, CHECKPOINT)).size >= size) return;
      const done = await this.store.replace(CHECKPOINT, Buffer.from(note), current?.etag);
      if (done === 'replaced') return;
    }
    throw new Error(`${CHECKPOINT} changed under each of ${ATTEMPTS} attempts to write it`);
  }

  private async sameHead(bytes: Uint8Array, head: Checkpoint, path: string): Promise<string> {
    const { note } = await this.read(bytes, path);
    if (note.text !== checkpointText(head))
      throw new LedgerDamagedError(`${path} has another root than the entries that were claimed`);
    return formatNote(note);
  }

  private async read(bytes: Uint8Array, path: string): Promise<SignedCheckpoint> {
    try {
      const checkpoint = parseCheckpoint(bytes);
      if (checkpoint.origin !== this.log.origin) throw new TypeError(`it is of ${checkpoint.origin}`);
      const lines = await checkSignatures(checkpoint, await this.ed25519Keys());
      if (!lines.some(({ outcome }) => outcome === 'good') || lines.some(({ outcome }) => outcome === 'bad'))
        throw new TypeError('it has no good signature of the log, or a bad one');
      return checkpoint;
    } catch (error) {
      throw new LedgerDamagedError(`${path} can’t be relied on`, { cause: error });
    }
  }

  /** ML-DSA-44 is for readers: here it would only add its code, and the Ed25519 line is always there. */
  private async ed25519Keys(): Promise<VerifierKey[]> {
    const keys = [...(await this.signer.keys()), ...this.log.formerKeys];
    return keys.filter(({ type }) => type === 'ed25519');
  }

  /** Puts the public keys beside the checkpoints that they verify. */
  private async writeKeys(): Promise<void> {
    if (this.keysWritten) return;
    for (const key of await this.signer.keys()) {
      await this.store.create(keyPath(key.type, key.keyId, 'pem'), Buffer.from(pemOf(key)));
      await this.store.create(keyPath(key.type, key.keyId, 'vkey'), Buffer.from(`${formatVkey(key)}\n`));
    }
    this.keysWritten = true;
  }
}
