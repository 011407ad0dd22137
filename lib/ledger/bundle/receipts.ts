/** The receipts of a bundle. */
import { leafHash, sameBytes } from '../hash';
import { parseReceipt, type Receipt } from '../receipt';
import { proves } from '../tlog-proof';
import type { BundleFiles } from './files';
import type { Notes } from './verdict';
import type { Walk } from './walk';

/** A receipt, and where it is. */
export interface ReadReceipt {
  readonly path: string;
  readonly receipt: Receipt;
}

/** Reads receipts/, and follows each proof to its own checkpoint. */
export function readReceipts(files: BundleFiles, notes: Notes): ReadReceipt[] {
  const receipts: ReadReceipt[] = [];
  for (const path of files.paths().filter((each) => each.startsWith('receipts/'))) {
    const receipt = notes.attempt('receipt', path, () => parseReceipt(files.read(path), path));
    if (!receipt) continue;
    receipts.push({ path, receipt });
    for (const { entry, proof } of receipt.entries)
      if (!proves(proof, entry))
        notes.found('receipt', path, `its proof of entry ${proof.index} does not lead to its checkpoint`);
  }
  const count = receipts.reduce((sum, { receipt }) => sum + receipt.entries.length, 0);
  if (count > 0) notes.checked.push(`${count} proofs in ${receipts.length} receipts, each by itself`);
  return receipts;
}

/** Holds receipts against the entries of the ledger: each is there, and none that names the organisation is left out. */
export function compareReceipts(receipts: readonly ReadReceipt[], walk: Walk, notes: Notes): void {
  const given = new Map<string, Set<number>>();
  for (const { path, receipt } of receipts) {
    const indexes = given.get(receipt.organisation) ?? new Set<number>();
    given.set(receipt.organisation, indexes);
    for (const { entry, proof } of receipt.entries) {
      if (indexes.has(proof.index))
        notes.found('receipt', path, `entry ${proof.index} is in an earlier receipt too`);
      indexes.add(proof.index);
      const leaf = walk.leafOf(proof.index);
      if (leaf && !sameBytes(leaf, leafHash(entry)))
        notes.found('receipt', path, `its entry ${proof.index} is not the one in the ledger`);
      const named = walk.named.get(proof.index);
      if (named && !named.includes(receipt.organisation))
        notes.found('receipt', path, `entry ${proof.index} does not name ${receipt.organisation}`);
    }
  }
  const absent = new Map<string, number>();
  for (const [index, organisations] of walk.named)
    for (const organisation of organisations) {
      const indexes = given.get(organisation);
      if (!indexes) absent.set(organisation, (absent.get(organisation) ?? 0) + 1);
      else if (!indexes.has(index))
        notes.found(
          'receipt',
          `receipts/${organisation}`,
          `entry ${index} names ${organisation} and is in none of its receipts`,
        );
    }
  for (const [organisation, count] of absent)
    notes.unchecked.push(
      `receipts of ${organisation}: ${count} entries name it, and none of its receipts are here`,
    );
  if (given.size > 0 && walk.named.size === 0)
    notes.unchecked.push(
      'whether receipts leave anything out: no entry says which organisations it concerns',
    );
  else if (given.size > 0)
    notes.checked.push(
      `that receipts of ${[...given.keys()].sort().join(', ')} leave out nothing that names them`,
    );
}
