/**
 * Whether an object is a file of age in the form that its agreement asks for, and not in clear. That can be seen without a key.
 * To whom it is encrypted cannot: age does not write down whose keys they are. So how many and of which kind is held against
 * the agreement, and that the rest is as long as age makes it.
 * @see https://c2sp.org/age
 */
import { isUtf8 } from 'node:buffer';
import { type GateReason, MOST_SEAL_KEYS, type SealKind, STANZA_TYPES } from '../../wire';
import type { SlicedFile } from '../locked/sliced-file';
import { type AgeHeader, base64Bytes, readAgeHeader, type Stanza } from './age-header';

/** What an agreement is sealed to. */
export interface SealedTo {
  readonly kind: SealKind;
  /** How many keys it has; `any` for who has opened it anyway. */
  readonly keys: number | 'any';
}

/** Why an object is not sealed as it should be. */
export type SealFault = Extract<
  GateReason,
  { why: 'not-sealed' | 'seal-damaged' | 'seal-kind' | 'seal-keys' }
>;

const AGE = 'age-encryption.org/';
const ARMORED = '-----BEGIN AGE ENCRYPTED FILE-----';
/** How much is read at first: some 600 X25519 stanzas. */
const FIRST_READ = 65_536;
/** No header is longer: 1,024 post-quantum stanzas have 1.6 MB. */
const MOST_HEADER_BYTES = 2_097_152;
const NONCE = 16;
const TAG = 16;
/** Of one piece of what is encrypted, with its tag. */
const CHUNK = 65_536 + TAG;
/** So much of what follows the header is looked at, and so much it takes to tell that it is text. */
const SAMPLE = 4_096;
const LEAST_SAMPLE = 64;
/** What each kind of stanza has in bytes: its one argument, and its body. */
const SIZES: Readonly<Record<SealKind, { readonly arg: number; readonly body: number }>> = {
  x25519: { arg: 32, body: 32 },
  'post-quantum': { arg: 1_120, body: 32 },
};

/** What is wrong with an object; nothing where nothing is. @throws what the file cannot be read for */
export async function sealFault(file: SlicedFile, agreed: SealedTo): Promise<SealFault | undefined> {
  const beginning = Buffer.from(await file.slice(0, Math.min(SAMPLE, file.bytes))).toString('latin1');
  if (beginning.trimStart().startsWith(ARMORED)) return { why: 'not-sealed', as: 'armored' };
  if (!beginning.startsWith(AGE)) return { why: 'not-sealed', as: 'clear' };
  if (!beginning.startsWith(`${AGE}v1\n`)) return { why: 'not-sealed', as: 'other-version' };
  const header = await headerOf(file);
  if (header.is !== 'header')
    return { why: 'seal-damaged', at: 'header', byte: header.is === 'fault' ? header.byte : file.bytes };
  return (
    stanzasFault(header.stanzas, agreed) ??
    payloadFault(file.bytes, header.bytes) ??
    clear(file, header.bytes)
  );
}

async function headerOf(file: SlicedFile): Promise<AgeHeader> {
  for (let read = FIRST_READ; ; read *= 4) {
    const to = Math.min(read, file.bytes, MOST_HEADER_BYTES);
    const header = readAgeHeader(await file.slice(0, to), MOST_SEAL_KEYS);
    if (header.is !== 'cut') return header;
    if (to === file.bytes || to === MOST_HEADER_BYTES) return { is: 'fault', byte: to };
  }
}

/** What some programs of age put into a header so that others learn to pass over what they do not know: it opens nothing. */
function isGrease({ type }: Stanza): boolean {
  return type.endsWith('-grease');
}

function stanzasFault(stanzas: readonly Stanza[], { kind, keys }: SealedTo): SealFault | undefined {
  const agreed = STANZA_TYPES[kind];
  const grease = stanzas.filter(isGrease);
  const others = stanzas.filter((each) => !isGrease(each));
  const stranger = others.find(({ type }) => type !== agreed) ?? grease[1];
  if (stranger !== undefined) return { why: 'seal-kind', found: stranger.type.slice(0, 60), agreed };
  const { arg, body } = SIZES[kind];
  const isDamaged = others.some(
    ({ args, bodyBytes }) => args.length !== 1 || base64Bytes(args[0] ?? '') !== arg || bodyBytes !== body,
  );
  if (isDamaged) return { why: 'seal-damaged', at: 'header', byte: 0 };
  if (keys === 'any' || others.length === keys) return undefined;
  return { why: 'seal-keys', found: others.length, agreed: keys };
}

/** A nonce, then pieces of one size with their tags; the last may be shorter, and is empty only where there is no other. */
function payloadFault(bytes: number, header: number): SealFault | undefined {
  const payload = bytes - header - NONCE;
  const last = payload % CHUNK;
  if (payload === TAG || (payload > 0 && (last === 0 || last > TAG))) return undefined;
  return { why: 'seal-damaged', at: 'payload', byte: bytes };
}

/** What is encrypted reads like dice; that 64 of its bytes are text by chance will not happen to anybody. */
async function clear(file: SlicedFile, header: number): Promise<SealFault | undefined> {
  const from = header + NONCE;
  const sample = await file.slice(from, Math.min(from + SAMPLE, file.bytes));
  if (sample.length < LEAST_SAMPLE) return undefined;
  // The sample may end within a character.
  const isText = [0, 1, 2, 3].some((cut) => isUtf8(sample.subarray(0, sample.length - cut)));
  return isText ? { why: 'not-sealed', as: 'clear' } : undefined;
}
