/** Tells assemblies apart by what they hold. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Digests by what the file system says of the files: reading them anew each time has V8 collect all that a worker holds. */
const digests = new Map<string, string>();

/** A digest of every file below a folder, with its path. */
export function contentOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((path) => ({ path, stat: statSync(join(folder, path), { bigint: true }) }))
    .filter(({ stat }) => stat.isFile());
  const stamp = createHash('sha256').update(folder);
  for (const { path, stat } of files)
    stamp.update(`${path} ${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}\n`);
  const key = stamp.digest('hex');
  const known = digests.get(key);
  if (known !== undefined) return known;
  const content = createHash('sha256');
  for (const { path, stat } of files)
    content.update(`${path} ${stat.size}\0`).update(readFileSync(join(folder, path)));
  const digest = content.digest('hex');
  digests.set(key, digest);
  return digest;
}
