/** That a document which a message names is one that there is, by the path at which whoever reads the message finds it. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { documentFile, TOLD_DOCUMENTS } from '../../lib/start/documents';

const ROOT = resolve(__dirname, '../..');

it('is there', () => {
  for (const name of TOLD_DOCUMENTS) {
    expect(existsSync(documentFile(name))).toBe(true);
    expect(readFileSync(join(ROOT, 'package.json'), 'utf8')).toMatch(/"files": \[[^\]]*"docs"/);
  }
});

it('is named by its path from the folder that somebody is in, or in full', () => {
  const before = process.cwd();
  const zone = mkdtempSync(join(tmpdir(), 'concordat-documents-'));
  try {
    process.chdir(ROOT);
    expect(documentFile('custody')).toBe('docs/custody.md');
    process.chdir(join(ROOT, 'docs'));
    expect(documentFile('custody')).toBe('custody.md');
    process.chdir(join(ROOT, 'lib/start'));
    expect(documentFile('custody')).toBe(join(ROOT, 'docs/custody.md'));
    // A package that is linked lies elsewhere in truth.
    mkdirSync(join(zone, 'node_modules/concordat'), { recursive: true });
    mkdirSync(join(zone, 'register/agreements'), { recursive: true });
    symlinkSync(join(ROOT, 'docs'), join(zone, 'node_modules/concordat/docs'));
    process.chdir(join(zone, 'register/agreements'));
    expect(documentFile('custody')).toBe('../../node_modules/concordat/docs/custody.md');
  } finally {
    process.chdir(before);
    rmSync(zone, { recursive: true });
  }
});

/** What is said of documents to those who change Concordat itself, who have its clone. */
const OF_THE_CLONE = /^lib\/policy\/assumptions\/|^lib\/start\//;

it('is named by that function alone', () => {
  const files = readdirSync(join(ROOT, 'lib'), { recursive: true })
    .map((path) => `lib/${path}`)
    .filter((path) => path.endsWith('.ts') && !OF_THE_CLONE.test(path));
  const named = files.flatMap((path) =>
    readFileSync(join(ROOT, path), 'utf8')
      .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
      .split('\n')
      .filter((line) => /docs\/[\w-]+\.md/.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );
  expect(named).toEqual([]);
});
