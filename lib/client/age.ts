/**
 * age, by its own author’s package, as streams: bytes pass through, and no file is held in memory. The package comes as an ES
 * module only, and is loaded when something is sealed or opened.
 * @see https://c2sp.org/age
 */
import { ReadableStream } from 'node:stream/web';
import type { SealKind } from '../wire';
import { noneFits } from './none-fits';

const load = () => import('age-encryption');

/** Turns bytes into others as they pass. */
export type Through = (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/** Why sealed bytes could not be opened. */
export class NotOpened extends Error {
  override readonly name = 'NotOpened';
  constructor(
    /** `to-others`: none of the identities fits. `damaged`: they are not as they were sealed, or are cut off. */
    readonly why: 'to-others' | 'damaged',
    options?: ErrorOptions,
  ) {
    super(why, options);
  }
}

/** Seals to public keys. @throws RangeError without one: what is sealed to nobody is lost, and the package would do it */
export async function sealerTo(keys: readonly string[]): Promise<Through> {
  if (keys.length === 0) throw new RangeError('there is no key to seal to');
  const { Encrypter } = await load();
  const encrypter = new Encrypter();
  for (const key of keys) encrypter.addRecipient(key);
  return async function* sealed(bytes) {
    yield* iterated(await encrypter.encrypt(streamed(bytes).stream));
  };
}

/** Opens by identities, the secret halves of keys. What it gives throws NotOpened, or what its bytes threw. */
export async function openerBy(identities: readonly string[]): Promise<Through> {
  const { Decrypter } = await load();
  return async function* opened(bytes) {
    const source = streamed(bytes);
    const decrypter = new Decrypter();
    for (const each of identities) decrypter.addIdentity(each);
    const none = noneFits(decrypter);
    try {
      yield* iterated(await decrypter.decrypt(source.stream));
    } catch (error) {
      if (source.failure !== undefined) throw source.failure.error;
      throw new NotOpened(none() ? 'to-others' : 'damaged', { cause: error });
    }
  };
}

/** The public key of an identity. @throws where it is none */
export async function publicKeyOf(identity: string): Promise<string> {
  return (await load()).identityToRecipient(identity);
}

/** A new identity, and its public key. */
export async function newIdentity(kind: SealKind): Promise<{ identity: string; publicKey: string }> {
  const { generateHybridIdentity, generateX25519Identity } = await load();
  const identity = await (kind === 'x25519' ? generateX25519Identity() : generateHybridIdentity());
  return { identity, publicKey: await publicKeyOf(identity) };
}

/** As a stream, of copies: it reads ahead, and a piece is only good until the next one is asked for. */
function streamed(bytes: AsyncIterable<Uint8Array>) {
  const source: { failure?: { readonly error: unknown } } = {};
  const copies = async function* () {
    try {
      for await (const piece of bytes) yield Uint8Array.from(piece);
    } catch (error) {
      source.failure = { error };
      throw error;
    }
  };
  const stream = ReadableStream.from(copies()) as unknown as globalThis.ReadableStream<Uint8Array>;
  return Object.assign(source, { stream });
}

function iterated(stream: globalThis.ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  return stream as unknown as ReadableStream<Uint8Array>;
}
