/** The receipts of a bundle. */

import { plural } from '../../words';
import { parseReceipt, type Receipt } from '../core/receipt';
import { proves } from '../core/tlog-proof';
import type { BundleFiles } from './files';
import type { Notes } from './verdict';

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
  if (count > 0)
    notes.checked.push(`${plural(count, 'proof')} in ${plural(receipts.length, 'receipt')}, each by itself`);
  return receipts;
}

/**
 * Holds receipts against the entries of the ledger: none that names the organisation is left out, and none is another’s.
 * That they are these entries needs no comparing: their proofs lead to checkpoints whose roots the walk compares.
 */
export class ReceiptComparison {
  /** By index: who has a receipt of that entry. */
  private readonly given = new Map<number, { path: string; organisation: string }[]>();
  private readonly organisations: ReadonlySet<string>;
  private readonly absent = new Map<string, number>();
  private naming = false;

  constructor(
    receipts: readonly ReadReceipt[],
    private readonly notes: Notes,
  ) {
    this.organisations = new Set(receipts.map(({ receipt }) => receipt.organisation));
    for (const { path, receipt } of receipts)
      for (const { proof } of receipt.entries) {
        const { organisation } = receipt;
        const others = this.given.get(proof.index) ?? [];
        if (others.some((each) => each.organisation === organisation))
          notes.found('receipt', path, `entry ${proof.index} is in an earlier receipt too`);
        this.given.set(proof.index, [...others, { path, organisation }]);
      }
  }

  /** Takes the ledger’s entries, one after another. `named`: the organisations that the entry says it concerns. */
  see(index: number, named: readonly string[] | undefined): void {
    const given = this.given.get(index);
    for (const each of given ?? []) {
      if (named && !named.includes(each.organisation))
        this.notes.found('receipt', each.path, `entry ${index} does not name ${each.organisation}`);
    }
    if (!named) return;
    this.naming = true;
    for (const organisation of named) {
      if (given?.some((each) => each.organisation === organisation)) continue;
      if (!this.organisations.has(organisation))
        this.absent.set(organisation, (this.absent.get(organisation) ?? 0) + 1);
      else
        this.notes.found(
          'receipt',
          `receipts/${organisation}`,
          `entry ${index} names ${organisation} and is in none of its receipts`,
        );
    }
  }

  /** Says what that came to. */
  finish(): void {
    const { checked, unchecked } = this.notes;
    for (const [organisation, count] of this.absent)
      unchecked.push(
        `receipts of ${organisation}: ${plural(count, 'entry', 'entries')} ${count === 1 ? 'names' : 'name'} it, and none of its receipts are here`,
      );
    if (this.organisations.size === 0) return;
    const names = [...this.organisations].sort().join(', ');
    if (this.naming) checked.push(`that receipts of ${names} leave out nothing that names them`);
    else unchecked.push('whether receipts leave anything out: no entry says which organisations it concerns');
  }
}
