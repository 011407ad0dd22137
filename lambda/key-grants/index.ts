/** The grant broker’s handler. One broker for each owner’s key; see broker.ts for what it does. */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { KMSClient } from '@aws-sdk/client-kms';
import { SignatureV4 } from '@smithy/signature-v4';
import { clientSettings, writeLine } from '../../lib/runtime';
import { Broker, type Wiring } from './broker';
import { parseEnvironment } from './environment';
import { KmsGrants } from './kms-grants';
import { CloudFormationStack } from './own-stack';
import type { BrokerContext } from './rights';
import { IamRoleSessions } from './role-sessions';
import { S3AccessPoints } from './s3-access-points';
import { Sha256 } from './sha256';
import { ParameterStopRecords } from './stop-records';

/** IAM answers for the whole world, and its requests are signed for this Region. */
const REGION_OF_IAM = 'us-east-1';

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
export const handler = (event: unknown, context: BrokerContext) => broker.handle(event, context);

function wire(): Wiring {
  const environment = parseEnvironment(process.env);
  const { account, region, keyArn, s3ControlEndpoint: endpoint, endpoints } = environment;
  // The broker asks again by itself, for as long as it has time.
  const kms = new KMSClient(clientSettings(region, { asksAgain: 'function', seconds: 5 }));
  const signerOf = (service: string, of = region) =>
    new SignatureV4({
      service,
      region: of,
      credentials: kms.config.credentials,
      sha256: Sha256,
      // S3 alone takes paths as they are.
      uriEscapePath: service !== 's3',
    });
  const at = (service: keyof typeof endpoints, of?: string) => ({
    endpoint: endpoints[service],
    signer: signerOf(service, of),
    fetch,
  });
  return {
    environment,
    grants: new KmsGrants(kms, keyArn),
    accessPoints: new S3AccessPoints({
      account,
      region,
      signer: signerOf('s3'),
      fetch,
      now: Date.now,
      endpoint,
    }),
    records: new ParameterStopRecords(at('ssm')),
    sessions: new IamRoleSessions(at('iam', REGION_OF_IAM)),
    stack: new CloudFormationStack(at('cloudformation')),
    readList: (path) => readFile(path, 'utf8'),
  };
}
