/** The assets of stacks: which files they are made of, and under which names those go to S3. */
import { besideTemplate } from './layout';
import { type AssetManifest, assetManifestOf } from './manifest';
import { jsonIn, type Readable } from './parsed-files';
import { type AssemblyStack, isGroup } from './stack';

const assetManifests = new WeakMap<object, AssetManifest>();

/** The manifest of a stack’s assets; one without any where the stack has none. @throws AssemblyError if it cannot be read */
export function assetManifestIn(about: Readable, { file }: Pick<AssemblyStack, 'file'>): AssetManifest {
  return assetManifestNamed(about, besideTemplate(file, 'assets'));
}

/** The manifest of assets in a file; one without any where there is no such file. @throws AssemblyError as above */
export function assetManifestNamed(about: Readable, name: string): AssetManifest {
  const value = jsonIn(about, name);
  if (value === undefined) return { files: {} };
  const known = isGroup(value) ? assetManifests.get(value) : undefined;
  if (known) return known;
  const found = assetManifestOf(value, name, about.folder);
  if (isGroup(value)) assetManifests.set(value, found);
  return found;
}

/** Folders and files of a stack’s assets, by the names that they get in S3. @throws AssemblyError as above */
export function assetsOf(about: Readable, stack: Pick<AssemblyStack, 'file'>): ReadonlyMap<string, string> {
  return new Map(
    Object.values(assetManifestIn(about, stack).files).flatMap(({ source, destinations }) =>
      Object.values(destinations).flatMap(({ objectKey }) =>
        objectKey === undefined || source?.path === undefined ? [] : [[objectKey, source.path] as const],
      ),
    ),
  );
}
