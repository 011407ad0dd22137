/** The transfer audit’s handler. One for the zone; see audit.ts for what it takes, take-in.ts for what it does. */
import { readFile } from 'node:fs/promises';
import { type LambdaContext, writeLine } from '../../lib/runtime';
import { Audit, type Wiring } from './audit';
import { Dynamo } from './dynamo';
import { parseEnvironment } from './environment';
import { S3Files } from './s3-files';

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
  const dynamo = Dynamo.of(region, { stagingTable, transfersTable });
  return {
    functionName,
    ledgerBucket,
    indexText: await readFile(indexFile, 'utf8'),
    indexSha256,
    files: S3Files.of(environment),
    staging: dynamo,
    transfers: dynamo,
    notes: dynamo,
  };
}
