/** The files of a pack, each written by a pure function of the result model. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instance } from '@viz-js/viz';
import { z } from 'zod';
import type { CustodyStatement } from '../custody';
import { lockfilePath } from '../start/program';
import { billOfMaterials, type Maker } from './bill-of-materials';
import { isAsAgreed } from './compose/shares';
import { csvFiles } from './csv';
import { custodyFiles } from './custody-files';
import { evidenceJson } from './evidence-json';
import { type Extract, extractFor } from './extract';
import { govassureDrafts } from './govassure/draft';
import type { Lockfile } from './lockfile';
import { type Evidence, evidenceSchema } from './model';
import { oscalFiles } from './oscal/files';
import { makerIn } from './package-maker';
import { extractPage } from './page/extract-page';
import { indexPage } from './page/index-page';
import { evidenceSarif } from './sarif';
import { inTotoStatement } from './statement';

/** What made the templates: its lockfile and its packages lie here. */
const PROJECT = join(__dirname, '../..');

/**
 * Takes the text of a file, by its path within the pack, and gives its SHA-256 in hex. All pieces are taken before it returns, and
 * none ends within a character.
 */
type Put = (path: string, pieces: Iterable<string>) => string;

/** Puts every file of a pack, each as it is made, but for the list of their hashes, which is the writer’s. */
export type PackFiles = (put: Put) => void;

/** Every file of the pack for all organisations. */
export async function packFiles(evidence: Evidence, custody: CustodyStatement): Promise<PackFiles> {
  const viz = await instance();
  return (put) => {
    const digest = put('evidence.json', evidenceJson(evidence));
    put('index.html', [indexPage(evidence, digest, viz)]);
    put('evidence.schema.json', [evidenceJsonSchema()]);
    put('verify.mjs', [readFileSync(join(__dirname, 'verify.mjs'), 'utf8')]);
    const tables = csvFiles(evidence, custody);
    for (const [path, text] of [...oscalFiles(evidence), ...tables, ...govassureDrafts(evidence)])
      put(path, [text]);
    for (const [path, text] of custodyFiles(custody)) put(path, [text]);
    put('findings.sarif', [`${JSON.stringify(evidenceSarif(evidence), null, 2)}\n`]);
    put('statement.intoto.json', [inTotoStatement(evidence)]);
    put('bill-of-materials.cdx.json', [billOfMaterials(readLockfile(), evidence, makerAt)]);
  };
}

/** Every file of the extract for one organisation. @throws UnknownOrganisation */
export async function extractFiles(
  evidence: Evidence,
  organisation: string,
): Promise<{ files: PackFiles; extract: Extract }> {
  const extract = extractFor(organisation, evidence, isAsAgreed);
  const viz = await instance();
  const files: PackFiles = (put) => {
    const digest = put('extract.json', [`${JSON.stringify(extract, null, 1)}\n`]);
    put('index.html', [extractPage(extract, digest, viz)]);
  };
  return { files, extract };
}

/** The JSON Schema of `evidence.json`. @internal Only tests import it. */
export function evidenceJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(evidenceSchema), null, 2)}\n`;
}

/** Who made a package, as it is installed here; undefined where it is not. */
function makerAt(path: string): Maker | undefined {
  // Beside it, where it is itself installed as a package.
  const file = [PROJECT, join(PROJECT, '../..')]
    .map((root) => join(root, path, 'package.json'))
    .find((each) => existsSync(each));
  return file === undefined ? undefined : makerIn(readFileSync(file, 'utf8'));
}

function readLockfile(): Lockfile {
  return JSON.parse(readFileSync(lockfilePath(), 'utf8')) as Lockfile;
}
