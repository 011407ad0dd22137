/** The environment of the function, checked once and whole. */
import { isAbsolute } from 'node:path';
import * as z from 'zod/mini';
import { REQUIRED_BY_LAMBDA, readEnvironment, variable } from '../../lib/runtime';
import { keyArnParts } from '../../lib/wire';

/** What the function is told by its environment. */
export interface Environment {
  readonly region: string;
  readonly functionName: string;
  readonly bucket: string;
  /** The one key that objects must be encrypted with. */
  readonly keyArn: string;
  /** The file of the agreements, and the digest that it must have, as the deployment knows it. */
  readonly listFile: string;
  readonly listDigest: string;
  /** The folder of the contracts’ plans. */
  readonly contractsFolder: string;
  readonly topicArn: string;
  readonly machineArn: string;
  /** Services on another address, for tests. */
  readonly s3Endpoint: string | undefined;
}

const TOPIC = /^arn:aws:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/;
const MACHINE = /^arn:aws:states:[a-z0-9-]+:\d{12}:stateMachine:[\w-]{1,80}$/;

/** The variables that the function reads. @internal Only tests import it. */
export const VARIABLES = z.object({
  ...REQUIRED_BY_LAMBDA,
  BUCKET: variable('the name of the owner’s bucket', /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
  KEY_ARN: variable('the full ARN of the key', (value) => keyArnParts(value) !== undefined),
  GATE_LIST_FILE: variable('the absolute path of the list of the gate', isAbsolute),
  GATE_LIST_DIGEST: variable('the digest of the list of the gate: 64 hex digits', /^[0-9a-f]{64}$/),
  CONTRACTS_FOLDER: variable('the absolute path of the contracts’ plans', isAbsolute),
  REPORTS_TOPIC_ARN: variable('the ARN of the topic that tells the owner of reports', TOPIC),
  STATE_MACHINE_ARN: variable('the ARN of the state machine that goes on with long checks', MACHINE),
  AWS_ENDPOINT_URL_S3: z.optional(variable('the address of S3, in tests only', URL.canParse)),
});

/** Reads the environment. @throws EnvironmentError that names every variable that is wrong, and how to set it. */
export function parseEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const read = readEnvironment(VARIABLES, env);
  return {
    region: read.AWS_REGION,
    functionName: read.AWS_LAMBDA_FUNCTION_NAME,
    bucket: read.BUCKET,
    keyArn: read.KEY_ARN,
    listFile: read.GATE_LIST_FILE,
    listDigest: read.GATE_LIST_DIGEST,
    contractsFolder: read.CONTRACTS_FOLDER,
    topicArn: read.REPORTS_TOPIC_ARN,
    machineArn: read.STATE_MACHINE_ARN,
    s3Endpoint: read.AWS_ENDPOINT_URL_S3,
  };
}
