/** The transfer audit’s handler. One for the zone; see audit.ts for what it takes, take-in.ts for what it does. */
import { readFile } from 'node:fs/promises';
import { Audit, type Context, type Wiring } from './audit';
import { Dynamo } from './dynamo';
import { parseEnvironment } from './environment';
import { S3Files } from './s3-files';

let wired: Promise<Wiring> | undefined;

const audit = new Audit({
  wire: () => {
    // What failed is tried anew at the next event.
    wired ??= wire().catch((error) => {
      wired = undefined;
      throw error;
    });
    return wired;
  },
  // Not by the console: Lambda wraps that in its own JSON, in which CloudWatch finds no metrics.
  write: (line) => process.stdout.write(`${line}\n`),
  now: Date.now,
});

/** Called by Lambda. */
export const handler = (event: unknown, context: Context) => audit.handle(event, context);

async function wire(): Promise<Wiring> {
  const { region, functionName, indexFile, stagingTable, transfersTable, ledgerBucket } = parseEnvironment(
    process.env,
  );
  const dynamo = Dynamo.of(region, { stagingTable, transfersTable });
  return {
    functionName,
    ledgerBucket,
    indexText: await readFile(indexFile, 'utf8'),
    files: S3Files.of(region),
    staging: dynamo,
    transfers: dynamo,
    notes: dynamo,
  };
}
