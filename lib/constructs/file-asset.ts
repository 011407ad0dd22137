/** One text file as an asset: CDK uploads it as a zip archive beside the templates. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileAssetPackaging, Stack, Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Where the asset will be once it is uploaded. */
export interface FileAsset {
  readonly bucket: string;
  readonly key: string;
  /** The SHA-256 of the file’s name and text, in hex. */
  readonly hash: string;
}

/**
 * Puts a file into the assembly, once for all stacks that ask for the same. CDK’s own `Asset` copies a folder from elsewhere
 * and fingerprints it; what is made here is written where it is to be, and at 400 organisations that takes half the time.
 */
export function fileAsset(scope: Construct, name: string, text: string): FileAsset {
  const assembly = Stage.of(scope)?.assetOutdir;
  if (assembly === undefined) throw new TypeError('an asset needs an app');
  const hash = hashOf(name, text);
  const folder = `asset.${hash}`;
  const file = join(assembly, folder, name);
  if (!existsSync(file)) {
    mkdirSync(join(assembly, folder), { recursive: true });
    writeFileSync(file, text);
  }
  const { bucketName, objectKey } = Stack.of(scope).synthesizer.addFileAsset({
    fileName: folder,
    packaging: FileAssetPackaging.ZIP_DIRECTORY,
    sourceHash: hash,
    displayName: name,
  });
  return { bucket: bucketName, key: objectKey, hash };
}

const latest = new Map<string, { readonly text: string; readonly hash: string }>();

/** The bundle of a function is the same text in hundreds of stacks, one after the other, and is hashed for the first. */
function hashOf(name: string, text: string): string {
  const known = latest.get(name);
  if (known?.text === text) return known.hash;
  const hash = createHash('sha256').update(name).update('\0').update(text).digest('hex');
  latest.set(name, { text, hash });
  return hash;
}
