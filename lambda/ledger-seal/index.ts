/** The sealer’s handler, on a schedule of one minute. See seal.ts for what it does. */
import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { clientSettings, type LambdaContext, writeLine } from '../../lib/runtime';
import { BATCH_LIMITS } from './batch';
import { DynamoStaging } from './dynamo-staging';
import { parseEnvironment } from './environment';
import { KmsSigner } from './kms-signer';
import { S3Store } from './s3-store';
import { Sealer, type Wiring } from './sealer';

const sealer = new Sealer({
  wire,
  fetch,
  nonce: () => randomBytes(8),
  write: writeLine,
  now: Date.now,
});

/** Called by Lambda. */
export const handler = (event: unknown, context: LambdaContext) => sealer.handle(event, context);

function wire(): Wiring {
  const environment = parseEnvironment(process.env);
  const { region, bucket, table, origin, keyArn, mlDsaKeyArn } = environment;
  const patience = clientSettings(region, { asksAgain: 'client', seconds: 10 });
  // The store asks again by itself.
  const once = clientSettings(region, { asksAgain: 'function', seconds: 10 });
  // A bucket that is not at AWS’s own address has no host name of its own.
  const forcePathStyle = environment.s3Endpoint !== undefined;
  return {
    environment,
    limits: BATCH_LIMITS,
    store: new S3Store(new S3Client({ ...once, forcePathStyle }), bucket),
    staging: new DynamoStaging(new DynamoDBClient(patience), table),
    signer: new KmsSigner({ client: new KMSClient(patience), origin, keyArn, mlDsaKeyArn, now: Date.now }),
  };
}
