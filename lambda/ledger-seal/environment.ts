/** The environment of the function, checked once and whole. */
import { parseVkey, type VerifierKey } from '../../lib/ledger';
import type { BatchLimits } from './batch';
import { described, EnvironmentError } from './errors';

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
  readonly timestamps: { readonly url: string; readonly every: number } | undefined;
  readonly limits: BatchLimits;
  readonly region: string;
  readonly functionName: string;
}

/** What one claim takes if nothing else is said: it is written, read and integrated within seconds. */
const LIMITS: BatchLimits = { entries: 2_000, bytes: 8 * 1024 * 1024 };
const KEY_ARN = /^arn:aws:kms:([a-z0-9-]+):\d{12}:key\/[A-Za-z0-9-]+$/;

/** Reads the environment. @throws EnvironmentError that names every variable that is wrong, and how to set it */
export function parseEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const problems: string[] = [];
  const may = (name: string, expected: string, fits: (value: string) => boolean): string | undefined => {
    const value = env[name] === '' ? undefined : env[name];
    if (value === undefined || fits(value)) return value;
    problems.push(`${name} is '${value.slice(0, 200)}': set it to ${expected}`);
    return undefined;
  };
  const need = (name: string, expected: string, fits: (value: string) => boolean): string => {
    const value = may(name, expected, fits);
    if (value === undefined && !env[name]) problems.push(`${name} is not set: set it to ${expected}`);
    return value ?? '';
  };
  const number = (name: string, otherwise: number, most: number) =>
    Number(
      may(
        name,
        `a whole number from 1 to ${most}`,
        (value) => /^[1-9]\d*$/.test(value) && Number(value) <= most,
      ) ?? otherwise,
    );
  const isKey = (value: string) => KEY_ARN.exec(value)?.[1] === env.AWS_REGION;
  const url = may('TIMESTAMP_URL', 'the address of a timestamp authority, http or https', isHttp);
  const every = number('TIMESTAMP_EVERY_MINUTES', 60, 1440) * 60_000;
  const environment: Environment = {
    bucket: need('LEDGER_BUCKET', 'the name of the ledger’s bucket', (value) =>
      /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value),
    ),
    table: need('STAGING_TABLE', 'the name of the staging table', (value) => /^[\w.-]{3,255}$/.test(value)),
    origin: need('LEDGER_ORIGIN', 'the name of the log, such as ledger.example.gov.uk/zone', (value) =>
      /^[!-*,-~]{1,255}$/.test(value),
    ),
    keyArn: need('KEY_ARN', 'the full ARN of the Ed25519 key, in this Region', isKey),
    mlDsaKeyArn: may(
      'ML_DSA_KEY_ARN',
      'the full ARN of the ML-DSA-44 key, in this Region, or leave it out',
      isKey,
    ),
    formerKeys: formerKeys(env.FORMER_KEYS, problems),
    timestamps: url === undefined ? undefined : { url, every },
    limits: {
      entries: number('BATCH_ENTRIES', LIMITS.entries, 10_000),
      bytes: number('BATCH_BYTES', LIMITS.bytes, 64 * 1024 * 1024),
    },
    region: need('AWS_REGION', 'the Region of the key', (value) => /^[a-z0-9-]+$/.test(value)),
    functionName: need('AWS_LAMBDA_FUNCTION_NAME', 'the name of this function', () => true),
  };
  if (problems.length > 0) throw new EnvironmentError(problems.join('; '));
  return environment;
}

function isHttp(value: string): boolean {
  return /^https?:$/.test(URL.canParse(value) ? new URL(value).protocol : '');
}

function formerKeys(value: string | undefined, problems: string[]): VerifierKey[] {
  const lines = (value ?? '').split(/\s+/).filter((line) => line !== '');
  return lines.flatMap((line) => {
    try {
      return [parseVkey(line)];
    } catch (error) {
      problems.push(
        `FORMER_KEYS has '${line.slice(0, 60)}': set it to vkeys with spaces between (${described(error)})`,
      );
      return [];
    }
  });
}
