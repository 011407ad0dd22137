/** Folders that are made with those above them, and what is said where they can’t be. */
import fs, { mkdirSync, mkdtempSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeWithThoseAbove } from '../../lib/disk';

const folder = mkdtempSync(join(tmpdir(), 'concordat-folders-'));
writeFileSync(join(folder, 'file'), '');
symlinkSync('nowhere', join(folder, 'dangling'));
afterEach(() => jest.restoreAllMocks());

it('makes those that are not there, each with the mode, and leaves one that is', () => {
  makeWithThoseAbove(join(folder, 'a', 'b'), 0o700);
  makeWithThoseAbove(join(folder, 'a', 'b'), 0o755);
  expect([['a'], ['a', 'b']].map((names) => statSync(join(folder, ...names)).mode & 0o777)).toEqual([
    0o700, 0o700,
  ]);
});

it('lets somebody else make it meanwhile', () => {
  const make = mkdirSync;
  jest.spyOn(fs, 'mkdirSync').mockImplementation((path) => {
    make(path);
    throw Object.assign(new Error('made meanwhile'), { code: 'EEXIST' });
  });
  makeWithThoseAbove(join(folder, 'both'));
  expect(statSync(join(folder, 'both')).isDirectory()).toBe(true);
});

it.each([
  ['file/x', 'ENOTDIR'],
  ['file', 'ENOTDIR'],
  ['dangling', 'ELOOP'],
  ['dangling/x', 'ELOOP'],
])('says of %s that it is %s', (place, code) => {
  expect(() => makeWithThoseAbove(join(folder, place))).toThrow(expect.objectContaining({ code }));
});

it('tries once where the disk says of a folder that is there that it is not', () => {
  const missing = Object.assign(new Error('no such file or directory'), { code: 'ENOENT' });
  const tried = jest.spyOn(fs, 'mkdirSync').mockImplementation(() => {
    throw missing;
  });
  expect(() => makeWithThoseAbove(join(folder, 'new'))).toThrow(missing);
  expect(tried).toHaveBeenCalledTimes(1);
});
