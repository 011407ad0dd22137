/** The files of an assembly that decide what is deployed, with their hashes. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { AssemblyError, readJson } from '../../assembly/assembly';
import type { FileHash } from '../model';

interface Manifest {
  readonly artifacts?: Readonly<
    Record<string, { readonly properties?: { readonly templateFile?: string; readonly file?: string } }>
  >;
}

interface AssetManifest {
  readonly files?: Readonly<Record<string, { readonly source?: { readonly path?: string } }>>;
}

/** Beside the templates, where they are there. */
const OF_CONCORDAT = /^(?:register|concordat|key-policy-.+)\.json$/;

/**
 * Hashes the manifest, every template and asset that it names, the register and what was made from it. What CDK leaves for
 * people at a desk, such as stack traces, is left out: it changes nothing and differs from desk to desk.
 * @throws AssemblyError if a file that is named is not there
 */
export function hashedFiles(folder: string): FileHash[] {
  const { artifacts = {} } = readJson<Manifest>(folder, 'manifest.json').value;
  const named = new Set(['manifest.json', ...readdirSync(folder).filter((file) => OF_CONCORDAT.test(file))]);
  for (const { properties = {} } of Object.values(artifacts)) {
    if (properties.templateFile !== undefined) named.add(properties.templateFile);
    if (properties.file === undefined) continue;
    named.add(properties.file);
    const { files = {} } = readJson<AssetManifest>(folder, properties.file).value;
    for (const { source } of Object.values(files))
      if (source?.path !== undefined) for (const file of filesAt(folder, source.path)) named.add(file);
  }
  return [...named].sort().map((file) => {
    if (!existsSync(join(folder, file)))
      throw new AssemblyError(
        `there is no ${file} in ${folder}, though the assembly names it: synthesise it again`,
      );
    const content = readFileSync(join(folder, file));
    return { file, sha256: sha256(content), bytes: content.length };
  });
}

/** One hash for all: of the lines that `sha256sum` would print, in the order of names. */
export function digestOfFiles(files: readonly FileHash[]): string {
  return sha256(files.map((each) => `${each.sha256}  ${each.file}\n`).join(''));
}

/** SHA-256, in hex. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function filesAt(folder: string, path: string): string[] {
  const full = join(folder, path);
  if (!existsSync(full) || !statSync(full).isDirectory()) return [path];
  return readdirSync(full).flatMap((name) => filesAt(folder, posix.join(path, name)));
}
