/** The release gate’s handler. One for each owner; see gate.ts for what it takes, decide.ts for what it does. */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LambdaContext, writeLine } from '../../lib/runtime';
import { Deployed } from './deployed';
import { engine } from './engine';
import { parseEnvironment } from './environment';
import { Gate, type Wiring } from './gate';
import { S3Bucket } from './s3-bucket';
import { SnsNotices } from './sns-notices';
import { StepFunctions } from './step-functions';
import { words } from './words';

let wired: Promise<Wiring> | undefined;

const gate = new Gate({
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
  sleep: (milliseconds) => sleep(milliseconds),
});

/** Called by Lambda. */
export const handler = (event: unknown, context: LambdaContext) => gate.handle(event, context);

async function wire(): Promise<Wiring> {
  const environment = parseEnvironment(process.env);
  const { region, functionName, bucket, keyArn, topicArn, machineArn } = environment;
  const s3 = S3Bucket.of(environment);
  return {
    functionName,
    bucket,
    keyArn,
    deployed: await Deployed.read(environment, (path) => readFile(path, 'utf8')),
    engine,
    deposits: s3,
    reports: s3,
    notices: SnsNotices.of(region, topicArn),
    onward: StepFunctions.of(region, machineArn),
    words,
  };
}
