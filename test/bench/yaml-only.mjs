/** The least that checking a register can cost: parses each of its files as YAML, and does nothing with them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: yaml-only.mjs REGISTER');
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (!name.endsWith('.yaml')) continue;
  const { errors } = parseDocument(readFileSync(join(folder, name), 'utf8'), { schema: 'failsafe' });
  if (errors.length > 0) throw new Error(`${name} is not YAML`);
}
