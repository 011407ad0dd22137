/** The lockfile of a zone’s own folder: each package in the version and with the digest that Concordat was tested with. */
import { createHash } from 'node:crypto';

/** As much of npm’s lockfile as is looked at. */
interface Locked {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What the zone’s package.json says. */
interface Wanted {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/**
 * The text of package-lock.json.
 * @param ours Concordat’s own lockfile
 * @param tarball its bytes. Where they are not there yet, Concordat is left out: npm adds it, with its digest, at `npm install`. An
 * entry without a digest would stay without one
 */
export function zoneLockfile(ours: string, wanted: Wanted, tarball: Uint8Array | undefined): string {
  const { lockfileVersion, packages } = JSON.parse(ours) as Locked;
  const { '': root = {}, ...others } = packages;
  const { version, license, dependencies, bin, engines } = root;
  const concordat = tarball && {
    version,
    resolved: wanted.dependencies.concordat,
    integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
    license,
    dependencies,
    bin,
    engines,
  };
  const kept = Object.entries(others).filter(([, { dev, devOptional }]) => !dev && !devOptional);
  const all = Object.fromEntries(
    [...kept, ...(concordat ? [['node_modules/concordat', concordat] as const] : [])].sort(([a], [b]) =>
      a < b ? -1 : 1,
    ),
  );
  const lockfile = {
    name: wanted.name,
    lockfileVersion,
    requires: true,
    packages: { '': wanted, ...all },
  };
  return `${JSON.stringify(lockfile, null, 2)}\n`;
}
