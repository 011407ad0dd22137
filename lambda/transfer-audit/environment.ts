/** The environment of the function, checked once and whole. */
import { isAbsolute } from 'node:path';
import { EnvironmentError } from './errors';

/** What the function is told by its environment. */
export interface Environment {
  readonly region: string;
  readonly functionName: string;
  /** The file of the register’s index. */
  readonly indexFile: string;
  readonly stagingTable: string;
  readonly transfersTable: string;
  /** The ledger’s bucket, under whose `index/` the versions of the index are kept. */
  readonly ledgerBucket: string;
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
  const table = (value: string) => /^[a-zA-Z0-9_.-]{3,255}$/.test(value);
  const environment = {
    region: need('AWS_REGION', 'the Region of the zone', (value) => /^[a-z]{2}-[a-z]+-\d$/.test(value)),
    functionName: need('AWS_LAMBDA_FUNCTION_NAME', 'the name of this function', (value) => value !== ''),
    indexFile: need('INDEX_FILE', 'the absolute path of the register’s index', isAbsolute),
    stagingTable: need('STAGING_TABLE', 'the name of the ledger’s staging table', table),
    transfersTable: need('TRANSFERS_TABLE', 'the name of the table of transfers', table),
    ledgerBucket: need('LEDGER_BUCKET', 'the name of the ledger’s bucket', (value) =>
      /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value),
    ),
  };
  if (problems.length > 0) throw new EnvironmentError(problems.join('; '));
  return environment;
}
