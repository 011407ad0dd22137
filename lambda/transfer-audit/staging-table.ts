/** The ledger’s staging table, of which the sealer takes what it seals. */
import { STAGING } from '../../lib/names';
import { type StagedEntry, stagedItem } from '../../lib/wire';
import type { Staging } from './ports';
import type { Table } from './table';

/** Stages each entry once. */
export class StagingTable implements Staging {
  constructor(private readonly table: Table) {}

  async stage(entry: StagedEntry): Promise<boolean> {
    return this.table.add({ ...stagedItem(entry) }, STAGING.partition);
  }
}
