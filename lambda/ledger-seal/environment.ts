/** The environment of the function, checked once and whole. */
import * as z from 'zod/mini';
import { parseVkey, type VerifierKey } from '../../lib/ledger';
import { described, REQUIRED_BY_LAMBDA, readEnvironment, variable } from '../../lib/runtime';

/** What the function is told by its environment. */
export interface Environment {
  readonly bucket: string;
  readonly table: string;
  /** The name of the log, and of its keys. */
  readonly origin: string;
  readonly keyArn: string;
  readonly mlDsaKeyArn: string | undefined;
  /** Ed25519 keys that signed before the present one. */
  readonly formerKeys: readonly VerifierKey[];
  /** The timestamp authority, if there is one. */
  readonly timestampUrl: string | undefined;
  readonly region: string;
  readonly functionName: string;
  /** S3 on another address, for tests: it has no name for each bucket. */
  readonly s3Endpoint: string | undefined;
}

const KEY_ARN = /^arn:aws:kms:([a-z0-9-]+):\d{12}:key\/[A-Za-z0-9-]+$/;
const KEY = 'the full ARN of the Ed25519 key, in this Region';
const SECOND_KEY = 'the full ARN of the ML-DSA-44 key, in this Region, or leave it out';

/** The variables that the function reads. @internal Only tests import it. */
export const VARIABLES = z
  .object({
    ...REQUIRED_BY_LAMBDA,
    LEDGER_BUCKET: variable('the name of the ledger’s bucket', /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
    STAGING_TABLE: variable('the name of the staging table', /^[\w.-]{3,255}$/),
    LEDGER_ORIGIN: variable('the name of the log, such as ledger.example.gov.uk/zone', /^[!-*,-~]{1,255}$/),
    KEY_ARN: variable(KEY, KEY_ARN),
    ML_DSA_KEY_ARN: z.optional(variable(SECOND_KEY, KEY_ARN)),
    FORMER_KEYS: z.optional(z.pipe(z.string(), z.transform(formerKeys))),
    TIMESTAMP_URL: z.optional(
      variable('the address of a timestamp authority, http or https', /^https?:\/\/[^\s/]/),
    ),
    AWS_ENDPOINT_URL_S3: z.optional(variable('the address of S3, in tests only', URL.canParse)),
  })
  .check(isOfThisRegion('KEY_ARN', KEY), isOfThisRegion('ML_DSA_KEY_ARN', SECOND_KEY));

/** Reads the environment. @throws EnvironmentError that names every variable that is wrong, and how to set it */
export function parseEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const read = readEnvironment(VARIABLES, env);
  return {
    bucket: read.LEDGER_BUCKET,
    table: read.STAGING_TABLE,
    origin: read.LEDGER_ORIGIN,
    keyArn: read.KEY_ARN,
    mlDsaKeyArn: read.ML_DSA_KEY_ARN,
    formerKeys: read.FORMER_KEYS ?? [],
    timestampUrl: read.TIMESTAMP_URL,
    region: read.AWS_REGION,
    functionName: read.AWS_LAMBDA_FUNCTION_NAME,
    s3Endpoint: read.AWS_ENDPOINT_URL_S3,
  };
}

/** KMS signs with keys of its own Region alone. Checked even where other variables are wrong: all faults are reported at once. */
function isOfThisRegion(name: 'KEY_ARN' | 'ML_DSA_KEY_ARN', expected: string) {
  return z.refine<{ readonly AWS_REGION: string } & { readonly [key in typeof name]?: string | undefined }>(
    ({ AWS_REGION, [name]: arn }) => {
      const region = KEY_ARN.exec(arn ?? '')?.[1];
      return region === undefined || region === AWS_REGION;
    },
    { error: expected, path: [name], when: () => true },
  );
}

function formerKeys(value: string, context: z.core.ParsePayload): VerifierKey[] {
  return value.split(/\s+/).flatMap((line) => {
    try {
      return [parseVkey(line)];
    } catch (error) {
      const message = `vkeys with spaces between ('${line.slice(0, 60)}': ${described(error)})`;
      context.issues.push({ code: 'custom', message, input: value });
      return [];
    }
  });
}
