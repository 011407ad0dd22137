/** The environment of the function, checked once and whole. */
import { isAbsolute } from 'node:path';
import * as z from 'zod/mini';
import { REQUIRED_BY_LAMBDA, readEnvironment, variable } from '../../lib/runtime';
import { keyArnParts } from '../../lib/wire';

/** What the function is told by its environment. */
export interface Environment {
  readonly keyArn: string;
  readonly account: string;
  readonly region: string;
  readonly brokerRole: string;
  readonly grantsFile: string;
  /** The digest that the list must have, as the deployment knows it. */
  readonly grantsDigest: string;
  /** The ARN of the stack that deploys this function, but for the id at its end. */
  readonly stack: string;
  readonly functionName: string;
  /** Instead of S3 Control’s own address, for tests. */
  readonly s3ControlEndpoint: string | undefined;
  /** Where tests take the answers that are CloudFormation’s. */
  readonly answersInTests: string | undefined;
  readonly endpoints: Readonly<Record<'ssm' | 'iam' | 'cloudformation', string>>;
}

const ROLE_ARN = /^arn:aws:iam::(\d{12}):role\/[\w+=,.@/-]+$/;
const ROLE = 'the ARN of this function’s own role, in the key’s account';

const STACK_ARN = /^arn:aws:cloudformation:[a-z0-9-]+:\d{12}:stack\/[A-Za-z][A-Za-z0-9-]{0,127}$/;

function inTests(service: string) {
  return z.optional(variable(`the address of ${service}, in tests only`, URL.canParse));
}

/** The variables that the function reads. @internal Only tests import it. */
export const VARIABLES = z
  .object({
    KEY_ARN: variable('the full ARN of the key', (value) => keyArnParts(value) !== undefined),
    BROKER_ROLE_ARN: variable(ROLE, ROLE_ARN),
    GRANTS_FILE: variable('the absolute path of the list of grants', isAbsolute),
    GRANTS_DIGEST: variable('the digest of the list of grants: 64 hex digits', /^[0-9a-f]{64}$/),
    STACK_ARN: variable('the ARN of this function’s stack, without its id', STACK_ARN),
    ...REQUIRED_BY_LAMBDA,
    AWS_ENDPOINT_URL_S3_CONTROL: inTests('S3 Control'),
    AWS_ENDPOINT_URL_SSM: inTests('Systems Manager'),
    AWS_ENDPOINT_URL_IAM: inTests('IAM'),
    AWS_ENDPOINT_URL_CLOUDFORMATION: inTests('CloudFormation'),
  })
  .check(
    agreesWithKey('AWS_REGION', 'the Region of the key', (region, key) => region === key.region),
    agreesWithKey('BROKER_ROLE_ARN', ROLE, (role, key) => ROLE_ARN.exec(role)?.[1] === key.account),
  );

/** Reads the environment. @throws EnvironmentError that names every variable that is wrong, and how to set it. */
export function parseEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const read = readEnvironment(VARIABLES, env);
  return {
    keyArn: read.KEY_ARN,
    account: keyArnParts(read.KEY_ARN)?.account ?? '',
    region: read.AWS_REGION,
    brokerRole: read.BROKER_ROLE_ARN,
    grantsFile: read.GRANTS_FILE,
    functionName: read.AWS_LAMBDA_FUNCTION_NAME,
    grantsDigest: read.GRANTS_DIGEST,
    stack: read.STACK_ARN,
    s3ControlEndpoint: read.AWS_ENDPOINT_URL_S3_CONTROL,
    answersInTests: read.AWS_ENDPOINT_URL_CLOUDFORMATION,
    endpoints: {
      ssm: read.AWS_ENDPOINT_URL_SSM ?? `https://ssm.${read.AWS_REGION}.amazonaws.com`,
      // IAM answers for the whole world at one address.
      iam: read.AWS_ENDPOINT_URL_IAM ?? 'https://iam.amazonaws.com',
      cloudformation:
        read.AWS_ENDPOINT_URL_CLOUDFORMATION ?? `https://cloudformation.${read.AWS_REGION}.amazonaws.com`,
    },
  };
}

type Key = NonNullable<ReturnType<typeof keyArnParts>>;

/** Checked even where other variables are wrong, so that all faults are reported at once. */
function agreesWithKey(
  name: 'AWS_REGION' | 'BROKER_ROLE_ARN',
  expected: string,
  agrees: (value: string, key: Key) => boolean,
) {
  return z.refine<{ readonly KEY_ARN?: string } & { readonly [key in typeof name]?: string }>(
    ({ KEY_ARN, [name]: value }) => {
      const key = keyArnParts(KEY_ARN ?? '');
      return key === undefined || value === undefined || agrees(value, key);
    },
    { error: expected, path: [name], when: () => true },
  );
}
