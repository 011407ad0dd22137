/** That a folder is made again only in the place of what was made before: whatever else lies there would go with it. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { demandFolder, FolderError, type FolderKind, makeOwnFolder } from '../../lib/disk';

const KIND: FolderKind = {
  what: 'book',
  isOne: (names) => names.includes('contents'),
  part: (folder) => (path, isFolder) => {
    if (isFolder) return path === 'chapters' ? 'as made' : 'strange';
    if (!/^(?:contents|chapters\/\d+)$/.test(path)) return 'strange';
    return readFileSync(join(folder, path), 'utf8') === 'old' ? 'as made' : 'changed';
  },
};

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'concordat-own-'));
});
afterEach(() => rmSync(place, { recursive: true }));

/** A folder with these files. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = join(place, 'book');
  mkdirSync(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const made = (folder: string) =>
  makeOwnFolder(folder, KIND, (fresh) => writeFileSync(join(fresh, 'contents'), 'new'));

const BOOK = { contents: 'old', 'chapters/1': 'old' };

it.each<[string, Readonly<Record<string, string>>]>([
  ['is empty', {}],
  ['holds one made before', BOOK],
  ['was looked at', { ...BOOK, '.DS_Store': '', 'chapters/Thumbs.db': '' }],
  ['was empty when it was looked at', { '.DS_Store': '' }],
])('takes the place of a folder that %s', (_what, files) => {
  const folder = folderWith(files);
  made(folder);
  expect(readdirSync(folder)).toEqual(['contents']);
  expect(readFileSync(join(folder, 'contents'), 'utf8')).toBe('new');
});

it.each<[string, Readonly<Record<string, string>>, string, string]>([
  ['something else', { thesis: 'old' }, 'holds something that is no book', 'empty it'],
  ['a note', { ...BOOK, note: 'old' }, 'holds note, which is of no book and would', 'move it elsewhere'],
  ['a hidden file', { ...BOOK, '.git/HEAD': 'old' }, 'holds .git, which is of no', 'move it elsewhere'],
  ['a changed part', { ...BOOK, 'chapters/1': 'mine' }, 'chapters/1, which was changed', 'move it elsewhere'],
])('refuses a folder with %s, and leaves it as it was', (_what, files, why, remedy) => {
  const folder = folderWith(files);
  expect(() => made(folder)).toThrow(expect.objectContaining({ why: expect.stringContaining(why), remedy }));
  for (const [path, text] of Object.entries(files))
    expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
});

it('refuses a file, and says so of its place', () => {
  writeFileSync(join(place, 'book'), 'old');
  expect(() => demandFolder(join(place, 'book'), KIND)).toThrow(FolderError);
  expect(readFileSync(join(place, 'book'), 'utf8')).toBe('old');
});

it('hands on what is no fault of the folder', () => {
  const fault = new TypeError('no such chapter');
  const act = () =>
    makeOwnFolder(join(place, 'book'), KIND, () => {
      throw fault;
    });
  expect(act).toThrow(fault);
  expect(readdirSync(place)).toEqual([]);
});
