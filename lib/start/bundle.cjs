/**
 * Makes bundles once, at `npm ci`, so that no synth and no pack has to: each Lambda function, `lambda/<name>/index.ts` with all
 * that it imports, as one file; and the client, `bin/concordat-client.mjs`, and the mailbox’s page likewise. Needs no network.
 * Where this is not run, or a file that went into a bundle has changed since, whoever needs one makes it. The same source gives
 * the same text, wherever and whenever it is built.
 */
const { existsSync, readdirSync, readFileSync, statSync, writeFileSync } = require('node:fs');
const { builtinModules } = require('node:module');
const { basename, join, resolve } = require('node:path');
const { cachedIn, isPackage, packedIn, putInPlace, stampOf } = require('./built.cjs');

const OPTIONS = {
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  mainFields: ['module', 'main'],
  // Parts of the SDK are CommonJS and ask for `require`, which an ES module does not have.
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  legalComments: 'none',
  logLevel: 'error',
};

/** The functions, by the names of their folders. */
const FUNCTIONS = {
  cache: 'concordat-bundles',
  target: 'node24',
  folder: 'lambda',
  define: () => ({}),
  entries: (root) => {
    const lambda = join(root, 'lambda');
    return readdirSync(lambda)
      .filter((each) => existsSync(join(lambda, each, 'index.ts')))
      .sort()
      .map((name) => ({ in: join(lambda, name, 'index.ts'), out: name }));
  },
};

/**
 * The mailbox’s page, for browsers of the last three years. What it takes of rooms that also have Node in them is what is left once
 * the rest is shaken off: a test sees that nothing of Node is.
 */
const PAGE_NAME = 'page';
/** Those that are loaded once they are wanted, each a script of its own. */
const PART_NAMES = ['reading', 'sealed'];
const PAGE = {
  cache: 'concordat-page',
  target: 'es2022',
  folder: 'lib/mailbox/page',
  options: {
    platform: 'browser',
    mainFields: ['browser', 'module', 'main'],
    external: ['node:*', ...builtinModules],
    banner: {},
  },
  entries: (root) => [
    { in: join(root, 'lib/mailbox/page/main.ts'), out: PAGE_NAME },
    ...PART_NAMES.map((out) => ({ in: join(root, 'lib/mailbox/page', out, 'part.ts'), out })),
  ],
  define: (root) => ({ CONCORDAT_VERSION: JSON.stringify(versionIn(root)) }),
};

/** The client, for the oldest Node that is promised. */
const CLIENT_NAME = 'concordat-client';
const CLIENT = {
  cache: 'concordat-client',
  target: 'node20',
  folder: 'bin',
  entries: (root) => [{ in: join(root, 'bin', `${CLIENT_NAME}.mjs`), out: CLIENT_NAME }],
  define: (root) => ({ CONCORDAT_VERSION: JSON.stringify(versionIn(root)) }),
};

function versionIn(root) {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
}

/** Besides the files that a bundle is made of, what decides what becomes of them: which packages are installed, and settings. */
const SETTINGS = [
  'node_modules/.package-lock.json',
  'package.json',
  'lib/package.json',
  'lambda/package.json',
  'tsconfig.json',
];

/** Bundles all functions below a root, by name, in one call: the parts that they share are read and parsed once. */
function bundleFunctions(root) {
  return built(root, FUNCTIONS).bundles;
}

/** Bundles all functions and leaves them where `builtBundles` finds them. */
function keepBundles(root) {
  keep(root, FUNCTIONS);
}

/** The bundles that were kept, by name, or undefined where there are none or a file has changed since. */
function builtBundles(root) {
  return kept(root, FUNCTIONS);
}

/** The client as one file: as it was kept where it is still the same, and made otherwise. */
function clientBundle(root) {
  return (kept(root, CLIENT) ?? built(root, CLIENT).bundles).get(CLIENT_NAME);
}

/** The mailbox’s page as a script, and its parts: as kept where they are still the same, and made otherwise. */
function pageBundle(root) {
  const bundles = kept(root, PAGE) ?? built(root, PAGE).bundles;
  return {
    script: bundles.get(PAGE_NAME),
    ...Object.fromEntries(PART_NAMES.map((each) => [each, bundles.get(each)])),
  };
}

/** Bundles the mailbox’s page and leaves it where `pageBundle` finds it. */
function keepPage(root) {
  keep(root, PAGE);
}

/** Bundles the client and leaves it where `clientBundle` finds it. */
function keepClient(root) {
  keep(root, CLIENT);
}

function keep(root, kind, target = cachedIn(root, kind.cache), stamp = stampIn) {
  // Stamped before anything is read: a file that changes meanwhile is taken for changed later on.
  const before = Date.now();
  const { bundles, inputs } = built(root, kind);
  const stamps = Object.fromEntries(
    [...SETTINGS, ...inputs].map((path) => [path, stamp(root, path, before)]),
  );
  putInPlace(target, (fresh) => {
    for (const [name, text] of bundles) writeFileSync(join(fresh, `${name}.mjs`), text);
    writeFileSync(join(fresh, 'stamps.json'), JSON.stringify({ names: [...bundles.keys()], stamps }));
  });
}

function kept(root, kind) {
  const folder = cachedIn(root, kind.cache);
  try {
    const { names, stamps } = JSON.parse(readFileSync(join(folder, 'stamps.json'), 'utf8'));
    const same =
      isPackage(root, kind.cache) ||
      Object.entries(stamps).every(([path, stamp]) => stamp === stampIn(root, path));
    const wanted = kind.entries(root).map(({ out }) => out);
    if (!same || wanted.join() !== names.join()) return undefined;
    return new Map(names.map((name) => [name, readFileSync(join(folder, `${name}.mjs`), 'utf8')]));
  } catch {
    return undefined;
  }
}

function built(root, { entries, define, folder, target, options = {} }) {
  const { buildSync } = require('esbuild');
  const { outputFiles, metafile } = buildSync({
    ...OPTIONS,
    ...options,
    target,
    define: define(root),
    entryPoints: entries(root),
    absWorkingDir: join(root, folder),
    outdir: 'bundles',
    metafile: true,
    write: false,
  });
  return {
    bundles: new Map(outputFiles.map(({ path, text }) => [basename(path, '.js'), text])),
    // Of packages, the list of what is installed tells.
    inputs: Object.keys(metafile.inputs)
      .filter((path) => !path.includes('node_modules/'))
      .map((path) => join(folder, path)),
  };
}

/** The stamp of a file; one that no file has where it has changed since a moment. */
function stampIn(root, path, moment = Number.POSITIVE_INFINITY) {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (found === undefined) return 'not there';
  return found.mtimeMs < moment ? stampOf(found) : 'changed';
}

/** Bundles all of it for a package: without times, so that the same files make the same package. */
function bundleForPackage(root) {
  for (const kind of [FUNCTIONS, CLIENT, PAGE]) keep(root, kind, packedIn(root, kind.cache), () => 'packed');
}

module.exports = {
  bundleForPackage,
  bundleFunctions,
  builtBundles,
  clientBundle,
  keepBundles,
  keepClient,
  keepPage,
  pageBundle,
};

if (require.main === module) {
  const root = resolve(__dirname, '../..');
  for (const [keeps, what] of [
    [keepBundles, 'the functions were not bundled, and each synth'],
    [keepClient, 'the client was not bundled, and each joining pack'],
    [keepPage, 'the mailbox’s page was not bundled, and each mailbox'],
  ])
    try {
      keeps(root);
    } catch (error) {
      // It only makes things quicker: without it the same bundles are made.
      console.error(`${what} takes a second longer: ${error.message}`);
    }
}
