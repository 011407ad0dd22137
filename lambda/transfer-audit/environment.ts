/** The environment of the function, checked once and whole. */
import { isAbsolute } from 'node:path';
import * as z from 'zod/mini';
import { REQUIRED_BY_LAMBDA, readEnvironment, variable } from '../../lib/runtime';

/** What the function is told by its environment. */
export interface Environment {
  readonly region: string;
  readonly functionName: string;
  /** The file of the register’s index. */
  readonly indexFile: string;
  /** The SHA-256 that the index must have, as synth knows it. */
  readonly indexSha256: string;
  readonly stagingTable: string;
  readonly transfersTable: string;
  /** The ledger’s bucket, under whose `index/` the versions of the index are kept. */
  readonly ledgerBucket: string;
  /** S3 on another address, for tests: it has no name for each bucket. */
  readonly s3Endpoint: string | undefined;
}

/** The variables that the function reads. @internal Only tests import it. */
export const VARIABLES = z.object({
  ...REQUIRED_BY_LAMBDA,
  INDEX_FILE: variable('the absolute path of the register’s index', isAbsolute),
  INDEX_SHA256: variable('the SHA-256 of the register’s index: 64 hex digits', /^[0-9a-f]{64}$/),
  STAGING_TABLE: variable('the name of the ledger’s staging table', /^[\w.-]{3,255}$/),
  TRANSFERS_TABLE: variable('the name of the table of transfers', /^[\w.-]{3,255}$/),
  LEDGER_BUCKET: variable('the name of the ledger’s bucket', /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
  AWS_ENDPOINT_URL_S3: z.optional(variable('the address of S3, in tests only', URL.canParse)),
});

/** Reads the environment. @throws EnvironmentError that names every variable that is wrong, and how to set it. */
export function parseEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const read = readEnvironment(VARIABLES, env);
  return {
    region: read.AWS_REGION,
    functionName: read.AWS_LAMBDA_FUNCTION_NAME,
    indexFile: read.INDEX_FILE,
    indexSha256: read.INDEX_SHA256,
    stagingTable: read.STAGING_TABLE,
    transfersTable: read.TRANSFERS_TABLE,
    ledgerBucket: read.LEDGER_BUCKET,
    s3Endpoint: read.AWS_ENDPOINT_URL_S3,
  };
}
