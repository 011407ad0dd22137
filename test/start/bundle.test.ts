/** That functions are bundled once, at `npm ci`, and yet never deployed as they were before a change. */
import { cpSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { builtBundles, bundleFunctions, keepBundles } from '../../lib/start/bundle.cjs';
import { emptyFolder } from '../commands/captured-terminal';

const ROOT = resolve(__dirname, '../..');
const LONG_AGO = new Date(2020, 1, 1);

/** Two functions that share a word; all files are older than any bundle. */
function project(): string {
  const root = emptyFolder();
  for (const folder of ['lambda/greet', 'lambda/part', 'lib', 'node_modules'])
    mkdirSync(join(root, folder), { recursive: true });
  for (const file of ['package.json', 'tsconfig.json', 'lib/package.json']) {
    cpSync(join(ROOT, file), join(root, file));
    age(root, file);
  }
  put(root, 'node_modules/.package-lock.json', '{}');
  put(root, 'lib/word.ts', "export const word: string = 'old';\n");
  put(root, 'lambda/greet/index.ts', "import { word } from '../../lib/word';\nconsole.log(word);\n");
  put(root, 'lambda/part/index.ts', "console.log('bye');\n");
  return root;
}

function put(root: string, file: string, text: string): void {
  writeFileSync(join(root, file), text);
  age(root, file);
}

function age(root: string, file: string): void {
  utimesSync(join(root, file), LONG_AGO, LONG_AGO);
}

it('keeps the bundles of a project as it would make them', () => {
  const root = project();
  keepBundles(root);
  const kept = builtBundles(root);
  expect([...(kept?.keys() ?? [])]).toEqual(['greet', 'part']);
  expect(kept).toEqual(bundleFunctions(root));
  expect(kept?.get('greet')).toContain('old');
});

it('has none where none were kept', () => {
  expect(builtBundles(project())).toBeUndefined();
});

it.each<[string, (root: string) => void]>([
  ['a function has changed', (root) => put(root, 'lambda/part/index.ts', "console.log('see you');\n")],
  ['what a function imports has changed', (root) => put(root, 'lib/word.ts', "export const word = 'new';\n")],
  [
    'a file was written to, to the same length',
    (root) => writeFileSync(join(root, 'lib/word.ts'), "export const word: string = 'new';\n"),
  ],
  ['what a function imports is gone', (root) => rmSync(join(root, 'lib/word.ts'))],
  ['other packages are installed', (root) => put(root, 'node_modules/.package-lock.json', '{ }')],
  ['a setting has changed', (root) => put(root, 'tsconfig.json', '{}')],
  ['a setting is new', (root) => put(root, 'lambda/package.json', '{ "sideEffects": true }')],
  [
    'a function is new',
    (root) => {
      mkdirSync(join(root, 'lambda/third'));
      put(root, 'lambda/third/index.ts', '');
    },
  ],
  ['a function is gone', (root) => rmSync(join(root, 'lambda/part'), { recursive: true })],
  ['a bundle is gone', (root) => rmSync(join(root, 'node_modules/.cache/concordat-bundles/part.mjs'))],
])('gives none of the bundles where %s since', (_what, change) => {
  const root = project();
  keepBundles(root);
  change(root);
  expect(builtBundles(root)).toBeUndefined();
});

it('keeps no bundle of a file that changes while it is read', () => {
  const root = project();
  const later = new Date(Date.now() + 60_000);
  utimesSync(join(root, 'lib/word.ts'), later, later);
  keepBundles(root);
  expect(builtBundles(root)).toBeUndefined();
});

it('leaves what there was before in place where bundling fails', () => {
  const root = project();
  keepBundles(root);
  put(root, 'lib/more.ts', 'export const = ;\n');
  put(root, 'lambda/part/index.ts', "import '../../lib/more';\n");
  expect(() => keepBundles(root)).toThrow();
  put(root, 'lambda/part/index.ts', "console.log('bye');\n");
  expect(builtBundles(root)?.get('part')).toContain('bye');
});
