/** Bundles all functions below a root, by the name of their folder below `lambda/`. @throws Error where one does not build */
export function bundleFunctions(root: string): ReadonlyMap<string, string>;
/** Bundles all functions, and the client, into a package. @throws Error where one does not build */
export function bundleForPackage(root: string): void;
/** Bundles all functions and keeps them below node_modules. @throws Error where one does not build */
export function keepBundles(root: string): void;
/** The bundles that were kept, or undefined where there are none or a file has changed since. */
export function builtBundles(root: string): ReadonlyMap<string, string> | undefined;
/** The client as one file, for Node. The same source gives the same text. @throws Error where it does not build */
export function clientBundle(root: string): string;
/** Bundles the client and keeps it below node_modules. @throws Error where it does not build */
export function keepClient(root: string): void;
/** The mailbox’s page as a script, and its parts for reading and for sealed letters, kept or bundled anew. */
export function pageBundle(root: string): {
  readonly script: string;
  readonly reading: string;
  readonly sealed: string;
};
