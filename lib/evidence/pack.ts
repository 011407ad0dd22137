/** The files of a pack, each written by a pure function of the result model. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instance } from '@viz-js/viz';
import { z } from 'zod';
import { billOfMaterials, type Lockfile } from './bill-of-materials';
import { isAsAgreed } from './compose/shares';
import { csvFiles } from './csv';
import { evidenceJson } from './evidence-json';
import { type Extract, extractFor } from './extract';
import { govassureDrafts } from './govassure/draft';
import { sha256 } from './hashes';
import { type Evidence, evidenceSchema } from './model';
import { oscalFiles } from './oscal/files';
import { extractPage } from './page/extract-page';
import { indexPage } from './page/index-page';
import { evidenceSarif } from './sarif';
import { inTotoStatement } from './statement';

/** Texts by their paths within the pack. */
export type PackFiles = ReadonlyMap<string, string>;

/** Every file of the pack for all organisations. */
export async function packFiles(evidence: Evidence): Promise<PackFiles> {
  const viz = await instance();
  const json = evidenceJson(evidence);
  const digest = sha256(json);
  return withSums(
    new Map([
      ['index.html', indexPage(evidence, digest, viz)],
      ['evidence.json', json],
      ['evidence.schema.json', evidenceJsonSchema()],
      ['verify.mjs', readFileSync(join(__dirname, 'verify.mjs'), 'utf8')],
      ...oscalFiles(evidence),
      ['findings.sarif', `${JSON.stringify(evidenceSarif(evidence), null, 2)}\n`],
      ...csvFiles(evidence),
      ...govassureDrafts(evidence),
      ['statement.intoto.json', inTotoStatement(evidence)],
      ['bill-of-materials.cdx.json', billOfMaterials(readLockfile(), evidence)],
    ]),
  );
}

/** Every file of the extract for one organisation. @throws UnknownOrganisation */
export async function extractFiles(
  evidence: Evidence,
  organisation: string,
): Promise<{ files: PackFiles; extract: Extract }> {
  const extract = extractFor(organisation, evidence, isAsAgreed);
  const json = `${JSON.stringify(extract, null, 1)}\n`;
  const page = extractPage(extract, sha256(json), await instance());
  const files = withSums(
    new Map([
      ['index.html', page],
      ['extract.json', json],
    ]),
  );
  return { files, extract };
}

/** The JSON Schema of `evidence.json`. @internal Only tests import it. */
export function evidenceJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(evidenceSchema), null, 2)}\n`;
}

function readLockfile(): Lockfile {
  return JSON.parse(readFileSync(join(__dirname, '../../package-lock.json'), 'utf8')) as Lockfile;
}

/** The files with the list of their hashes, in the form of `sha256sum`. */
function withSums(files: PackFiles): PackFiles {
  const sums = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, text]) => `${sha256(text)}  ${path}\n`);
  return new Map([...files, ['SHA256SUMS', sums.join('')]]);
}
