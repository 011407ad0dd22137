/** Files of the Open Data Contract Standard that nobody here wrote, where they are: `suites.sh` beside this puts them there. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const FETCHED = join(__dirname, '../../.suites/odcs');
const SHARED = join(__dirname, '../../../../shared/schemas/odcs');

/** The standard’s own JSON Schema, or nothing where it is not at hand. */
export const STANDARD = [FETCHED, SHARED]
  .map((folder) => join(folder, 'odcs-json-schema-v3.1.0.json'))
  .find(existsSync);

/** Contracts by which pyodcs is tested: those named `invalid-` break the standard, or what pyodcs asks beyond its schema. */
export const CONTRACTS: readonly { readonly name: string; readonly path: string }[] = existsSync(FETCHED)
  ? readdirSync(FETCHED)
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => ({ name: name.replace(/(\.odcs)?\.yaml$/, ''), path: join(FETCHED, name) }))
  : [];
