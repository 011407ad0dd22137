/** Where the documents lie that messages name: beside the program, whether that is a clone or a package in a zone of one’s own. */
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** Documents that messages send people to, by their names in `docs/`. @internal The tests look for each. */
export const TOLD_DOCUMENTS = [
  'custody',
  'guardrails',
  'joining',
  'limits',
  'notices',
  'operating',
  'probe',
] as const;
export type ToldDocument = (typeof TOLD_DOCUMENTS)[number];

/**
 * The path of a document, for whoever reads it now: from the folder that they are in, where it lies below it or in the packages
 * of their zone; else in full.
 */
export function documentFile(name: ToldDocument): string {
  const here = process.cwd();
  const file = join(ROOT, 'docs', `${name}.md`);
  const fromHere = relative(here, file);
  if (!fromHere.startsWith('..') && !isAbsolute(fromHere)) return withSlashes(fromHere);
  for (let folder = here, up = ''; ; folder = dirname(folder), up += '../') {
    if (existsSync(join(folder, documentInZone(name)))) return up + documentInZone(name);
    if (dirname(folder) === folder) return file;
  }
}

function withSlashes(path: string): string {
  return path.split(sep).join('/');
}

/** The same for whoever reads it later, in a file of a zone of their own or in a notice: from the folder of the zone. */
export function documentInZone(name: ToldDocument): string {
  return `node_modules/concordat/docs/${name}.md`;
}
