/** The grant broker’s handler. One broker for each owner’s key; see broker.ts for what it does. */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { KMSClient } from '@aws-sdk/client-kms';
import { SignatureV4 } from '@smithy/signature-v4';
import { clientSettings, type LambdaContext, writeLine } from '../../lib/runtime';
import { Broker, type Wiring } from './broker';
import { parseEnvironment } from './environment';
import { KmsGrants } from './kms-grants';
import { S3AccessPoints } from './s3-access-points';
import { Sha256 } from './sha256';

let wired: Wiring | undefined;

const broker = new Broker({
  wire: () => {
    wired ??= wire();
    return wired;
  },
  fetch,
  write: writeLine,
  now: Date.now,
  sleep: (milliseconds) => sleep(milliseconds),
});

/** Called by Lambda. */
export const handler = (event: unknown, context: LambdaContext) => broker.handle(event, context);

function wire(): Wiring {
  const environment = parseEnvironment(process.env);
  const { account, region, keyArn, s3ControlEndpoint: endpoint } = environment;
  // The broker asks again by itself, for as long as it has time.
  const kms = new KMSClient(clientSettings(region, { asksAgain: 'function', seconds: 5 }));
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials: kms.config.credentials,
    sha256: Sha256,
    uriEscapePath: false,
  });
  return {
    environment,
    grants: new KmsGrants(kms, keyArn),
    accessPoints: new S3AccessPoints({ account, region, signer, fetch, endpoint }),
    readList: (path) => readFile(path, 'utf8'),
  };
}
