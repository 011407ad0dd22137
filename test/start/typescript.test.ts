/** That the program is started as it was transpiled, and yet never as it was before a change. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { emptyFolder } from '../commands/captured-terminal';

const ROOT = resolve(__dirname, '../..');
const { builtIn, transpile } = require('../../lib/start/transpile.cjs') as {
  builtIn: (root: string) => string;
  transpile: (root: string) => void;
};

/** A program of two files that says a word, where it lies, and by what it was loaded. */
function program(): string {
  const root = emptyFolder();
  for (const folder of ['bin', 'lib/inner', 'node_modules'])
    mkdirSync(join(root, folder), { recursive: true });
  cpSync(join(ROOT, 'lib/start'), join(root, 'lib/start'), { recursive: true });
  for (const tool of ['esbuild', 'tsx'])
    symlinkSync(join(ROOT, 'node_modules', tool), join(root, 'node_modules', tool));
  writeFileSync(
    join(root, 'bin/say.ts'),
    "import { basename } from 'node:path';\nimport { fail, word } from '../lib/inner/word';\n" +
      'const said: { readonly word: string } = { word };\n' +
      "if (process.argv.includes('fail')) fail();\n" +
      "const tsx = Object.keys(require.cache).some((file) => file.includes('/tsx/'));\n" +
      "console.log(said.word + ' in ' + basename(__dirname) + ' by ' + (tsx ? 'tsx' : 'npm ci'));\n",
  );
  say(root, 'old');
  return root;
}

function say(root: string, word: string): void {
  writeFileSync(
    join(root, 'lib/inner/word.ts'),
    `export interface Unused {\n  readonly it: 1;\n}\n\nexport const word: string = '${word}';\n\nexport function fail(): never {\n  throw new Error('as asked');\n}\n`,
  );
}

function start(root: string, ...words: string[]): string {
  const script = `require('./lib/start/typescript.cjs').loadTypeScript(process.cwd()); require('./bin/say.ts');`;
  return execFileSync(process.execPath, ['-e', script, '--', ...words], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

// What runs before Node can require ES modules is left to tsx, always.
const byNpm =
  execFileSync(process.execPath, ['-p', 'process.features.require_module'], { encoding: 'utf8' }) === 'true\n'
    ? 'npm ci'
    : 'tsx';

it('runs what was transpiled, with paths as they are in the source', () => {
  const root = program();
  transpile(root);
  expect(start(root)).toBe(`old in bin by ${byNpm}\n`);
});

it('runs all the same where nothing was transpiled', () => {
  expect(start(program())).toBe('old in bin by tsx\n');
});

it.each<[string, (root: string) => void, string]>([
  ['has been edited', (root) => say(root, 'newer'), 'newer'],
  ['has been edited to the same length', (root) => say(root, 'new'), 'new'],
  [
    'has been put back to an older version, with its older time',
    (root) => {
      say(root, 'was');
      utimesSync(join(root, 'lib/inner/word.ts'), new Date(2020, 1, 1), new Date(2020, 1, 1));
    },
    'was',
  ],
  [
    'has become a folder with a file of its own',
    (root) => {
      rmSync(join(root, 'lib/inner/word.ts'));
      mkdirSync(join(root, 'lib/inner/word'));
      writeFileSync(
        join(root, 'lib/inner/word/index.ts'),
        "export const word = 'moved';\nexport function fail() {}\n",
      );
    },
    'moved',
  ],
])('never runs what was transpiled from a file that %s since', (_what, change, word) => {
  const root = program();
  transpile(root);
  change(root);
  expect(start(root)).toMatch(new RegExp(`^${word} in bin`));
  // The next `npm ci` takes it in.
  transpile(root);
  expect(start(root)).toBe(`${word} in bin by ${byNpm}\n`);
});

it('runs a file that is new since', () => {
  const root = program();
  transpile(root);
  writeFileSync(join(root, 'lib/inner/more.ts'), "export const word: string = 'more';\n");
  writeFileSync(join(root, 'bin/say.ts'), "import { word } from '../lib/inner/more';\nconsole.log(word);\n");
  expect(start(root)).toBe('more\n');
});

it('leads to the lines of the TypeScript in a trace that was asked for', () => {
  const root = program();
  transpile(root);
  expect(() => start(root, 'fail', '--verbose')).toThrow(/lib\/inner\/word\.ts:8:/);
});

it('leaves what there was before in place where transpiling fails', () => {
  const root = program();
  transpile(root);
  writeFileSync(join(root, 'lib/inner/word.ts'), 'export const word: = ;\n');
  expect(() => transpile(root)).toThrow();
  expect(existsSync(join(builtIn(root), 'stamps.json'))).toBe(true);
  rmSync(join(root, 'lib/inner/word.ts'));
});
