/** Which files of an assembly decide what is deployed. */
import type { Assembly } from './assembly';
import { assetManifestNamed } from './assets';
import { isBesideTemplates, MANIFEST_FILE } from './layout';

/**
 * The manifest, every template and asset that it names, the register and what was made from it, in the order of their
 * names. What the CDK leaves for people, such as stack traces, is left out: it changes nothing and differs from one
 * computer to the next.
 * @throws AssemblyError if a manifest cannot be read
 */
export function deployedFiles(assembly: Assembly): string[] {
  const named = new Set([MANIFEST_FILE, ...assembly.names().filter(isBesideTemplates)]);
  for (const { properties: { templateFile, file } = {} } of Object.values(assembly.manifest.artifacts)) {
    if (templateFile !== undefined) named.add(templateFile);
    if (file === undefined) continue;
    named.add(file);
    for (const { source } of Object.values(assetManifestNamed(assembly, file).files))
      if (source?.path !== undefined) for (const each of assembly.filesBelow(source.path)) named.add(each);
  }
  return [...named].sort();
}
