/**
 * A bundle to try verification on: a made-up day, sealed a few times with keys that anyone can make. It is no evidence of
 * anything, and the name of its log should say so.
 */
import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { bytesOf, concat, fromHex } from '../core/bytes';
import { type Checkpoint, checkpointText, parseCheckpoint } from '../core/checkpoint';
import { mlDsaMessage, timestamped } from '../core/cosignature';
import { sha256 } from '../core/hash';
import { CHECKPOINT, checkpointPath, keyPath, receiptPath } from '../core/layout';
import { consistencyProof, inclusionProof, type NodeSource } from '../core/merkle';
import { mlDsaKeys, mlDsaSign } from '../core/ml-dsa';
import { formatReceipt } from '../core/receipt';
import { formatNote } from '../core/signed-note';
import { bundleOf, hashesOf, TILE_WIDTH, tilePath } from '../core/tile';
import { nodesOfTiles, Tree } from '../core/tree';
import { formatVkey, pemOf, type VerifierKey, verifierKey } from '../core/verifier-key';
import { cosign, witnessKey } from '../witness';

/** The first sealing, in seconds since 1970; each next is a minute later. */
const FIRST_SEALING = Date.parse('2026-12-01T18:00:00Z') / 1000;

/** An entry, and which organisations it concerns. */
export interface SampleEntry {
  readonly entry: Uint8Array;
  readonly organisations: readonly string[];
}

/** The log of a sample and its witness: their names, and the word that their keys are made of. */
export interface SampleLog {
  readonly origin: string;
  readonly witness: string;
  readonly word: string;
}

/** What a sample is made of. */
export interface SampleBundle {
  readonly log: SampleLog;
  readonly entries: readonly SampleEntry[];
  /** The size of the ledger after each sealing; the last is the number of entries. */
  readonly sizes: readonly number[];
  /** The register as canonical JSON, for register/. */
  readonly register: string;
  /** Whether checkpoints have a second line by ML-DSA-44. */
  readonly mlDsa: boolean;
}

/** An Ed25519 key that anyone can make: for samples and tests, and nothing else. */
export function throwawayKey(word: string): KeyObject {
  const der = concat(fromHex('302e020100300506032b657004220420'), sha256(word));
  return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
}

/** The files of a bundle, by path. The same for the same input. */
export async function sampleBundle({
  log,
  entries,
  sizes,
  register,
  mlDsa,
}: SampleBundle): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>([['register/register.json', bytesOf(register)]]);
  const signer = await SampleSigner.make(log, mlDsa);
  const hashes = new Map<string, readonly Uint8Array[]>();
  const tree = new Tree((tile, full) => {
    files.set(tilePath(tile), tile.bytes);
    hashes.set(`${tile.level}/${tile.index}`, full);
  });
  let seen: string | undefined;
  for (const [sealing, size] of sizes.entries()) {
    const start = tree.size;
    for (const { entry } of entries.slice(start, size)) tree.append(entry);
    for (const tile of tree.partialTiles()) {
      files.set(tilePath(tile), tile.bytes);
      hashes.set(`${tile.level}/${tile.index}`, hashesOf(tile.bytes, tile.width, tilePath(tile)));
    }
    writeBundles(files, entries.slice(0, size), start);
    const node = nodesOfTiles((level, index) => hashes.get(`${level}/${index}`));
    const time = FIRST_SEALING + sealing * 60;
    const head = { origin: log.origin, size, root: tree.root() };
    const note = await signer.sign(head, time);
    files.set(checkpointPath(size), bytesOf(note));
    writeReceipts(files, entries, { start, size, node, note });
    seen = await signer.witness(note, seen, node, time);
  }
  files.set(CHECKPOINT, bytesOf(seen ?? ''));
  for (const key of signer.keys) {
    files.set(keyPath(key.type, key.keyId, 'pem'), bytesOf(pemOf(key)));
    files.set(keyPath(key.type, key.keyId, 'vkey'), bytesOf(`${formatVkey(key)}\n`));
  }
  return files;
}

/** The sample’s log and its witness. */
class SampleSigner {
  private constructor(
    private readonly origin: string,
    private readonly logKey: KeyObject,
    private readonly mlDsa: { readonly key: VerifierKey; readonly secretKey: Uint8Array } | undefined,
    private readonly witnessed: { name: string; privateKey: KeyObject },
  ) {}

  static async make({ origin, witness, word }: SampleLog, withMlDsa: boolean): Promise<SampleSigner> {
    const pair = withMlDsa ? await mlDsaKeys(sha256(`${word}: log, ML-DSA-44`)) : undefined;
    return new SampleSigner(
      origin,
      throwawayKey(`${word}: log`),
      pair && { key: verifierKey(origin, 'mlDsa44', pair.publicKey), secretKey: pair.secretKey },
      { name: witness, privateKey: throwawayKey(`${word}: witness`) },
    );
  }

  get ed25519(): VerifierKey {
    const { publicKey } = witnessKey({ name: this.origin, privateKey: this.logKey });
    return verifierKey(this.origin, 'ed25519', publicKey);
  }

  get keys(): readonly VerifierKey[] {
    return [this.ed25519, ...(this.mlDsa ? [this.mlDsa.key] : []), witnessKey(this.witnessed)];
  }

  async sign(head: Checkpoint, time: number): Promise<string> {
    const text = checkpointText(head);
    const line = (key: VerifierKey, signature: Uint8Array) => ({
      name: this.origin,
      keyId: key.keyId,
      signature,
    });
    const signatures = [line(this.ed25519, sign(null, bytesOf(text), this.logKey))];
    if (this.mlDsa) {
      const second = await mlDsaSign(mlDsaMessage(head, this.origin, time), this.mlDsa.secretKey);
      signatures.push(line(this.mlDsa.key, timestamped(time, second)));
    }
    return formatNote({ text, signatures });
  }

  witness(note: string, last: string | undefined, node: NodeSource, time: number): Promise<string> {
    const checkpoint = parseCheckpoint(note);
    const seen = last === undefined ? undefined : parseCheckpoint(last);
    const proof = seen ? consistencyProof(node, seen.size, checkpoint.size) : [];
    return cosign({ checkpoint, seen, proof, logKey: this.ed25519, witness: this.witnessed, time });
  }
}

/** The bundles that changed since an earlier size. */
function writeBundles(files: Map<string, Uint8Array>, entries: readonly SampleEntry[], start: number): void {
  for (let index = Math.floor(start / TILE_WIDTH); index * TILE_WIDTH < entries.length; index++) {
    const part = entries.slice(index * TILE_WIDTH, (index + 1) * TILE_WIDTH).map(({ entry }) => entry);
    files.set(tilePath({ level: 'entries', index, width: part.length }), bundleOf(part));
  }
}

function writeReceipts(
  files: Map<string, Uint8Array>,
  entries: readonly SampleEntry[],
  sealing: { start: number; size: number; node: NodeSource; note: string },
): void {
  const { start, size, node, note } = sealing;
  const part = entries.slice(start, size);
  for (const organisation of new Set(part.flatMap(({ organisations }) => organisations))) {
    const concerned = part.flatMap(({ entry, organisations }, at) => {
      const index = start + at;
      return organisations.includes(organisation)
        ? [{ index, entry, hashes: inclusionProof(node, index, size) }]
        : [];
    });
    files.set(receiptPath(organisation, size), bytesOf(formatReceipt(organisation, size, concerned, note)));
  }
}
