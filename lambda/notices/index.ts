/** The notifier’s handler, on a schedule. One for the zone, where its register names a key of GOV.UK Notify; see notifier.ts. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { functionName } from '../../lib/names';
import { clientSettings, type LambdaContext, writeLine } from '../../lib/runtime';
import { parseNoticeList } from '../../lib/wire';
import { Dynamo } from './dynamo';
import { parseEnvironment } from './environment';
import { NotAsDeployedError } from './errors';
import { Notifier, type Wiring } from './notifier';
import { NotifyPost } from './notify-post';

const notifier = new Notifier({
  functionName: functionName('notices'),
  // Each run reads the key anew, so that one that was replaced takes hold at once.
  wire,
  write: writeLine,
  now: Date.now,
});

/** Called by Lambda. */
export const handler = (event: unknown, context: LambdaContext) => notifier.handle(event, context);

async function wire(): Promise<Wiring> {
  const environment = parseEnvironment(process.env);
  const { region, listFile, listSha256, secretArn, templates, notifyEndpoint } = environment;
  const text = await readFile(listFile, 'utf8');
  if (createHash('sha256').update(text).digest('hex') !== listSha256)
    throw new NotAsDeployedError(
      'the list of whom to tell is not the one that was synthesised: it was changed on its way. Find out who wrote to the bucket of assets, and deploy again',
    );
  const secrets = new SecretsManagerClient(clientSettings(region, { asksAgain: 'client', seconds: 5 }));
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: secretArn }));
  const dynamo = Dynamo.of(region, environment);
  return {
    letters: parseNoticeList(text).letters,
    transfers: dynamo,
    notices: dynamo,
    post: new NotifyPost({ apiKey: SecretString, templates, endpoint: notifyEndpoint }),
  };
}
