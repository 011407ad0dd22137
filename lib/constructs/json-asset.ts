/** A JSON file as an asset, in a folder of its own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';

/** Puts one file into the assembly; equal text gives an equal asset. */
export function jsonAsset(scope: Construct, id: string, file: string, value: unknown): Asset {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-asset-'));
  try {
    writeFileSync(join(folder, file), `${JSON.stringify(value, null, 1)}\n`);
    // The asset is copied into the assembly at once, so the folder is done with.
    return new Asset(scope, id, { path: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
