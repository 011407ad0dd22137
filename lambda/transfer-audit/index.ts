/** The transfer audit’s handler. One for the zone; see audit.ts for what it takes, take-in.ts for what it does. */
import { readFile } from 'node:fs/promises';
import { type LambdaContext, writeLine } from '../../lib/runtime';
import { Audit, type Wiring } from './audit';
import { parseEnvironment } from './environment';
import { KeptHistory } from './kept-history';
import { KeptNotes } from './kept-notes';
import { KeptTransfers } from './kept-transfers';
import { S3Files } from './s3-files';
import { StagingTable } from './staging-table';
import { clientIn, Table } from './table';

let wired: Promise<Wiring> | undefined;

const audit = new Audit({
  wire: () => {
    // What failed is tried again at the next event.
    wired ??= wire().catch((error) => {
      wired = undefined;
      throw error;
    });
    return wired;
  },
  write: writeLine,
  now: Date.now,
});

/** Called by Lambda. */
export const handler = (event: unknown, context: LambdaContext) => audit.handle(event, context);

async function wire(): Promise<Wiring> {
  const environment = parseEnvironment(process.env);
  const { region, functionName, indexFile, indexSha256, stagingTable, transfersTable, ledgerBucket } =
    environment;
  const dynamo = clientIn(region);
  const transfers = new Table(dynamo, transfersTable);
  return {
    functionName,
    ledgerBucket,
    indexText: await readFile(indexFile, 'utf8'),
    indexSha256,
    files: S3Files.of(environment),
    staging: new StagingTable(new Table(dynamo, stagingTable)),
    transfers: new KeptTransfers(transfers),
    notes: new KeptNotes(transfers),
    history: new KeptHistory(transfers),
  };
}
