/** The notifier’s handler, on a schedule. One for the zone, where its register names GOV.UK Notify or a mailbox; see notifier.ts. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { functionName } from '../../lib/names';
import { clientSettings, type LambdaContext, writeLine } from '../../lib/runtime';
import { parseNoticeList } from '../../lib/wire';
import { Dynamo } from './dynamo';
import { type Environment, parseEnvironment } from './environment';
import { NotAsDeployedError } from './errors';
import { Notifier, type Wiring } from './notifier';
import { NotifyPost } from './notify-post';
import { SnsPost } from './sns-post';

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
  const { region, listFile, listSha256, notify } = environment;
  const text = await readFile(listFile, 'utf8');
  if (createHash('sha256').update(text).digest('hex') !== listSha256)
    throw new NotAsDeployedError(
      'the list of whom to tell is not the one that was synthesised: it was changed on its way. Find out who wrote to the bucket of assets, and deploy again',
    );
  const { letters } = parseNoticeList(text);
  const dynamo = Dynamo.of(region, environment);
  return {
    letters,
    telling: notify === undefined ? 'what gates cannot see' : 'everything',
    transfers: dynamo,
    notices: dynamo,
    post: notify === undefined ? SnsPost.of(region, letters) : await byNotify(region, notify),
  };
}

async function byNotify(
  region: string,
  { secretArn, templates, endpoint }: NonNullable<Environment['notify']>,
): Promise<NotifyPost> {
  const secrets = new SecretsManagerClient(clientSettings(region, { asksAgain: 'client', seconds: 5 }));
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: secretArn }));
  return new NotifyPost({ apiKey: SecretString, templates, endpoint });
}
