/** That nothing that is done with the copy of a folder, or with the folder, changes the other: not by a link either. */
import { lstatSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyFolder } from '../../lib/disk';

const home = mkdtempSync(join(tmpdir(), 'folder-copy-'));
let made = 0;

/** A folder with a file, a folder below, and a link to each. */
function folder(): string {
  const path = join(home, `folder-${made++}`);
  mkdirSync(join(path, 'below'), { recursive: true });
  writeFileSync(join(path, 'file'), 'as it was');
  writeFileSync(join(path, 'below', 'file'), 'as it was');
  symlinkSync('file', join(path, 'file-by-link'));
  symlinkSync('below', join(path, 'below-by-link'));
  return path;
}

const FILES = ['file', 'file-by-link', 'below/file', 'below-by-link/file'];
const linkTo = (path: string) => {
  const link = `${path}-by-link`;
  symlinkSync(path, link);
  return link;
};

test.each([
  ['a folder', (path: string) => path],
  ['a link to a folder', linkTo],
  ['a link to a link', (path: string) => linkTo(linkTo(path))],
])('%s', (_, named) => {
  const path = folder();
  const copy = join(home, `copy-${made++}`);
  copyFolder(named(path), copy);
  expect(lstatSync(copy).isSymbolicLink()).toBe(false);
  for (const each of FILES) expect(readFileSync(join(copy, each), 'utf8')).toBe('as it was');
  for (const each of FILES) writeFileSync(join(copy, each), 'in the copy');
  for (const each of FILES) expect(readFileSync(join(path, each), 'utf8')).toBe('as it was');
  for (const each of FILES) writeFileSync(join(path, each), 'in the folder');
  for (const each of FILES) expect(readFileSync(join(copy, each), 'utf8')).toBe('in the copy');
});

test.each([
  ['nowhere', 'ENOENT'],
  ['..', 'ELOOP'],
])('of one in which a link leads to %s there is none', (to, code) => {
  const path = folder();
  symlinkSync(to, join(path, 'below', 'astray'));
  expect(() => copyFolder(path, join(home, `copy-${made++}`))).toThrow(expect.objectContaining({ code }));
});
