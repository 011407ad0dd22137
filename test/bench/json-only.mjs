/** Reads and parses every JSON file of an assembly and does nothing with it: what `prove` and `why` have to do at least. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: json-only.mjs ASSEMBLY');
for (const name of readdirSync(folder))
  if (name.endsWith('.json')) JSON.parse(readFileSync(join(folder, name), 'utf8'));
