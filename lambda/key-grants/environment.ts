/** The environment of the function, checked once and whole. */
import { isAbsolute } from 'node:path';
import { keyArnParts } from '../../lib/register/grant-list';
import { EnvironmentError } from './errors';

/** What the function is told by its environment. */
export interface Environment {
  readonly keyArn: string;
  readonly account: string;
  readonly region: string;
  readonly brokerRole: string;
  readonly grantsFile: string;
  readonly functionName: string;
  /** Instead of S3 Control’s own address, for tests. */
  readonly s3ControlEndpoint: string | undefined;
}

/** Reads the environment. @throws EnvironmentError that names every variable that is wrong, and how to set it. */
export function parseEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const problems: string[] = [];
  const need = (name: string, expected: string, fits: (value: string) => boolean): string => {
    const value = env[name];
    if (value !== undefined && fits(value)) return value;
    problems.push(`${name} is ${value ? `'${value.slice(0, 200)}'` : 'not set'}: set it to ${expected}`);
    return '';
  };
  const keyArn = need('KEY_ARN', 'the full ARN of the key', (value) => keyArnParts(value) !== undefined);
  const key = keyArnParts(keyArn);
  const brokerRole = need(
    'BROKER_ROLE_ARN',
    `the ARN of this function’s own role, in the key’s account`,
    (value) =>
      /^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(value) && (!key || value.split(':')[4] === key.account),
  );
  const grantsFile = need('GRANTS_FILE', 'the absolute path of the list of grants', isAbsolute);
  const region = need('AWS_REGION', 'the Region of the key', (value) => !key || value === key.region);
  const functionName = need('AWS_LAMBDA_FUNCTION_NAME', 'the name of this function', (value) => value !== '');
  if (problems.length > 0) throw new EnvironmentError(problems.join('; '));
  const s3ControlEndpoint = env.AWS_ENDPOINT_URL_S3_CONTROL;
  return {
    keyArn,
    account: key?.account ?? '',
    region,
    brokerRole,
    grantsFile,
    functionName,
    s3ControlEndpoint,
  };
}
