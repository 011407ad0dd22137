/** Where things lie in the ledger’s bucket, and so in a bundle, which is a copy of it. Tiles: see tile.ts. */

/** The newest checkpoint. */
export const CHECKPOINT = 'checkpoint';
/** Below which size everything is finished: receipts given, staging told. The sealer’s own note. */
export const SEALED = 'sealed';

/** A number as names have it: of one length, so that names sort as their numbers do. */
function padded(size: number): string {
  return String(size).padStart(16, '0');
}

/** The checkpoint of one size. It is written once; `checkpoint` is a copy of the newest. */
export function checkpointPath(size: number): string {
  return `checkpoints/${padded(size)}`;
}

/** What the leaves from this index on are: written once, and nothing else decides it. */
export function claimPath(start: number): string {
  return `claim/${padded(start)}`;
}

/** What one sealing has for one organisation. */
export function receiptPath(organisation: string, size: number): string {
  return `receipts/${organisation}/${padded(size)}.json`;
}

/** A request for a timestamp on the checkpoint of a size (`tsq`), and the reply (`tsr`). */
export function timestampPath(size: number, kind: 'tsq' | 'tsr'): string {
  return `timestamp/${padded(size)}.${kind}`;
}

/** A public key of the ledger, as PEM for openssl and as vkey for readers of notes. */
export function keyPath(type: string, keyId: string, kind: 'pem' | 'vkey'): string {
  return `keys/${type}-${keyId}.${kind}`;
}
