/** npm’s lockfile, as far as the bill of materials reads it: what is locked, and what needs what. */

/**
 * The parts of a lockfile of npm, version 3, that are read.
 * @see https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json
 */
export interface Lockfile {
  readonly name: string;
  readonly version: string;
  /** By place: `node_modules/a/node_modules/b`; the project itself at the empty one. */
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  /** Needed only to build and test. */
  readonly dev?: boolean;
  /** Needed only where it can be installed. */
  readonly optional?: boolean;
  /** Needed to build and test, and else only where it can be installed. */
  readonly devOptional?: boolean;
  /** The systems for which it is, where not for all. */
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The name of the package at a place: `@a/b` of `node_modules/c/node_modules/@a/b`. */
export function packageNameAt(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/**
 * The places of what a package needs, each found as Node finds it: in the package’s own `node_modules`, and else in that of
 * each folder above. What is not locked at all, such as an optional peer, is left out.
 */
export function neededBy(path: string, packages: Lockfile['packages']): string[] {
  const { dependencies, optionalDependencies, peerDependencies } = packages[path] ?? {};
  const names = new Set(
    [dependencies, optionalDependencies, peerDependencies].flatMap((each) => Object.keys(each ?? {})),
  );
  return [...names].flatMap((name) => placeOf(name, path, packages) ?? []);
}

function placeOf(name: string, from: string, packages: Lockfile['packages']): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (Object.hasOwn(packages, place)) return place;
    if (folder === '') return undefined;
  }
}
